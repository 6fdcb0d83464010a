//! A database that goes away and comes back while pupils answer. SQLite has no server that could.

use crate::chance::Chance;
use crate::load::Load;
use crate::recount::Recount;
use crate::{Size, open_wave};
use std::time::Duration;
use tests::{Database, OwnDatabase, OwnPostgres, Server};
use tokio::time::sleep;

#[tokio::test]
async fn the_server_goes_on_when_its_database_was_restarted() {
    let Size { classes, kills, .. } = Size::wanted();
    let (directory, of_postgres) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let postgres = OwnPostgres::start_in(of_postgres.path()).await;
    let database = OwnDatabase::on_postgres(&postgres.url(), directory.path()).await;
    let wave = open_wave(Server::start_over(directory, database, None, &[]), classes).await;
    let database = &wave.server.database;

    let load = Load::start(&wave);
    let restart = async |_: usize| {
        postgres.restart_at_once();
        load.check(database).await;
    };
    load.disturb(kills, &mut Chance::new(), restart).await;
    let refused = load.refused();
    assert!(refused > 0, "no restart met a request");
    assert_eq!(load.unheard(), 0, "the server did not answer");
    let acknowledged = load.end(database).await;
    eprintln!("database restarted {kills} times, {refused} requests refused and sent again");

    // A connection that was used within the last second is taken to be alive.
    sleep(Duration::from_secs(2)).await;
    wave.close().await;
    let tallies = wave.with_key("tallies").expect_success().stdout;
    assert_eq!(Recount::read(&tallies), Recount::of(&wave.survey, &acknowledged));
    assert_eq!(database.kind, Database::Postgres);
}
