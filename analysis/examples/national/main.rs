//! `cargo xtask bench national`: a wave of a whole country, from answers to a page.
#![allow(clippy::print_stdout, clippy::print_stderr, clippy::panic)]

mod definition;
mod meters;
mod wave;

use analysis::{Columns, Level, ResponseRows, Tallies};
use meters::Meters;
use wave::{NATIONAL, Wave};

fn main() {
    let wave = Wave::new(definition::survey(), NATIONAL);
    let pupils = 0..wave.len();
    let meters = Meters::start();
    let rows = rows(&wave, pupils);
    meters.say("generate");
    for _ in 0..3 {}
    let meters = Meters::start();
    let columns = rows.finish().unwrap_or_else(|mistakes| panic!("{mistakes}"));
    meters.say("columns");
    let mut first = None;
    for _ in 0..3 {
        let meters = Meters::start();
        let tallies = Tallies::of(&wave.survey, &wave.structure, &columns)
            .unwrap_or_else(|error| panic!("{error}"));
        meters.say("tallies of classes");
        let meters = Meters::start();
        let rows = tallies
            .measure_rows()
            .filter(|row| row.level == Level::Nation)
            .map(|row| u64::from(row.valid))
            .sum::<u64>();
        let cross =
            (0..wave.survey.indicators.len()).filter_map(|i| tallies.cross_products(i)).count();
        meters.say(&format!("all levels {rows} {cross}"));
        first.get_or_insert(tallies);
    }
    drop(columns);
}

fn rows(wave: &Wave, pupils: impl Iterator<Item = usize>) -> ResponseRows {
    let mut rows = ResponseRows::new(&wave.survey, &wave.structure)
        .unwrap_or_else(|mistakes| panic!("{mistakes}"));
    let classes = wave.structure.classes();
    for pupil in pupils {
        let class = wave.class_of(pupil);
        rows.push(&classes[class].class, &wave.response(pupil, class));
    }
    rows
}
