//! However often slips are printed again, and whatever is used meanwhile.

use super::DEFINITION;
use protocol::{Refusal, SlipCode};
use std::sync::{Arc, Mutex};
use tests::{ClassPlan, Database, OpenWave, Refused, on_both_databases};

on_both_databases! { reprints_during_a_lesson_give_no_more_tokens_than_enrolment_and_a_tenth }

const ALLOWED: usize = 22;

async fn reprints_during_a_lesson_give_no_more_tokens_than_enrolment_and_a_tenth(
    database: Database,
) {
    let wave = Arc::new(OpenWave::start(database, DEFINITION, &[ClassPlan::of(20)]).await);
    let printed = Arc::new(Mutex::new(wave.classes[0].slips.clone()));
    let printing = (0..3).map(|number| {
        let (wave, printed) = (wave.clone(), printed.clone());
        tokio::spawn(async move {
            // Three slips of the first print and of each later one, while others print.
            let mut newest = wave.classes[0].slips[3 * number..].to_vec();
            let mut granted = 0;
            for _ in 0..6 {
                newest.truncate(3);
                granted += use_all(&wave, newest).await;
                newest = wave.coordinator.make_slips(wave.id, wave.classes[0].id).await;
                printed.lock().unwrap().extend(newest.clone());
            }
            granted
        })
    });
    let printing: Vec<_> = printing.collect();
    let mut granted = 0;
    for one in printing {
        granted += one.await.unwrap();
    }
    println!("{granted} of {ALLOWED} tokens while slips were printed");
    assert!((1..=ALLOWED).contains(&granted), "{granted} during the prints");
    let slips = printed.lock().unwrap().clone();
    assert!(slips.len() > ALLOWED, "nothing was printed again");
    granted += use_all(&wave, slips.clone()).await;
    let last = wave.coordinator.make_slips(wave.id, wave.classes[0].id).await;
    granted += use_all(&wave, last).await;
    assert_eq!(granted, ALLOWED, "of {} slips", slips.len());
    assert_eq!(wave.server.database.count("slips").await, ALLOWED as i64);
    assert_eq!(wave.coordinator.make_slips(wave.id, wave.classes[0].id).await, []);
}

/// Presents them all at once; how many tokens that buys.
async fn use_all(wave: &OpenWave, slips: Vec<SlipCode>) -> usize {
    let asking = slips.into_iter().map(|slip| {
        let pupil = wave.pupil(0);
        tokio::spawn(async move { pupil.ask(&slip, &pupil.pending()).await })
    });
    let asking: Vec<_> = asking.collect();
    let mut granted = 0;
    for asked in asking {
        match asked.await.unwrap() {
            Ok(_) => granted += 1,
            Err(Refused(_, reason)) => {
                assert!([Refusal::SlipUsed, Refusal::UnknownSlip].contains(&reason), "{reason:?}");
            }
        }
    }
    granted
}
