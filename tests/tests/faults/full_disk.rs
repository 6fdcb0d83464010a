//! A disk without room: pupils are told to try again, nothing is half stored, and as soon as there
//! is room everything goes on, without anybody having to do anything to the server.

use crate::load::Load;
use crate::open_wave;
use crate::recount::Recount;
use std::time::Duration;
use tests::{Database, OpenWave, OwnDatabase, OwnPostgres, Server, SmallDisk, User, wait_until};
use tokio::time::sleep;

const CLASSES: usize = 12;
/// Refusals that are waited for.
const REFUSED: usize = 60;

#[tokio::test]
async fn sqlite_refuses_while_its_disk_is_full_and_goes_on_when_there_is_room() {
    let directory = tempfile::tempdir().unwrap();
    let disk = SmallDisk::new(16, User::own());
    let url = format!("sqlite://{}", disk.path().join("senim.sqlite").display());
    let database = OwnDatabase::at(Database::Sqlite, url, &disk.from_outside());
    let program = disk.senim(directory.path());
    let mut wave =
        open_wave(Server::start_over(directory, database, Some(program), &[]), CLASSES).await;
    let load = Load::start(&wave);
    fill(&disk, &load).await;
    disk.free();

    load.wait_for(CLASSES * crate::ENROLMENT as usize).await;
    // SQLite finds files of the small disk in its own namespace only, so a copy is looked at.
    wave.server.stop();
    let copies = tempfile::tempdir().unwrap();
    let copy = wave.server.database.copy(copies.path()).await;
    assert_eq!(copy.text("select integrity_check from pragma_integrity_check").await, "ok");
    let acknowledged = load.end(&copy).await;
    wave.server.restart();
    all_is_counted(&wave, &Recount::of(&wave.survey, &acknowledged)).await;
}

#[tokio::test]
async fn postgres_without_room_is_waited_for_and_nothing_is_half_stored() {
    let directory = tempfile::tempdir().unwrap();
    let disk = SmallDisk::new(128, OwnPostgres::user().await);
    let postgres = OwnPostgres::start_in(&disk.from_outside()).await;
    let database = OwnDatabase::on_postgres(&postgres.url(), directory.path()).await;
    let wave = open_wave(Server::start_over(directory, database, None, &[]), CLASSES).await;
    let load = Load::start(&wave);
    fill(&disk, &load).await;
    disk.free();
    // Without room for its journal it ends, and it is for its operator to start it again.
    if !postgres.is_running() {
        eprintln!("PostgreSQL gave up:\n{}", postgres.log());
        postgres.start();
    }
    let acknowledged = load.end(&wave.server.database).await;
    all_is_counted(&wave, &Recount::of(&wave.survey, &acknowledged)).await;
}

/// Takes all the room while pupils answer, and waits until they are refused and nothing is stored
/// any more.
async fn fill(disk: &SmallDisk, load: &Load) {
    load.wait_for(CLASSES * crate::ENROLMENT as usize / 4).await;
    disk.fill();
    let before = load.refused();
    let refused = async || (load.refused() >= before + REFUSED).then_some(());
    wait_until("requests refused for want of room", 60, refused).await;
    sleep(Duration::from_secs(1)).await;
    assert_eq!(load.unheard(), 0, "the server did not answer");
    eprintln!("{} refused, {} acknowledged", load.refused(), load.acknowledged());
}

async fn all_is_counted(wave: &OpenWave, recount: &Recount) {
    wave.close().await;
    let tallies = wave.with_key("tallies").expect_success().stdout;
    assert_eq!(Recount::read(&tallies), *recount);
}
