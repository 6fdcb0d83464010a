use super::DEFINITION;
use protocol::Refusal;
use survey_definitions::Response;
use tests::{ClassPlan, Database, OpenWave, Refused, answers, on_both_databases, wait_until};

on_both_databases! {
    a_pupil_answers_and_the_release_counts_it,
    a_declined_response_has_the_length_of_an_answered_one,
    many_identical_responses_at_once_are_stored_once,
    a_whole_class_at_once_loses_nothing,
    an_envelope_of_another_length_is_refused,
    a_closed_wave_takes_no_response,
    what_is_acknowledged_while_the_wave_closes_is_counted,
}

async fn a_pupil_answers_and_the_release_counts_it(database: Database) {
    let wave = OpenWave::start(database, DEFINITION, &[ClassPlan::of(10)]).await;
    wave.answer(0, 0, &answers(&wave.survey, 0)).await;
    wave.answer(0, 1, &Response::Declined).await;
    wave.close().await;
    let tallies = wave.with_key("tallies").expect_success().stdout;
    let code = &wave.classes[0].code;
    for line in [
        "nation,nation,status,answered,1".to_owned(),
        "nation,nation,status,declined,1".to_owned(),
        format!("class,{code},status,answered,1"),
    ] {
        assert!(tallies.lines().any(|found| found == line), "{line} is not in\n{tallies}");
    }
}

async fn a_declined_response_has_the_length_of_an_answered_one(database: Database) {
    let wave = OpenWave::start(database, DEFINITION, &[ClassPlan::of(10)]).await;
    let pupil = wave.pupil(0);
    let mut lengths = Vec::new();
    for (slip, response) in
        [answers(&wave.survey, 0), answers(&wave.survey, 3), Response::Declined].iter().enumerate()
    {
        let token = pupil.token(&wave.slip(0, slip)).await;
        let request = pupil.sealed(token, &wave.survey, response);
        lengths.push(serde_json::to_vec(&request).unwrap().len());
        assert_eq!(pupil.send(&request).await, Ok(()));
    }
    assert!(lengths.iter().all(|length| *length == lengths[0]), "{lengths:?}");
}

async fn many_identical_responses_at_once_are_stored_once(database: Database) {
    let wave = OpenWave::start(database, DEFINITION, &[ClassPlan::of(10)]).await;
    let pupil = wave.pupil(0);
    let token = pupil.token(&wave.slip(0, 0)).await;
    let sending = (0..50).map(|choice| {
        let pupil = pupil.clone();
        let request = pupil.sealed(token, &wave.survey, &answers(&wave.survey, choice % 2));
        tokio::spawn(async move { pupil.send(&request).await })
    });
    let sending: Vec<_> = sending.collect();
    for sent in sending {
        assert_eq!(sent.await.unwrap(), Ok(()));
    }
    assert_eq!(wave.stored().await, 1);
    assert_eq!(wave.server.database.count("spent_values").await, 1);
}

async fn a_whole_class_at_once_loses_nothing(database: Database) {
    let wave = OpenWave::start(database, DEFINITION, &[ClassPlan::of(40)]).await;
    let answering = wave.classes[0].slips.iter().enumerate().map(|(number, slip)| {
        let (pupil, slip, survey) = (wave.pupil(0), *slip, wave.survey.clone());
        let response = answers(&survey, number);
        tokio::spawn(async move { pupil.answer(&slip, &survey, &response).await })
    });
    let answering: Vec<_> = answering.collect();
    assert_eq!(answering.len(), 44);
    for answered in answering {
        answered.await.unwrap();
    }
    assert_eq!(wave.stored().await, 44);
}

async fn an_envelope_of_another_length_is_refused(database: Database) {
    let wave = OpenWave::start(database, DEFINITION, &[ClassPlan::of(10)]).await;
    let pupil = wave.pupil(0);
    let token = pupil.token(&wave.slip(0, 0)).await;
    let right = pupil.sealed(token, &wave.survey, &answers(&wave.survey, 0));
    let length = pupil.lesson.packed_length;
    for other in [0, 1, length - 1, length + 1, 2 * length] {
        let mut request = right.clone();
        request.envelope = pupil.seal(&vec![0; other]);
        assert_eq!(pupil.send(&request).await, Err(Refused(400, Refusal::EnvelopeLength)));
    }
    let mut not_base64 = right.clone();
    not_base64.envelope = "*".repeat(right.envelope.len());
    assert_eq!(pupil.send(&not_base64).await, Err(Refused(400, Refusal::Unreadable)));
    assert_eq!(wave.stored().await, 0);
    assert_eq!(pupil.send(&right).await, Ok(()), "a refusal has spent the token");
}

async fn a_closed_wave_takes_no_response(database: Database) {
    let wave = OpenWave::start(database, DEFINITION, &[ClassPlan::of(10)]).await;
    let pupil = wave.pupil(0);
    let token = pupil.token(&wave.slip(0, 0)).await;
    let late = pupil.sealed(token, &wave.survey, &answers(&wave.survey, 0));
    let token = pupil.token(&wave.slip(0, 2)).await;
    let early = pupil.sealed(token, &wave.survey, &answers(&wave.survey, 0));
    assert_eq!(pupil.send(&early).await, Ok(()));
    wave.close().await;
    assert_eq!(pupil.send(&late).await, Err(Refused(409, Refusal::IntakeEnded)));
    assert_eq!(pupil.send(&early).await, Ok(()), "what is stored is not said to be");
    assert!(pupil.ask(&wave.slip(0, 1), &pupil.pending()).await.is_err());
    assert_eq!(wave.stored().await, 1);
}

async fn what_is_acknowledged_while_the_wave_closes_is_counted(database: Database) {
    let wave = OpenWave::start(database, DEFINITION, &[ClassPlan::of(60)]).await;
    let pupil = wave.pupil(0);
    let mut requests = Vec::new();
    for (number, slip) in wave.classes[0].slips.iter().enumerate() {
        let token = pupil.token(slip).await;
        requests.push(pupil.sealed(token, &wave.survey, &answers(&wave.survey, number)));
    }
    let sending = requests.into_iter().map(|request| {
        let pupil = pupil.clone();
        tokio::spawn(async move { pupil.send(&request).await })
    });
    let sending: Vec<_> = sending.collect();
    wait_until("the first response", 20, async || (wave.stored().await > 0).then_some(())).await;
    wave.close().await;
    let tallies = wave.with_key("tallies").expect_success().stdout;
    let mut acknowledged = 0;
    for sent in sending {
        match sent.await.unwrap() {
            Ok(()) => acknowledged += 1,
            Err(refused) => assert_eq!(refused, Refused(409, Refusal::IntakeEnded)),
        }
    }
    assert_eq!(wave.stored().await, acknowledged);
    let line = format!("nation,nation,status,answered,{acknowledged}\n");
    assert!(tallies.contains(&line), "{acknowledged} were acknowledged\n{tallies}");
}
