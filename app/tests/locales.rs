//! Every text in every language, in its letters, and used. That the keys are the same in all
//! languages is the build script's business.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use serde_json::Value;
use std::{collections::BTreeMap, fs, path::Path};

const KAZAKH_ONLY: &str = "әғқңөұүһіӘҒҚҢӨҰҮҺІ";
/// Names that are the same everywhere.
const NAMES: [&str; 2] = ["common.product", "staff.wave_days"];

fn texts(language: &str) -> BTreeMap<String, String> {
    let folder = Path::new("locales").join(language);
    let mut texts = BTreeMap::new();
    for file in fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let namespace = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let Value::Object(keys) = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap() else {
            panic!("{path:?} is not an object")
        };
        for (key, text) in keys {
            texts.insert(format!("{namespace}.{key}"), text.as_str().unwrap().to_owned());
        }
    }
    texts
}

fn blanks(text: &str) -> Vec<String> {
    let mut blanks: Vec<String> = text
        .split("{{")
        .skip(1)
        .map(|rest| rest.split("}}").next().unwrap().trim().to_owned())
        .collect();
    blanks.sort();
    blanks
}

#[test]
fn all_languages_have_the_same_keys_with_the_same_blanks() {
    let kazakh = texts("kk");
    for language in ["ru", "en"] {
        let other = texts(language);
        assert!(kazakh.keys().eq(other.keys()), "{language}");
        for (key, text) in &kazakh {
            assert_eq!(blanks(text), blanks(&other[key]), "{language} {key}");
        }
    }
}

#[test]
fn every_language_is_written_in_its_own_letters() {
    let cyrillic = |c: char| ('\u{400}'..='\u{52f}').contains(&c);
    for (key, text) in texts("ru") {
        let foreign = text.chars().any(|c| KAZAKH_ONLY.contains(c));
        assert!(!foreign || NAMES.contains(&key.as_str()), "ru {key}: {text}");
    }
    for (key, text) in texts("en") {
        // Labels of classes, in quotes, are in the school's own letters.
        let outside = text.split('«').map(|part| part.rsplit('»').next().unwrap_or_default());
        assert!(!outside.flat_map(str::chars).any(cyrillic), "en {key}: {text}");
    }
    let kazakh = texts("kk");
    let with_own_letters =
        kazakh.values().filter(|text| text.chars().any(|c| KAZAKH_ONLY.contains(c))).count();
    assert!(with_own_letters * 10 > kazakh.len() * 8, "{with_own_letters} of {}", kazakh.len());
}

#[test]
fn no_language_borrows_anothers_text() {
    let (kazakh, russian, english) = (texts("kk"), texts("ru"), texts("en"));
    let same = |text: &str| !text.chars().any(char::is_alphabetic);
    for (key, text) in &kazakh {
        let letters = text.split("{{").next().unwrap_or(text);
        if NAMES.contains(&key.as_str()) || same(letters) {
            continue;
        }
        assert_ne!(text, &english[key], "{key}");
        assert!(*text != russian[key] || text.chars().count() < 12, "{key}: {text}");
    }
}

#[test]
fn every_text_is_used() {
    let mut source = String::new();
    read(Path::new("src"), &mut source);
    let source: String = source.chars().filter(|c| !c.is_whitespace()).collect();
    let is_used = |key: &str| {
        source.match_indices(key).any(|(at, _)| {
            let after = source[at + key.len()..].chars().next();
            after.is_none_or(|c| !c.is_alphanumeric() && c != '_')
        })
    };
    let unused: Vec<String> = texts("kk").into_keys().filter(|key| !is_used(key)).collect();
    assert!(unused.is_empty(), "{unused:?}");
}

fn read(folder: &Path, into: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read(&path, into);
        } else {
            into.push_str(&fs::read_to_string(path).unwrap());
        }
    }
}
