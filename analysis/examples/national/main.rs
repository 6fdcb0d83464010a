//! `cargo xtask bench national`: a wave of a whole country, from answers to a page. Peers do
//! their roll-ups in turns with ours.
//!
//! usage: national DIRECTORY [NAME PROGRAM SCRIPT]...
#![allow(clippy::print_stdout, clippy::print_stderr, clippy::panic, clippy::indexing_slicing)]

mod definition;
#[path = "../measuring/meters.rs"]
mod meters;
#[path = "../measuring/peer.rs"]
mod peer;
mod peers;
mod published;
mod wave;

use analysis::{Columns, MeasureCounts, ResponseRows, Tallies};
use meters::{Measurements, Meters};
use peer::{Peer, compare};
use rayon::prelude::{IntoParallelIterator, ParallelIterator};
use std::hint::black_box;
use std::path::PathBuf;
use wave::{NATIONAL, Wave};

/// Turns of ours and of each peer.
const RUNS: usize = 3;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let directory = PathBuf::from(arguments.next().unwrap_or_else(|| ".".to_owned()));
    let peers = Peer::all(&arguments.collect::<Vec<_>>());
    let mut out = Measurements::of("national");
    let wave = Wave::new(definition::survey(), NATIONAL);
    let data = directory.join("national.parquet");
    if !peers.is_empty() {
        peers::write_data(&wave, &data);
    }
    let columns = columns(&mut out, "ordered", &wave, 0..wave.len());
    let mut ours = Vec::new();
    let mut theirs: Vec<Vec<u64>> = vec![Vec::new(); peers.len()];
    let mut kept = None;
    for run in 0..RUNS {
        drop(kept.take());
        let (tallies, taken) = tallied(&mut out, &format!("run {}", run + 1), &wave, &columns);
        ours.push(taken);
        for (peer, theirs) in peers.iter().zip(&mut theirs) {
            theirs.push(peer.run(&data));
        }
        kept = Some(tallies);
    }
    drop(columns);
    compare(&mut out, "tallies", &ours, &peers, &theirs);
    let Some(tallies) = kept else { return };
    published::measure(&mut out, &wave, &tallies, &directory);
    let nation = of_the_nation(&tallies);
    drop(tallies);
    random(&mut out, &wave, &nation);
    out.write();
}

/// Columns as the release job makes them, row by row.
fn columns(
    out: &mut Measurements,
    name: &str,
    wave: &Wave,
    pupils: impl Iterator<Item = usize>,
) -> Columns {
    let mut rows = ResponseRows::new(&wave.survey, &wave.structure)
        .unwrap_or_else(|mistakes| panic!("{mistakes}"));
    let classes = wave.structure.classes();
    let meters = Meters::start();
    for pupil in pupils {
        let class = wave.class_of(pupil);
        rows.push(&classes[class].class, &wave.response(pupil, class));
    }
    out.stage(&format!("generate {name} rows"), meters.taken());
    let meters = Meters::start();
    let columns = rows.finish().unwrap_or_else(|mistakes| panic!("{mistakes}"));
    out.stage(&format!("{name} rows to columns by class"), meters.taken());
    columns
}

/// Everything that is ever counted, of every group: classes, and the sums of all above.
fn tallied(out: &mut Measurements, run: &str, wave: &Wave, columns: &Columns) -> (Tallies, u64) {
    let meters = Meters::start();
    let tallies = Tallies::of(&wave.survey, &wave.structure, columns)
        .unwrap_or_else(|error| panic!("{error}"));
    (0..wave.survey.indicators.len()).into_par_iter().for_each(|indicator| {
        black_box(tallies.measure_counts(indicator));
        black_box(tallies.cross_products(indicator));
    });
    let taken = meters.taken();
    out.stage(&format!("tallies {run}"), taken);
    (tallies, taken.wall_ms)
}

/// The same pupils in an order that mixes all classes.
fn random(out: &mut Measurements, wave: &Wave, nation: &[MeasureCounts]) {
    let columns = columns(out, "random", wave, wave.shuffled());
    let (tallies, _) = tallied(out, "random rows", wave, &columns);
    assert_eq!(of_the_nation(&tallies), nation, "the order of rows changed a count");
}

/// The counts of the last group.
fn of_the_nation(tallies: &Tallies) -> Vec<MeasureCounts> {
    let last = |list: &[u64]| list.last().copied().into_iter().collect();
    let counts = (0..).map(|indicator| tallies.measure_counts(indicator));
    let counts = counts.take_while(|counts| !counts.is_empty()).flatten();
    let counts = counts.map(|counts| MeasureCounts {
        sex: counts.sex,
        valid: counts.valid.last().copied().into_iter().collect(),
        parts: counts.parts.iter().map(|part| last(part)).collect(),
        squares: last(&counts.squares),
    });
    counts.collect()
}
