use crate::{DEFINITION, Keys, answer, back_up_with, ended, verified, verify};
use tests::{ClassPlan, Database, OpenWave, on_both_databases, senim_command};

on_both_databases! {
    each_trouble_has_a_line_and_the_exit_code_says_so,
    a_backup_of_a_troubled_database_is_kept_and_says_so,
}

/// A released wave of which everything is still there.
async fn released(database: Database) -> OpenWave {
    let plans = [0, 1, 2].map(|school| ClassPlan { school, enrolment: 14 });
    let wave = OpenWave::start(database, DEFINITION, &plans).await;
    for class in 0..plans.len() {
        answer(&wave, class, 0..10).await;
    }
    wave.close().await;
    wave.with_key("release").expect_success();
    wave
}

async fn each_trouble_has_a_line_and_the_exit_code_says_so(database: Database) {
    let wave = released(database).await;
    let (own, id) = (&wave.server.database, wave.id);
    assert_eq!(verified(own), (Some(0), String::new()));
    let id_of = "(select min(id) from envelopes)";
    let line = "(select min(line) from release_groups)";
    for (damage, repair, lines) in [
        (
            format!("insert into spent_values values ('{id}', 'lost')"),
            "delete from spent_values where spent = 'lost'".to_owned(),
            vec!["30 sealed responses and 31 spent values", "31 spent values and 30 used slips"],
        ),
        (
            "update slips set state = 'void' where state = 'used'".to_owned(),
            "update slips set state = 'used' where state = 'void'".to_owned(),
            vec!["30 spent values and 0 used slips", "class s0-6-0: 10 sealed responses and 0"],
        ),
        (
            format!("update envelopes set class_id = 'gone' || class_id where id = {id_of}"),
            "update envelopes set class_id = substr(class_id, 5) where class_id like 'gone%'"
                .to_owned(),
            vec!["1 rows of envelopes belong to a wave or class that is not there"],
        ),
        (
            "update release_groups set line = replace(line, '\"n\":', '\"m\":')".to_owned(),
            "update release_groups set line = replace(line, '\"m\":', '\"n\":')".to_owned(),
            vec!["instead of a line of a release"],
        ),
        (
            format!("update release_groups set code = 'x' || code where line = {line}"),
            format!("update release_groups set code = substr(code, 2) where line = {line}"),
            vec!["instead of the level and code of a group there is"],
        ),
        (
            "update releases set sha256 = 'a' || sha256".to_owned(),
            "update releases set sha256 = substr(sha256, 2)".to_owned(),
            vec!["published was a"],
        ),
    ] {
        own.execute(damage.clone()).await;
        let (code, said) = verified(own);
        for line in &lines {
            assert!(said.contains(line), "{damage}: {said}");
        }
        assert_eq!(code, Some(3), "{damage}: {said}");
        own.execute(repair).await;
        assert_eq!(verified(own), (Some(0), String::new()), "{damage}");
    }
}

async fn a_backup_of_a_troubled_database_is_kept_and_says_so(database: Database) {
    let wave = released(database).await;
    let keys = Keys::new(&wave.server, "identity");
    let lost = "delete from spent_values where spent = (select min(spent) from spent_values)";
    wave.server.database.execute(lost).await;
    let backup = wave.server.path().join("backup.age");
    let said = back_up_with(&wave.server, &keys, &backup, &[]);
    assert!(!said.succeeded && backup.exists(), "{said:?}");
    assert!(said.stdout.contains("some came from nowhere"), "{said:?}");
    let said = verify(&backup, &keys);
    assert!(!said.succeeded && said.stdout.lines().count() == 1, "{said:?}");
    let path = backup.display().to_string();
    let mut command = senim_command();
    command.args(["verify", &path, "--identity", &keys.identity]);
    assert_eq!(ended(&mut command).0, Some(3));
}
