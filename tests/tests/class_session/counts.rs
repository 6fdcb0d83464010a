use crate::{NEXT_COUNT, beginning, numbers, teacher};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use tests::{ClassPlan, Database, OpenWave, Visitor, answers, kazakh, wait_until};

async fn start(classes: &[ClassPlan]) -> (OpenWave, Visitor, String) {
    let wave = OpenWave::start(Database::Sqlite, "senim_pupil_junior", classes).await;
    let id = wave.classes[0].id;
    let visitor = teacher(&wave.server, "own", id).await;
    (wave, visitor, format!("/classes/{id}/session"))
}

async fn page(visitor: &Visitor, path: &str) -> String {
    let reply = visitor.get(path).await;
    assert_eq!(reply.status, StatusCode::OK, "{path}");
    reply.text
}

async fn post(visitor: &Visitor, path: &str) {
    let reply = visitor.send(Method::POST, path, &json!({})).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.text);
}

/// Several answers between two counts are seen together: the number is the same until it is all.
#[tokio::test]
async fn the_counter_moves_on_the_clock_and_not_as_responses_arrive() {
    let (wave, visitor, path) = start(&[ClassPlan::of(12)]).await;
    let counter = path.replace("/session", "/done");
    let done = async || -> u64 {
        page(&visitor, &counter).await.parse::<Value>().unwrap()["done"].as_u64().unwrap()
    };
    wave.answer(0, 0, &answers(&wave.survey, 0)).await;
    // Right after a count there are almost 15 seconds in which nothing may move.
    let first = async || (done().await == 1).then_some(());
    wait_until("the first count", NEXT_COUNT, first).await;
    for slip in 1..5 {
        wave.answer(0, slip, &answers(&wave.survey, slip)).await;
        assert_eq!(done().await, 1, "{} are stored", wave.stored().await);
    }
    let all = async || match done().await {
        1 => None,
        later => Some(later),
    };
    assert_eq!(wait_until("the next count", NEXT_COUNT, all).await, 5);
}

#[tokio::test]
async fn what_waits_on_a_tablet_is_missing_until_it_arrives() {
    let (wave, visitor, path) = start(&[ClassPlan::of(12)]).await;
    let pupil = wave.pupil(0);
    for slip in 0..2 {
        wave.answer(0, slip, &answers(&wave.survey, slip)).await;
    }
    let token = pupil.token(&wave.slip(0, 2)).await;
    let waiting = pupil.sealed(token, &wave.survey, &answers(&wave.survey, 2));
    post(&visitor, &format!("{path}/close")).await;
    let counted = async |wanted: (u32, u32)| {
        let asked = async || {
            let text = page(&visitor, &path).await;
            (text.contains("class=\"tokens\"") && numbers(&text) == wanted).then_some(text)
        };
        wait_until(&format!("{wanted:?}"), NEXT_COUNT, asked).await
    };
    let text = counted((3, 2)).await;
    assert!(text.contains(&kazakh("class_session", "missing_network")), "{text}");
    pupil.send(&waiting).await.unwrap();
    let text = counted((3, 3)).await;
    assert!(text.contains(&kazakh("class_session", "all_here")), "{text}");
    assert!(!text.contains(&kazakh("class_session", "missing_network")), "{text}");
}

#[tokio::test]
async fn a_lesson_ends_by_itself_and_is_opened_again() {
    let (wave, visitor, path) = start(&[ClassPlan::of(12)]).await;
    let text = page(&visitor, &path).await;
    assert!(text.contains(&kazakh("class_session", "running")), "{text}");
    // As if two hours had gone by.
    wave.server.database.execute("update wave_classes set open_until = open_until - 7201").await;
    let text = page(&visitor, &path).await;
    assert!(text.contains(&beginning("ended_by_itself")), "{text}");
    let pending = wave.pupil(0).pending();
    assert!(wave.pupil(0).ask(&wave.slip(0, 0), &pending).await.is_err());
    post(&visitor, &format!("{path}/open")).await;
    let text = page(&visitor, &path).await;
    assert!(text.contains(&kazakh("class_session", "running")), "{text}");
    assert!(wave.pupil(0).ask(&wave.slip(0, 0), &pending).await.is_ok());
}

#[tokio::test]
async fn a_teacher_of_another_class_finds_nothing() {
    let (wave, own, path) = start(&[ClassPlan::of(12), ClassPlan::of(12)]).await;
    let other = teacher(&wave.server, "other", wave.classes[1].id).await;
    for path in [path.clone(), format!("{path}/screen")] {
        assert_eq!(own.get(&path).await.status, StatusCode::OK, "{path}");
        assert_eq!(other.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    for end in ["open", "close"] {
        let path = format!("{path}/{end}");
        let reply = other.send(Method::POST, &path, &json!({})).await;
        assert_eq!(reply.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn without_an_open_wave_the_page_says_so_and_nothing_starts() {
    let (wave, visitor, path) = start(&[ClassPlan::of(12)]).await;
    wave.close().await;
    let text = page(&visitor, &path).await;
    assert!(text.contains(&kazakh("class_session", "awaiting")), "{text}");
    assert!(!text.contains("/session/open"), "{text}");
}
