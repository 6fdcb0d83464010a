//! Power cuts at every sync and at every reply, simulated: the disk has what was synced, and of what
//! was only written nothing or any part.

mod before;

use crate::DEFINITION;
use crate::disk::{Disk, Unsynced};
use crate::synced::exchanges;
use crate::trace::{Attached, Call, of_ended, watch_all};
use before::Before;
use rand::{SeedableRng, rngs::StdRng};
use std::collections::BTreeSet;
use std::path::PathBuf;
use tests::{
    ClassPlan, Column, Database, OpenWave, OwnDatabase, OwnPostgres, Server, answers, at_full_size,
    senim_command,
};

const SEED: u64 = 20261122;

/// Responses, and from one moment at which the power is cut to the next.
struct Size {
    responses: usize,
    step: usize,
}

/// What a server and its database did while pupils answered, over what files, and what they sent,
/// in order.
struct Traced {
    calls: Vec<Call>,
    before: Before,
    spent: Vec<String>,
}

impl Traced {
    async fn on_sqlite(responses: usize) -> Self {
        let plan = [ClassPlan::of(responses as u32)];
        let mut wave = OpenWave::start(Database::Sqlite, DEFINITION, &plan).await;
        wave.server.stop();
        let before = Before::of_sqlite(&wave.server.database).await;
        let program = PathBuf::from(senim_command().get_program());
        let trace = watch_all(&mut wave.server, &program);
        wave.server.restart();
        let spent = send(&wave, responses).await;
        wave.server.stop();
        Self { calls: of_ended(&trace).await, before, spent }
    }

    async fn on_postgres(responses: usize) -> Self {
        let (directory, of_postgres) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let postgres = OwnPostgres::start_in(of_postgres.path()).await;
        let database = OwnDatabase::on_postgres(&postgres.url(), directory.path()).await;
        let server = Server::start_over(directory, database, None, &[]);
        let plan = [ClassPlan::of(responses as u32)];
        let wave = OpenWave::start_on(server, DEFINITION, &plan).await;
        let database = &wave.server.database;
        // All of the run fits into one file of the journal, and no data is on the disk but by it.
        database.execute("select cast(pg_switch_wal() as text)").await;
        database.execute("checkpoint").await;
        let mut watched = database.server_processes().await;
        watched.push(wave.server.process_id());
        let trace = Attached::to_all(&watched, wave.server.path().join("trace"));
        // What is written between the two is in the copy and in the trace, which does no harm.
        let before = Before::of_postgres(&postgres, database).await;
        let spent = send(&wave, responses).await;
        Self { calls: trace.end().await, before, spent }
    }

    /// Cuts the power at every `step`th moment, twice; how many responses that were acknowledged
    /// were lost, at most.
    async fn cut_power(&self, syncs: bool, step: usize) -> usize {
        let mut random = StdRng::seed_from_u64(SEED);
        let mut disk = self.before.disk(syncs);
        let replies = self.replies();
        assert_eq!(replies.len(), self.spent.len(), "not every response was seen");
        let mut calls: Vec<&Call> = self.calls.iter().collect();
        calls.sort_by_key(|call| call.ended);
        let (mut moments, mut cuts, mut lost) = (0, 0, 0);
        for call in calls {
            let synced = disk.carry_out(call);
            let acknowledged = replies.range(..=call.ended).count();
            if synced || replies.contains(&call.begun) {
                moments += 1;
                if moments % step == 0 {
                    cuts += 1;
                    lost = lost.max(self.lost(&disk, acknowledged, &mut random).await);
                }
            }
        }
        assert!(cuts > 5, "{cuts} moments");
        eprintln!("power cut at {cuts} of {moments} moments, {lost} lost");
        lost
    }

    /// When each response began to be acknowledged.
    fn replies(&self) -> BTreeSet<usize> {
        exchanges(&self.calls).iter().map(|(_, _, reply)| reply.begun).collect()
    }

    /// How many of the first so many responses are not there after a power cut.
    async fn lost(&self, disk: &Disk, acknowledged: usize, random: &mut StdRng) -> usize {
        let mut lost = 0;
        // A disk that keeps any part without order can spoil every database.
        let after = [Unsynced::Lost, Unsynced::Some];
        for unsynced in after.iter().take(if disk.syncs { 2 } else { 1 }) {
            let cut = self.before.cut_power(disk, unsynced, random).await;
            let half = "select cast((select count(*) from spent_values) -
                (select count(*) from envelopes) as text)";
            assert_eq!(cut.database.text(half).await, "0", "something is half stored");
            let (name, kind) = ("spent".to_owned(), "text".to_owned());
            let column = Column { name, kind, nullable: false, key: 0 };
            let stored = cut.database.rows("spent_values", &[column]).await;
            let stored: BTreeSet<String> = stored.into_iter().collect();
            let must = self.spent.iter().take(acknowledged);
            lost = lost.max(must.filter(|spent| !stored.contains(*spent)).count());
        }
        lost
    }
}

/// Answers of so many pupils, one after the other; what each of them spent.
async fn send(wave: &OpenWave, responses: usize) -> Vec<String> {
    let mut spent = Vec::new();
    for number in 0..responses {
        let (pupil, slip) = (wave.pupil(0), wave.slip(0, number));
        let token = pupil.token(&slip).await;
        let request = pupil.sealed(token, &wave.survey, &answers(&wave.survey, number));
        spent.push(request.value.spent().encode());
        pupil.send(&request).await.unwrap();
    }
    spent
}

#[tokio::test]
async fn what_sqlite_acknowledged_is_there_after_the_power_is_cut_at_any_moment() {
    // So many that the journal is carried into the database's file meanwhile.
    let size = Size { responses: 300, step: 40 };
    let full = Size { responses: 500, step: 1 };
    let Size { responses, step } = if at_full_size() { full } else { size };
    let traced = Traced::on_sqlite(responses).await;
    let carried = |call: &&Call| call.is_write() && call.target.ends_with("senim.sqlite");
    let carried = traced.calls.iter().find(carried).map(|call| call.ended);
    let in_time = carried.is_some_and(|end| traced.replies().range(end..).next().is_some());
    assert!(in_time, "the journal was never carried over");
    assert_eq!(traced.cut_power(true, step).await, 0);
    assert!(traced.cut_power(false, step).await > 0, "a disk that never syncs is not noticed");
}

#[tokio::test]
async fn what_postgres_acknowledged_is_there_after_the_power_is_cut_at_any_moment() {
    let (size, full) = (Size { responses: 40, step: 20 }, Size { responses: 60, step: 1 });
    let Size { responses, step } = if at_full_size() { full } else { size };
    let traced = Traced::on_postgres(responses).await;
    assert_eq!(traced.cut_power(true, step).await, 0);
    // Without syncs there are no moments but the replies.
    assert!(
        traced.cut_power(false, step.min(5)).await > 0,
        "a disk that never syncs is not noticed"
    );
}
