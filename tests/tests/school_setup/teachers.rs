//! Invitations of class teachers who came with the classes.

use crate::school::{NAME, School, confirm, in_language};
use reqwest::{Method, StatusCode};
use tests::forms::{new_account, send, take};
use tests::{Browser, Database, Paper, Visitor, audit, kazakh, on_both_databases, text_in};

on_both_databases! { one_press_invites_every_teacher_who_waits }

const TABLE: &str = "Class,Language,Pupils,Teacher\n5А,kk,20,Сәуле Ахметова\n6А,kk,20,Ержан Қали\n\
                     7А,ru,20,Сәуле Ахметова\n8А,kk,20,\n";

async fn school_with_teachers(database: Database) -> (School, String) {
    let school = School::start(database).await;
    let coordinator = &school.coordinator;
    in_language(coordinator, "en").await;
    let checked = coordinator.upload("/structure", "classes.csv", TABLE.as_bytes()).await;
    let done = confirm(coordinator, &checked).await;
    let path = format!("/schools/{}/teachers", school.id);
    assert!(done.text.contains(&path), "the next step is not shown: {}", done.text);
    (school, path)
}

/// The addresses on the sheets, in their order.
fn addresses(paper: &Paper) -> Vec<String> {
    let text = paper.text();
    let words = text.split_whitespace().filter(|word| word.contains("/invitation/"));
    words.map(|address| format!("/invitation/{}", address.rsplit('/').next().unwrap())).collect()
}

async fn invite(coordinator: &Visitor, path: &str, teachers: &[&str]) -> Vec<String> {
    let form: Vec<_> = teachers.iter().map(|teacher| ("teacher", *teacher)).collect();
    let paper = Paper::posted(coordinator, path, &form).await;
    paper.expect_accessible("en");
    let text = paper.text();
    assert!(teachers.iter().all(|teacher| text.contains(teacher)) && text.contains(NAME), "{text}");
    addresses(&paper)
}

async fn one_press_invites_every_teacher_who_waits(database: Database) {
    let (school, path) = school_with_teachers(database).await;
    let coordinator = &school.coordinator;
    let page = coordinator.get(&path).await.expect_success().text;
    assert_eq!(page.matches("name=\"teacher\"").count(), 2, "{page}");
    assert_eq!(page.matches(" checked").count(), 2, "{page}");
    assert!(page.contains("5 «А», 7 «А»") && page.contains("8 «А»"), "{page}");
    let nobody = send(coordinator, &path, &[("teacher", "Somebody Else")]).await;
    assert_eq!(nobody.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nobody.text.contains(&text_in("en", "teachers", "nobody_chosen")));
    assert_eq!(school.server.database.count("invitations").await, 0);

    // Ержан, then Сәуле with two classes.
    let links = invite(coordinator, &path, &["Сәуле Ахметова", "Ержан Қали"]).await;
    assert_eq!(links.len(), 3);
    let page = coordinator.get(&path).await.expect_success().text;
    assert_eq!(page.matches(" checked").count(), 0, "who has an invitation is not chosen: {page}");
    let saule = take(&school.server, &links[1], "saule").await;
    let add = format!("{}/add", links[2]);
    saule.send(Method::POST, &add, &serde_json::json!({})).await.expect_success();
    let classes = saule.get("/classes").await.expect_success().text;
    assert!(classes.contains("5 «А»") && classes.contains("7 «А»"), "{classes}");

    let again = invite(coordinator, &path, &["Ержан Қали"]).await;
    let old = send(&Visitor::of(&school.server), &links[0], &new_account("erzhan")).await;
    assert_eq!(old.status, StatusCode::GONE, "an invitation that was replaced still works");
    take(&school.server, &again[0], "erzhan").await;
    let page = coordinator.get(&path).await.expect_success().text;
    assert!(page.contains(&text_in("en", "teachers", "nobody")), "{page}");
    assert_eq!(school.server.database.count("invitations").await, 0);
}

#[tokio::test]
async fn the_page_of_waiting_teachers_can_be_used_by_everybody() {
    let (school, path) = school_with_teachers(Database::Sqlite).await;
    let (name, password) = school.sign_in();
    let browser = Browser::open().await;
    browser.sign_in(&school.server.url(), &name, password).await;
    browser.go(&format!("{}{path}", school.server.url())).await;
    browser.wait_for_text(&kazakh("teachers", "waiting")).await;
    audit(&browser, "teachers who wait for an account").await;
    browser.close().await;
}
