use crate::{DEFINITION, Keys, answer, back_up};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use tests::{ClassPlan, Database, OpenWave, Secrets, on_both_databases};

on_both_databases! {
    rows_stand_in_an_order_that_tells_nothing,
    a_backup_says_in_clear_only_its_day_and_waves,
}

/// The rows of each table as they stand in a backup.
fn rows(lines: &[String]) -> BTreeMap<String, Vec<Vec<Value>>> {
    let (mut rows, mut table) = (BTreeMap::<_, Vec<_>>::new(), String::new());
    for line in lines {
        match serde_json::from_str(line).unwrap() {
            Value::Array(row) => rows.get_mut(&table).unwrap().push(row),
            named => {
                if let Some(name) = named["table"].as_str() {
                    table = name.to_owned();
                    rows.insert(table.clone(), Vec::new());
                }
            }
        }
    }
    rows
}

async fn rows_stand_in_an_order_that_tells_nothing(database: Database) {
    let wave = OpenWave::start(database, DEFINITION, &[ClassPlan::of(25)]).await;
    let keys = Keys::new(&wave.server, "identity");
    answer(&wave, 0, 0..20).await;
    let rows = rows(&keys.open(&back_up(&wave.server, &keys, "backup.age")));
    assert_eq!(rows["envelopes"].len(), 20);
    assert!(!rows.contains_key("staff_sessions"), "whoever has the file is signed in");
    let column = |table: &str, at: usize| -> Vec<String> {
        rows[table].iter().map(|row| row[at].as_str().unwrap().to_owned()).collect()
    };
    assert!(column("envelopes", 0).is_sorted());
    // Hashes and random ids: their order is not that of arrival.
    let (spent, slips) = (column("spent_values", 1), column("slips", 0));
    assert!(spent.len() == 20 && slips.len() == 28, "{} {}", spent.len(), slips.len());
    let ordered = match database {
        Database::Sqlite => [spent.is_sorted(), slips.is_sorted()],
        // In its own order of letters.
        Database::Postgres => {
            let database = &wave.server.database;
            let of_spent = "select string_agg(spent, ' ' order by spent) from spent_values";
            let of_slips = "select string_agg(hash, ' ' order by hash) from slips";
            let [a, b] = [database.text(of_spent).await, database.text(of_slips).await];
            [a == spent.join(" "), b == slips.join(" ")]
        }
    };
    assert_eq!(ordered, [true, true]);
}

async fn a_backup_says_in_clear_only_its_day_and_waves(database: Database) {
    let wave = OpenWave::start(database, DEFINITION, &[ClassPlan::of(10)]).await;
    let keys = Keys::new(&wave.server, "identity");
    answer(&wave, 0, 0..3).await;
    let before: Vec<_> = names(&wave);
    let backup = back_up(&wave.server, &keys, "backup.age");
    let mut after = names(&wave);
    after.retain(|name| name != "backup.age");
    assert_eq!(after, before, "something else was left");
    assert_eq!(fs::metadata(&backup).unwrap().permissions().mode() & 0o777, 0o600);
    let bytes = fs::read(&backup).unwrap();
    let end = bytes.iter().position(|byte| *byte == b'\n').unwrap();
    let header: Value = serde_json::from_slice(&bytes[..end]).unwrap();
    let fields: Vec<_> = header.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(fields.len(), 6, "{fields:?}");
    assert_eq!(header["waves"], serde_json::json!([wave.id.to_string()]));
    assert_eq!(header["day"].as_str().unwrap().len(), "2026-11-22".len());
    assert!(bytes[end + 1..].starts_with(b"age-encryption.org/v1\n"));
    let mut stored = Secrets::default();
    let database = &wave.server.database;
    stored.text("id", database.text("select max(id) from envelopes").await);
    stored.text("envelope", database.text("select max(envelope) from envelopes").await);
    stored.text("class", wave.classes[0].id.to_string());
    stored.text("account", "coordinator");
    assert_eq!(stored.found_in(&bytes), Vec::<&str>::new());
    assert_eq!(stored.found_in(keys.open(&backup).join("\n").as_bytes()).len(), 4);
}

/// The files in the server's directory, but for the journals of its database.
fn names(wave: &OpenWave) -> Vec<String> {
    let entries = fs::read_dir(wave.server.path()).unwrap();
    let mut names: Vec<_> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !name.starts_with("senim.sqlite"))
        .collect();
    names.sort();
    names
}
