use crate::{DEFINITION, forget};
use protocol::Refusal;
use std::collections::BTreeMap;
use std::path::Path;
use tests::{
    ClassPlan, Database, OpenWave, Refused, Visitor, answers, on_both_databases, senim_command,
};
use uuid::Uuid;

on_both_databases! {
    only_a_released_wave_is_forgotten,
    a_directory_without_secrets_is_refused_before_anything_is_touched,
    a_forgotten_wave_is_over_for_tablets,
    nothing_opens_a_forgotten_wave_again,
    what_a_crash_left_of_a_secret_is_destroyed_too,
    copies_of_the_release_key_are_destroyed_and_another_key_is_refused,
}

const RESPONSES: usize = 6;

async fn answered(database: Database) -> OpenWave {
    let wave = OpenWave::start(database, DEFINITION, &[ClassPlan::of(10)]).await;
    for number in 0..RESPONSES {
        wave.answer(0, number, &answers(&wave.survey, number)).await;
    }
    wave
}

async fn released(database: Database) -> OpenWave {
    let wave = answered(database).await;
    wave.close().await;
    wave.with_key("release").expect_success();
    wave
}

fn secrets(wave: &OpenWave) -> std::path::PathBuf {
    wave.server.path().join("secrets")
}

fn forget_it(wave: &OpenWave) -> tests::Finished {
    forget(wave.id, &wave.server.database.url, &secrets(wave))
}

/// Every file of a directory.
fn files(directory: &Path) -> BTreeMap<std::ffi::OsString, Vec<u8>> {
    let entries = std::fs::read_dir(directory).unwrap().map(Result::unwrap);
    entries.map(|entry| (entry.file_name(), std::fs::read(entry.path()).unwrap())).collect()
}

async fn only_a_released_wave_is_forgotten(database: Database) {
    let wave = answered(database).await;
    for state in ["open", "closed"] {
        if state == "closed" {
            wave.close().await;
        }
        let before = (wave.server.database.content().await, files(&secrets(&wave)));
        let refused = forget_it(&wave).expect_failure();
        assert!(refused.contains(&format!("is {state}; only a released wave")), "{refused}");
        assert!(refused.contains("nothing was changed"), "{refused}");
        let unknown = forget(Uuid::new_v4(), &wave.server.database.url, &secrets(&wave));
        let unknown = unknown.expect_failure();
        assert!(unknown.contains("there is no wave"), "{unknown}");
        assert_eq!((wave.server.database.content().await, files(&secrets(&wave))), before);
    }
}

async fn a_directory_without_secrets_is_refused_before_anything_is_touched(database: Database) {
    let wave = released(database).await;
    let before = wave.server.database.content().await;
    for directory in ["nowhere", ""] {
        let elsewhere = wave.server.path().join(directory);
        let refused = forget(wave.id, &wave.server.database.url, &elsewhere).expect_failure();
        assert!(refused.contains("is not the directory of secrets"), "{refused}");
    }
    assert!(!wave.server.path().join("nowhere").exists());
    assert_eq!(wave.server.database.content().await, before);
}

async fn a_forgotten_wave_is_over_for_tablets(database: Database) {
    let mut wave = answered(database).await;
    let pupil = wave.pupil(0);
    let request = async |slip| {
        let token = pupil.token(&wave.slip(0, slip)).await;
        pupil.sealed(token, &wave.survey, &answers(&wave.survey, slip))
    };
    let (stored, late) = (request(RESPONSES).await, request(RESPONSES + 1).await);
    assert_eq!(pupil.send(&stored).await, Ok(()));
    wave.close().await;
    wave.with_key("release").expect_success();
    assert_eq!(pupil.send(&stored).await, Ok(()), "what is stored is not said to be");
    let visitor = Visitor::of(&wave.server);
    let link = format!("/c/{}", wave.classes[0].part());
    assert_eq!(visitor.get(&format!("{link}/help")).await.status, 200);

    let said = forget_it(&wave).expect_success();
    assert!(said.stdout.contains(&format!("responses destroyed: {}\n", RESPONSES + 1)), "{said:?}");
    // With the token secret in memory from before, and without.
    for restart in [false, true] {
        if restart {
            wave.server.restart();
        }
        for request in [&stored, &late] {
            assert_eq!(pupil.send(request).await, Err(Refused(409, Refusal::IntakeEnded)));
        }
    }
    // The class part is free, so nothing is left that would know the slip.
    let asked = pupil.ask(&wave.slip(0, 0), &pupil.pending()).await.unwrap_err();
    assert_eq!(asked, Refused(404, Refusal::UnknownSlip));
    for page in [link.clone(), format!("{link}/kiosk"), format!("{link}/help")] {
        assert_eq!(visitor.get(&page).await.status, 404, "{page}");
    }
    let log = wave.server.log();
    assert!(!log.contains("ERROR"), "{log}");
}

/// Everything stored but the record of what staff did.
async fn unrecorded(wave: &OpenWave) -> impl PartialEq + std::fmt::Debug + use<> {
    let mut content = wave.server.database.content().await;
    content.remove("audit_lines");
    content
}

async fn nothing_opens_a_forgotten_wave_again(database: Database) {
    let wave = released(database).await;
    forget_it(&wave).expect_success();
    let before = unrecorded(&wave).await;
    for subcommand in ["tallies", "release"] {
        let refused = wave.with_key(subcommand).expect_failure();
        assert!(refused.contains("were destroyed on "), "{refused}");
    }
    let counted = wave.coordinator.post(&format!("waves/{}/close", wave.id)).await;
    assert_eq!(counted.text, format!("{{\"counted\":{RESPONSES}}}"));
    assert_eq!(unrecorded(&wave).await, before);
    let another = wave.coordinator.another_wave(&wave).await;
    let slips = wave.coordinator.make_slips(another.place.wave, another.place.class).await;
    let pupil = tests::Pupil::new(&wave.server, &another);
    pupil.answer(&slips[0], &wave.survey, &answers(&wave.survey, 0)).await;
}

/// A secret is written under another name first; a crash leaves both names.
async fn what_a_crash_left_of_a_secret_is_destroyed_too(database: Database) {
    let wave = released(database).await;
    let secret = secrets(&wave).join(format!("token-secret-{}", wave.id));
    let rest = secrets(&wave).join(format!("token-secret-{}.unfinished", wave.id));
    let outside = wave.server.path().join("kept");
    std::fs::hard_link(&secret, &rest).unwrap();
    std::fs::hard_link(&secret, &outside).unwrap();
    let given = ["forget", "--wave", &wave.id.to_string()].map(str::to_owned);
    let said = senim_command()
        .args(given)
        .env("SENIM_DATABASE", &wave.server.database.url)
        .env("SENIM_SECRETS", secrets(&wave))
        .output()
        .unwrap();
    assert!(said.status.success(), "{said:?}");
    assert!(!secret.exists() && !rest.exists());
    let overwritten = std::fs::read(outside).unwrap();
    assert!(overwritten.len() == 44 && overwritten.iter().all(|byte| *byte == 0));
}

async fn copies_of_the_release_key_are_destroyed_and_another_key_is_refused(database: Database) {
    let wave = released(database).await;
    let path = |name: &str| wave.server.path().join(name).display().to_string();
    let shares = path("shares");
    let split = ["keys", "split", &wave.release_key, "--shares", "3", "--needed", "2", "--out"];
    tests::senim(&[&split[..], &[&shares, "--unprotected"]].concat()).expect_success();
    let share = format!("{shares}/share-2-of-3");
    let other = path("other-key");
    tests::senim(&["keys", "new", "--out", &other, "--unprotected"]).expect_success();
    let forget_with = |keys: &[&str]| {
        let mut command = senim_command();
        command.args(["forget", "--wave", &wave.id.to_string()]);
        command.args(["--database", &wave.server.database.url, "--secrets"]).arg(secrets(&wave));
        command.args(keys.iter().flat_map(|key| ["--release-key", *key]));
        let output = command.output().unwrap();
        (output.status.success(), String::from_utf8(output.stderr).unwrap())
    };
    let before = wave.server.database.content().await;
    for wrong in [&other, &wave.server.file("no-key", "nothing")] {
        let (succeeded, said) = forget_with(&[&wave.release_key, wrong]);
        assert!(!succeeded && said.contains(wrong), "{said}");
        assert_eq!(wave.server.database.content().await, before);
        assert!(Path::new(&wave.release_key).exists() && Path::new(wrong).exists());
    }
    let (succeeded, said) = forget_with(&[&wave.release_key, &share]);
    assert!(succeeded, "{said}");
    assert!(!Path::new(&wave.release_key).exists() && !Path::new(&share).exists());
    assert!(Path::new(&other).exists());
    let (succeeded, said) = forget_with(&[&share]);
    assert!(succeeded && said.contains("an earlier run destroyed it"), "{said}");
}
