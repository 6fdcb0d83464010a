//! What is counted of a measure over the rows of a block.

use crate::CrossProducts;
use crate::conditions::{FALSE, TRUE, Test, UNKNOWN};
use crate::counting::{Block, CLASSES, add, lane_mut};
use crate::measure_source::{Counting, MOST_ITEMS, MeasureSource, NO_SCORE, PARTS_OF_CODE, Scores};
use crate::places::Places;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

/// `schools` has the cross products of a scale.
pub(crate) fn count_measure(
    block: &mut Block<'_>,
    source: &MeasureSource,
    schools: Option<&[Mutex<CrossProducts>]>,
) {
    match &source.counting {
        Counting::Share { of, among } => {
            let truths = truths_among(of, among.as_ref(), block.answers, &block.rows);
            block.count_truths(&[truths], source);
        }
        Counting::Shares { parts } => {
            let truths: Vec<Vec<u8>> = parts.iter().map(|part| block.truths(part)).collect();
            block.count_truths(&truths, source);
        }
        Counting::Mean { items, at_least } => {
            let scores = block.scores(items);
            block.count_mean(&scores, *at_least, source);
            if let Some(schools) = schools {
                block.add_cross_products(scores, schools);
            }
        }
    }
}

/// What holds of each of some rows, unknown where `among` does not hold.
pub(crate) fn truths_among(
    of: &Test,
    among: Option<&Test>,
    answers: &[Places],
    rows: &Range<usize>,
) -> Vec<u8> {
    let mut truths = of.truths(answers, rows);
    if let Some(among) = among {
        for (truth, among) in truths.iter_mut().zip(among.truths(answers, rows)) {
            *truth = if among == TRUE { *truth } else { UNKNOWN };
        }
    }
    truths
}

/// The mean score of each of some rows, in 1/2520 of a code, where at least so many items are
/// valid; `scores` holds one list an item.
pub(crate) fn mean_scores(
    scores: &[Vec<u8>],
    at_least: u32,
    rows: usize,
) -> impl Iterator<Item = Option<u32>> {
    let (mut totals, mut valid) = (vec![0_u16; rows], vec![0_u8; rows]);
    for item in scores {
        for ((total, valid), score) in totals.iter_mut().zip(&mut valid).zip(item) {
            let counts = u8::from(*score != NO_SCORE);
            *total += u16::from(*score * counts);
            *valid += counts;
        }
    }
    let parts: [u32; MOST_ITEMS + 1] = std::array::from_fn(|items| {
        let items = u32::try_from(items).unwrap_or_default();
        PARTS_OF_CODE.checked_div(items).filter(|_| items >= at_least).unwrap_or(0)
    });
    totals.into_iter().zip(valid).map(move |(total, valid)| {
        let parts = parts.get(usize::from(valid)).copied().filter(|parts| *parts != 0)?;
        Some(u32::from(total) * parts)
    })
}

impl Block<'_> {
    /// A share over one column: those with one place of it, for each stratum and class.
    pub(crate) fn count_plain(&mut self, start: usize, truth: Option<u8>, of_strata: &[u16]) {
        for (stratum, of_classes) in of_strata.chunks_exact(CLASSES).enumerate() {
            let valid = start + stratum * 2;
            match truth {
                Some(FALSE) => add(lane_mut(self.counts, valid), of_classes),
                Some(TRUE) => {
                    add(lane_mut(self.counts, valid), of_classes);
                    add(lane_mut(self.counts, valid + 1), of_classes);
                }
                _ => {}
            }
        }
    }

    fn truths(&self, test: &Test) -> Vec<u8> {
        test.truths(self.answers, &self.rows)
    }

    /// For each stratum those of whom every part is known, then those of whom each part holds.
    fn count_truths(&mut self, parts: &[Vec<u8>], source: &MeasureSource) {
        let mut known = vec![1_u8; self.rows.len()];
        for part in parts {
            for (known, truth) in known.iter_mut().zip(part) {
                *known &= u8::from(*truth != UNKNOWN);
            }
        }
        let stride = 1 + parts.len();
        self.count_marked(&known, source.counts, stride);
        for (part, slot) in parts.iter().zip(source.counts + 1..) {
            let holds =
                known.iter().zip(part).map(|(known, truth)| known & u8::from(*truth == TRUE));
            let holds: Vec<u8> = holds.collect();
            self.count_marked(&holds, slot, stride);
        }
    }

    /// For each stratum and class the rows that are marked with 1, at `slot` and every `stride`
    /// after it.
    fn count_marked(&mut self, marks: &[u8], slot: usize, stride: usize) {
        let mut counts = vec![0_u16; self.layout.strata() * CLASSES];
        for (mark, lane) in marks.iter().zip(&self.lanes) {
            if let Some(count) = counts.get_mut(usize::from(*lane)) {
                *count += u16::from(*mark);
            }
        }
        for (stratum, of_classes) in counts.chunks_exact(CLASSES).enumerate() {
            add(lane_mut(self.counts, slot + stratum * stride), of_classes);
        }
    }

    /// For each item the score of every row.
    fn scores(&self, items: &[Scores]) -> Vec<Vec<u8>> {
        let column = |item: &Scores| {
            let places = self.answers.get(item.column);
            places.map(|places| item.scores.look_up(places, self.rows.clone()))
        };
        items.iter().filter_map(column).collect()
    }

    /// The sums of the rows' mean scores and of their squares, where enough items are valid.
    fn count_mean(&mut self, scores: &[Vec<u8>], at_least: u32, source: &MeasureSource) {
        let mut lanes = vec![(0_u16, 0_u64, 0_u64); self.layout.strata() * CLASSES];
        for (score, lane) in mean_scores(scores, at_least, self.rows.len()).zip(&self.lanes) {
            let (counts, score) = (u16::from(score.is_some()), u64::from(score.unwrap_or(0)));
            if let Some((pupils, sum, squares)) = lanes.get_mut(usize::from(*lane)) {
                *pupils += counts;
                *sum += score;
                *squares += score * score;
            }
        }
        for (stratum, of_classes) in lanes.chunks_exact(CLASSES).enumerate() {
            let (pupils, sums): (Vec<_>, Vec<_>) =
                of_classes.iter().map(|(pupils, sum, squares)| (*pupils, (*sum, *squares))).unzip();
            let (sums, squares): (Vec<_>, Vec<_>) = sums.into_iter().unzip();
            add(lane_mut(self.counts, source.counts + stratum), &pupils);
            add(lane_mut(self.sums, source.sums + stratum * 2), &sums);
            add(lane_mut(self.sums, source.sums + stratum * 2 + 1), &squares);
        }
    }

    /// Adds the cross products of the rows with every item, school by school.
    fn add_cross_products(&self, mut scores: Vec<Vec<u8>>, schools: &[Mutex<CrossProducts>]) {
        let mut complete = vec![1_u8; self.rows.len()];
        for item in &scores {
            for (complete, score) in complete.iter_mut().zip(item) {
                *complete &= u8::from(*score != NO_SCORE);
            }
        }
        for item in &mut scores {
            for (score, complete) in item.iter_mut().zip(&complete) {
                *score *= complete;
            }
        }
        for (school, rows) in &self.schools {
            let products = cross_products(&scores, &complete, rows);
            if let Some(sum) = schools.get(*school) {
                sum.lock().unwrap_or_else(PoisonError::into_inner).add(&products);
            }
        }
    }
}

/// Of some rows; `scores` has 0 where a row is not complete.
fn cross_products(scores: &[Vec<u8>], complete: &[u8], rows: &Range<usize>) -> CrossProducts {
    let items: Vec<&[u8]> =
        scores.iter().map(|item| item.get(rows.clone()).unwrap_or_default()).collect();
    let complete = complete.get(rows.clone()).unwrap_or_default();
    let pairs = items.iter().enumerate();
    let pairs =
        pairs.flat_map(|(first, one)| items.iter().skip(first).map(move |other| (one, other)));
    CrossProducts {
        n: sum(complete),
        sums: items.iter().map(|item| sum(item)).collect(),
        products: pairs.map(|(one, other)| dot(one, other)).collect(),
    }
}

/// Rows whose products, each at most 100 times 100, surely fit 32 bits.
const PIECE: usize = 1 << 16;

fn sum(values: &[u8]) -> u64 {
    let pieces =
        values.chunks(PIECE).map(|piece| piece.iter().copied().map(u32::from).sum::<u32>());
    pieces.map(u64::from).sum()
}

fn dot(one: &[u8], other: &[u8]) -> u64 {
    let pieces = one.chunks(PIECE).zip(other.chunks(PIECE)).map(|(one, other)| {
        let pairs = one.iter().zip(other);
        pairs.map(|(one, other)| u32::from(*one) * u32::from(*other)).sum::<u32>()
    });
    pieces.map(u64::from).sum()
}
