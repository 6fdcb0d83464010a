use super::DEFINITION;
use protocol::Refusal;
use reqwest::StatusCode;
use serde_json::{Value, json};
use tests::{ClassPlan, Database, OpenWave, Pupil, Refused, answers, on_both_databases};

on_both_databases! { what_cannot_be_read_is_refused_and_costs_nothing }

const UNREADABLE: Refused = Refused(400, Refusal::Unreadable);

async fn what_cannot_be_read_is_refused_and_costs_nothing(database: Database) {
    let wave = OpenWave::start(database, DEFINITION, &[ClassPlan::of(10)]).await;
    let (pupil, slip) = (wave.pupil(0), wave.slip(0, 0));
    let pending = pupil.pending();
    let ask = json!({ "slip": slip.to_string(), "blinded": pending.blinded() });
    malformed("/c/token", &pupil, &ask).await;
    for (field, wrong) in [
        ("blinded", json!("_".repeat(43))),
        ("blinded", json!("A".repeat(43))),
        ("blinded", json!("AAAA")),
        ("blinded", json!(7)),
        ("slip", json!("")),
        ("slip", json!("0000000000001")),
        ("slip", json!("🙂".repeat(13))),
    ] {
        let reply = pupil.post("/c/token", &with(&ask, field, wrong.clone())).await;
        assert_eq!(Refused::of(&reply), UNREADABLE, "{field} {wrong}");
    }

    let evaluation = pupil.ask(&slip, &pending).await.expect("a refusal has cost the slip");
    let token = pupil.finish(&pending, &evaluation);
    let request = pupil.sealed(token, &wave.survey, &answers(&wave.survey, 0));
    let body = serde_json::to_value(&request).unwrap();
    malformed("/c/response", &pupil, &body).await;
    for (field, wrong) in
        [("token", json!("AAAA")), ("value", json!(null)), ("place", json!({ "wave": "x" }))]
    {
        let reply = pupil.post("/c/response", &with(&body, field, wrong.clone())).await;
        assert_eq!(Refused::of(&reply), UNREADABLE, "{field} {wrong}");
    }
    assert_eq!(wave.stored().await, 0);
    assert_eq!(pupil.send(&request).await, Ok(()));
}

/// What is wrong with any request, whatever it asks for.
async fn malformed(path: &str, pupil: &Pupil, right: &Value) {
    let mut invalid_utf8 = serde_json::to_vec(right).unwrap();
    invalid_utf8[10] = 0xff;
    let mut cut = serde_json::to_vec(right).unwrap();
    cut.truncate(cut.len() - 2);
    let unknown_field = serde_json::to_vec(&with(right, "colour", json!("red"))).unwrap();
    for body in [invalid_utf8, cut, unknown_field, b"[]".to_vec(), b"null".to_vec(), Vec::new()] {
        let reply = pupil.post_bytes(path, body).await;
        assert_eq!(Refused::of(&reply), UNREADABLE);
    }
    let reply = pupil.post_bytes(path, vec![b'a'; 1_000_000]).await;
    assert_eq!(reply.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(Refused::of(&reply).1, Refusal::Unreadable);
}

fn with(body: &Value, field: &str, value: Value) -> Value {
    let mut body = body.clone();
    body[field] = value;
    body
}
