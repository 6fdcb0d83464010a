use crate::form::{send, with};
use crate::made::open_wave;
use reqwest::StatusCode;
use tests::{Database, OpenWave, Visitor, new_release_key, on_both_databases, wait_until};

on_both_databases! {
    a_closed_wave_is_released_with_the_key_from_a_form,
    the_key_from_a_form_is_in_no_log_and_no_file,
    a_key_that_does_not_fit_is_refused_with_words_and_changes_nothing,
    a_release_that_lives_keeps_a_second_one_out_and_a_dead_one_does_not,
    a_release_that_a_stopped_server_left_behind_can_be_made_again,
    results_of_texts_that_nobody_checked_say_that_they_are_a_pilot,
    an_open_wave_is_not_released,
}

fn given(key: &str) -> Vec<(&'static str, String)> {
    let file = std::fs::read_to_string(key).unwrap();
    vec![("key_file", file), ("passphrase", String::new())]
}

pub(crate) async fn until_done(officer: &Visitor, path: &str) -> String {
    wait_until("the release is done", 30, async || {
        let page = officer.get(path).await.text;
        page.contains("The results are released").then_some(page)
    })
    .await
}

/// Closed, with one response; where it is released.
pub(crate) async fn closed(database: Database) -> (OpenWave, Visitor, String) {
    let (wave, officer) = open_wave(database).await;
    let response = tests::answers(&wave.survey, 0);
    wave.answer(0, 0, &response).await;
    wave.close().await;
    let path = format!("/waves/{}/release", wave.id);
    (wave, officer, path)
}

async fn a_closed_wave_is_released_with_the_key_from_a_form(database: Database) {
    let (wave, officer, path) = closed(database).await;
    let page = officer.get(&format!("/waves/{}", wave.id)).await;
    assert!(page.text.contains(&path));
    let begun = send(&officer, &path, &given(&wave.release_key)).await;
    assert_eq!((begun.status, &begun.location), (StatusCode::SEE_OTHER, &path), "{}", begun.text);
    let page = until_done(&officer, &path).await;
    assert!(page.contains("Answers read: 1.") && page.contains("Every envelope could be opened"));
    assert!(page.contains("senim forget") && page.contains("href=\"/regions/"));
    let again = send(&officer, &path, &given(&wave.release_key)).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER);
    assert_eq!(wave.server.database.count("releases").await, 1);
    assert_eq!(
        wave.server.database.text("select count(*) || '' from jobs where kind = 'release'").await,
        "1"
    );
}

async fn the_key_from_a_form_is_in_no_log_and_no_file(database: Database) {
    let (wave, officer, path) = closed(database).await;
    let key = std::fs::read_to_string(&wave.release_key).unwrap();
    let secret = key.lines().find_map(|line| line.strip_prefix("unprotected: ")).unwrap().trim();
    send(&officer, &path, &given(&wave.release_key)).await.expect_success();
    until_done(&officer, &path).await;
    assert!(!wave.server.log().contains(secret));
    let files = wave.server.database.files();
    assert!(!files.windows(secret.len()).any(|window| window == secret.as_bytes()));
}

async fn a_key_that_does_not_fit_is_refused_with_words_and_changes_nothing(database: Database) {
    let (wave, officer, path) = closed(database).await;
    let other = format!("{}-other", wave.release_key);
    let public = new_release_key(&other);
    let before = wave.server.database.content().await;
    for (form, words) in [
        (given(&other), format!("Its public half is {public}")),
        (with(given(&other), "key_file", "hello"), "neither a release key".to_owned()),
        (with(given(&other), "key_file", ""), "No key file was chosen".to_owned()),
    ] {
        // `with` puts the file behind its passphrase, which does not matter.
        let reply = send(&officer, &path, &form).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(reply.text.contains(&words), "{words}: {}", reply.text);
    }
    assert_eq!(wave.server.database.content().await, before);
}

async fn a_release_that_lives_keeps_a_second_one_out_and_a_dead_one_does_not(database: Database) {
    let (wave, officer, path) = closed(database).await;
    let seconds = jiff::Timestamp::now().as_second();
    let row = format!(
        "insert into jobs values ('{}', 'release', '{}', 'running', 1, 2, '', {seconds})",
        wave.id, wave.id
    );
    wave.server.database.execute(row).await;
    assert!(officer.get(&path).await.text.contains("Classes opened: 1 of 2."));
    send(&officer, &path, &given(&wave.release_key)).await;
    assert_eq!(wave.server.database.count("releases").await, 0);
    wave.server.database.execute("update jobs set seen = 5").await;
    assert!(officer.get(&path).await.text.contains("The last release was interrupted"));
    send(&officer, &path, &given(&wave.release_key)).await;
    until_done(&officer, &path).await;
}

async fn a_release_that_a_stopped_server_left_behind_can_be_made_again(database: Database) {
    let (mut wave, officer, path) = closed(database).await;
    let seconds = jiff::Timestamp::now().as_second();
    let row = format!(
        "insert into jobs values ('{}', 'release', '{}', 'running', 1, 2, '', {seconds})",
        wave.id, wave.id
    );
    wave.server.database.execute(row).await;
    wave.server.restart();
    // Another server may be at work on it: half a minute without a sign decides.
    assert!(officer.get(&path).await.text.contains("Classes opened: 1 of 2."));
    wave.server.database.execute(format!("update jobs set seen = {}", seconds - 31)).await;
    let page = officer.get(&path).await.text;
    assert!(page.contains("The last release was interrupted: the server stopped."), "{page}");
    send(&officer, &path, &given(&wave.release_key)).await.expect_success();
    until_done(&officer, &path).await;
    let page = officer.get(&path).await.text;
    assert!(page.contains(&format!("senim forget --wave {}", wave.id)), "{page}");
}

async fn results_of_texts_that_nobody_checked_say_that_they_are_a_pilot(database: Database) {
    let (wave, officer, path) = closed(database).await;
    send(&officer, &path, &given(&wave.release_key)).await.expect_success();
    let pilot = "not all texts have been checked by a native speaker";
    assert!(until_done(&officer, &path).await.contains(pilot));
    assert!(officer.get("/waves").await.text.contains("pilot wave"));
    assert!(officer.get("/nation").await.text.contains(pilot));
    let letters = officer.get(&format!("/waves/{}/letters/en", wave.id)).await.text;
    assert!(letters.contains("native speakers have not checked all of its texts"), "{letters}");
}

async fn an_open_wave_is_not_released(database: Database) {
    let (wave, officer) = open_wave(database).await;
    let path = format!("/waves/{}/release", wave.id);
    assert!(officer.get(&path).await.text.contains("not closed yet"));
    send(&officer, &path, &given(&wave.release_key)).await;
    assert_eq!(wave.server.database.count("releases").await, 0);
}
