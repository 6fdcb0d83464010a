use crate::surroundings::package_directory;
use serde_json::Value;

/// A text of the interface in Kazakh, as the pages have it.
pub fn kazakh(file: &str, key: &str) -> String {
    text_in("kk", file, key)
}

/// The same in the language with this code.
pub fn text_in(language: &str, file: &str, key: &str) -> String {
    let path = package_directory().join(format!("../app/locales/{language}/{file}.json"));
    let text = std::fs::read_to_string(path).unwrap();
    let texts: Value = serde_json::from_str(&text).unwrap();
    texts[key].as_str().unwrap_or_else(|| panic!("no text {file}.{key}")).to_owned()
}
