use crate::{directory, file};
use serde_json::{Value, json};
use tempfile::TempDir;
use tests::{package_directory, senim};

/// The contacts as they are shipped.
fn shipped() -> Value {
    let path = package_directory().join("../server/help_contacts.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// What a server says that is started with the contacts in a file.
fn told_at_start(directory: &TempDir, contacts: &str) -> String {
    let database = directory.path().join("senim.sqlite");
    let database = format!("sqlite://{}", database.display());
    let told = senim(&["serve", "--database", &database, "--help-contacts", contacts]);
    told.expect_failure()
}

fn refusal(directory: &TempDir, content: &str) -> String {
    let told = told_at_start(directory, &file(directory, "contacts.json", content));
    assert!(told.contains("contacts.json"), "{told}");
    told
}

#[test]
fn a_bad_contacts_file_stops_the_start_with_place_and_reason() {
    let directory = directory();
    for (place, value, reason) in [
        ("/contacts/0/number", json!("1 1 1 oops"), "contacts[0].number: expected 2 to 15 digits"),
        ("/contacts/0/number", Value::Null, "contacts[0].number: it is missing"),
        ("/contacts/0/url", json!("https://x.kz"), "contacts[0].url: only a web contact has one"),
        ("/contacts/1/number", json!("111"), "contacts[1].number: a web contact has none"),
        ("/contacts/1/url", json!("http://x.kz"), "contacts[1].url: expected https://"),
        ("/contacts/1/url", json!("https://a:b@x.kz"), "contacts[1].url: expected https://"),
        ("/contacts/1/url", json!("https://nowhere"), "contacts[1].url: expected https://"),
        ("/contacts/1/text/ru", json!("{number}"), "contacts[1].text.ru: the contact has no"),
        ("/contacts/2/name/kk", json!(" "), "contacts[2].name.kk: it is empty"),
        ("/contacts/2/text/en", json!("a\nb"), "contacts[2].text.en: it has a control"),
        ("/contacts/2/id", json!("balaqorgau"), "contacts[2].id: \"balaqorgau\" is there twice"),
        ("/contacts/2/id", json!("SOS!"), "contacts[2].id: expected lower-case letters"),
        ("/contacts/2/kind", json!("phone"), "contacts: there is none of the kind \"emergency\""),
        ("/contacts/2/kind", json!("fax"), "unknown variant `fax`"),
        ("/contacts/2/name/kk", json!(5), "invalid type: integer `5`, expected a string at line"),
        ("/contacts", json!([]), "contacts: expected 1 to 12 of them, got 0"),
    ] {
        let mut contacts = shipped();
        let (above, key) = place.rsplit_once('/').unwrap();
        match contacts.pointer_mut(above).unwrap() {
            Value::Object(fields) => fields.insert(key.to_owned(), value),
            other => panic!("{other}"),
        };
        let told = refusal(&directory, &contacts.to_string());
        assert!(told.contains(reason), "{place}: {told}");
    }
    assert!(refusal(&directory, "{").contains("line 1 column 1"));
    let two = shipped().to_string().replace("\"111\"", "\"\"").replace("\"112\"", "\"1\"");
    let told = refusal(&directory, &two);
    assert!(told.contains("contacts[0].number") && told.contains("contacts[2].number"), "{told}");
    let missing = directory.path().join("not-there").display().to_string();
    let told = told_at_start(&directory, &missing);
    assert!(told.contains("not-there"), "{told}");
}
