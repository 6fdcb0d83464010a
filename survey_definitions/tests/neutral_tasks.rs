//! Neutral tasks: what the file may say, and what a tablet gets of it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod example;

use example::{only, place, pointers, remove, text};
use serde_json::{Value, json};
use survey_definitions::{Form, Language, LeanTasks, NeutralTasks};

fn task(id: &str) -> Value {
    json!({ "id": id, "text": text(), "options": [
        { "picture": "sun", "text": text() }, { "text": text() } ] })
}

fn file() -> Value {
    json!({ "version": 1, "languages": ["kk", "ru", "en"],
        "junior": [task("weather")], "senior": [task("weather"), task("colour")] })
}

fn mistakes(file: &Value) -> Vec<(String, String)> {
    let found = NeutralTasks::parse(&file.to_string()).err();
    found.into_iter().flat_map(|all| all.0).map(|one| (one.place, one.problem)).collect()
}

#[test]
fn the_example_has_no_mistake_and_is_read_as_it_was_written() {
    assert_eq!(mistakes(&file()), []);
    let read = NeutralTasks::parse(&file().to_string()).unwrap();
    assert_eq!(NeutralTasks::parse(&serde_json::to_string(&read).unwrap()), Ok(read.clone()));
    assert_eq!(read.texts().len(), 9);
}

#[test]
fn what_the_types_refuse_is_found_with_its_place() {
    for pointer in pointers(&file()).into_iter().skip(1) {
        let mut changed = file();
        remove(&mut changed, &pointer);
        let refused = serde_json::from_value::<NeutralTasks>(changed.clone()).is_err();
        let named = mistakes(&changed).iter().any(|(at, _)| *at == place(&pointer));
        assert!(named || !refused, "{pointer}");
    }
}

#[test]
fn ids_and_languages_are_taken_once() {
    let mut changed = file();
    changed["senior"][1]["id"] = json!("weather");
    only(mistakes(&changed), "senior[1].id", "taken by senior[0]");
    let mut changed = file();
    changed["languages"].as_array_mut().unwrap().push(json!("kk"));
    only(mistakes(&changed), "languages[3]", "named before");
}

#[test]
fn a_tablet_gets_the_tasks_of_one_form() {
    let tasks = NeutralTasks::parse(&file().to_string()).unwrap();
    assert_eq!(
        [Form::Junior, Form::Senior].map(|form| tasks.lean(form, Language::Kk).tasks.len()),
        [1, 2]
    );
    let lean = tasks.lean(Form::Senior, Language::Ru);
    let options = &lean.tasks[1].options;
    let codes: Vec<_> = options.iter().map(|one| (one.code, one.none)).collect();
    assert_eq!(codes, [(0, false), (1, false)]);
    assert_eq!(options[0].picture.as_deref(), Some("sun"));
    assert_eq!(lean.tasks[0].words.text, "текст");
    let bytes = postcard::to_allocvec(&lean).unwrap();
    assert_eq!(postcard::from_bytes::<LeanTasks>(&bytes).unwrap(), lean);
}
