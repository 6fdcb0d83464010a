use super::DEFINITION;
use tests::{ClassPlan, Database, OpenWave, answers, on_both_databases};

on_both_databases! {
    an_acknowledged_response_is_there_after_a_power_cut,
    a_server_that_is_told_to_stop_finishes_and_starts_again,
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
