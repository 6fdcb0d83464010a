use crate::envelope_files::{Elsewhere, RESPONSES};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use tests::{ClassPlan, Database, OpenWave, on_both_databases, senim};

on_both_databases! {
    a_release_made_elsewhere_is_the_one_made_on_the_database,
    a_file_of_envelopes_tells_no_order_of_arrival_and_is_the_same_again,
    a_changed_or_cut_off_file_of_envelopes_is_refused_with_the_place,
    a_changed_or_foreign_release_is_refused_and_nothing_is_touched,
    only_a_closed_wave_is_exported,
}

type Content = BTreeMap<String, Vec<String>>;

async fn published(wave: &OpenWave) -> Content {
    let mut content = wave.server.database.content().await;
    content.retain(|table, _| ["releases", "release_groups", "waves"].contains(&table.as_str()));
    content
}

async fn a_release_made_elsewhere_is_the_one_made_on_the_database(database: Database) {
    let elsewhere = Elsewhere::prepare(database).await;
    let wave = &elsewhere.wave;
    let key = wave.release_key.as_str();
    let tallies = senim(&["tallies", "--envelopes", &elsewhere.envelopes, "--release-key", key]);
    assert_eq!(tallies.expect_success().stdout, wave.with_key("tallies").expect_success().stdout);

    let here = wave.server.path().join("here.jsonl").display().to_string();
    let of = ["release", "--wave", &wave.id.to_string(), "--release-key", key, "--out", &here];
    let said = wave.server.senim(&of).expect_success().stderr;
    let on_the_database = published(wave).await;
    let (here, there) = (fs::read_to_string(here).unwrap(), elsewhere.release.as_str());
    let there = fs::read_to_string(there).unwrap();
    let last = there.strip_prefix(&here).expect("the releases are not the same bytes");
    let last: Value = serde_json::from_str(last).unwrap();
    assert_eq!(last["responses"], 2 * RESPONSES + 1);

    wave.server.database.execute("delete from release_groups").await;
    wave.server.database.execute("delete from releases").await;
    wave.server.database.execute("update waves set state = 'closed'").await;
    let brought_back = elsewhere.publish(&elsewhere.release).expect_success().stderr;
    assert_eq!(brought_back, said);
    assert_eq!(published(wave).await, on_the_database);
    let again = elsewhere.publish(&elsewhere.release).expect_failure();
    assert!(again.contains("was released already"), "{again}");
}

async fn a_file_of_envelopes_tells_no_order_of_arrival_and_is_the_same_again(database: Database) {
    let elsewhere = Elsewhere::prepare(database).await;
    let text = fs::read_to_string(&elsewhere.envelopes).unwrap();
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let (header, envelopes) = (&lines[0], &lines[1..lines.len() - 1]);
    assert_eq!(header["wave"], elsewhere.wave.id.to_string());
    assert_eq!(header["release_public_key"], elsewhere.wave.public_key);
    assert_eq!(header["classes"].as_array().unwrap().len(), 3);
    assert_eq!(envelopes.len(), 2 * RESPONSES + 1);
    for [before, after] in envelopes.array_windows() {
        let keys: Vec<_> = after.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["class", "envelope", "id"]);
        let in_order = before["id"].as_str() < after["id"].as_str();
        assert!(before["class"] != after["class"] || in_order, "{before} before {after}");
    }
    let again = elsewhere.wave.server.path().join("again.jsonl").display().to_string();
    elsewhere.export(&again).expect_success();
    assert_eq!(fs::read_to_string(&again).unwrap(), text);
    assert!(elsewhere.export(&again).expect_failure().contains("again.jsonl"));
}

async fn a_changed_or_cut_off_file_of_envelopes_is_refused_with_the_place(database: Database) {
    let elsewhere = Elsewhere::prepare(database).await;
    let last = 2 * RESPONSES + 3;
    let out = elsewhere.wave.server.path().join("refused.jsonl").display().to_string();
    let cut = format!("line {last}: the file ends before its last line");
    type Change = fn(&mut Vec<String>);
    let changes: [(Change, &str); 9] = [
        (|lines| drop(lines.pop()), &cut),
        (|lines| lines.truncate(5), "line 6: the file ends before its last line"),
        (|lines| lines[7].truncate(100), "line 8: "),
        (|lines| lines.swap(3, 4), "line 5: out of order within its class, or there twice"),
        (|lines| lines[4] = lines[3].clone(), "line 5: out of order"),
        (|lines| lines.insert(1, lines[20].clone()), "the classes are out of order"),
        (|lines| lines[0] = "{}\n".to_owned(), "line 1: this is not the first line"),
        (|lines| lines.push("more".to_owned()), "there is something after the last line"),
        (|lines| lines[9] = lines[9].replace("\"}", "A\"}"), "the check sum does not fit"),
    ];
    for (change, told) in changes {
        let changed = elsewhere.changed(&elsewhere.envelopes, change);
        let refused = elsewhere.release_of(&changed, &out).expect_failure();
        assert!(refused.contains("changed.jsonl, line ") && refused.contains(told), "{refused}");
        let key = elsewhere.wave.release_key.as_str();
        let tallies = senim(&["tallies", "--envelopes", &changed, "--release-key", key]);
        assert!(tallies.stdout.is_empty(), "refused tallies print numbers");
        assert_eq!(tallies.expect_failure(), refused);
        assert!(!fs::exists(&out).unwrap(), "a refused release leaves a file");
    }
}

async fn a_changed_or_foreign_release_is_refused_and_nothing_is_touched(database: Database) {
    let elsewhere = Elsewhere::prepare(database).await;
    let before = elsewhere.wave.server.database.content().await;
    let mut refused = Vec::new();
    for change in [
        (|lines| drop(lines.pop())) as fn(&mut Vec<String>),
        |lines| drop(lines.remove(2)),
        |lines| lines[0] = lines[0].replace("senior", "junior"),
    ] {
        let changed = elsewhere.changed(&elsewhere.release, change);
        refused.push(elsewhere.publish(&changed).expect_failure());
    }
    assert!(refused[0].contains("cut off"), "{}", refused[0]);
    assert!(refused[1].contains("the file was changed"), "{}", refused[1]);
    assert!(refused[2].contains("the file was changed"), "{}", refused[2]);
    let other = Elsewhere::prepare(Database::Sqlite).await;
    let told = elsewhere.publish(&other.release).expect_failure();
    assert!(told.contains(&format!("the release is of wave {}", other.wave.id)), "{told}");
    assert_eq!(elsewhere.wave.server.database.content().await, before);

    let one = "delete from envelopes where id = (select min(id) from envelopes)";
    elsewhere.wave.server.database.execute(one).await;
    let before = elsewhere.wave.server.database.content().await;
    let told = elsewhere.publish(&elsewhere.release).expect_failure();
    assert!(told.contains("was not made from the envelopes that the database holds"), "{told}");
    assert_eq!(elsewhere.wave.server.database.content().await, before);
}

async fn only_a_closed_wave_is_exported(database: Database) {
    let wave = OpenWave::start(database, "senim_pupil_senior", &[ClassPlan::of(5)]).await;
    let out = wave.server.path().join("envelopes").display().to_string();
    let export = ["envelopes", "--wave", &wave.id.to_string(), "--out", &out];
    let told = wave.server.senim(&export).expect_failure();
    assert!(told.contains("is open; close it first"), "{told}");
    assert!(!fs::exists(&out).unwrap());
    wave.close().await;
    wave.server.senim(&export).expect_success();
    let other = wave.server.path().join("other").display().to_string();
    tests::new_release_key(&other);
    let told = senim(&["tallies", "--envelopes", &out, "--release-key", &other]).expect_failure();
    assert!(told.contains("this release key does not belong to wave \"Autumn\""), "{told}");
}
