use crate::{directory, file};
use serde_json::{Value, json};
use survey_definitions::{Survey, shipped};
use tests::senim;

fn yrbs() -> Value {
    serde_json::from_str(shipped("yrbs_2019_violence", 1).unwrap()).unwrap()
}

#[test]
fn a_definition_goes_into_a_workbook_and_comes_back() {
    let directory = directory();
    let text = shipped("senim_pupil_junior", 1).unwrap();
    let definition = file(&directory, "junior.json", text);
    let path = |name: &str| directory.path().join(name).to_str().unwrap().to_owned();
    let (book, back) = (path("junior.xlsx"), path("back.json"));
    senim(&["definition", "export", &definition, "--to", "xlsform", "--out", &book])
        .expect_success();
    senim(&["definition", "import", &book, "--out", &back]).expect_success();
    let back = std::fs::read_to_string(back).unwrap();
    let parse = |text: &str| Survey::parse(text).unwrap();
    assert!(parse(&back) == parse(text));
}

#[test]
fn what_a_form_of_another_program_cannot_hold_is_told() {
    let directory = directory();
    let definition = file(&directory, "yrbs.json", yrbs().to_string());
    let form = directory.path().join("form.json").to_str().unwrap().to_owned();
    let exported =
        senim(&["definition", "export", &definition, "--to", "surveyjs", "--out", &form]);
    assert!(exported.expect_success().stderr.contains("indicators: 4 left out"));
    let imported = senim(&["definition", "import", &form]).expect_success();
    let items = yrbs()["items"].as_array().unwrap().len();
    let back: Value = serde_json::from_str(&imported.stdout).unwrap();
    assert_eq!(back["items"].as_array().unwrap().len(), items);
    let told = senim(&["definition", "import", &file(&directory, "none.json", "{}")]);
    assert!(told.expect_failure().contains("none.json cannot be imported:"));
}

#[test]
fn a_new_version_that_claims_too_much_is_an_error() {
    let directory = directory();
    let mut new = yrbs();
    new["version"] = json!(2);
    new["items"][3]["text"]["en"]["text"] = json!("During the past 30 days, what happened?");
    let old = file(&directory, "old.json", yrbs().to_string());
    let said = |new: &Value| {
        let new = file(&directory, "new.json", new.to_string());
        senim(&["definition", "new-version", &old, &new])
    };
    let claimed = said(&new);
    assert!(!claimed.succeeded, "{}", claimed.stdout);
    assert!(claimed.stdout.contains("wrong: items[3].comparable_since: "), "{}", claimed.stdout);
    new["items"][3]["comparable_since"] = json!(2);
    let told = said(&new).expect_success().stdout;
    assert!(told.contains(": not comparable: wording (en)"), "{told}");
    assert!(
        senim(&["definition", "new-version", &old, &old])
            .expect_failure()
            .contains("higher version")
    );
}
