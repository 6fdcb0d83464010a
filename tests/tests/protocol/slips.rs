use super::DEFINITION;
use protocol::{Refusal, SlipCode};
use rand_core::OsRng;
use std::collections::HashSet;
use tests::{ClassPlan, Database, OpenWave, Pupil, Refused, on_both_databases};

on_both_databases! {
    a_used_slip_buys_no_second_token,
    the_same_request_gets_the_same_bytes,
    of_many_blinded_values_at_once_one_wins,
    many_identical_requests_at_once_get_the_same_bytes,
    a_slip_works_only_while_the_class_session_is_open,
    a_reprint_voids_unused_slips_and_no_used_one,
    slips_never_exceed_enrolment_and_a_tenth,
    a_code_that_is_on_no_slip_is_unknown,
}

async fn small_class(database: Database) -> (OpenWave, Pupil) {
    let wave = OpenWave::start(database, DEFINITION, &[ClassPlan::of(10)]).await;
    let pupil = wave.pupil(0);
    (wave, pupil)
}

async fn a_used_slip_buys_no_second_token(database: Database) {
    let (wave, pupil) = small_class(database).await;
    let slip = wave.slip(0, 0);
    pupil.token(&slip).await;
    let second = pupil.ask(&slip, &pupil.pending()).await;
    assert_eq!(second.unwrap_err(), Refused(409, Refusal::SlipUsed));
    pupil.token(&wave.slip(0, 1)).await;
}

async fn the_same_request_gets_the_same_bytes(database: Database) {
    let (mut wave, pupil) = small_class(database).await;
    let (slip, pending) = (wave.slip(0, 0), pupil.pending());
    let first = pupil.ask(&slip, &pending).await.unwrap();
    assert_eq!(pupil.ask(&slip, &pending).await.unwrap(), first);
    wave.server.restart();
    assert_eq!(pupil.ask(&slip, &pending).await.unwrap(), first);
    wave.coordinator.close_session(wave.classes[0].id).await;
    assert_eq!(pupil.ask(&slip, &pending).await.unwrap(), first);
}

async fn of_many_blinded_values_at_once_one_wins(database: Database) {
    let (wave, pupil) = small_class(database).await;
    let slip = wave.slip(0, 0);
    let asking = (0..50).map(|_| {
        let pupil = pupil.clone();
        tokio::spawn(async move { pupil.ask(&slip, &pupil.pending()).await })
    });
    let asking: Vec<_> = asking.collect();
    let mut granted = 0;
    for asked in asking {
        match asked.await.unwrap() {
            Ok(_) => granted += 1,
            Err(refused) => assert_eq!(refused, Refused(409, Refusal::SlipUsed)),
        }
    }
    assert_eq!(granted, 1);
}

async fn many_identical_requests_at_once_get_the_same_bytes(database: Database) {
    let (wave, pupil) = small_class(database).await;
    let (slip, pending) = (wave.slip(0, 0), pupil.pending().to_bytes());
    let asking = (0..50).map(|_| {
        let (pupil, pending) = (pupil.clone(), pending.clone());
        tokio::spawn(async move {
            let pending = protocol::PendingToken::from_bytes(&pending).unwrap();
            pupil.ask(&slip, &pending).await
        })
    });
    let asking: Vec<_> = asking.collect();
    let mut replies = Vec::new();
    for asked in asking {
        replies.push(asked.await.unwrap().unwrap());
    }
    assert!(replies.iter().all(|reply| *reply == replies[0]));
}

async fn a_slip_works_only_while_the_class_session_is_open(database: Database) {
    let (wave, pupil) = small_class(database).await;
    let class = wave.classes[0].id;
    let token_from_before = pupil.token(&wave.slip(0, 0)).await;
    wave.coordinator.close_session(class).await;
    let closed = pupil.ask(&wave.slip(0, 1), &pupil.pending()).await;
    assert_eq!(closed.unwrap_err(), Refused(409, Refusal::SessionClosed));

    let late = tests::answers(&wave.survey, 0);
    let late = pupil.sealed(token_from_before, &wave.survey, &late);
    assert_eq!(pupil.send(&late).await, Ok(()), "the class session gates slips and nothing else");

    wave.coordinator.open_session(wave.id, class).await;
    pupil.token(&wave.slip(0, 1)).await;
}

async fn a_reprint_voids_unused_slips_and_no_used_one(database: Database) {
    let (wave, pupil) = small_class(database).await;
    let (used, unused, pending) = (wave.slip(0, 0), wave.slip(0, 1), pupil.pending());
    let evaluation = pupil.ask(&used, &pending).await.unwrap();
    let fresh = wave.coordinator.make_slips(wave.id, wave.classes[0].id).await;

    let voided = pupil.ask(&unused, &pupil.pending()).await;
    assert_eq!(voided.unwrap_err(), Refused(404, Refusal::UnknownSlip));
    assert_eq!(pupil.ask(&used, &pending).await.unwrap(), evaluation);
    pupil.token(&fresh[0]).await;
}

async fn slips_never_exceed_enrolment_and_a_tenth(database: Database) {
    let (wave, pupil) = small_class(database).await;
    let class = wave.classes[0].id;
    let mut slips = wave.classes[0].slips.clone();
    let mut seen = HashSet::new();
    for used in 0..=11 {
        assert_eq!(slips.len(), 11 - used, "after {used} slips were used");
        assert!(slips.iter().all(|slip| seen.insert(slip.to_string())), "a code was given twice");
        if let Some(slip) = slips.first() {
            pupil.token(slip).await;
        }
        slips = wave.coordinator.make_slips(wave.id, class).await;
    }
    assert_eq!(wave.server.database.count("slips").await, 11);
}

async fn a_code_that_is_on_no_slip_is_unknown(database: Database) {
    let (wave, pupil) = small_class(database).await;
    let guessed = SlipCode::random(wave.classes[0].part(), &mut OsRng);
    let asked = pupil.ask(&guessed, &pupil.pending()).await;
    assert_eq!(asked.unwrap_err(), Refused(404, Refusal::UnknownSlip));
    let other_class = SlipCode::random(protocol::ClassPart::random(&mut OsRng), &mut OsRng);
    let asked = pupil.ask(&other_class, &pupil.pending()).await;
    assert_eq!(asked.unwrap_err(), Refused(404, Refusal::UnknownSlip));
}
