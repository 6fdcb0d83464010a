use super::DEFINITION;
use std::time::Duration;
use tests::{ClassPlan, Database, OpenWave, answers, on_both_databases};
use tokio::time::timeout;

on_both_databases! {
    an_acknowledged_response_is_there_after_a_power_cut,
    a_server_that_is_told_to_stop_finishes_and_starts_again,
    a_tablet_that_goes_away_in_the_middle_leaves_no_transaction_open,
}

async fn an_acknowledged_response_is_there_after_a_power_cut(database: Database) {
    let mut wave = OpenWave::start(database, DEFINITION, &[ClassPlan::of(10)]).await;
    for slip in 0..5 {
        let pupil = wave.pupil(0);
        let token = pupil.token(&wave.slip(0, slip)).await;
        let request = pupil.sealed(token, &wave.survey, &answers(&wave.survey, slip));
        assert_eq!(pupil.send(&request).await, Ok(()));
        wave.server.kill();
        wave.server.restart();
        assert_eq!(wave.stored().await, slip as i64 + 1);
        assert_eq!(pupil.send(&request).await, Ok(()), "the retry is not answered the same");
        assert_eq!(wave.stored().await, slip as i64 + 1);
    }
    wave.close().await;
    let tallies = wave.with_key("tallies").expect_success().stdout;
    assert!(tallies.contains("nation,nation,status,answered,5\n"), "{tallies}");
}

async fn a_server_that_is_told_to_stop_finishes_and_starts_again(database: Database) {
    let mut wave = OpenWave::start(database, DEFINITION, &[ClassPlan::of(10)]).await;
    wave.answer(0, 0, &answers(&wave.survey, 0)).await;
    wave.server.stop();
    assert!(wave.server.log().contains("stopped"));
    wave.server.restart();
    wave.answer(0, 1, &answers(&wave.survey, 1)).await;
    assert_eq!(wave.stored().await, 2);
}

/// A request that is dropped between `begin` and its reply would give its connection back inside a
/// transaction; PostgreSQL then warns the next one who begins on it.
async fn a_tablet_that_goes_away_in_the_middle_leaves_no_transaction_open(database: Database) {
    let wave = OpenWave::start(database, DEFINITION, &[ClassPlan::of(100)]).await;
    for (number, slip) in wave.classes[0].slips.iter().enumerate() {
        let pupil = wave.pupil(0);
        let pending = pupil.pending();
        let patience = Duration::from_micros(500 + 130 * (number as u64 % 40));
        let _ = timeout(patience, pupil.ask(slip, &pending)).await;
        let token = pupil.finish(&pending, &pupil.ask(slip, &pending).await.unwrap());
        let request = pupil.sealed(token, &wave.survey, &answers(&wave.survey, number));
        let _ = timeout(patience, pupil.send(&request)).await;
        assert_eq!(pupil.send(&request).await, Ok(()));
    }
    assert_eq!(wave.stored().await, wave.classes[0].slips.len() as i64);
    let log = wave.server.log();
    assert!(!log.contains("transaction in progress"), "{log}");
}
