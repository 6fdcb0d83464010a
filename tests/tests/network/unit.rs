//! The files under `server/operating`, as far as programs of this machine can check them.

use std::fs;
use std::process::Command;
use tests::{package_directory, senim, senim_binary};

fn operating(name: &str) -> String {
    let path = package_directory().join("../server/operating").join(name);
    fs::read_to_string(path).unwrap()
}

#[test]
fn the_unit_of_systemd_is_understood_and_closed() {
    if Command::new("systemd-analyze").arg("--version").output().is_err() {
        eprintln!("no systemd on this machine: its unit is not checked");
        return;
    }
    let directory = tempfile::tempdir().unwrap();
    let unit = directory.path().join("senim.service");
    let program = senim_binary().display().to_string();
    let text = operating("senim.service").replace("/usr/local/bin/senim", &program);
    for text in [text.clone(), text.replace("\n#", "\n")] {
        // Comments that are prose stay comments.
        let settings = text.lines().filter(|line| line.is_empty() || !line.starts_with(['#', ' ']));
        let settings: Vec<_> =
            settings.filter(|line| line.contains('=') || line.starts_with('[')).collect();
        fs::write(&unit, settings.join("\n")).unwrap();
        let said = Command::new("systemd-analyze").arg("verify").arg(&unit).output().unwrap();
        let said = String::from_utf8_lossy(&said.stderr).into_owned();
        let about_it: Vec<_> = said.lines().filter(|line| line.contains("senim")).collect();
        assert!(about_it.is_empty(), "{about_it:?}");
    }
    for closed in ["NoNewPrivileges=yes", "ProtectSystem=strict", "StateDirectoryMode=0700"] {
        assert!(text.contains(closed), "{closed}");
    }
}

#[test]
fn every_setting_that_the_files_for_operators_name_exists() {
    let known = senim(&["settings"]).expect_success().stdout;
    let mut named = 0;
    for file in ["senim.service", "Containerfile"] {
        let text = operating(file);
        let words = text.split(|c: char| !(c.is_ascii_uppercase() || c == '_'));
        for word in words.filter(|word| word.starts_with("SENIM_") && *word != "SENIM_NAME") {
            assert!(known.contains(&format!("`{word}`")), "{file}: {word}");
            named += 1;
        }
    }
    assert!(named > 8, "{named}");
}
