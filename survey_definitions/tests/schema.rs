//! The stored JSON Schema is the one the types give.
#![cfg(feature = "schema")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::{env, fs, path::Path};
use survey_definitions::{SHIPPED, Survey, json_schema};

#[test]
fn the_stored_schema_is_current() {
    let path = Path::new("definition.schema.json");
    let current = json_schema();
    if env::var_os("UPDATE").is_some() {
        fs::write(path, &current).unwrap();
    }
    let stored = fs::read_to_string(path).unwrap_or_default();
    assert!(
        stored == current,
        "definition.schema.json is out of date: run this test with UPDATE=1"
    );
}

#[test]
fn every_shipped_definition_is_accepted_by_the_types() {
    for (file, text) in SHIPPED {
        let read: Result<Survey, _> = serde_json::from_str(text);
        assert!(read.is_ok(), "{file}: {read:?}");
    }
}
