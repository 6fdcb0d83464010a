//! A part of a run is one wave on one database with one build. In the large size a finished part
//! lies as a file in the target directory, under its size, its seed and the programs that it was
//! run with, and is not run again.

use crate::attacks::Scores;
use crate::drive::{self, Build};
use crate::plan::Stratum;
use crate::statistics::Score;
use sha2::{Digest, Sha256};
use std::path::PathBuf;
use std::sync::LazyLock;
use tests::{Database, at_full_size, planted_binary, senim_binary};

/// The first seed of every run; parts of one run count on from here.
const SEED: u64 = 20_260_901;

pub fn name(database: Database) -> &'static str {
    match database {
        Database::Sqlite => "sqlite",
        Database::Postgres => "postgres",
    }
}

/// So many waves of so many classes.
pub async fn scores(database: Database, build: Build, waves: u64, classes: usize) -> Scores {
    let mut all = Scores::default();
    for seed in SEED..SEED + waves {
        all.merge(&part(database, build, classes, seed).await);
    }
    all
}

async fn part(database: Database, build: Build, classes: usize, seed: u64) -> Scores {
    let part = format!("{}-{}-{classes}-{seed}", name(database), build.name());
    let file = at_full_size().then(|| file(&part));
    if let Some(scores) = file.as_ref().and_then(|file| std::fs::read_to_string(file).ok()) {
        println!("{part}: finished before");
        return read(&scores);
    }
    let start = std::time::Instant::now();
    let scores = Scores::of(&drive::wave(database, build, classes, seed).await, seed);
    println!("{part}: {:.0} s", start.elapsed().as_secs_f64());
    if let Some(file) = file {
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        let beside = file.with_extension("new");
        std::fs::write(&beside, written(&scores)).unwrap();
        std::fs::rename(beside, file).unwrap();
    }
    scores
}

fn file(part: &str) -> PathBuf {
    static PROGRAMS: LazyLock<String> = LazyLock::new(|| {
        let mut hash = Sha256::new();
        for program in [std::env::current_exe().unwrap(), senim_binary(), planted_binary()] {
            hash.update(std::fs::read(program).unwrap());
        }
        hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
    });
    let target = std::env::current_exe().unwrap().ancestors().nth(3).unwrap().to_owned();
    target.join("linker").join(format!("{part}-{}.csv", *PROGRAMS))
}

/// A line for each row: attack, stratum, hits, then each kind of group and how often it was.
fn written(scores: &Scores) -> String {
    let line = |((adversary, stratum), score): (&(String, Stratum), &Score)| {
        let groups = score.groups.iter().map(|((n, k), times)| format!(";{n};{k};{times}"));
        format!("{adversary};{};{}{}\n", stratum.name(), score.hits, groups.collect::<String>())
    };
    scores.0.iter().map(line).collect()
}

fn read(text: &str) -> Scores {
    let line = |line: &str| {
        let mut words = line.split(';');
        let mut next = || words.next().unwrap().to_owned();
        let (adversary, named) = (next(), next());
        let hits = next().parse().unwrap();
        let numbers: Vec<usize> = words.map(|word| word.parse().unwrap()).collect();
        let groups =
            numbers.chunks_exact(3).map(|group| ((group[0], group[1]), group[2])).collect();
        let stratum = Stratum::ALL.into_iter().find(|one| one.name() == named).unwrap();
        ((adversary, stratum), Score { hits, groups })
    };
    Scores(text.lines().map(line).collect())
}

mod tests_of_files {
    use super::{read, written};
    use crate::attacks::Scores;
    use crate::plan::Stratum;

    #[test]
    fn a_finished_part_is_read_as_it_was_written() {
        let mut scores = Scores::default();
        scores.add("release: id order", Stratum::Declined, (14, 2), 1);
        scores.add("release: id order", Stratum::Declined, (13, 1), 0);
        scores.add("operator: duration", Stratum::WholeClass, (2, 1), 1);
        assert_eq!(read(&written(&scores)), scores);
    }
}
