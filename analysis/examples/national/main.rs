//! `cargo xtask bench national`: a wave of a whole country, from answers to a page.
#![allow(clippy::print_stdout, clippy::print_stderr, clippy::panic)]

mod definition;
mod meters;
mod wave;

use analysis::{ResponseRows, Tallies};
use meters::Meters;
use rayon::prelude::{IntoParallelIterator, ParallelIterator};
use std::hint::black_box;
use wave::{NATIONAL, Wave};

fn main() {
    let wave = Wave::new(definition::survey(), NATIONAL);
    let pupils = 0..wave.len();
    let meters = Meters::start();
    let rows = rows(&wave, pupils);
    meters.say("generate");
    let meters = Meters::start();
    let columns = rows.finish().unwrap_or_else(|mistakes| panic!("{mistakes}"));
    meters.say("columns");
    for _ in 0..4 {
        let meters = Meters::start();
        let tallies = Tallies::of(&wave.survey, &wave.structure, &columns)
            .unwrap_or_else(|error| panic!("{error}"));
        meters.say("tallies of classes");
        let meters = Meters::start();
        let indicators = 0..wave.survey.indicators.len();
        indicators.into_par_iter().for_each(|index| {
            black_box(tallies.measure_counts(index));
            black_box(tallies.cross_products(index));
        });
        meters.say("all levels");
    }
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
