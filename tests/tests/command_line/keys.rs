use crate::{directory, file};
use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};
use tempfile::TempDir;
use tests::{
    ClassPlan, Database, Finished, OpenWave, new_release_key, on_both_databases, senim,
    senim_command,
};

on_both_databases! { a_key_is_checked_against_its_wave }

pub const PASSPHRASE: &str = "сенім и доверие 2026";

/// A path that is not there yet.
pub fn path(directory: &TempDir, name: &str) -> String {
    directory.path().join(name).display().to_string()
}

fn protected(directory: &TempDir) -> (String, String, String) {
    let (key, passphrase) = (path(directory, "key"), file(directory, "passphrase", PASSPHRASE));
    let made = senim(&["keys", "new", "--out", &key, "--passphrase-file", &passphrase]);
    (key, passphrase, made.expect_success().stdout.trim().to_owned())
}

fn mode(path: &str) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

/// The secret in an unprotected file.
pub fn secret(path: &str) -> String {
    let text = fs::read_to_string(path).unwrap();
    text.lines().find_map(|line| line.strip_prefix("unprotected: ")).unwrap().to_owned()
}

#[test]
fn a_release_key_is_made_once_and_shown_again() {
    let directory = directory();
    let path = path(&directory, "key");
    let made = senim(&["keys", "new", "--unprotected", "--out", &path]).expect_success();
    let shown = senim(&["keys", "show", &path]).expect_success().stdout;
    assert_eq!(made.stdout, shown);
    let (text, private) = (fs::read_to_string(&path).unwrap(), secret(&path));
    let public = shown.trim();
    assert_eq!(text, format!("senim release key 1\npublic: {public}\nunprotected: {private}\n"));
    assert!(!made.stdout.contains(&private) && !made.stderr.contains(&private));
    let again = senim(&["keys", "new", "--unprotected", "--out", &path]).expect_failure();
    assert!(again.contains("exists already; a key is never written over"), "{again}");
    assert_eq!(fs::read_to_string(&path).unwrap(), text, "a key was written over");
    assert_eq!(mode(&path), 0o600, "others can read the key");
}

#[test]
fn a_protected_key_is_opened_by_its_passphrase_alone() {
    let directory = directory();
    let (key, passphrase, public) = protected(&directory);
    assert_eq!(mode(&key), 0o600);
    let text = fs::read_to_string(&key).unwrap();
    let head =
        format!("senim release key 1\npublic: {public}\n-----BEGIN AGE ENCRYPTED FILE-----\n");
    assert!(text.starts_with(&head), "{text}");
    assert_eq!(senim(&["keys", "show", &key]).expect_success().stdout.trim(), public);
    let check = |passphrase: &str| {
        senim(&["keys", "check", &key, "--public", &public, "--passphrase-file", passphrase])
    };
    let said = check(&passphrase).expect_success().stdout;
    assert!(said.contains(&format!("opens what is sealed to {public}")), "{said}");
    assert!(said.contains("fits the public key given"), "{said}");
    let wrong = file(&directory, "wrong", "another passphrase");
    let told = check(&wrong).expect_failure();
    assert!(told.contains("key: the passphrase does not open it"), "{told}");
    let told = check(&file(&directory, "empty", "\n")).expect_failure();
    assert!(told.contains("empty: the first line is empty"), "{told}");
    let two = ["--passphrase-file", &passphrase, "--passphrase-file", &passphrase];
    let told = senim(&[&["keys", "check", &key], &two[..]].concat()).expect_failure();
    assert!(told.contains("1 passphrases are needed") && told.contains("got 2"), "{told}");
}

#[test]
fn a_short_passphrase_is_refused_and_nothing_is_written() {
    let directory = directory();
    let key = path(&directory, "key");
    for (passphrase, told) in [
        ("eleven char", "at least 12 characters, got 11"),
        ("            ", "at least 12 characters, got 0"),
        ("\n", "the first line is empty"),
    ] {
        let passphrase = file(&directory, "passphrase", passphrase);
        let refused = senim(&["keys", "new", "--out", &key, "--passphrase-file", &passphrase]);
        let refused = refused.expect_failure();
        assert!(refused.contains(told), "{refused}");
        assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 1, "a file was written");
    }
}

#[test]
fn without_a_terminal_a_passphrase_is_asked_for_in_a_file() {
    let directory = directory();
    let key = path(&directory, "key");
    let mut command = Command::new("setsid");
    command.arg("--wait").arg(senim_command().get_program());
    let refused = command.args(["keys", "new", "--out", &key]).stdin(Stdio::null());
    let refused = refused.output().unwrap();
    let told = String::from_utf8(refused.stderr).unwrap();
    assert!(!refused.status.success());
    assert!(told.contains("there is no terminal") && told.contains("--passphrase-file"), "{told}");
    assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 0);
}

/// A new key at a terminal where this is typed.
fn typed(key: &str, lines: &str) -> (bool, String) {
    let senim = senim_command().get_program().to_str().unwrap().to_owned();
    let line = format!("'{senim}' keys new --out '{key}'");
    let mut script = Command::new("script");
    script.args(["--quiet", "--return", "--command", &line, "/dev/null"]);
    let mut run =
        script.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    run.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
    let output = run.wait_with_output().unwrap();
    (output.status.success(), String::from_utf8(output.stdout).unwrap())
}

#[test]
fn at_a_terminal_the_passphrase_is_typed_twice() {
    let directory = directory();
    let key = path(&directory, "key");
    let (made, said) = typed(&key, "a long passphrase\na lonk passphrase\n");
    assert!(!made && said.contains("the two passphrases are not the same"), "{said}");
    assert!(!fs::exists(&key).unwrap());
    let (made, said) = typed(&key, "a long passphrase\na long passphrase\n");
    assert!(made && said.contains("New passphrase of"), "{said}");
    let passphrase = file(&directory, "passphrase", "a long passphrase");
    senim(&["keys", "check", &key, "--passphrase-file", &passphrase]).expect_success();
}

#[test]
fn what_is_no_release_key_is_refused_with_its_line() {
    let directory = directory();
    let key = path(&directory, "right");
    let public = new_release_key(&key);
    let (right, private) = (fs::read_to_string(&key).unwrap(), secret(&key));
    let mistyped =
        public.replacen(&public[..1], if public.starts_with('A') { "B" } else { "A" }, 1);
    for (content, told) in [
        (String::new(), "line 1: "),
        ("not a key".to_owned(), "line 1: "),
        ("\u{0}".to_owned(), "line 1: "),
        (private.clone(), "line 1: "),
        ("senim release key 1\n".to_owned(), "line 2: "),
        (right.replace(&public, &public[..43]), "line 2: a release public key is 43 characters"),
        (right.replace(&public, &mistyped), "line 2: the release public key is mistyped"),
        (right.replace("unprotected", "secret"), "line 3: "),
        (right.clone() + "more\n", "line 3: "),
        (right.replace(&private, &private[1..]), "line 3: "),
    ] {
        let key = file(&directory, "key", content);
        let told_here = senim(&["keys", "check", &key]).expect_failure();
        assert!(told_here.contains(&key) && told_here.contains(told), "{told}: {told_here}");
        assert!(!told_here.contains(&private), "{told_here}");
    }
    let key = file(&directory, "key", b"\xff\xfe");
    assert!(senim(&["keys", "show", &key]).expect_failure().contains("line 1: "));
}

#[test]
fn a_public_line_of_another_key_is_seen() {
    let directory = directory();
    let (one, other) = (path(&directory, "one"), path(&directory, "other"));
    let (public, foreign) = (new_release_key(&one), new_release_key(&other));
    let text = fs::read_to_string(&one).unwrap().replace(&public, &foreign);
    let told = senim(&["keys", "check", &file(&directory, "changed", text)]).expect_failure();
    assert!(told.contains("is not that of its public line"), "{told}");
}

#[test]
fn a_key_is_checked_against_a_printed_public_half() {
    let directory = directory();
    let (one, other) = (path(&directory, "one"), path(&directory, "other"));
    let (public, foreign) = (new_release_key(&one), new_release_key(&other));
    let check = |printed: &str| senim(&["keys", "check", &one, "--public", printed]);
    check(&public).expect_success();
    let check_in_small = public[..44].to_owned() + &public[44..].to_lowercase();
    check(&check_in_small).expect_success();
    let told = check(&foreign).expect_failure();
    assert!(told.contains(&public) && told.contains(&foreign), "{told}");
    let swapped: String = [&public[..43], &foreign[43..]].concat();
    assert!(
        check(&swapped).expect_failure().contains("--public: the release public key is mistyped")
    );
    assert!(check(&public[..43]).expect_failure().contains("8 check characters"));
}

async fn a_key_is_checked_against_its_wave(database: Database) {
    let wave = OpenWave::start(database, "senim_pupil_senior", &[ClassPlan::of(5)]).await;
    let other = wave.server.path().join("other").display().to_string();
    new_release_key(&other);
    let check = |key: &str| -> Finished {
        wave.server.senim(&["keys", "check", key, "--wave", &wave.id.to_string()])
    };
    let said = check(&wave.release_key).expect_success().stdout;
    assert!(said.contains("It fits wave \"Autumn\", whose check line is"), "{said}");
    let line = said.trim().rsplit_once("check line is ").unwrap().1;
    let page = wave.coordinator.visitor().get(&format!("/waves/{}", wave.id)).await.text;
    assert!(page.contains(line), "the wave's page shows another check line: {page}");
    assert!(page.contains(&wave.public_key), "the wave's page shows no release key: {page}");
    let told = check(&other).expect_failure();
    assert!(told.contains("does not belong to wave \"Autumn\""), "{told}");
}
