use crate::{CHOICES, Rows, book, import, refused};

const HEADINGS: &[&str] =
    &["type", "name", "label::Kazakh (kk)", "label::English (en)", "relevant"];

#[test]
fn every_mistake_is_told_with_sheet_row_and_column_in_the_order_of_the_file() {
    let survey: Rows<'_> = &[
        HEADINGS,
        &["select_one yes_no", "happy", "Бақыттысың ба?", "Are you happy?", ""],
        &["text", "name", "Атың кім?", "What is your name?", ""],
        &["select_one moods", "mood", "Қалайсың?", "How are you?", ""],
        &["select_one yes_no", "happy", "Тағы?", "Again?", ""],
        &["select_one yes_no", "last", "", "In English only", "${name} = 'x' or ${nobody} = 1"],
        &["chooose yes_no", "typo", "Қате", "A slip", ""],
        &["begin_group", "open", "", "", ""],
    ];
    let choices: Rows<'_> = &[
        &["list_name", "name", "label::Kazakh (kk)", "label::English (en)"],
        &["yes_no", "yes", "Иә", "Yes"],
        &["yes_no", "yes", "Иә", "Yes"],
        &["yes_no", "no", "Жоқ", ""],
        &["", "stray", "Жоқ", "No"],
        &["yes_no", "жоқ", "Жоқ", "No"],
    ];
    let told = refused(&[("survey", survey), ("choices", choices)]);
    let wanted = [
        "survey, row 3, column A (type): \"text\": free text",
        "survey, row 4, column A (type): there is no list \"moods\"",
        "survey, row 5, column B (name): \"happy\" is the name of a row before",
        "survey, row 6, column C (label::Kazakh (kk)): is missing",
        "survey, row 6, column E (relevant), character 18: there is no question \"nobody\"",
        "survey, row 7, column A (type): \"chooose yes_no\" is no type",
        "survey, row 8: this group has no end",
        "choices, row 3: \"yes\" is in the list \"yes_no\" already",
        "choices, row 4, column D (label::English (en)): is missing",
        "choices, row 5: names no list",
        "choices, row 6: \"жоқ\" cannot be a name here",
    ];
    for line in wanted {
        assert!(told.iter().any(|one| one.starts_with(line)), "{line}\nnot in {told:#?}");
    }
    assert_eq!(told.len(), wanted.len(), "{told:#?}");
    let places = wanted.map(|line| told.iter().position(|one| one.starts_with(line)));
    assert!(places.is_sorted(), "{told:#?}");
}

#[test]
fn what_changes_the_answers_is_refused_and_the_rest_is_told() {
    let survey: Rows<'_> = &[
        &[
            "type",
            "name",
            "label::English (en)",
            "hint::English (en)",
            "required",
            "default",
            "mine",
        ],
        &["start", "start", "", "", "", "", ""],
        &["select_one yes_no", "Happy-1", "Are you happy?", "Think of today.", "yes", "", "x"],
    ];
    let imported = import(&book(&[("survey", survey), ("choices", CHOICES)])).unwrap();
    let item = &imported.survey.items[0];
    assert_eq!(item.id, "happy_1");
    assert!(item.sensitive, "kept from class-level pages until its author decides");
    assert_eq!(item.text.0.values().next().unwrap().text, "Are you happy? Think of today.");
    let notes: Vec<String> = imported.notes.iter().map(ToString::to_string).collect();
    for line in [
        "survey, row 1, column E (required): left out",
        "survey, row 1, column G (mine): left out",
        "survey, row 2, column A (type): \"start\" left out",
        "survey, row 3, column B (name): \"Happy-1\" is called \"happy_1\"",
        "survey, row 3, column D (hint::English (en)): joined",
        "choices, row 4, column A (list_name): \"grades\" left out",
    ] {
        assert!(notes.iter().any(|note| note.starts_with(line)), "{line}\nnot in {notes:#?}");
    }
    let with_default: Rows<'_> = &[
        &["type", "name", "label::English (en)", "default"],
        &["select_one yes_no", "happy", "Are you happy?", "yes"],
    ];
    let told = refused(&[("survey", with_default), ("choices", CHOICES)]);
    assert!(told[0].starts_with("survey, row 2, column D (default): is not supported"), "{told:?}");
}

#[test]
fn groups_are_pages_and_their_conditions_hold_for_all_inside() {
    let survey: Rows<'_> = &[
        &["type", "name", "label::English (en)", "relevant", "appearance", "parameters"],
        &["select_one yes_no", "happy", "Are you happy?", "", "", ""],
        &["begin group", "outer", "", "${happy} = 'no'", "", ""],
        &["begin group", "together", "", "", "w2 field-list", ""],
        &["select_one yes_no", "one", "One?", "", "", "randomize=true"],
        &["select_one grades", "two", "Two?", "${happy} != 'yes'", "", ""],
        &["end group", "", "", "", "", ""],
        &["end_group", "", "", "", "", ""],
        &["note", "bye", "Goodbye", "", "", ""],
    ];
    let survey = import(&book(&[("survey", survey), ("choices", CHOICES)])).unwrap().survey;
    let written = serde_json::to_value(&survey).unwrap();
    let ids: Vec<_> =
        written["pages"].as_array().unwrap().iter().map(|page| &page["items"]).collect();
    assert_eq!(
        ids,
        [
            &serde_json::json!(["happy"]),
            &serde_json::json!(["one", "two"]),
            &serde_json::Value::Null
        ]
    );
    assert!(survey.branching && survey.items[1].shuffled);
    assert_eq!(written["items"][1]["shown_when"]["codes"], serde_json::json!([2]));
    assert_eq!(written["items"][2]["shown_when"]["of"][1]["kind"], "not");
}

#[test]
fn a_language_that_is_not_named_is_asked_for() {
    let survey: Rows<'_> = &[&["type", "name", "label"], &["note", "one", "Read this"]];
    let unsaid = server::authoring::Unsaid { language: None, ..crate::unsaid() };
    let told = server::authoring::from_xlsform(&book(&[("survey", survey)]), &unsaid).unwrap_err();
    let wanted = "survey, row 1, column C (label): its language is not known";
    assert!(told.to_string().starts_with(wanted), "{told}");
}

#[test]
fn what_is_no_workbook_is_refused() {
    for file in [&b""[..], b"PK\x03\x04 and then nothing", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"] {
        assert!(import(file).unwrap_err().to_string().contains("no workbook"), "{file:?}");
    }
    let told = refused(&[("questions", &[&["type", "name"]])]);
    assert!(told[0].contains("no sheet survey"), "{told:?}");
}
