//! `cargo xtask bench estimate`: one proportion by region and sex in a sample of 3.9 million rows
//! with strata, clusters and weights. Peers do the same in turns with ours, and must find the same.
//!
//! usage: estimate DIRECTORY [NAME PROGRAM SCRIPT]...
#![allow(clippy::print_stdout, clippy::print_stderr, clippy::panic, clippy::indexing_slicing)]

#[path = "../measuring/meters.rs"]
mod meters;
#[path = "../measuring/peer.rs"]
mod peer;

use analysis::sampling::Lonely;
use analysis::survey_sample::{Asked, EstimateRow, Sample};
use meters::{Measurements, Meters};
use peer::{Peer, compare};
use polars::prelude::{Column, DataFrame, IntoColumn, NamedFrom, ParquetWriter, Series};
use rand::seq::SliceRandom;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use survey_definitions::{Survey, shipped};

const ROWS: usize = 3_900_000;
const SCHOOLS: u32 = 7_000;
const REGIONS: u32 = 20;
/// Of each region.
const STRATA: u32 = 5;
/// Turns of ours and of each peer.
const RUNS: usize = 5;

/// A pupil: stratum, school, region, sex, weight, bullied (0 for no answer).
type Row = (u32, u32, u32, i8, f64, i8);

fn main() {
    let mut arguments = std::env::args().skip(1);
    let directory = PathBuf::from(arguments.next().unwrap_or_else(|| ".".to_owned()));
    let peers = Peer::all(&arguments.collect::<Vec<_>>());
    let mut out = Measurements::of("estimate");
    let mut rows = rows();
    let data = directory.join("sample.parquet");
    write_data(&rows, &data);
    let sample = read(&mut out, "reading", &data);
    let mut ours = Vec::new();
    let mut theirs: Vec<Vec<u64>> = vec![Vec::new(); peers.len()];
    let mut found = Vec::new();
    for run in 0..RUNS {
        let meters = Meters::start();
        found = estimates(&sample);
        let taken = meters.taken();
        out.stage(&format!("run {}", run + 1), taken);
        ours.push(taken.wall_us.div_ceil(1000));
        fs::write(data.with_extension("csv"), written(&found))
            .unwrap_or_else(|error| panic!("{error}"));
        for (peer, theirs) in peers.iter().zip(&mut theirs) {
            theirs.push(peer.run(&data));
        }
    }
    drop(sample);
    compare(&mut out, "estimates", &ours, &peers, &theirs);
    rows.shuffle(&mut ChaCha8Rng::seed_from_u64(9));
    write_data(&rows, &data);
    drop(rows);
    let sample = read(&mut out, "reading mixed rows", &data);
    let meters = Meters::start();
    let again = estimates(&sample);
    out.stage("mixed rows", meters.taken());
    assert!(again == found, "the order of rows changed a number");
    out.write();
}

/// School by school, as files mostly are.
fn rows() -> Vec<Row> {
    let mut random = ChaCha8Rng::seed_from_u64(8);
    let mut rows = Vec::with_capacity(ROWS);
    for school in 0..SCHOOLS {
        let region = school * REGIONS / SCHOOLS;
        let stratum = region * STRATA + school % STRATA;
        let often = random.gen_range(0.05..0.35);
        let weight = random.gen_range(0.8..9.0);
        let until = ROWS * (school as usize + 1) / SCHOOLS as usize;
        while rows.len() < until {
            let weight: f64 = weight * random.gen_range(0.9..1.1);
            let answer = match random.gen_range(0.0..1.0) {
                missing if missing < 0.03 => 0,
                _ if random.gen_range(0.0..1.0) < often => 1,
                _ => 2,
            };
            rows.push((stratum, school, region, random.gen_range(1..=2), weight, answer));
        }
    }
    rows
}

fn write_data(rows: &[Row], path: &Path) {
    let whole = |name: &str, of: fn(&Row) -> u32| {
        Series::new(name.into(), rows.iter().map(of).collect::<Vec<_>>()).into_column()
    };
    let code = |name: &str, of: fn(&Row) -> i8| {
        let codes = rows.iter().map(|row| Some(of(row)).filter(|code| *code > 0));
        Series::new(name.into(), codes.collect::<Vec<_>>()).into_column()
    };
    let weights: Vec<f64> = rows.iter().map(|row| row.4).collect();
    let columns: Vec<Column> = vec![
        whole("stratum", |row| row.0),
        whole("school", |row| row.1),
        whole("region", |row| row.2),
        code("q2", |row| row.3),
        code("q23", |row| row.5),
        Series::new("weight".into(), weights).into_column(),
    ];
    let frame = DataFrame::new_infer_height(columns);
    let mut frame = frame.unwrap_or_else(|error| panic!("{error}"));
    let file = File::create(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    ParquetWriter::new(file).finish(&mut frame).unwrap_or_else(|error| panic!("{error}"));
}

fn read(out: &mut Measurements, name: &str, path: &Path) -> Sample {
    let text = shipped("yrbs_2019_violence", 1).unwrap_or_default();
    let survey = Survey::parse(text).unwrap_or_else(|mistakes| panic!("{mistakes}"));
    let column = |name: &str| Some(name.to_owned());
    let asked = Asked {
        weight: column("weight"),
        strata: column("stratum"),
        cluster: column("school"),
        population: None,
        lonely: Lonely::Fail,
        indicators: vec!["q23".to_owned()],
        by: vec![vec!["region".to_owned(), "q2".to_owned()]],
    };
    let meters = Meters::start();
    let bytes = fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let sample = Sample::read_parquet(&survey, &asked, &bytes);
    let sample = sample.unwrap_or_else(|problem| panic!("{problem}"));
    drop(bytes);
    out.stage(name, meters.taken());
    sample
}

fn estimates(sample: &Sample) -> Vec<EstimateRow> {
    sample.estimates().unwrap_or_else(|problem| panic!("{problem}"))
}

/// What peers compare theirs with: `region,q2,estimate,se`.
fn written(rows: &[EstimateRow]) -> String {
    let mut text = "region,q2,estimate,se\n".to_owned();
    for row in rows {
        let Some((region, sex)) = row.group.split_once("&q2=") else { continue };
        let region = region.trim_start_matches("region=");
        let [estimate, se] = [row.estimate, row.se].map(|number| number.unwrap_or(f64::NAN));
        let _ = writeln!(text, "{region},{sex},{estimate},{se}");
    }
    text
}
