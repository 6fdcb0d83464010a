//! Tablets that nobody has used yet.

use crate::pupil::{Manner, Tablet};
use crate::seen::Seen;
use tests::{Browser, ClassPlan, Database, OpenWave, Recorder};

#[tokio::test]
async fn a_fresh_tablet_loads_the_same_files_whatever_its_first_pupil_does() {
    for definition in ["senim_pupil_senior", "senim_pupil_junior"] {
        let wave = OpenWave::start(Database::Sqlite, definition, &[ClassPlan::of(12)]).await;
        let expected = first_pupil(&wave, 0, Manner::ANSWERS).await;
        assert!(expected.files.len() > 10, "{expected}");
        let others = [Manner::REFUSES, Manner::SKIPS, Manner::STOPS_LATE];
        for (slip, manner) in (1..).zip(others) {
            let seen = first_pupil(&wave, slip, manner).await;
            seen.assert_equals(&expected, &format!("{definition}, {manner:?}"));
        }
    }
}

/// A fresh browser until it keeps everything, as the network sees it.
async fn first_pupil(wave: &OpenWave, slip: usize, manner: Manner) -> Seen {
    let recorder = Recorder::before(&wave.server).await;
    let browser = Browser::open().await;
    let tablet = Tablet { wave, recorder: &recorder, browser: &browser };
    tablet.open().await;
    // A code that is typed faster than the questions come loads them twice.
    tablet.has_questions().await;
    tablet.enter(slip, None).await;
    tablet.walk(manner, slip).await;
    browser.wait_until_kept().await;
    Seen::in_any_order(&recorder.exchanges())
}
