//! The key in its other shapes: in shares, under a passphrase, and what is neither.

use crate::form::send;
use crate::released::{closed, until_done};
use std::fs;
use tests::{Database, OpenWave, on_both_databases, senim};

on_both_databases! {
    enough_shares_release_a_wave_and_fewer_are_refused_with_words,
    a_passphrase_is_asked_for_in_the_readers_language_and_kept_nowhere,
    a_damaged_or_unreadable_file_is_named_and_changes_nothing,
}

const PASSPHRASE: &str = "seven horses under one moon";

/// Five shares of the wave's key, of which three open it.
fn shares(wave: &OpenWave) -> Vec<String> {
    let out = format!("{}-shares", wave.release_key);
    let of = ["keys", "split", &wave.release_key, "--shares", "5", "--needed", "3", "--out", &out];
    senim(&[&of[..], &["--unprotected"]].concat()).expect_success();
    (1..=5).map(|number| format!("{out}/share-{number}-of-5")).collect()
}

/// The wave's key under a passphrase.
fn protected(wave: &OpenWave) -> String {
    let (out, file) =
        (format!("{}-locked", wave.release_key), format!("{}-words", wave.release_key));
    fs::write(&file, format!("{PASSPHRASE}\n")).unwrap();
    let shares = shares(wave);
    let of = ["keys", "join", &shares[0], &shares[1], &shares[4], "--out", &out];
    senim(&[&of[..], &["--new-passphrase-file", &file]].concat()).expect_success();
    out
}

/// A form with these files, each with its passphrase.
fn given(files: &[(&str, &str)]) -> Vec<(&'static str, String)> {
    let field = |(path, passphrase): &(&str, &str)| {
        let content = fs::read_to_string(path).unwrap();
        [("key_file", content), ("passphrase", (*passphrase).to_owned())]
    };
    files.iter().flat_map(field).collect()
}

async fn enough_shares_release_a_wave_and_fewer_are_refused_with_words(database: Database) {
    let (wave, officer, path) = closed(database).await;
    let shares = shares(&wave);
    let before = wave.server.database.content().await;
    let two = [(shares[0].as_str(), ""), (shares[3].as_str(), "")];
    let reply = send(&officer, &path, &given(&two)).await;
    assert!(reply.text.contains("3 shares are needed and 2 are here"), "{}", reply.text);
    let twice = [two[0], two[0], two[1]];
    let reply = send(&officer, &path, &given(&twice)).await;
    assert!(reply.text.contains("is there twice"), "{}", reply.text);
    let whole = [two[0], (wave.release_key.as_str(), "")];
    let reply = send(&officer, &path, &given(&whole)).await;
    assert!(reply.text.contains("there are other files beside it"), "{}", reply.text);
    assert_eq!(wave.server.database.content().await, before);
    let three = [two[1], (shares[2].as_str(), ""), two[0]];
    send(&officer, &path, &given(&three)).await.expect_success();
    assert!(until_done(&officer, &path).await.contains("Answers read: 1."));
}

async fn a_passphrase_is_asked_for_in_the_readers_language_and_kept_nowhere(database: Database) {
    let (wave, officer, path) = closed(database).await;
    let key = protected(&wave);
    let before = wave.server.database.content().await;
    for (language, missing, wrong) in [
        ("kk", "құпия сөзбен қорғалған", "құпия сөз сәйкес келмейді"),
        ("ru", "файл защищён парольной фразой", "парольная фраза не подходит"),
        ("en", "is protected by a passphrase", "the passphrase does not open it"),
    ] {
        officer.get(&format!("/language/{language}")).await;
        for (passphrase, words) in [("", missing), ("eight horses under one moon", wrong)] {
            let reply = send(&officer, &path, &given(&[(&key, passphrase)])).await;
            assert!(reply.text.contains(words), "{words}: {}", reply.text);
            assert!(!reply.text.contains("horses"), "{}", reply.text);
        }
    }
    assert_eq!(wave.server.database.content().await, before);
    send(&officer, &path, &given(&[(&key, PASSPHRASE)])).await.expect_success();
    until_done(&officer, &path).await;
    let key = fs::read_to_string(&wave.release_key).unwrap();
    let secret = key.lines().find_map(|line| line.strip_prefix("unprotected: ")).unwrap().trim();
    let (log, files) = (wave.server.log(), wave.server.database.files());
    for text in [secret, "horses under", "AGE ENCRYPTED"] {
        assert!(!log.contains(text), "{text}");
        assert!(!files.windows(text.len()).any(|window| window == text.as_bytes()), "{text}");
    }
}

async fn a_damaged_or_unreadable_file_is_named_and_changes_nothing(database: Database) {
    let (wave, officer, path) = closed(database).await;
    let before = wave.server.database.content().await;
    let key = fs::read_to_string(&wave.release_key).unwrap();
    let at = key.find("unprotected: ").unwrap() + "unprotected: ".len();
    let other = if key[at..].starts_with('A') { "B" } else { "A" };
    let changed = format!("{}{other}{}", &key[..at], &key[at + 1..]);
    for (content, words) in [
        (changed.as_str(), "“a file” is damaged or was changed"),
        (&key[..at], "“a file”"),
        ("\u{0}\u{fffd}<script>", "neither a release key nor a share"),
    ] {
        let form = [("key_file", content.to_owned()), ("passphrase", String::new())];
        let reply = send(&officer, &path, &form).await;
        assert_eq!(reply.status, reqwest::StatusCode::UNPROCESSABLE_ENTITY, "{content}");
        assert!(reply.text.contains(words), "{words}: {}", reply.text);
        assert!(!reply.text.contains(&key[at..].trim()[..20]), "{}", reply.text);
    }
    assert_eq!(wave.server.database.content().await, before);
}
