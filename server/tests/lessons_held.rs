//! A teacher writes down which lessons the class had.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod target;

use reqwest::{Method, StatusCode};
use target::{Target, two_schools, yesterday};
use tests::{Reply, Staff, Visitor};

async fn note(visitor: &Visitor, path: &str, form: &[(&str, &str)]) -> Reply {
    Reply::to(visitor.request(Method::POST, path).form(form)).await
}

#[tokio::test]
async fn a_lesson_is_listed_until_it_is_deleted_and_nothing_typed_is_lost() {
    let wave = two_schools().await;
    let own = Target::of(&wave, 0).await;
    let teacher = Staff::sign_in(&wave.server, "teacher", &format!("class:{}", own.class)).await;
    let (page, day) = (format!("/classes/{}", own.class), yesterday());
    let path = format!("{page}/lessons");
    let (long, unseen) = ("ә".repeat(201), "a\u{202e}b".to_owned());
    for (theme, held_on, text, said) in [
        ("respect", "2999-01-01", "note", "Күн бүгіннен кеш емес"),
        ("respect", "2001-01-01", "note", "Күн бүгіннен кеш емес"),
        ("respect", "кеше", "note", "2026-10-05"),
        ("respect", "-999999-99-99", "note", "2026-10-05"),
        ("nothing", day.as_str(), "note", "Тізімнен тақырып таңдаңыз"),
        ("respect", day.as_str(), long.as_str(), "201 таңба"),
        ("respect", day.as_str(), unseen.as_str(), "басқару таңбасы"),
        ("", "", "=cmd|' /C calc'!A0", "Тізімнен тақырып таңдаңыз"),
    ] {
        let form = [("theme", theme), ("held_on", held_on), ("note", text)];
        let reply = note(&teacher, &path, &form).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{form:?}");
        assert!(reply.text.contains(said), "{said}: {form:?}");
        assert!(reply.text.contains(&text.replace('\'', "&#x27;")) || text.contains('\''));
    }
    assert!(!teacher.get(&page).await.text.contains("/lessons/"), "nothing was stored");
    let form = [("theme", "respect"), ("held_on", day.as_str()), ("note", "фильм <b>")];
    let reply = note(&teacher, &path, &form).await;
    assert_eq!((reply.status, reply.location), (StatusCode::SEE_OTHER, format!("{page}#lessons")));
    let html = teacher.get(&page).await.text;
    assert!(html.contains("Құрмет және өзгешелік") && html.contains("фильм &lt;b&gt;"));
    let delete = html.split("action=\"").find_map(|rest| rest.split_once("/delete\""));
    let delete = format!("{}/delete", delete.unwrap().0);
    note(&teacher, &delete, &[]).await.expect_success();
    assert!(!teacher.get(&page).await.text.contains("фильм"));
}
