use super::DEFINITION;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use tests::{ClassPlan, Database, Finished, OpenWave, Paper, on_both_databases};

on_both_databases! {
    a_waves_slips_are_files_that_only_their_owner_reads_and_are_made_once,
    files_for_somebody_elses_key_hold_no_code_that_anyone_else_reads,
}

const PLANS: [ClassPlan; 2] =
    [ClassPlan { school: 0, enrolment: 10 }, ClassPlan { school: 1, enrolment: 10 }];

fn make(wave: &OpenWave, out: &Path, more: &[&str]) -> Finished {
    let (id, secrets) = (wave.id.to_string(), wave.server.path().join("secrets"));
    let [out, secrets] = [out, &secrets].map(|path| path.display().to_string());
    let database = wave.server.database.url.as_str();
    let own = ["slips", "--wave", &id, "--out", &out, "--secrets", &secrets];
    let server = ["--database", database, "--public-url", "https://senim.example"];
    tests::senim(&[&own[..], &server[..], more].concat())
}

fn files(wave: &OpenWave, ending: &str) -> (PathBuf, Vec<PathBuf>) {
    let out = wave.server.path().join("slips");
    let files = ["s0", "s1"].map(|school| out.join("r/d").join(format!("{school}.{ending}")));
    (out, files.to_vec())
}

async fn a_waves_slips_are_files_that_only_their_owner_reads_and_are_made_once(database: Database) {
    let wave = OpenWave::start(database, DEFINITION, &PLANS).await;
    let (out, files) = files(&wave, "pdf");
    let refused = make(&wave, &out, &[]);
    assert!(!refused.succeeded && refused.stderr.contains("--recipient"), "{}", refused.stderr);
    let left = make(&wave, &out, &["--unencrypted"]);
    assert!(left.succeeded && left.stderr.contains("2 classes had slips"), "{}", left.stderr);
    let made = make(&wave, &out, &["--unencrypted", "--again"]);
    assert!(made.succeeded && made.stderr.contains("22 slips of 2 classes"), "{}", made.stderr);
    let content: Vec<_> = files.iter().map(|file| fs::read(file).unwrap()).collect();
    for file in &files {
        assert_eq!(fs::metadata(file).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let again = make(&wave, &out, &["--unencrypted", "--again"]);
    assert!(again.succeeded && again.stderr.contains("2 there before"), "{}", again.stderr);
    assert_eq!(content, files.iter().map(|file| fs::read(file).unwrap()).collect::<Vec<_>>());
    let paper = Paper::of(content[0].clone());
    let scanned = paper.expect_accessible("kk").qr_codes();
    assert_eq!(scanned.len(), 11);
    let own = scanned[0].split_once('#').unwrap().1.split_once('.').unwrap().0;
    let code = format!("{}{own}", wave.classes[0].lesson.class_part);
    wave.pupil(0).token(&code.parse().unwrap()).await;
}

async fn files_for_somebody_elses_key_hold_no_code_that_anyone_else_reads(database: Database) {
    let wave = OpenWave::start(database, DEFINITION, &PLANS).await;
    let (out, files) = files(&wave, "pdf.age");
    let wrong = make(&wave, &out, &["--again", "--recipient", "age1nobody"]);
    assert!(!wrong.succeeded && wrong.stderr.contains("age-keygen"), "{}", wrong.stderr);
    // A public key whose private half nobody kept.
    let key = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";
    let made = make(&wave, &out, &["--again", "--recipient", key]);
    assert!(made.succeeded, "{}", made.stderr);
    for file in files {
        assert!(fs::read(file).unwrap().starts_with(b"age-encryption.org/v1\n"));
    }
}
