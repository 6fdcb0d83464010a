use crate::made::open_wave;
use reqwest::{Method, StatusCode};
use serde_json::json;
use tests::{Database, OpenWave, Reply, Staff, Visitor, on_both_databases};
use uuid::Uuid;

on_both_databases! {
    a_frozen_enrolment_is_changed_by_two_people_and_written_down,
    a_class_made_while_a_wave_is_open_is_added_by_two_people,
    refusals_are_a_number_and_nothing_else,
}

async fn post(visitor: &Visitor, path: &str, fields: &[(&str, &str)]) -> Reply {
    Reply::to(visitor.request(Method::POST, path).form(fields)).await
}

/// The officer and the school's coordinator, and where the enrolment of a class is.
async fn two_people(database: Database) -> (OpenWave, Visitor, Visitor, String) {
    let (wave, officer) = open_wave(database).await;
    let school = wave.server.database.text("select school_id from classes").await;
    let coordinator =
        Staff::sign_in(&wave.server, "coordinator", &format!("school:{school}")).await;
    coordinator.get("/language/en").await;
    let path = format!("/classes/{}/enrolment", wave.classes[0].id);
    (wave, officer, coordinator, path)
}

/// The change that waits, from the page.
fn change(page: &str) -> String {
    let (_, rest) = page.split_once("name=\"change\" value=\"").unwrap();
    rest.split('"').next().unwrap().to_owned()
}

async fn a_frozen_enrolment_is_changed_by_two_people_and_written_down(database: Database) {
    let (wave, officer, coordinator, path) = two_people(database).await;
    let wrong = post(&coordinator, &path, &[("enrolment", "many")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("value=\"many\"") && wrong.text.contains("from 1 to 500"));
    post(&coordinator, &path, &[("enrolment", "17")]).await.expect_success();
    let own = coordinator.get(&path).await.text;
    assert!(own.contains("You cannot approve what you asked for") && !own.contains("\"approve\""));
    assert!(officer.get("/waves").await.text.contains(&path));
    let id = change(&officer.get(&path).await.text);
    let approve = [("change", id.as_str()), ("answer", "approve")];
    post(&coordinator, &path, &approve).await;
    assert!(coordinator.get(&path).await.text.contains("Frozen enrolment: 10"));
    post(&officer, &path, &approve).await.expect_success();
    post(&officer, &path, &approve).await.expect_success();
    let page = coordinator.get(&path).await.text;
    assert!(page.contains("Frozen enrolment: 17") && page.contains("approved by ministry-nation"));
    assert_eq!(wave.server.database.count("enrolment_changes").await, 1);
}

async fn a_class_made_while_a_wave_is_open_is_added_by_two_people(database: Database) {
    let (wave, officer, coordinator, path) = two_people(database).await;
    let school = wave.server.database.text("select school_id from classes").await;
    let class = Uuid::new_v4();
    let body = json!({
        "school": school, "code": "new", "label": "6 new", "grade": "6", "language": "kk",
        "enrolment": 9,
    });
    wave.coordinator.put(&format!("classes/{class}"), body).await;
    let path = path.replace(&wave.classes[0].id.to_string(), &class.to_string());
    assert!(coordinator.get(&path).await.text.contains("This class is not in the wave"));
    post(&coordinator, &path, &[("enrolment", "9")]).await.expect_success();
    let id = change(&officer.get(&path).await.text);
    post(&officer, &path, &[("change", id.as_str()), ("answer", "approve")]).await;
    assert!(coordinator.get(&path).await.text.contains("Frozen enrolment: 9"));
    assert_eq!(wave.server.database.count("wave_classes").await, 3);
}

async fn refusals_are_a_number_and_nothing_else(database: Database) {
    let (wave, _, coordinator, path) = two_people(database).await;
    let refusals = path.replace("enrolment", "refusals");
    for typed in ["Aman", "11", "-1"] {
        let reply = post(&coordinator, &refusals, &[("number", typed)]).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
        assert!(reply.text.contains("from 0 to 10"), "{}", reply.text);
    }
    assert_eq!(wave.server.database.count("refusals").await, 0);
    post(&coordinator, &refusals, &[("number", "2")]).await.expect_success();
    post(&coordinator, &refusals, &[("number", "3")]).await.expect_success();
    assert_eq!(wave.server.database.text("select number || '' from refusals").await, "3");
    assert!(coordinator.get(&path).await.text.contains("value=\"3\""));
}
