use crate::keys::PASSPHRASE;
use std::fs;
use std::path::Path;
use tests::{ClassPlan, Database, OpenWave, Visitor, kazakh, new_release_key, senim};

/// Whether staff pages say that the operator could read answers, after a fresh start.
async fn says_pilot(wave: &mut OpenWave) -> bool {
    wave.server.restart();
    let page = wave.coordinator.visitor().get("/classes").await.text;
    let home = Visitor::of(&wave.server).get("/").await.text;
    let warning = kazakh("common", "pilot");
    assert!(!home.contains(&warning), "a page for everybody says so");
    page.contains(&warning)
}

async fn wave() -> OpenWave {
    OpenWave::start(Database::Sqlite, "senim_pupil_senior", &[ClassPlan::of(5)]).await
}

#[tokio::test]
async fn a_release_key_that_lies_open_beside_secrets_or_database_is_said_on_staff_pages() {
    let mut wave = wave().await;
    assert!(!says_pilot(&mut wave).await, "it is said without a reason");
    let (server, key) = (wave.server.path().to_owned(), wave.release_key.clone());
    for beside in [server.join("secrets/any-name"), server.join("beside-the-database")] {
        fs::copy(&key, &beside).unwrap();
        assert!(says_pilot(&mut wave).await, "{}", beside.display());
        fs::remove_file(&beside).unwrap();
    }
    assert!(!says_pilot(&mut wave).await);
}

#[tokio::test]
async fn a_protected_key_and_a_key_of_no_wave_here_are_no_pilot() {
    let mut wave = wave().await;
    let passphrase = wave.server.file("passphrase", PASSPHRASE);
    let protected = wave.server.path().join("protected").display().to_string();
    let shares = wave.server.path().join("shares").display().to_string();
    let key = wave.release_key.as_str();
    let of = ["--shares", "2", "--needed", "2", "--unprotected", "--out", &shares];
    senim(&[&["keys", "split", key], &of[..]].concat()).expect_success();
    let [one, two] = [1, 2].map(|number| format!("{shares}/share-{number}-of-2"));
    let join = ["keys", "join", &one, &two, "--out", &protected];
    senim(&[&join[..], &["--new-passphrase-file", &passphrase]].concat()).expect_success();
    new_release_key(&wave.server.path().join("foreign").display().to_string());
    assert!(!says_pilot(&mut wave).await);
}

#[tokio::test]
async fn enough_open_shares_are_a_pilot_and_fewer_are_not() {
    let mut wave = wave().await;
    let (server, key) = (wave.server.path().to_owned(), wave.release_key.clone());
    let shares = server.join("shares");
    let of = ["--shares", "3", "--needed", "2", "--unprotected", "--out", shares.to_str().unwrap()];
    senim(&[&["keys", "split", &key], &of[..]].concat()).expect_success();
    let put = |number: usize, place: &Path| {
        let share = format!("share-{number}-of-3");
        fs::copy(shares.join(&share), place.join(&share)).unwrap();
    };
    put(3, &server.join("secrets"));
    assert!(!says_pilot(&mut wave).await, "one share of two is none");
    put(1, &server);
    assert!(says_pilot(&mut wave).await);
}
