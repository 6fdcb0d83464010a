use crate::attacks::Scores;
use crate::drive::Build;
use crate::parts::{name, scores};
use crate::statistics::{Chances, P_OF_THREE};
use crate::table;
use std::path::Path;
use tests::{Database, Server, at_full_size, planted_binary, senim_binary};

/// Waves and classes of each: pieces, so that a broken-off proof goes on where it was.
fn size() -> (u64, usize) {
    if at_full_size() { (5, 256) } else { (1, 40) }
}
/// What the large size is for.
const TARGETS_OF_A_PROOF: usize = 2_000;

/// Under z = 3 after Bonferroni over all rows of both databases.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_is_linked_better_than_by_chance() {
    let (waves, classes) = size();
    let run = |database| tokio::spawn(scores(database, Build::Shipped, waves, classes));
    let running = Database::BOTH.map(|database| (database, run(database)));
    let mut done: Vec<(&str, Scores)> = Vec::new();
    for (database, running) in running {
        done.push((name(database), running.await.unwrap()));
    }
    let rows: usize = done.iter().map(|(_, scores)| scores.0.len()).sum();
    let mut chances = Chances::default();
    let mut linked = Vec::new();
    for (database, scores) in &done {
        table::write(database, Build::Shipped.name(), scores);
        for ((adversary, stratum), score) in &scores.0 {
            if chances.p(score) * (rows as f64) < P_OF_THREE {
                linked.push(format!("{database} {adversary}, {}: z {}", stratum.name(), score.z()));
            }
            let enough = !at_full_size() || score.targets() >= TARGETS_OF_A_PROOF;
            assert!(enough, "{adversary}, {}: {} targets", stratum.name(), score.targets());
        }
    }
    assert!(linked.is_empty(), "of {rows} rows:\n{}", linked.join("\n"));
}

/// What the leaks are called, in the program itself.
const MARKS: [&str; 3] = ["planted leak in this program", "SENIM_PLANTED", "last_envelope"];

#[test]
fn the_shipped_program_has_no_planted_leak() {
    assert_eq!(marks_in(&senim_binary()), [""; 0]);
    assert_eq!(marks_in(&planted_binary()), MARKS, "the marks would not be found");
}

fn marks_in(program: &Path) -> Vec<&'static str> {
    let program = std::fs::read(program).unwrap();
    let has = |mark: &&str| program.windows(mark.len()).any(|bytes| bytes == mark.as_bytes());
    MARKS.into_iter().filter(has).collect()
}

#[tokio::test]
async fn the_shipped_program_cannot_be_told_to_leak() {
    let told = [("SENIM_PLANTED", "sequential_id"), ("SENIM_LOG", "trace")];
    let shipped = Server::start_with(Database::Sqlite, &told).await;
    assert!(!shipped.log().contains("planted"), "{}", shipped.log());
    let told = [("SENIM_PLANTED", "timestamp")];
    let planted = Server::start_program(Database::Sqlite, Some(planted_binary()), &told).await;
    assert!(planted.log().contains("planted leak in this program"), "{}", planted.log());
    let columns = |tables: std::collections::BTreeMap<String, Vec<tests::Column>>| {
        tables["envelopes"].iter().map(|column| column.name.clone()).collect::<Vec<_>>()
    };
    let of_shipped = columns(shipped.database.tables().await);
    let mut of_planted = columns(planted.database.tables().await);
    assert_eq!(of_planted.pop().as_deref(), Some("stored_at"));
    assert_eq!(of_planted, of_shipped);
}
