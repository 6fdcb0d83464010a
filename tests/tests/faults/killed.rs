use crate::chance::Chance;
use crate::jobs::Jobs;
use crate::load::{AT_ONCE, Load};
use crate::recount::{Acknowledged, Recount};
use crate::{ENROLMENT, Size, open_wave};
use tests::{Database, OpenWave, Server, on_both_databases};

on_both_databases! {
    what_is_acknowledged_is_released_whenever_server_and_jobs_are_killed,
}

async fn what_is_acknowledged_is_released_whenever_server_and_jobs_are_killed(database: Database) {
    let Size { classes, restarts, kills } = Size::wanted();
    let mut chance = Chance::new();
    let mut wave = open_wave(Server::start(database).await, classes).await;

    let acknowledged = kill_server(&mut wave, restarts, &mut chance).await;
    let responses = classes as i64 * i64::from(ENROLMENT);
    assert_eq!(acknowledged.len() as i64, responses);
    assert!(responses <= wave.server.database.count("slips").await);

    wave.close().await;
    let recount = Recount::of(&wave.survey, &acknowledged);
    let jobs = Jobs::new(&wave, responses);
    jobs.kill_tallies(kills, &recount, &mut chance).await;
    jobs.kill_release(kills, &mut chance).await;
}

/// While all pupils answer; what was acknowledged.
async fn kill_server(wave: &mut OpenWave, kills: usize, chance: &mut Chance) -> Vec<Acknowledged> {
    let (load, server) = (Load::start(wave), &mut wave.server);
    let mut lost_replies = 0;
    let round = async |number: usize| {
        server.kill();
        // Whoever else opens a SQLite file puts its journal in order: every second time that is
        // left to the server.
        if number.is_multiple_of(2) {
            let unheard = load.check(&server.database).await;
            assert!(unheard <= AT_ONCE, "{unheard} are stored that nobody sent");
            lost_replies += unheard;
        }
        server.restart();
        load.check(&server.database).await;
    };
    load.disturb(kills, chance, round).await;
    let unheard = load.unheard();
    assert!(unheard > 0, "no kill met a request");
    let acknowledged = load.end(&server.database).await;
    eprintln!(
        "{:?}: {} responses; server killed {kills} times, {unheard} requests sent again, \
         {lost_replies} responses found stored whose reply was lost",
        server.database.kind,
        acknowledged.len(),
    );
    acknowledged
}
