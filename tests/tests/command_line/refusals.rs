use crate::{directory, file};
use tests::{Database, PASSWORD, Server, new_release_key, senim};
use uuid::Uuid;

#[test]
fn a_file_that_is_not_there_is_named() {
    let directory = directory();
    let (there, missing) = (file(&directory, "there", "x"), directory.path().join("not-there"));
    let missing = missing.display().to_string();
    let files = ["tallies", "--data", &missing, "--definition", &there, "--structure", &there];
    for arguments in [&["definitions", "check", &missing][..], &["keys", "show", &missing]] {
        let told = senim(arguments).expect_failure();
        assert!(told.contains("not-there"), "{told}");
    }
    let told = senim(&files).expect_failure();
    assert!(told.contains("there"), "{told}");
}

#[test]
fn half_of_the_options_is_refused() {
    for arguments in [
        &["release"][..],
        &["tallies"],
        &["tallies", "--data", "data.csv"],
        &["release", "--wave", "00000000-0000-4000-8000-000000000000"],
        &["release", "--wave", "autumn", "--release-key", "key"],
        &["release", "--release-key", "key"],
        &["release", "--envelopes", "envelopes", "--release-key", "key"],
        &["tallies", "--envelopes", "envelopes"],
        &["publish", "release"],
        &["envelopes", "--out", "envelopes"],
    ] {
        let told = senim(arguments).expect_failure();
        assert!(told.contains("--"), "{arguments:?}: {told}");
    }
}

#[tokio::test]
async fn an_unknown_wave_is_refused() {
    let server = Server::start(Database::Sqlite).await;
    let key = server.path().join("key").display().to_string();
    new_release_key(&key);
    let wave = Uuid::new_v4().to_string();
    for subcommand in ["release", "tallies"] {
        let told = server.senim(&[subcommand, "--wave", &wave, "--release-key", &key]);
        let told = told.expect_failure();
        assert!(told.contains(&format!("there is no wave {wave}")), "{told}");
    }
}

#[tokio::test]
async fn accounts_need_a_known_role_unit_and_password() {
    let server = Server::start(Database::Sqlite).await;
    let password = server.file("password", PASSWORD);
    let empty = server.file("empty", "\n");
    let add = |role: &str, unit: &str, password: &str| {
        let of = ["--name", "x", "--role", role, "--unit", unit, "--password-file", password];
        server.senim(&[&["accounts", "add"], &of[..]].concat())
    };
    let nowhere = format!("school:{}", Uuid::new_v4());
    for (role, unit, password, told) in [
        ("king", "nation", &password, "there is no role \"king\""),
        ("teacher", "village", &password, "there is no unit \"village\""),
        ("teacher", "class:6A", &password, "there is no unit \"class:6A\""),
        ("teacher", &nowhere, &password, "there is no unit \"school:"),
        ("teacher", "nation", &empty, "the first line is empty"),
        ("teacher", "nation", &password, "a teacher has --unit class:ID, not a nation"),
    ] {
        let refused = add(role, unit, password).expect_failure();
        assert!(refused.contains(told), "{refused}");
    }
    add("coordinator", "nation", &password).expect_success();
    let twice = add("coordinator", "nation", &password).expect_failure();
    assert!(twice.contains("account \"x\" exists already"), "{twice}");
}

#[test]
fn a_demonstration_is_refused_off_loopback() {
    let directory = directory();
    let place = directory.path().join("demonstration");
    let path = place.display().to_string();
    let told = senim(&["demonstrate", "--address", "0.0.0.0:0", "--directory", &path]);
    let told = told.expect_failure();
    assert!(told.contains("loopback"), "{told}");
    assert!(!place.exists(), "a refused demonstration leaves files");
}

/// Without these nothing is served off loopback at all.
const BEHIND_PROXY: [&str; 3] = ["--behind-proxy", "--public-url", "https://senim.example"];

#[tokio::test]
async fn demonstration_accounts_are_not_served_off_loopback() {
    let mut server = Server::start(Database::Sqlite).await;
    server.add_account("public", "coordinator", "nation", PASSWORD);
    server.database.execute("update accounts set demonstration = 1").await;
    server.stop();
    let told = server
        .senim(&[&["serve", "--address", "0.0.0.0:0"], &BEHIND_PROXY[..]].concat())
        .expect_failure();
    assert!(told.contains("demonstration accounts"), "{told}");
    assert!(told.contains("not on 0.0.0.0:0"), "{told}");
    server.restart();
}

#[test]
fn an_address_or_database_that_cannot_be_had_is_told() {
    let directory = directory();
    let secrets = directory.path().join("secrets").display().to_string();
    let database = format!("sqlite://{}", directory.path().join("senim.sqlite").display());
    let serve = |address: &str, database: &str| {
        let of = ["--address", address, "--database", database, "--secrets", &secrets];
        senim(&[&["serve"], &BEHIND_PROXY[..], &of[..]].concat()).expect_failure()
    };
    assert!(serve("nowhere", &database).contains("--address"));
    assert!(serve("192.0.2.1:80", &database).contains("192.0.2.1:80 cannot be listened on"));
    let nowhere = serve("127.0.0.1:0", "sqlite:///not/there/senim.sqlite");
    assert!(nowhere.contains("database"), "{nowhere}");
    let other = serve("127.0.0.1:0", "mysql://root:secret@host/senim");
    assert!(other.contains("sqlite: or postgres:") && !other.contains("secret"), "{other}");
}
