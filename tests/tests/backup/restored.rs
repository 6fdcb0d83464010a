use crate::{DEFINITION, Keys, answer, back_up, back_up_with, empty, restore, text, verified};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use tests::{ClassPlan, Database, OpenWave, OwnDatabase, Pupil, answers, on_both_databases, senim};
use uuid::Uuid;

on_both_databases! {
    a_backup_restores_into_either_database_and_its_envelopes_open,
    lessons_go_on_where_a_backup_was_restored,
}

/// Everything but the sessions of staff, who sign in again.
async fn content(database: &OwnDatabase) -> BTreeMap<String, Vec<String>> {
    let mut content = database.content().await;
    content.remove("staff_sessions").unwrap();
    for rows in content.values_mut() {
        // Each database orders text in its own way.
        rows.sort();
    }
    content
}

/// `senim release` with the key: what is published, as a file.
fn release(wave: Uuid, key: &str, database: &OwnDatabase, out: &Path) -> Vec<u8> {
    let (wave, out) = (wave.to_string(), text(out));
    let given = ["release", "--wave", &wave, "--release-key", key, "--out", &out];
    senim(&[&given[..], &["--database", &database.url]].concat()).expect_success();
    fs::read(out).unwrap()
}

async fn a_backup_restores_into_either_database_and_its_envelopes_open(database: Database) {
    let plans = [0, 0, 1, 2].map(|school| ClassPlan { school, enrolment: 15 });
    let wave = OpenWave::start(database, DEFINITION, &plans).await;
    let keys = Keys::new(&wave.server, "identity");
    for class in 0..plans.len() {
        answer(&wave, class, 0..12).await;
    }
    wave.close().await;
    wave.with_key("release").expect_success();
    let second = wave.coordinator.another_wave(&wave).await;
    let slips = wave.coordinator.make_slips(second.place.wave, second.place.class).await;
    for (number, slip) in slips.iter().take(13).enumerate() {
        let pupil = Pupil::new(&wave.server, &second);
        pupil.answer(slip, &wave.survey, &answers(&wave.survey, number)).await;
    }
    wave.coordinator.close(second.place.wave).await;

    let backup = back_up(&wave.server, &keys, "backup.age");
    let before = content(&wave.server.database).await;
    assert!(before["release_groups"].len() > 5 && before["envelopes"].len() == 4 * 12 + 13);
    let mut restored = Vec::new();
    for kind in Database::BOTH {
        let other = empty(kind, &wave.server).await;
        restore(&backup, &keys, &other.url).expect_success();
        assert!(content(&other).await == before, "{database:?} to {kind:?}");
        assert_eq!(verified(&other), (Some(0), String::new()));
        restored.push(other);
    }
    let opened = |database: &OwnDatabase, name: &str| {
        release(second.place.wave, &wave.release_key, database, &wave.server.path().join(name))
    };
    let original = opened(&wave.server.database, "original.jsonl");
    assert!(original.len() > 1000);
    for (database, name) in restored.iter().zip(["first.jsonl", "second.jsonl"]) {
        assert!(opened(database, name) == original, "{:?}", database.kind);
        assert_eq!(verified(database), (Some(0), String::new()));
    }
}

async fn lessons_go_on_where_a_backup_was_restored(database: Database) {
    let mut wave = OpenWave::start(database, DEFINITION, &[ClassPlan::of(10)]).await;
    let (keys, others) = (Keys::new(&wave.server, "one"), Keys::new(&wave.server, "other"));
    answer(&wave, 0, 0..2).await;
    let pupil = wave.pupil(0);
    let token = pupil.token(&wave.slip(0, 2)).await;
    let request = pupil.sealed(token, &wave.survey, &answers(&wave.survey, 2));
    let (backup, secrets) =
        (wave.server.path().join("backup.age"), wave.server.path().join("secrets.age"));
    let kept = wave.server.path().join("secrets");
    let (to, from) = (text(&secrets), text(&kept));
    let more = ["--secrets-to", &to, "--secrets-recipient", &others.recipient, "--secrets", &from];
    back_up_with(&wave.server, &keys, &backup, &more).expect_success();

    wave.server.kill();
    let files = |directory: &Path| {
        let entries = fs::read_dir(directory).unwrap().map(Result::unwrap);
        entries.map(|file| (file.file_name(), fs::read(file.path()).unwrap())).collect()
    };
    let before: BTreeMap<_, _> = files(&kept);
    fs::remove_dir_all(&kept).unwrap();
    let given = ["restore", &to, "--identity", &others.identity, "--secrets", &from];
    senim(&given).expect_success();
    assert!(before.len() == 2 && files(&kept) == before);
    let restored = empty(database, &wave.server).await;
    restore(&backup, &keys, &restored.url).expect_success();
    wave.server.database = restored;
    wave.server.restart();
    assert_eq!(pupil.send(&request).await, Ok(()));
    answer(&wave, 0, 3..5).await;
    let used = pupil.ask(&wave.slip(0, 0), &pupil.pending()).await;
    assert!(used.is_err(), "a slip that was used works again");
    assert_eq!(wave.stored().await, 5);
    assert_eq!(verified(&wave.server.database), (Some(0), String::new()));
}
