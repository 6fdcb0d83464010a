use crate::run::{ENROLMENT, Run, Size};
use tests::{ClassPlan, Database, OpenWave, on_both_databases};

/// Pupils of a class, who press "send" in the same second.
const CLASS: usize = 24;

on_both_databases! {
    of_many_pupils_at_once,
    of_a_class_that_sends_in_the_same_second,
}

async fn of_many_pupils_at_once(database: Database) {
    let size = Size::wanted();
    let wave = open(size, database).await;
    Run::of(&wave, &[&wave.server]).go("", size).await;
}

/// Behind one address: a school has one.
async fn of_a_class_that_sends_in_the_same_second(database: Database) {
    let size = Size { at_once: CLASS, journeys: CLASS * Size::wanted().classes() };
    let wave = open(size, database).await;
    Run::of(&wave, &[&wave.server]).together().go("class_at_once_", size).await;
}

/// The same journeys on one server of two and on both.
#[tokio::test]
async fn on_two_servers_with_one_database() {
    let size = Size::wanted();
    for (name, used) in [("one_of_two_servers_", 1), ("two_servers_", 2)] {
        let wave = open(size, Database::Postgres).await;
        let other = wave.server.beside();
        let servers = [&wave.server, &other];
        Run::of(&wave, &servers[..used]).go(name, size).await;
    }
}

async fn open(size: Size, database: Database) -> OpenWave {
    let plans = vec![ClassPlan::of(ENROLMENT as u32); size.classes()];
    OpenWave::start(database, "senim_pupil_senior", &plans).await
}
