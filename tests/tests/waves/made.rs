use crate::form::{day, send, wave, with};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use tests::{ClassPlan, Database, OpenWave, Server, Staff, Visitor, on_both_databases, wait_until};
use uuid::Uuid;

on_both_databases! {
    a_wave_is_made_opened_and_closed_in_the_browser,
    of_two_waves_in_draft_over_the_same_classes_one_opens,
    every_mistake_in_the_form_is_named_and_nothing_typed_is_lost,
    a_school_makes_waves_for_itself_alone,
    a_wave_closes_by_itself_seven_days_after_its_last_day,
}

/// A wave that is open, on a server whose calendar has a long holiday until 20 days ago.
pub(crate) async fn open_wave(database: Database) -> (OpenWave, Visitor) {
    let calendar = format!("{}/{}.json", env!("CARGO_TARGET_TMPDIR"), Uuid::new_v4());
    let (first, last) = (day(-60), day(-20));
    let words = json!({ "kk": "жаз", "ru": "лето", "en": "the summer" });
    let title = json!({ "kk": "күнтізбе", "ru": "календарь", "en": "the order of this year" });
    let holiday = json!({ "first_day": first, "last_day": last, "name": words });
    std::fs::write(&calendar, json!({ "title": title, "holidays": [holiday] }).to_string())
        .unwrap();
    let settings = [("SENIM_SCHOOL_CALENDAR", calendar.as_str())];
    let server = Server::start_with(database, &settings).await;
    let classes = [ClassPlan::of(10), ClassPlan::of(12)];
    let open = OpenWave::start_on(server, "senim_pupil_senior", &classes).await;
    let officer = Staff::sign_in(&open.server, "ministry", "nation").await;
    officer.get("/language/en").await;
    (open, officer)
}

async fn a_wave_is_made_opened_and_closed_in_the_browser(database: Database) {
    let (first, officer) = open_wave(database).await;
    let typed = wave("Winter", "nation:", &first.public_key);

    let overlapping = send(&officer, "/waves/new", &typed).await;
    assert_eq!(overlapping.status, StatusCode::UNPROCESSABLE_ENTITY);
    let put = first.coordinator.visitor();
    let put = put.send(Method::PUT, &format!("/api/waves/{}", Uuid::new_v4()), &body(&first)).await;
    assert_eq!(put.status, StatusCode::CONFLICT, "{}", put.text);
    assert!(put.text.contains("2 of the wave's classes are in another open wave"), "{}", put.text);
    assert!(overlapping.text.contains("2 of the chosen classes are in another open wave"));
    assert!(overlapping.text.contains("value=\"Winter\""));
    assert!(overlapping.text.contains(&first.public_key));
    first.close().await;

    let preview = send(&officer, "/waves/new", &with(typed.clone(), "step", "preview")).await;
    assert_eq!(preview.status, StatusCode::OK);
    for words in [
        "within six weeks of a long holiday (the summer",
        "the order of this year",
        "marked “pilot”",
        ">22<",
    ] {
        assert!(preview.text.contains(words), "{words}: {}", preview.text);
    }
    let ended = "calendar of school holidays does not reach these days";
    assert!(!preview.text.contains(ended), "{}", preview.text);
    let later = with(with(typed.clone(), "first_day", &day(60)), "last_day", &day(80));
    let preview = send(&officer, "/waves/new", &with(later, "step", "preview")).await;
    assert!(preview.text.contains(ended), "{}", preview.text);
    let hasty = send(&officer, "/waves/new", &with(typed.clone(), "pilot", "")).await;
    assert_eq!(hasty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(first.server.database.count("waves").await, 1);

    let made = send(&officer, "/waves/new", &typed).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text);
    let page = officer.get(&made.location).await;
    assert!(page.text.contains("classes: 2, pupils: 22"), "{}", page.text);
    let opening = format!("{}/open", made.location);
    officer.send(Method::POST, &opening, &json!({})).await.expect_success();
    let page = officer.get(&made.location).await;
    assert!(page.text.contains("classes: 2, pupils: 22") && page.text.contains("Close the survey"));
    let closing = format!("{}/close", made.location);
    officer.send(Method::POST, &closing, &json!({})).await.expect_success();

    let third = send(&officer, "/waves/new", &with(typed, "name", "Third")).await;
    assert_eq!(third.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(third.text.contains("2 of the chosen classes have been in two waves"));
    assert!(officer.get("/waves").await.text.contains("Winter"));
}

/// A wave for grade 6, as programs make it.
fn body(first: &OpenWave) -> Value {
    let definition =
        json!({ "id": first.survey.id, "version": first.survey.version, "grades": ["6"] });
    json!({
        "name": "Winter", "region": null, "first_day": day(-2), "last_day": day(20),
        "release_public_key": first.public_key, "definitions": [definition],
    })
}

async fn of_two_waves_in_draft_over_the_same_classes_one_opens(database: Database) {
    let (first, officer) = open_wave(database).await;
    first.close().await;
    let typed = wave("Winter", "nation:", &first.public_key);
    let one = send(&officer, "/waves/new", &typed).await.location;
    let two = Uuid::new_v4();
    first.coordinator.put(&format!("waves/{two}"), body(&first)).await;
    officer.send(Method::POST, &format!("{one}/open"), &json!({})).await.expect_success();
    let refused = first.coordinator.post(&format!("waves/{two}/open")).await;
    assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.text);
    officer.send(Method::POST, &format!("/waves/{two}/open"), &json!({})).await;
    let page = officer.get(&format!("/waves/{two}")).await.text;
    assert!(page.contains("2 of the chosen classes are in another open wave"), "{page}");
}

async fn every_mistake_in_the_form_is_named_and_nothing_typed_is_lost(database: Database) {
    let (first, officer) = open_wave(database).await;
    let typed = wave("", "region:elsewhere", "AAAA");
    let typed = with(with(typed, "last_day", "tomorrow"), "grade_6", "");
    let reply = send(&officer, "/waves/new", &typed).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    for field in ["name", "scope", "last_day", "grades", "key"] {
        assert!(reply.text.contains(&format!("id=\"{field}-wrong\"")), "{field}: {}", reply.text);
    }
    assert!(reply.text.contains("AAAA") && reply.text.contains("value=\"tomorrow\""));
    assert!(reply.text.contains(&format!("value=\"{}\"", day(-2))));
    let secret = std::fs::read_to_string(&first.release_key).unwrap();
    let reply = send(&officer, "/waves/new", &with(typed, "key_file", &secret)).await;
    assert!(reply.text.contains("This is the key itself"));
    assert!(!reply.text.contains("unprotected:"));
    assert_eq!(first.server.database.count("waves").await, 1);
}

async fn a_school_makes_waves_for_itself_alone(database: Database) {
    let (first, _) = open_wave(database).await;
    first.close().await;
    let schools = first
        .server
        .database
        .rows("schools", &first.server.database.tables().await["schools"])
        .await;
    let school = schools[0].split(' ').next().unwrap().to_owned();
    let own = format!("school:{school}");
    let coordinator = Staff::sign_in(&first.server, "coordinator", &own).await;
    let nation = send(&coordinator, "/waves/new", &wave("x", "nation:", &first.public_key)).await;
    assert_eq!(nation.status, StatusCode::UNPROCESSABLE_ENTITY);
    let made = send(&coordinator, "/waves/new", &wave("x", &own, &first.public_key)).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text);
    assert!(coordinator.get("/waves").await.text.contains(&made.location));
}

async fn a_wave_closes_by_itself_seven_days_after_its_last_day(database: Database) {
    let (mut first, _) = open_wave(database).await;
    // Where the server is, tomorrow may have begun.
    let sql = format!("update waves set first_day = '{}', last_day = '{}'", day(-40), day(-6));
    first.server.database.execute(sql).await;
    first.server.restart();
    assert_eq!(first.server.database.text("select state from waves").await, "open");
    let sql = format!("update waves set last_day = '{}'", day(-9));
    first.server.database.execute(sql).await;
    first.server.restart();
    let database = &first.server.database;
    wait_until("the wave is closed", 10, async || {
        (database.text("select state from waves").await == "closed").then_some(())
    })
    .await;
}
