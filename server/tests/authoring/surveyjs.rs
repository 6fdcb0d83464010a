use crate::generated::definition;
use crate::unsaid;
use proptest::prelude::*;
use serde_json::{Value, json};
use server::authoring::{from_surveyjs, to_surveyjs};
use survey_definitions::{Item, SHIPPED, ScaleKind, Survey, Text};

fn form() -> Value {
    json!({
        "title": { "default": "School life", "kk": "Мектеп өмірі" },
        "pages": [{ "name": "p", "elements": [
            { "type": "radiogroup", "name": "happy", "isRequired": true,
              "title": { "default": "Happy?", "kk": "Бақыттысың ба?" },
              "choices": [{ "value": 1, "text": { "default": "Yes", "kk": "Иә" } },
                          { "value": 0, "text": { "default": "No", "kk": "Жоқ" } }] },
            { "type": "panel", "name": "inner", "visibleIf": "{happy} = 0", "elements": [
                { "type": "checkbox", "name": "where", "choicesOrder": "random",
                  "title": { "default": "Where?", "kk": "Қайда?" },
                  "choices": [{ "value": "yard", "text": { "default": "Yard", "kk": "Аула" } },
                              { "value": "none", "isExclusive": true,
                                "text": { "default": "Nowhere", "kk": "Еш жерде" } }] },
                { "type": "comment", "name": "why", "title": "Why?" },
                { "type": "rating", "name": "life", "rateMin": 0, "rateMax": 10,
                  "visibleIf": "{where} contains 'yard' or {happy} anyof [0, 1]",
                  "title": { "default": "Life?", "kk": "Өмір?" } },
                { "type": "boolean", "name": "after", "visibleIf": "{why} notempty",
                  "title": { "default": "After?", "kk": "Кейін?" } } ] } ] }]
    })
}

#[test]
fn what_matches_is_taken_and_the_rest_is_told() {
    let imported = from_surveyjs(form().to_string().as_bytes(), &unsaid()).unwrap();
    let survey = &imported.survey;
    let ids: Vec<&str> = survey.items.iter().map(|item| item.id.as_str()).collect();
    assert_eq!(ids, ["happy", "where", "life"]);
    assert!(survey.items[1].shuffled);
    let shown = serde_json::to_value(&survey.items[1].shown_when).unwrap();
    assert_eq!(shown, json!({ "kind": "codes", "item": "happy", "codes": [0] }));
    let ScaleKind::Many { options } = &survey.scale_of(&survey.items[1]).unwrap().kind else {
        panic!()
    };
    assert!(!options[0].none && options[1].none);
    let notes: Vec<String> = imported.notes.iter().map(ToString::to_string).collect();
    for line in [
        "pages[0].elements[0]: isRequired is left out",
        "pages[0].elements[1].elements[1]: \"why\" is left out: free text",
        "pages[0].elements[1].elements[3]: \"after\" is left out: \
         pages[0].elements[1].elements[3].visibleIf, character 1: \"why\" has no answer",
    ] {
        assert!(notes.iter().any(|note| note.starts_with(line)), "{line}\nnot in {notes:#?}");
    }
}

#[test]
fn what_is_no_form_is_refused_with_its_place() {
    let refused = |text: &str| from_surveyjs(text.as_bytes(), &unsaid()).unwrap_err().to_string();
    assert!(refused("{\"pages\": oops}").starts_with("line 1, column "));
    assert!(refused("{}").contains("no question of it can be taken"));
    assert!(refused("[1]").contains("no question of it can be taken"));
}

/// What a form can hold of an item: its text, what can be answered, and of whom it is asked.
fn held(survey: &Survey, item: &Item) -> Value {
    let words = |text: &Text| -> Vec<String> {
        let trimmed = text.0.values().map(|one| one.text.trim().to_owned());
        trimmed.collect()
    };
    let answers = match &survey.scale_of(item).unwrap().kind {
        ScaleKind::One { options } | ScaleKind::Many { options } => {
            let one =
                |option: &survey_definitions::Choice| json!([option.none, words(&option.text)]);
            options.iter().map(one).collect::<Vec<_>>()
        }
        ScaleKind::Number { lowest, highest, lowest_text, highest_text } => {
            vec![json!([lowest, highest, words(lowest_text), words(highest_text)])]
        }
    };
    json!([item.id, words(&item.text), answers, item.shuffled, item.shown_when.is_some()])
}

#[test]
fn shipped_definitions_come_back_with_their_questions() {
    for (file, text) in SHIPPED {
        let survey = Survey::parse(text).unwrap();
        let exported = to_surveyjs(&survey).unwrap();
        assert!(exported.notes.iter().any(|note| note.place == "indicators"), "{file}");
        let back = from_surveyjs(&exported.file, &unsaid()).unwrap().survey;
        let all = |survey: &Survey| -> Vec<Value> {
            survey.items.iter().map(|item| held(survey, item)).collect()
        };
        assert_eq!(all(&back), all(&survey), "{file}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn what_a_form_holds_comes_back(survey in definition()) {
        let exported = to_surveyjs(&survey).unwrap();
        let back = from_surveyjs(&exported.file, &unsaid()).unwrap().survey;
        let gone = exported.notes.iter().filter(|note| note.place.ends_with("shown_when")).count();
        prop_assert_eq!(back.items.len() + gone, survey.items.len());
        for item in &back.items {
            prop_assert_eq!(held(&back, item), held(&survey, survey.item(&item.id).unwrap()));
        }
    }

    #[test]
    fn any_text_is_a_form_or_is_refused(text in ".{0,80}", at in any::<prop::sample::Index>()) {
        let _ = from_surveyjs(text.as_bytes(), &unsaid());
        let mut form: Vec<char> = form().to_string().chars().collect();
        let at = at.index(form.len());
        form.splice(at..at + 1, text.chars());
        let form: String = form.into_iter().collect();
        if let Err(mistakes) = from_surveyjs(form.as_bytes(), &unsaid()) {
            prop_assert!(!mistakes.0.is_empty());
        }
    }
}
