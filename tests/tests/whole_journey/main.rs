//! A country from nothing to its first results, by the screens that people have: the operator makes
//! a region, officers and a coordinator take printed invitations, classes come from a table with
//! mistakes, slips are printed, a class answers, the ministry releases, and every number that
//! anybody then sees is a published cell.

mod country;
mod desk;
mod lesson;
mod neighbours;
mod results;
mod school;
mod wave;

use desk::Desk;
use tests::{Database, Server};

/// No holiday is near, whenever the test runs.
const CALENDAR: &str = r#"{ "title": { "kk": "", "ru": "", "en": "" }, "holidays": [] }"#;

#[tokio::test]
async fn a_country_is_set_up_answers_and_reads_its_results() {
    let calendar = format!("{}/whole_journey.json", env!("CARGO_TARGET_TMPDIR"));
    std::fs::write(&calendar, CALENDAR).unwrap();
    let settings = [("SENIM_SCHOOL_CALENDAR", calendar.as_str())];
    let server = Server::start_with(Database::Sqlite, &settings).await;
    let mut desk = Desk::of(&server).await;
    country::operator_begins(&mut desk).await;
    country::region_makes_a_district(&mut desk).await;
    country::district_makes_a_school(&mut desk).await;
    school::coordinator_brings_classes_in(&mut desk).await;
    school::teacher_takes_the_printed_invitation(&mut desk).await;
    let neighbours = neighbours::make(&mut desk).await;
    let wave = wave::ministry_opens(&mut desk).await;
    let class = lesson::slips_are_printed(&mut desk).await;
    lesson::class_answers(&mut desk, &class).await;
    neighbours.answer(&wave).await;
    wave::ministry_releases(&mut desk, &wave).await;
    results::everybody_reads(&mut desk).await;
    desk.browser.close().await;
}
