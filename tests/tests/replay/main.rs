//! Real answers through the whole product: nothing lost, nothing doubled, every count exact,
//! whatever is killed on the way.

mod counts;
mod data;
mod released;
mod run;

use counts::Counts;
use data::Rows;
use run::Run;
use tests::{Database, on_both_databases};

on_both_databases! {
    a_replay_is_counted_exactly_and_published_within_its_bands,
    nothing_is_lost_or_doubled_when_the_server_is_killed,
    nothing_is_lost_or_doubled_when_the_replay_is_killed,
}

async fn a_replay_is_counted_exactly_and_published_within_its_bands(database: Database) {
    let rows = Rows::wanted();
    let mut run = Run::start(database, &rows).await;
    run.replay().expect_success();
    run.check(&rows).await;
}

async fn nothing_is_lost_or_doubled_when_the_server_is_killed(database: Database) {
    let rows = Rows::wanted();
    let mut run = Run::start(database, &rows).await;
    for share in rows.kills() {
        run.replay_and_kill_at(rows.len() * share / 100).await;
    }
    run.replay().expect_success();
    run.check(&rows).await;
}

async fn nothing_is_lost_or_doubled_when_the_replay_is_killed(database: Database) {
    let rows = Rows::wanted();
    let mut run = Run::start(database, &rows).await;
    for share in rows.kills() {
        run.kill_the_replay_at(rows.len() * share / 100).await;
    }
    run.replay().expect_success();
    run.check(&rows).await;
}

/// The recount that the tests above rely on, against the script's.
#[test]
fn the_recount_equals_the_reference_script() {
    let recount = Counts::of(&Rows::all());
    let reference = Counts::read(include_str!("../../reference/yrbs_counts.csv"));
    assert_eq!(recount.n("nation", "nation", "q23", "1"), 2703);
    assert_eq!(recount.valid("nation", "nation", "q23"), 13447);
    assert_eq!(recount.groups("school").len(), 53);
    assert_eq!(recount.groups("class").len(), 267);
    assert_eq!(recount.only(&["nation", "school"]), reference);
}
