use crate::{DEFINITION, Keys, answer, back_up, back_up_with, empty, restore, text, verify};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tests::{ClassPlan, Database, OpenWave, OwnDatabase, on_both_databases, senim, senim_command};

on_both_databases! {
    what_is_not_whole_is_refused_and_nothing_is_restored,
    only_an_empty_database_takes_a_backup,
}

/// Writes a changed copy of a backup.
fn changed(backup: &Path, name: &str, change: impl FnOnce(&mut Vec<u8>)) -> PathBuf {
    let mut bytes = fs::read(backup).unwrap();
    change(&mut bytes);
    let path = backup.with_file_name(name);
    fs::write(&path, bytes).unwrap();
    path
}

/// A copy with one text of its first line replaced.
fn header_with(backup: &Path, name: &str, from: &str, to: &str) -> PathBuf {
    changed(backup, name, |bytes| {
        let end = bytes.iter().position(|byte| *byte == b'\n').unwrap();
        let line = String::from_utf8(bytes[..end].to_vec()).unwrap();
        assert!(line.contains(from), "{line}");
        bytes.splice(..end, line.replace(from, to).into_bytes());
    })
}

async fn is_untouched(database: &OwnDatabase) -> bool {
    database.tables().await.is_empty()
}

async fn what_is_not_whole_is_refused_and_nothing_is_restored(database: Database) {
    let wave = OpenWave::start(database, DEFINITION, &[ClassPlan::of(10)]).await;
    let (keys, others) = (Keys::new(&wave.server, "one"), Keys::new(&wave.server, "other"));
    answer(&wave, 0, 0..5).await;
    let backup = back_up(&wave.server, &keys, "backup.age");
    let length = fs::read(&backup).unwrap().len();
    let into = empty(database, &wave.server).await;
    let mut broken = Vec::new();
    for (number, left) in [0, 20, 250, length / 2, length - 17, length - 1].into_iter().enumerate()
    {
        let name = format!("cut-{number}");
        broken.push((changed(&backup, &name, |bytes| bytes.truncate(left)), ""));
    }
    for (number, at) in [length / 3, length / 2, length - 5].into_iter().enumerate() {
        let name = format!("altered-{number}");
        broken.push((changed(&backup, &name, |bytes| bytes[at] ^= 1), "is damaged"));
    }
    broken.push((changed(&backup, "longer", |bytes| bytes.push(0)), "is damaged"));
    broken.push((changed(&backup, "no-backup", |bytes| bytes[0] = b'x'), "is not a backup"));
    let day = header_with(&backup, "day", "\"day\":\"20", "\"day\":\"19");
    broken.push((day, "not the one that was sealed with it"));
    broken.push((header_with(&backup, "format", "\"format\":1", "\"format\":2"), "has format 2"));
    broken.push((PathBuf::from(&keys.identity), "is not a backup"));
    for (path, what) in &broken {
        for refused in [restore(path, &keys, &into.url), verify(path, &keys)] {
            let said = refused.expect_failure();
            assert!(said.contains(what) && said.contains(&text(path)), "{}: {said}", text(path));
        }
    }
    let refused = restore(&backup, &others, &into.url).expect_failure();
    assert!(refused.contains("sealed to another key"), "{refused}");
    let mut no_key = keys.clone();
    no_key.identity = wave.server.file("no-key", "nothing");
    let refused = restore(&backup, &no_key, &into.url).expect_failure();
    assert!(refused.contains("no age identity"), "{refused}");
    assert!(is_untouched(&into).await);
    restore(&backup, &keys, &into.url).expect_success();
}

async fn only_an_empty_database_takes_a_backup(database: Database) {
    let wave = OpenWave::start(database, DEFINITION, &[ClassPlan::of(10)]).await;
    let keys = Keys::new(&wave.server, "identity");
    let backup = back_up(&wave.server, &keys, "backup.age");
    let before = wave.server.database.content().await;
    let refused = restore(&backup, &keys, &wave.server.database.url).expect_failure();
    assert!(
        refused.contains("is not empty") && refused.contains("nothing was changed"),
        "{refused}"
    );
    assert_eq!(wave.server.database.content().await, before);

    let bytes = fs::read(&backup).unwrap();
    let refused = back_up_with(&wave.server, &keys, &backup, &[]).expect_failure();
    assert!(refused.contains("never written over"), "{refused}");
    assert_eq!(fs::read(&backup).unwrap(), bytes);
    let (secrets, recipient) = (text(&wave.server.path().join("s.age")), keys.recipient.clone());
    let one_key = ["--secrets-to", &secrets, "--secrets-recipient", &recipient];
    let next = wave.server.path().join("next.age");
    let refused = back_up_with(&wave.server, &keys, &next, &one_key).expect_failure();
    assert!(refused.contains("give each a key of its own") && !next.exists(), "{refused}");

    let nowhere = format!("sqlite://{}", text(&wave.server.path().join("nowhere.sqlite")));
    let of = ["backup", "--to", &text(&next), "--recipient", &recipient, "--database", &nowhere];
    let refused = senim(&of).expect_failure();
    assert!(refused.contains("nowhere.sqlite") && !next.exists(), "{refused}");
    let of_nothing = empty(database, &wave.server).await;
    if database == Database::Postgres {
        let url = of_nothing.url.as_str();
        let of = ["backup", "--to", &text(&next), "--recipient", &recipient, "--database", url];
        let refused = senim(&of).expect_failure();
        assert!(refused.contains("no tables of Senim") && !next.exists(), "{refused}");
    }
    let url = of_nothing.url.as_str();
    killed_restores(&backup, &keys, &of_nothing).await;
    let refused = restore(&backup, &keys, url).expect_failure();
    assert!(refused.contains("is not empty"), "{refused}");
}

/// A run that is killed leaves nothing or tables without rows, which the next one fills.
async fn killed_restores(backup: &Path, keys: &Keys, into: &OwnDatabase) {
    for milliseconds in [20, 60, 120, 200, 300, 500, 800] {
        let mut command = senim_command();
        command.args(["restore", &text(backup), "--identity", &keys.identity]);
        let mut run = command.args(["--database", &into.url]).spawn().unwrap();
        tokio::time::sleep(Duration::from_millis(milliseconds)).await;
        run.kill().unwrap();
        run.wait().unwrap();
        if into.kind == Database::Sqlite && into.files().is_empty() {
            continue;
        }
        let tables = into.tables().await;
        if tables.contains_key("waves") && into.count("waves").await > 0 {
            return;
        }
    }
    restore(backup, keys, &into.url).expect_success();
}
