//! What others need for the same, in turns with ours.

use crate::meters::Measurements;
use std::path::Path;
use std::process::Command;

/// A program that prints the milliseconds it took.
pub struct Peer {
    pub name: String,
    program: String,
    script: String,
}

impl Peer {
    pub fn all(arguments: &[String]) -> Vec<Self> {
        let peers = arguments.chunks_exact(3).map(|peer| Self {
            name: peer[0].clone(),
            program: peer[1].clone(),
            script: peer[2].clone(),
        });
        peers.collect()
    }

    pub fn run(&self, data: &Path) -> u64 {
        let output = Command::new(&self.program).arg(&self.script).arg(data).output();
        let output = output.unwrap_or_else(|error| panic!("{}: {error}", self.name));
        let said = String::from_utf8_lossy(&output.stdout);
        println!("{}: {}", self.name, said.trim());
        said.trim().parse().unwrap_or_else(|_| {
            panic!("{}: {}", self.name, String::from_utf8_lossy(&output.stderr))
        })
    }
}

/// Least and median of ours, of theirs, and of ours in percent of theirs.
pub fn compare(
    out: &mut Measurements,
    name: &str,
    ours: &[u64],
    peers: &[Peer],
    theirs: &[Vec<u64>],
) {
    let [least, median] = least_and_median(ours);
    out.add(&format!("{name} least"), least, "ms");
    out.add(&format!("{name} median"), median, "ms");
    for (peer, theirs) in peers.iter().zip(theirs) {
        let [their_least, their_median] = least_and_median(theirs);
        out.add(&format!("{} least", peer.name), their_least, "ms");
        out.add(&format!("{} median", peer.name), their_median, "ms");
        let ratio = |ours: u64, theirs: u64| ours * 100 / theirs.max(1);
        out.add(&format!("{name} of {} least", peer.name), ratio(least, their_least), "percent");
        out.add(&format!("{name} of {} median", peer.name), ratio(median, their_median), "percent");
    }
}

fn least_and_median(runs: &[u64]) -> [u64; 2] {
    let mut runs = runs.to_vec();
    runs.sort_unstable();
    [runs[0], runs[runs.len() / 2]]
}
