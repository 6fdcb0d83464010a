use crate::{CHOICES, book, import, refused};
use proptest::prelude::*;
use serde_json::{Value, json};

const NONE: &str = "not(selected(., 'none') and count-selected(.) > 1)";

/// The last of five questions, asked when `relevant` says so.
fn import_relevant(relevant: &str) -> Result<Value, Vec<String>> {
    let survey: &[&[&str]] = &[
        &["type", "name", "label::English (en)", "relevant", "constraint"],
        &["select_one yes_no", "happy", "Are you happy?", "", ""],
        &["select_one grades", "level", "Which grade?", "", ""],
        &["select_multiple places", "where", "Where?", "", NONE],
        &["integer", "age", "How old are you?", "", ". >= 9 and . < 18"],
        &["note", "thanks", "Thank you", "", ""],
        &["select_one yes_no", "last", "Anything else?", relevant, ""],
    ];
    let file = book(&[("survey", survey), ("choices", CHOICES)]);
    match import(&file) {
        Ok(imported) => {
            let condition = &imported.survey.item("last").unwrap().shown_when;
            Ok(serde_json::to_value(condition).unwrap())
        }
        Err(mistakes) => Err(mistakes.0.iter().map(ToString::to_string).collect()),
    }
}

fn codes(item: &str, codes: &[i16]) -> Value {
    json!({ "kind": "codes", "item": item, "codes": codes })
}

#[test]
fn comparisons_become_the_codes_for_which_they_hold() {
    let range = |from: Option<i64>, to: Option<i64>| {
        let mut range = json!({ "kind": "range", "item": "age" });
        for (name, end) in [("from", from), ("to", to)] {
            if let Some(end) = end {
                range[name] = end.into();
            }
        }
        range
    };
    let not = |of: Value| json!({ "kind": "not", "of": of });
    for (relevant, wanted) in [
        ("${happy} = 'yes'", codes("happy", &[1])),
        ("'yes' = ${happy}", codes("happy", &[1])),
        ("${happy}=\u{2018}no\u{2019}", codes("happy", &[2])),
        ("selected(${happy}, 'yes')", codes("happy", &[1])),
        ("${happy} != 'yes'", not(codes("happy", &[1]))),
        ("${happy} != ''", codes("happy", &[1, 2])),
        ("${level} > 5", codes("level", &[6, 7])),
        ("6 >= ${level}", codes("level", &[5, 6])),
        ("${level} = 5 or ${level} = 7", codes("level", &[5, 7])),
        ("${age} >= 12", range(Some(12), None)),
        ("${age} > 11.0 and ${age} < 16", range(Some(12), Some(15))),
        ("${age} = 12", codes("age", &[12])),
        ("selected(${where}, 'yard') or selected(${where}, 'class')", codes("where", &[1, 2])),
        ("not(selected(${where}, 'none'))", not(codes("where", &[3]))),
    ] {
        assert_eq!(import_relevant(relevant), Ok(wanted), "{relevant}");
    }
}

#[test]
fn and_or_and_parentheses_stay_as_they_are_written() {
    let [yes, five, yard] = [codes("happy", &[1]), codes("level", &[5]), codes("where", &[1])];
    let any = json!({ "kind": "any", "of": [five, yard] });
    let all = json!({ "kind": "all", "of": [yes, any] });
    let text = "${happy} = 'yes' and (${level} = 5 or selected(${where}, 'yard'))";
    assert_eq!(import_relevant(text), Ok(all));
    let looser = json!({ "kind": "any", "of": [{ "kind": "all", "of": [yes, five] }, yard] });
    let text = "${happy} = 'yes' and ${level} = 5 or selected(${where}, 'yard')";
    assert_eq!(import_relevant(text), Ok(looser));
    let two = json!({ "kind": "at_least", "count": 2, "of": [yes, five, yard] });
    let text = "checklist(2, -1, ${happy} = 'yes', ${level} = 5, selected(${where}, 'yard'))";
    assert_eq!(import_relevant(text), Ok(two));
    let each = [1, 2, 3].map(|code| codes("where", &[code]));
    let counted = json!({ "kind": "at_least", "count": 2, "of": each });
    assert_eq!(import_relevant("count-selected(${where}) > 1"), Ok(counted));
}

#[test]
fn what_is_not_supported_is_told_with_its_character() {
    for (relevant, at, said) in [
        ("${happy} = 'maybe'", 12, "\"maybe\" is no choice"),
        ("${happy} = 'yes' and ${sad} = 'yes'", 22, "there is no question \"sad\""),
        ("${thanks} = 'yes'", 1, "has no answer"),
        ("${last} = 'yes'", 1, "not answered yet"),
        ("${where} = 'yard'", 1, "use selected("),
        ("${happy} > 1", 12, "words, not numbers"),
        ("${happy} = ''", 12, "no answer cannot be asked"),
        ("${happy} = ${level}", 12, "not with another answer"),
        ("${age} > 17", 10, "no answer from 9 to 17"),
        ("${age} + 1 > 12", 8, "nothing is computed"),
        ("${age} div 2 > 3", 8, "nothing is computed"),
        ("regex(${happy}, '.*')", 1, "regex() is not supported"),
        ("not(if(${age} > 12, 1, 2))", 5, "if() is not supported"),
        ("happy = 'yes'", 1, "in braces, ${happy}"),
        ("${happy} = 'yes", 12, "no end"),
        ("(${happy} = 'yes'", 18, "\")\" is expected"),
        ("${happy} = 'yes' ${level} = 5", 18, "\"and\", \"or\" or the end"),
        ("int(${age}) > 12", 1, "int() is not supported"),
        ("true()", 1, "says nothing of an answer"),
        (". = 'yes'", 1, "is this question"),
        ("${happy} = 'yes' and", 21, "something is missing"),
    ] {
        let told = import_relevant(relevant).unwrap_err();
        let place = "survey, row 7, column D (relevant)";
        let with_character = format!("{place}, character {at}: ");
        let [line] = &told[..] else { panic!("{relevant}: {told:?}") };
        // What the whole definition refuses has no character.
        let known = line.starts_with(&with_character) || said == "not answered yet";
        assert!(known && line.contains(said) && line.starts_with(place), "{relevant}: {line}");
    }
}

#[test]
fn every_mistake_of_an_expression_is_told() {
    let told = import_relevant("${sad} = 1 or not(${where} = 'yard') or ${happy} = 'maybe'");
    assert_eq!(told.unwrap_err().len(), 3);
}

#[test]
fn parentheses_have_a_bound() {
    let deep = |depth| format!("{}${{happy}} = 'yes'{}", "(".repeat(depth), ")".repeat(depth));
    assert_eq!(import_relevant(&deep(30)), Ok(codes("happy", &[1])));
    let told = import_relevant(&deep(3000)).unwrap_err();
    assert!(told[0].contains("32 deep"), "{told:?}");
    let told = import_relevant(&"not(".repeat(1000)).unwrap_err();
    assert!(told[0].contains("32 deep"), "{told:?}");
}

#[test]
fn constraints_are_the_ends_of_a_number_and_choices_that_stand_alone() {
    let refuse = |kind: &str, constraint: &str| {
        let survey: &[&[&str]] = &[
            &["type", "name", "label::English (en)", "constraint"],
            &[kind, "one", "One?", constraint],
        ];
        refused(&[("survey", survey), ("choices", CHOICES)])
    };
    for (kind, constraint, said) in [
        ("integer", "", "a lowest and a highest end"),
        ("integer", ". > 3", "a lowest and a highest end"),
        ("integer", ". >= 0 and . <= 99999", "from 0 to 32767"),
        ("integer", ". >= 0 or . <= 9", "character 1: a number has a lowest"),
        ("integer", ". >= 0 and . <= ${two}", "character 17: a whole number"),
        ("select_one yes_no", ". = 'yes'", "choices have no constraint"),
        ("select_multiple places", "count-selected(.) <= 2", "of several choices only this"),
        (
            "select_multiple places",
            "not(selected(., 'all') and count-selected(.) > 1)",
            "\"all\" is no choice",
        ),
        ("decimal", ". >= 0 and . <= 9", "numbers are whole"),
    ] {
        let told = refuse(kind, constraint);
        assert!(told.iter().any(|line| line.contains(said)), "{kind} {constraint}: {told:?}");
        assert!(told.iter().all(|line| line.starts_with("survey, row 2")), "{told:?}");
    }
}

fn any_expression() -> impl Strategy<Value = String> {
    const PARTS: [&str; 26] = [
        "${happy}",
        "${where}",
        "${age}",
        "${",
        "}",
        "(",
        ")",
        "'yes'",
        "'",
        "\"",
        " and ",
        " or ",
        "not(",
        "selected(",
        ", ",
        " = ",
        " != ",
        " >= ",
        "12",
        "-1",
        ".",
        "checklist(",
        "count-selected(",
        "ә",
        " div ",
        "!",
    ];
    prop::collection::vec(prop::sample::select(PARTS.to_vec()), 0..14)
        .prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_text_is_a_condition_or_a_mistake_with_its_character(
        text in prop_oneof![".{0,60}", any_expression()]
    ) {
        let length = text.trim().chars().count();
        if let Err(told) = import_relevant(&text) {
            prop_assert!(!told.is_empty());
            for line in told {
                let rest = line.strip_prefix("survey, row 7, column D (relevant)");
                prop_assert!(rest.is_some(), "{line}");
                let at = rest.and_then(|rest| rest.strip_prefix(", character "));
                let at = at.and_then(|at| at.split(':').next()).map(|at| at.parse::<usize>());
                prop_assert!(at.is_none_or(|at| at.is_ok_and(|at| (1..=length + 1).contains(&at))), "{line}");
            }
        }
    }
}
