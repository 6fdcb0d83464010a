//! Power cuts at every sync and at every reply, simulated: the disk has what was synced, and of what
//! was only written nothing or any part.

use crate::DEFINITION;
use crate::disk::{Disk, Unsynced};
use crate::synced::exchanges;
use crate::trace::{Call, of_ended, watch_all};
use rand::{SeedableRng, rngs::StdRng};
use std::collections::BTreeSet;
use std::path::PathBuf;
use tests::{
    ClassPlan, Column, Database, OpenWave, OwnDatabase, answers, at_full_size, senim_command,
};

const FILES: [&str; 2] = ["senim.sqlite", "senim.sqlite-wal"];
const SEED: u64 = 20261122;

/// Responses, so many that the journal is carried into the database's file meanwhile where that is
/// more than a few hundred; and from one moment at which the power is cut to the next.
fn size() -> (usize, usize) {
    if at_full_size() { (500, 1) } else { (300, 40) }
}

/// What a server did while pupils answered, over what files, and what they sent, in order.
struct Traced {
    calls: Vec<Call>,
    before: tempfile::TempDir,
    spent: Vec<String>,
}

impl Traced {
    async fn run(responses: usize) -> Self {
        let plan = [ClassPlan::of(responses as u32)];
        let mut wave = OpenWave::start(Database::Sqlite, DEFINITION, &plan).await;
        wave.server.stop();
        let before = tempfile::tempdir().unwrap();
        wave.server.database.copy(before.path()).await;
        let program = PathBuf::from(senim_command().get_program());
        let trace = watch_all(&mut wave.server, &program);
        wave.server.restart();
        let mut spent = Vec::new();
        for number in 0..responses {
            let (pupil, slip) = (wave.pupil(0), wave.slip(0, number));
            let token = pupil.token(&slip).await;
            let request = pupil.sealed(token, &wave.survey, &answers(&wave.survey, number));
            spent.push(request.value.spent().encode());
            pupil.send(&request).await.unwrap();
        }
        wave.server.stop();
        Self { calls: of_ended(&trace).await, before, spent }
    }

    /// Cuts the power at every `step`th moment, twice; how many responses that were acknowledged
    /// were lost, at most.
    async fn cut_power(&self, syncs: bool, step: usize) -> usize {
        let mut random = StdRng::seed_from_u64(SEED);
        let mut disk = Disk::with(self.before.path(), &FILES, syncs);
        let replies: BTreeSet<usize> =
            exchanges(&self.calls).iter().map(|(_, _, reply)| reply.begun).collect();
        assert_eq!(replies.len(), self.spent.len(), "not every response was seen");
        let carried = |call: &&Call| call.is_write() && call.target.ends_with(FILES[0]);
        let carried = self.calls.iter().find(carried).map(|call| call.ended);
        let in_time = carried.is_some_and(|end| replies.range(end..).next().is_some());
        assert!(in_time, "the journal was never carried over");
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

    /// How many of the first so many responses are not there after a power cut.
    async fn lost(&self, disk: &Disk, acknowledged: usize, random: &mut StdRng) -> usize {
        let mut lost = 0;
        // A disk that keeps any part without order can spoil every database.
        let after = [Unsynced::Lost, Unsynced::Some];
        for unsynced in after.iter().take(if disk.syncs { 2 } else { 1 }) {
            let directory = tempfile::tempdir().unwrap();
            disk.cut_power(directory.path(), unsynced, random);
            let database = OwnDatabase::create(Database::Sqlite, directory.path()).await;
            let sound = "select integrity_check from pragma_integrity_check";
            assert_eq!(database.text(sound).await, "ok");
            let half = "select cast((select count(*) from spent_values) -
                (select count(*) from envelopes) as text)";
            assert_eq!(database.text(half).await, "0", "something is half stored");
            let column = |name: &str| Column {
                name: name.to_owned(),
                kind: "text".to_owned(),
                nullable: false,
                key: 0,
            };
            let stored = database.rows("spent_values", &[column("spent")]).await;
            let stored: BTreeSet<String> = stored.into_iter().collect();
            let must = self.spent.iter().take(acknowledged);
            lost = lost.max(must.filter(|spent| !stored.contains(*spent)).count());
        }
        lost
    }
}

#[tokio::test]
async fn what_was_acknowledged_is_there_after_the_power_is_cut_at_any_moment() {
    let (responses, step) = size();
    let traced = Traced::run(responses).await;
    assert_eq!(traced.cut_power(true, step).await, 0);
    assert!(traced.cut_power(false, step).await > 0, "a disk that never syncs is not noticed");
}
