use crate::{DEFINITION, Keys, answer, back_up, back_up_with, text};
use std::fs;
use std::path::PathBuf;
use tests::{ClassPlan, Database, Finished, OpenWave, on_both_databases, senim, wait_until};

on_both_databases! {
    backups_past_their_age_or_with_a_forgotten_wave_are_named_and_destroyed,
    a_backup_holds_nothing_that_is_being_forgotten,
    a_wave_past_its_age_is_retired_with_a_record,
    the_record_of_what_staff_did_is_deleted_past_its_age,
}

async fn released(database: Database) -> OpenWave {
    let wave = OpenWave::start(database, DEFINITION, &[ClassPlan::of(14)]).await;
    answer(&wave, 0, 0..10).await;
    wave.close().await;
    wave.with_key("release").expect_success();
    wave
}

/// A subcommand that takes the directory of secrets.
fn with_secrets(wave: &OpenWave, arguments: &[&str]) -> Finished {
    let secrets = text(&wave.server.path().join("secrets"));
    wave.server.senim(&[arguments, &["--secrets", &secrets]].concat())
}

fn forget(wave: &OpenWave) {
    with_secrets(wave, &["forget", "--wave", &wave.id.to_string()]).expect_success();
}

async fn backups_past_their_age_or_with_a_forgotten_wave_are_named_and_destroyed(
    database: Database,
) {
    let wave = released(database).await;
    let keys = Keys::new(&wave.server, "identity");
    let folder = wave.server.path().join("backups");
    fs::create_dir(&folder).unwrap();
    let file = |name: &str| folder.join(name);
    back_up(&wave.server, &keys, "backups/before.age");
    forget(&wave);
    back_up(&wave.server, &keys, "backups/after.age");
    // As `after`, of another year.
    let line = fs::read(file("after.age")).unwrap();
    let aged = String::from_utf8_lossy(&line).replacen("\"day\":\"20", "\"day\":\"19", 1);
    fs::write(file("aged.age"), aged).unwrap();
    fs::write(file("notes.txt"), "{\"kind\":\"something else\"}\n").unwrap();
    let there = || -> Vec<PathBuf> {
        let mut all: Vec<_> = folder.read_dir().unwrap().map(|file| file.unwrap().path()).collect();
        all.sort();
        all
    };
    let before = there();
    let said = back_up_with(&wave.server, &keys, &file("new-1.age"), &[]).expect_success().stderr;
    assert!(said.contains("before.age") && said.contains("holds what was forgotten"), "{said}");
    assert!(said.contains("aged.age") && said.contains("past its age"), "{said}");
    assert!(!said.contains("after.age") && !said.contains("notes.txt"), "{said}");
    assert_eq!(there().len(), before.len() + 1);

    let remove = ["--remove-past"];
    back_up_with(&wave.server, &keys, &file("new-2.age"), &remove).expect_success();
    let left = ["after.age", "new-1.age", "new-2.age", "notes.txt"].map(file);
    assert_eq!(there(), left);
}

/// `senim forget` was interrupted after its first step, which on SQLite leaves rows.
async fn a_backup_holds_nothing_that_is_being_forgotten(database: Database) {
    let wave = released(database).await;
    let keys = Keys::new(&wave.server, "identity");
    let begun = format!("insert into erasures values ('{}', '2026-11-22', 10, 10, 16, 0)", wave.id);
    wave.server.database.execute(begun).await;
    assert_eq!(wave.stored().await, 10);
    let backup = back_up(&wave.server, &keys, "backup.age");
    let header = fs::read(&backup).unwrap();
    let header = header.split(|byte| *byte == b'\n').next().unwrap();
    assert!(String::from_utf8_lossy(header).contains("\"waves\":[]"));
    let lines = keys.open(&backup).join("\n");
    for table in ["envelopes", "spent_values", "slips"] {
        let (_, after) = lines.split_once(&format!("{{\"table\":\"{table}\"")).unwrap();
        let next = after.lines().nth(1).unwrap();
        assert!(next.starts_with("{\"rows\":0,"), "{table}: {next}");
    }
}

async fn a_wave_past_its_age_is_retired_with_a_record(database: Database) {
    let wave = released(database).await;
    let own = &wave.server.database;
    let retire = |more: &[&str]| with_secrets(&wave, &[&["wave", "retire"][..], more].concat());
    let said = retire(&["--keep-days", "0"]).expect_success();
    assert!(said.stderr.contains("No wave was released before"), "{said:?}");
    assert_eq!((wave.stored().await, own.count("erasures").await), (10, 0));

    own.execute("update waves set released_on = '2001-01-01'").await;
    let said = retire(&["--dry-run"]).expect_success();
    assert!(said.stderr.contains("would be forgotten") && wave.stored().await == 10, "{said:?}");
    assert!(retire(&["--keep-days", "3650"]).expect_success().stdout.contains("destroyed: 10"));
    for table in ["envelopes", "spent_values", "slips"] {
        assert_eq!(own.count(table).await, 0, "{table}");
    }
    assert_eq!(own.count("erasures where finished = 1 and envelopes = 10").await, 1);
    assert_eq!(own.count("releases").await, 1);
    let said = retire(&[]).expect_success();
    assert!(said.stderr.contains("No wave was released before"), "{said:?}");

    // Released before that day was noted: the wave's last one stands for it.
    let second = released(database).await;
    let own = &second.server.database;
    own.execute("update waves set released_on = ''").await;
    assert!(with_secrets(&second, &["wave", "retire"]).expect_success().stdout.is_empty());
    own.execute("update waves set last_day = '2001-01-01'").await;
    let said = with_secrets(&second, &["wave", "retire"]).expect_success();
    assert!(said.stdout.contains("is forgotten") && second.stored().await == 0, "{said:?}");
}

async fn the_record_of_what_staff_did_is_deleted_past_its_age(database: Database) {
    let mut wave = OpenWave::start(database, DEFINITION, &[ClassPlan::of(10)]).await;
    let own = &wave.server.database;
    let day = 24 * 60 * 60;
    let now: i64 =
        own.text("select cast(max(moment) as text) from audit_lines").await.parse().unwrap();
    for (id, days) in [("old", 731), ("young", 729)] {
        let moment = now - days * day;
        let line =
            format!("insert into audit_lines values ('{id}', {moment}, '', 'w', '', '', '')");
        own.execute(line).await;
    }
    let before = own.count("audit_lines").await;
    wave.server.restart();
    let own = &wave.server.database;
    wait_until("the hourly sweep, which comes first at the start", 30, async || {
        (own.count("audit_lines").await == before - 1).then_some(())
    })
    .await;
    assert_eq!(own.count("audit_lines where id = 'young'").await, 1);
    let short = senim(&["serve", "--keep-record-days", "3"]).expect_failure();
    assert!(short.contains("30..=36500"), "{short}");
}
