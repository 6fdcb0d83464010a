//! Every table and column is explained to pupils, and nothing that is not there.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use serde_json::{Value, json};
use server::storage::{Storage, schema};
use server::stored_columns::StoredColumns;
use std::collections::BTreeSet;
use tests::{Database, OwnDatabase, on_both_databases};

on_both_databases! { every_column_is_explained_and_nothing_that_is_not_there }

const KAZAKH_ONLY: &str = "әғқңөұүһіӘҒҚҢӨҰҮҺІ";

fn shipped() -> Value {
    serde_json::from_str(&std::fs::read_to_string("stored_columns.json").unwrap()).unwrap()
}

fn explained() -> BTreeSet<String> {
    let file = shipped();
    let name = |one: &Value| one["name"].as_str().unwrap().to_owned();
    let columns = |table: &Value| {
        let columns = table["columns"].as_array().unwrap().iter();
        columns.map(|column| format!("{}.{}", name(table), name(column))).collect::<Vec<_>>()
    };
    file["tables"].as_array().unwrap().iter().flat_map(columns).collect()
}

async fn every_column_is_explained_and_nothing_that_is_not_there(database: Database) {
    let directory = tempfile::tempdir().unwrap();
    let database = OwnDatabase::create(database, directory.path()).await;
    let storage = Storage::connect(&database.url).await.unwrap();
    let tables = schema::tables(&storage).await.unwrap();
    let there: BTreeSet<String> = tables
        .iter()
        .flat_map(|table| table.columns.iter().map(|column| format!("{}.{column}", table.name)))
        .collect();
    let explained = explained();
    let forgotten: Vec<_> = there.difference(&explained).collect();
    let gone: Vec<_> = explained.difference(&there).collect();
    assert!(forgotten.is_empty(), "stored_columns.json does not explain {forgotten:?}");
    assert!(gone.is_empty(), "stored_columns.json explains what is not there: {gone:?}");
    assert!(there.contains("envelopes.envelope") && there.len() > 80, "{there:?}");

    for table in StoredColumns::shipped().unwrap().explain(tables) {
        assert!(table.words.is_some(), "{}", table.name);
        for column in table.columns {
            assert!(column.text.is_some(), "{}.{}", table.name, column.name);
        }
    }
}

#[tokio::test]
async fn a_partition_is_no_table_of_its_own() {
    let directory = tempfile::tempdir().unwrap();
    let database = OwnDatabase::create(Database::Postgres, directory.path()).await;
    let storage = Storage::connect(&database.url).await.unwrap();
    let before = schema::tables(&storage).await.unwrap();
    database.execute("create table parted (wave_id text) partition by list (wave_id)").await;
    database.execute("create table parted_a partition of parted for values in ('a')").await;
    let after = schema::tables(&storage).await.unwrap();
    let new: Vec<_> = after.into_iter().filter(|table| !before.contains(table)).collect();
    assert_eq!(new.len(), 1, "{new:?}");
    assert_eq!((new[0].name.as_str(), &new[0].columns[..]), ("parted", &["wave_id".into()][..]));
}

#[test]
fn explanations_are_written_in_the_letters_of_their_language() {
    let cyrillic = |c: char| ('\u{400}'..='\u{52f}').contains(&c);
    let mut wordings = Vec::new();
    collect(&shipped(), &mut wordings);
    assert!(wordings.len() > 100, "{}", wordings.len());
    let own = wordings.iter().filter(|[kk, ..]| kk.chars().any(|c| KAZAKH_ONLY.contains(c)));
    assert!(own.count() * 10 > wordings.len() * 8);
    for [kk, ru, en] in wordings {
        assert!(!ru.chars().any(|c| KAZAKH_ONLY.contains(c)), "{ru}");
        assert!(!en.chars().any(cyrillic), "{en}");
        assert!(kk != en && ru != en, "{en}");
    }
}

/// Every text of the file in its three languages.
fn collect(value: &Value, into: &mut Vec<[String; 3]>) {
    match value {
        Value::Object(fields) if fields.contains_key("kk") => {
            into.push(["kk", "ru", "en"].map(|code| fields[code].as_str().unwrap().to_owned()));
        }
        Value::Object(fields) => fields.values().for_each(|field| collect(field, into)),
        Value::Array(values) => values.iter().for_each(|value| collect(value, into)),
        _ => {}
    }
}

#[test]
fn every_mistake_in_the_explanations_is_named_with_its_place() {
    let refused = |file: &Value| StoredColumns::parse(&file.to_string()).unwrap_err().to_string();
    for (place, value, told) in [
        ("/tables/1/name", json!("slips"), "tables[1].name: \"slips\" is there twice"),
        ("/tables/0/columns/1/name", json!("hash"), "tables[0].columns[1].name: \"hash\" is there"),
        ("/tables/0/columns", json!([]), "tables[0].columns: there are none"),
        ("/tables", json!([]), "tables: there are none"),
        ("/tables/0/title/kk", json!(" "), "tables[0].title.kk: it is empty"),
        ("/tables/0/text/ru", json!("я".repeat(251)), "tables[0].text.ru: expected at most 250"),
        ("/tables/0/columns/0/text/en", json!("a\nb"), "columns[0].text.en: it has a control"),
        ("/tables/0/about", json!("nobody"), "unknown variant `nobody`"),
        ("/tables/0/columns/0/text", json!({ "kk": "a", "ru": "b" }), "missing field `en`"),
        ("/tables/0/columns/0/text/de", json!("c"), "unknown field `de`"),
    ] {
        let mut file = shipped();
        let (above, key) = place.rsplit_once('/').unwrap();
        match file.pointer_mut(above).unwrap() {
            Value::Object(fields) => fields.insert(key.to_owned(), value),
            other => panic!("{other}"),
        };
        let refusal = refused(&file);
        assert!(refusal.contains(told), "{place}: {refusal}");
    }
    let mut file = shipped();
    file["tables"][0]["title"]["kk"] = json!("");
    file["tables"][2]["columns"][0]["text"]["en"] = json!("");
    let refusal = refused(&file);
    assert!(refusal.contains("tables[0].title.kk") && refusal.contains("tables[2].columns[0]"));
}
