//! What can be answered to an element.

use super::texts::{Texts, plain};
use crate::authoring::conditions::whole_number;
use crate::authoring::draft::{Draft, Part, Place};
use crate::authoring::lists::{List, ListChoice, NO_CODE};
use serde_json::{Value, json};

/// What can be answered.
pub(super) enum Kind {
    One(List),
    /// With the values that exclude every other.
    Many(List, Vec<String>),
    Number {
        ends: [i16; 2],
        texts: [Option<Part>; 2],
    },
}

const FREE_TEXT: &str = "free text is not taken: it can name people";

/// Reads an element.
///
/// # Errors
/// Why it is left out.
pub(super) fn read(
    element: &Value,
    texts: &Texts,
    place: &Place,
    draft: &mut Draft,
) -> Result<Kind, String> {
    match element["type"].as_str().unwrap_or_default() {
        "radiogroup" | "dropdown" | "buttongroup" => {
            Ok(Kind::One(choices(element, texts, place, draft)?.0))
        }
        "imagepicker" if element["multiSelect"] != json!(true) => {
            Ok(Kind::One(choices(element, texts, place, draft)?.0))
        }
        "checkbox" | "tagbox" => {
            let (list, alone) = choices(element, texts, place, draft)?;
            Ok(Kind::Many(list, alone))
        }
        "boolean" => Ok(Kind::One(boolean(element, texts, place, draft))),
        "rating" => rating(element, texts, place, draft),
        "text" if element["inputType"] == json!("number") => number(element),
        "text" | "comment" | "multipletext" => Err(FREE_TEXT.to_owned()),
        "" => Err("an element without a type".to_owned()),
        other => Err(format!("there is nothing here like {other:?}")),
    }
}

fn choices(
    element: &Value,
    texts: &Texts,
    place: &Place,
    draft: &mut Draft,
) -> Result<(List, Vec<String>), String> {
    let Some(written) = element["choices"].as_array().filter(|list| !list.is_empty()) else {
        return Err("it has no `choices` of its own".to_owned());
    };
    for (name, off) in [("showOtherItem", "hasOther"), ("choicesByUrl", "choicesFromQuestion")] {
        if element[name] == json!(true) || element[off] == json!(true) || element[name].is_object()
        {
            return Err(format!("{name}: {FREE_TEXT}, and choices do not come from elsewhere"));
        }
    }
    let mut list = List { name: String::new(), place: place.clone(), choices: Vec::new() };
    let mut alone = Vec::new();
    for choice in written {
        if ["visibleIf", "enableIf"].iter().any(|name| !choice[*name].is_null()) {
            return Err("a choice has a condition: every pupil gets every choice".to_owned());
        }
        let value = choice.get("value").unwrap_or(choice);
        if choice["isExclusive"] == json!(true) {
            alone.push(plain(value));
        }
        let text = choice.get("text").unwrap_or(value);
        add(&mut list, &plain(value), text, texts, place, draft);
    }
    if element["showNoneItem"] == json!(true) || element["hasNone"] == json!(true) {
        let text = element.get("noneText").cloned().unwrap_or_else(|| json!("None"));
        add(&mut list, "none", &text, texts, place, draft);
        alone.push("none".to_owned());
    }
    list.give_codes(draft);
    Ok((list, alone))
}

fn add(
    list: &mut List,
    value: &str,
    text: &Value,
    texts: &Texts,
    place: &Place,
    draft: &mut Draft,
) {
    let text = texts.text(text, place, draft);
    let code = whole_number(value).unwrap_or(NO_CODE);
    let part = Part::at(place.clone());
    let choice = ListChoice { value: value.to_owned(), code, place: place.clone(), part, text };
    list.add(choice, draft);
}

fn boolean(element: &Value, texts: &Texts, place: &Place, draft: &mut Draft) -> List {
    let mut list = List { name: String::new(), place: place.clone(), choices: Vec::new() };
    for (value, label, otherwise) in [("true", "labelTrue", "Yes"), ("false", "labelFalse", "No")] {
        let text = element.get(label).cloned().unwrap_or_else(|| json!(otherwise));
        add(&mut list, value, &text, texts, place, draft);
    }
    list.give_codes(draft);
    list
}

fn rating(
    element: &Value,
    texts: &Texts,
    place: &Place,
    draft: &mut Draft,
) -> Result<Kind, String> {
    if let Some(values) = element["rateValues"].as_array().filter(|list| !list.is_empty()) {
        let (list, _) = choices(&json!({ "choices": values }), texts, place, draft)?;
        return Ok(Kind::One(list));
    }
    if element.get("rateStep").is_some_and(|step| *step != json!(1)) {
        return Err("its steps are not 1".to_owned());
    }
    let end = |name: &str, otherwise: i64| element.get(name).map_or(Some(otherwise), Value::as_i64);
    let lowest = end("rateMin", 1);
    let count = element.get("rateCount").and_then(Value::as_i64).unwrap_or(5);
    let highest = end("rateMax", lowest.unwrap_or(1).saturating_add(count).saturating_sub(1));
    let mut text = |name: &str| element.get(name).map(|text| texts.text(text, place, draft));
    let texts = [text("minRateDescription"), text("maxRateDescription")];
    Ok(Kind::Number { ends: ends([lowest, highest])?, texts })
}

fn number(element: &Value) -> Result<Kind, String> {
    let ends = ends([element["min"].as_i64(), element["max"].as_i64()])?;
    Ok(Kind::Number { ends, texts: [None, None] })
}

fn ends(ends: [Option<i64>; 2]) -> Result<[i16; 2], String> {
    match ends.map(|end| end.and_then(|end| i16::try_from(end).ok())) {
        [Some(lowest @ 0..), Some(highest)] if lowest < highest => Ok([lowest, highest]),
        _ => Err("a number has two whole ends, from 0 to 32767".to_owned()),
    }
}
