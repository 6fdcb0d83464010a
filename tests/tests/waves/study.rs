//! The yearly online study is chosen like a pupil form, for its own grades.

use crate::form::{day, send, wave, with};
use crate::made::open_wave;
use reqwest::{Method, StatusCode};
use serde_json::json;
use tests::{Database, on_both_databases};
use uuid::Uuid;

on_both_databases! {
    the_study_is_offered_to_its_grades_and_the_form_of_parents_to_none,
}

async fn the_study_is_offered_to_its_grades_and_the_form_of_parents_to_none(database: Database) {
    let (first, officer) = open_wave(database).await;
    first.close().await;
    let offered = officer.get("/waves/new").await.text;
    for id in ["senim_online_study.1", "senim_online_study_junior.1", "senim_pupil_senior.1"] {
        assert!(offered.contains(&format!("value=\"{id}\"")), "{id}: {offered}");
    }
    assert!(!offered.contains("senim_online_study_parent"));

    let typed = wave("Study", "nation:", &first.public_key);
    let too_young =
        with(with(typed.clone(), "grade_6", ""), "grade_2", "senim_online_study_junior.1");
    let refused = send(&officer, "/waves/new", &too_young).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("id=\"grades-wrong\""), "{}", refused.text);

    let study = with(typed, "grade_6", "senim_online_study.1");
    let preview = send(&officer, "/waves/new", &with(study.clone(), "step", "preview")).await;
    for words in ["Children online: a study, grades 5 to 11", "marked “pilot”"] {
        assert!(preview.text.contains(words), "{words}: {}", preview.text);
    }
    let made = send(&officer, "/waves/new", &study).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text);
    officer
        .send(Method::POST, &format!("{}/open", made.location), &json!({}))
        .await
        .expect_success();

    let parents = json!({ "id": "senim_online_study_parent", "version": 1, "grades": ["6"] });
    let body = json!({
        "name": "Parents", "region": null, "first_day": day(-2), "last_day": day(20),
        "release_public_key": first.public_key, "definitions": [parents],
    });
    let put = first.coordinator.visitor();
    let put = put.send(Method::PUT, &format!("/api/waves/{}", Uuid::new_v4()), &body).await;
    assert!(put.status.is_client_error() && put.text.contains("not for classes"), "{}", put.text);
}
