use std::time::Instant;
use tests::{OpenWave, answers};
use tokio::time::{sleep, sleep_until};

/// Every pupil of the wave, one after the other with the same pause, until then; the coordinator
/// looks at the class meanwhile, as its teacher does. How many have answered.
pub async fn answer(wave: &OpenWave, until: Instant) -> i64 {
    let pupils: usize = wave.classes.iter().map(|class| class.slips.len()).sum();
    let began = Instant::now();
    let pause = until.saturating_duration_since(began) / pupils as u32;
    let visitor = wave.coordinator.visitor();
    let mut number: u32 = 0;
    for (class, open) in wave.classes.iter().enumerate() {
        for slip in 0..open.slips.len() {
            sleep_until((began + pause * number).into()).await;
            wave.answer(class, slip, &answers(&wave.survey, number as usize)).await;
            number += 1;
            for page in ["session", "done"] {
                visitor.get(&format!("/classes/{}/{page}", open.id)).await.expect_success();
            }
        }
    }
    sleep(until.saturating_duration_since(Instant::now())).await;
    number.into()
}
