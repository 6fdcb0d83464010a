//! A whole class whose network goes and comes back.

use crate::{close, queued, send_without_network};
use tests::{
    Browser, ClassPlan, Database, OpenWave, Settings, at_full_size, kazakh, on_both_databases,
    wait_until,
};

const TABLETS: usize = 6;
/// As many as a lesson has.
const TABLETS_OF_A_CLASS: usize = 24;

on_both_databases! {
    tablets_that_lose_the_network_at_once_lose_and_double_nothing,
}

async fn tablets_that_lose_the_network_at_once_lose_and_double_nothing(database: Database) {
    let number = if at_full_size() { TABLETS_OF_A_CLASS } else { TABLETS };
    let classes = [ClassPlan::of(number as u32)];
    let mut wave = OpenWave::start(database, "senim_pupil_junior", &classes).await;
    let tablets = Browser::open_many(number, Settings::default()).await;
    for (slip, tablet) in tablets.iter().enumerate() {
        tablet.enter(&wave.class_link(0), &wave.slip(0, slip)).await;
        let total = tablet.reach(1).await;
        // Each somewhere else.
        tablet.answer_until(2 + slip % (total - 2), slip).await;
    }
    wave.server.kill();
    for (slip, tablet) in tablets.iter().enumerate() {
        send_without_network(tablet, slip).await;
        assert_eq!(queued(tablet).await, 1);
    }
    assert_eq!(wave.stored().await, 0);
    wave.server.restart();
    for tablet in &tablets {
        tablet.wait_for_text(&kazakh("pupil", "sent")).await;
        let empty = async || (queued(tablet).await == 0).then_some(());
        wait_until("an empty queue", 60, empty).await;
    }
    assert_eq!(wave.stored().await, number as i64);
    assert_eq!(wave.server.database.count("spent_values").await, number as i64);
    for tablet in tablets {
        close(tablet).await;
    }
}
