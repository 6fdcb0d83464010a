use super::DEFINITION;
use protocol::{Base64, Place, Refusal, Token};
use tests::{ClassPlan, Database, OpenWave, Refused, answers, on_both_databases};
use uuid::Uuid;

on_both_databases! {
    a_token_is_good_for_one_response,
    a_forged_token_is_refused,
    a_token_of_another_class_is_refused,
    a_token_of_another_wave_is_refused,
}

const NOT_VALID: Refused = Refused(403, Refusal::Token);

async fn a_token_is_good_for_one_response(database: Database) {
    let wave = OpenWave::start(database, DEFINITION, &[ClassPlan::of(10)]).await;
    let pupil = wave.pupil(0);
    let token = pupil.token(&wave.slip(0, 0)).await;
    let first = pupil.sealed(token, &wave.survey, &answers(&wave.survey, 0));
    let second = pupil.sealed(token, &wave.survey, &answers(&wave.survey, 1));
    assert_eq!(pupil.send(&first).await, Ok(()));
    let table = wave.server.database.tables().await["envelopes"].clone();
    let before = wave.server.database.rows("envelopes", &table).await;
    assert_eq!(pupil.send(&first).await, Ok(()));
    assert_eq!(pupil.send(&second).await, Ok(()));
    assert_eq!(wave.server.database.rows("envelopes", &table).await, before);
    assert_eq!(before.len(), 1);
    assert!(before[0].contains(&first.envelope), "the first write does not stay");
}

async fn a_forged_token_is_refused(database: Database) {
    let wave = OpenWave::start(database, DEFINITION, &[ClassPlan::of(10)]).await;
    let pupil = wave.pupil(0);
    let (value, token) = pupil.token(&wave.slip(0, 0)).await;
    let response = answers(&wave.survey, 0);
    let mut changed = token;
    changed.0.0[63] ^= 1;
    let other_value = Base64([7; 32]);
    for forged in [(value, changed), (value, Token(Base64([0; 64]))), (other_value, token)] {
        let request = pupil.sealed(forged, &wave.survey, &response);
        assert_eq!(pupil.send(&request).await, Err(NOT_VALID));
    }
    assert_eq!(wave.stored().await, 0);
    let honest = pupil.sealed((value, token), &wave.survey, &response);
    assert_eq!(pupil.send(&honest).await, Ok(()), "a refusal has spent the token");
}

async fn a_token_of_another_class_is_refused(database: Database) {
    let classes = [ClassPlan::of(10), ClassPlan::of(10)];
    let wave = OpenWave::start(database, DEFINITION, &classes).await;
    let (of_first, of_second) = (wave.pupil(0), wave.pupil(1));
    let token = of_first.token(&wave.slip(0, 0)).await;
    let request = of_second.sealed(token, &wave.survey, &answers(&wave.survey, 0));
    assert_eq!(of_second.send(&request).await, Err(NOT_VALID));

    let nowhere = Place { class: Uuid::new_v4(), ..of_first.lesson.place };
    let mut request = of_first.sealed(token, &wave.survey, &answers(&wave.survey, 0));
    request.place = nowhere;
    assert_eq!(of_first.send(&request).await, Err(NOT_VALID));
    assert_eq!(wave.stored().await, 0);
}

async fn a_token_of_another_wave_is_refused(database: Database) {
    let wave = OpenWave::start(database, DEFINITION, &[ClassPlan::of(10)]).await;
    let other = wave.coordinator.another_wave(&wave).await;
    let (of_first, of_other) = (wave.pupil(0), tests::Pupil::new(&wave.server, &other));
    let token = of_first.token(&wave.slip(0, 0)).await;
    let request = of_other.sealed(token, &wave.survey, &answers(&wave.survey, 0));
    assert_eq!(of_other.send(&request).await, Err(NOT_VALID));

    let mut unknown = request;
    unknown.place.wave = Uuid::new_v4();
    assert_eq!(of_other.send(&unknown).await, Err(NOT_VALID));
    assert_eq!(wave.stored().await, 0);
}
