//! Wherever a connection breaks, the same request again gets what the first one bought.

use super::DEFINITION;
use protocol::TokenRequest;
use tests::{
    ClassPlan, Cut, Cutter, Database, OpenWave, Pupil, Visitor, answers, on_both_databases,
};

on_both_databases! { a_connection_that_breaks_anywhere_costs_nothing }

const CUTS: [Cut; 9] = [
    Cut::InRequest(0.0),
    Cut::InRequest(0.2),
    Cut::InRequest(0.6),
    Cut::InRequest(1.0),
    Cut::InReply(0.0),
    Cut::InReply(0.01),
    Cut::InReply(0.5),
    Cut::InReply(0.9),
    Cut::InReply(1.0),
];

async fn a_connection_that_breaks_anywhere_costs_nothing(database: Database) {
    let wave = OpenWave::start(database, DEFINITION, &[ClassPlan::of(20)]).await;
    let cutter = Cutter::before(&wave.server).await;
    let pupil = Pupil::with(Visitor::at(&cutter.url()), &wave.classes[0].lesson);
    for (number, cut) in CUTS.into_iter().enumerate() {
        let was_carried_out = matches!(cut, Cut::InReply(_));
        let (slip, pending) = (wave.slip(0, number), pupil.pending());
        let request = TokenRequest { slip: slip.to_string(), blinded: pending.blinded() };
        cutter.cut(cut);
        assert!(pupil.try_post("/c/token", &request).await.is_none(), "{cut:?} cuts nothing");
        assert_eq!(used_slips(&wave).await, number + usize::from(was_carried_out), "{cut:?}");
        let lost = was_carried_out.then(|| cutter.last_body());
        let again = pupil.post("/c/token", &request).await.expect_success();
        assert_eq!(lost.unwrap_or_else(|| again.text.clone()), again.text, "{cut:?}");
        assert_eq!(pupil.post("/c/token", &request).await.text, again.text, "{cut:?}");

        let token = pupil.finish(&pending, &again.json());
        let response = pupil.sealed(token, &wave.survey, &answers(&wave.survey, number));
        cutter.cut(cut);
        assert!(pupil.try_post("/c/response", &response).await.is_none(), "{cut:?} cuts nothing");
        assert_eq!(wave.stored().await, (number + usize::from(was_carried_out)) as i64, "{cut:?}");
        assert_eq!(pupil.send(&response).await, Ok(()), "{cut:?}");
        assert_eq!(wave.stored().await, number as i64 + 1, "{cut:?}");
        assert_eq!(wave.server.database.count("spent_values").await, number as i64 + 1, "{cut:?}");
    }
    wave.close().await;
    let tallies = wave.with_key("tallies").expect_success().stdout;
    let line = format!("nation,nation,status,answered,{}\n", CUTS.len());
    assert!(tallies.contains(&line), "{tallies}");
}

async fn used_slips(wave: &OpenWave) -> usize {
    let content = wave.server.database.content().await;
    content["slips"].iter().filter(|row| row.contains(" used ")).count()
}
