//! Classes changed by hand, and a new school year.

use crate::school::{School, confirm, in_language, table_rows};
use reqwest::{Method, StatusCode};
use tests::workbook::{thirty_classes, workbook};
use tests::{
    Browser, Database, OpenWave, Reply, Staff, Visitor, audit, on_both_databases, text_in,
};

on_both_databases! { a_new_year_moves_classes_up_once_and_keeps_their_codes }

async fn post(visitor: &Visitor, path: &str, form: &[(&str, &str)]) -> Reply {
    Reply::to(visitor.request(Method::POST, path).form(form)).await
}

fn class<'a>(label: &'a str, language: &'a str, pupils: &'a str) -> [(&'a str, &'a str); 4] {
    [("class", label), ("language", language), ("enrolment", pupils), ("teacher", "Ахметова С.")]
}

/// Labels of a page's tables.
fn labels(page: &Reply) -> Vec<String> {
    let rows = table_rows(&page.text).into_iter();
    let label = |row: Vec<String>| row[0].split('»').next().unwrap().to_owned() + "»";
    rows.map(label).collect()
}

fn edit_path(page: &Reply, label: &str) -> String {
    let (_, after) = page.text.split_once(&format!(">{label}<")).unwrap();
    let (_, after) = after.split_once("/classes/").unwrap();
    format!("/classes/{}", after.split_once("/edit").unwrap().0)
}

#[tokio::test]
async fn a_class_is_added_changed_closed_and_opened_again() {
    let school = School::start(Database::Sqlite).await;
    let coordinator = &school.coordinator;
    in_language(coordinator, "en").await;
    let path = format!("/schools/{}/classes", school.id);
    for label in ["10а", "2-Б", "2 «Ә»"] {
        post(coordinator, &path, &class(label, "kk", " 24 ")).await.expect_success();
    }
    let page = coordinator.get(&path).await.expect_success();
    assert_eq!(labels(&page), ["2 «Ә»", "2 «Б»", "10 «А»"]);
    assert!(page.text.contains(&text_in("en", "setup", "no_account")));

    for (label, language, pupils, words) in [
        ("2Б", "kk", "24", "taken"),
        ("1Б", "kk", "24", "first_grade"),
        ("3Б", "", "24", "empty"),
        ("3Б", "kk", "0", "no_pupils"),
    ] {
        let reply = post(coordinator, &path, &class(label, language, pupils)).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(reply.text.contains(&text_in("en", "structure", words)), "{words}: {}", reply.text);
        assert!(reply.text.contains(&format!("value=\"{label}\"")), "typed text is lost");
    }
    let own = edit_path(&page, "2 «Б»");
    let reply = post(coordinator, &format!("{own}/edit"), &class("2 «В»", "ru", "20")).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.text);
    post(coordinator, &format!("{own}/state"), &[("closed", "yes")]).await.expect_success();
    let page = coordinator.get(&path).await.expect_success();
    assert_eq!(labels(&page), ["2 «Ә»", "10 «А»"]);
    assert!(page.text.contains("2 «В»"), "a closed class is not listed as closed");
    assert!(!coordinator.get("/classes").await.text.contains("2 «В»"));
    post(coordinator, &format!("{own}/state"), &[("closed", "no")]).await.expect_success();
    let page = coordinator.get(&path).await.expect_success();
    assert_eq!(labels(&page), ["2 «Ә»", "2 «В»", "10 «А»"]);
    let rows = school.rows("classes").await;
    assert!(rows.iter().any(|row| row.contains("S1-02 2 «В» 2 ru 20 Ахметова С. current")));
}

async fn a_new_year_moves_classes_up_once_and_keeps_their_codes(database: Database) {
    let school = School::start(database).await;
    let coordinator = &school.coordinator;
    let file = workbook(&thirty_classes());
    let checked = coordinator.upload("/structure", "classes.xlsx", &file).await;
    confirm(coordinator, &checked).await;
    let before = school.rows("classes").await;
    let path = format!("/schools/{}/new-year", school.id);
    let page = coordinator.get(&path).await.expect_success();
    let rows = table_rows(&page.text);
    assert_eq!(rows.len(), 27);
    assert_eq!(rows[0], ["2 «А»", "3 «А»"]);
    assert!(rows[6][1].starts_with("5 «А»") && rows[6][1].len() > "5 «А»".len(), "{rows:?}");
    assert!(page.text.contains("11 «А», 11 «Ә», 11 «Б»"), "{}", page.text);
    assert_eq!(school.rows("classes").await, before, "looking changed something");

    let (_, after) = page.text.split_once("name=\"checked\" value=\"").unwrap();
    let digest = after.split('"').next().unwrap();
    let form = [("checked", digest), ("last_grade", "11")];
    let done = post(coordinator, &path, &form).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    let again = post(coordinator, &path, &form).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert!(again.text.contains(&text_in("kk", "setup", "year_changed")));

    let page = coordinator.get(&done.location).await.expect_success();
    let labels = labels(&page);
    assert_eq!((labels.len(), labels[0].as_str(), labels[26].as_str()), (27, "3 «А»", "11 «Б»"));
    let after = school.rows("classes").await;
    let head = |row: &String| row.split(' ').take(3).collect::<Vec<_>>().join(" ");
    assert!(before.iter().map(head).eq(after.iter().map(head)), "ids, schools or codes changed");
    assert_eq!(after.iter().filter(|row| row.ends_with(" closed")).count(), 3);

    let twelve = coordinator.get(&format!("{path}?last_grade=12")).await.expect_success();
    assert_eq!(table_rows(&twelve.text).len(), 27);
    assert!(twelve.text.contains("12 «А»"));
}

#[tokio::test]
async fn while_a_wave_is_open_its_classes_stay() {
    let wave =
        OpenWave::start(Database::Sqlite, "senim_pupil_senior", &[tests::ClassPlan::of(12)]).await;
    let content = wave.server.database.content().await;
    let row = content["classes"][0].clone();
    let [class, school] = [0, 1].map(|at| row.split(' ').nth(at).unwrap().to_owned());
    let coordinator =
        Staff::sign_in(&wave.server, "coordinator", &format!("school:{school}")).await;
    let reply = post(&coordinator, &format!("/classes/{class}/state"), &[("closed", "yes")]).await;
    assert_eq!(reply.status, StatusCode::CONFLICT);
    assert!(reply.text.contains(&text_in("kk", "setup", "close_in_wave")));
    let page = coordinator.get(&format!("/schools/{school}/new-year")).await.expect_success();
    assert!(page.text.contains(&text_in("kk", "setup", "year_wave")));
    let form = [("checked", ""), ("last_grade", "11")];
    let reply = post(&coordinator, &format!("/schools/{school}/new-year"), &form).await;
    assert_eq!(reply.status, StatusCode::CONFLICT);
    for path in [format!("/schools/{school}/classes"), "/structure".to_owned()] {
        let page = coordinator.get(&path).await.expect_success();
        assert!(page.text.contains("class=\"notice\""), "{path} does not say so");
    }
    let form = [("class", "6 №0"), ("language", "kk"), ("enrolment", "30"), ("teacher", "")];
    post(&coordinator, &format!("/classes/{class}/edit"), &form).await.expect_success();
    let after = wave.server.database.content().await;
    assert_eq!(after["wave_classes"], content["wave_classes"]);
    assert_ne!(after["classes"], content["classes"]);
}

#[tokio::test]
async fn everybody_can_use_the_pages() {
    let school = School::start(Database::Sqlite).await;
    let coordinator = &school.coordinator;
    let path = format!("/schools/{}/classes", school.id);
    for label in ["10а", "2–3", "11 А"] {
        post(coordinator, &path, &class(label, "kk", "24")).await.expect_success();
    }
    let page = coordinator.get(&path).await.expect_success();
    let (name, password) = school.sign_in();
    let browser = Browser::open().await;
    browser.sign_in(&school.server.url(), &name, password).await;
    let year = format!("/schools/{}/new-year", school.id);
    for path in [path, format!("{}/edit", edit_path(&page, "2–3")), year] {
        browser.go(&format!("{}{path}", school.server.url())).await;
        audit(&browser, &path).await;
    }
    browser.close().await;
}
