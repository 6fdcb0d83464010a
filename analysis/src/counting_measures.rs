//! Measures that no count of a single column tells, counted over the rows of a block.

use crate::CrossProducts;
use crate::conditions::{TRUE, Test, UNKNOWN};
use crate::counting::{Block, add};
use crate::measure_source::{Counting, MeasureSource, NO_SCORE, PARTS_OF_CODE, Scores};

/// Strata at the most.
const STRATA: usize = 3;

pub(crate) fn count_measure(block: &mut Block<'_>, source: &MeasureSource) {
    match &source.counting {
        Counting::Share { of, among } => {
            let mut truths = block.truths(of);
            if let Some(among) = among {
                for (truth, among) in truths.iter_mut().zip(block.truths(among)) {
                    *truth = if among == TRUE { *truth } else { UNKNOWN };
                }
            }
            block.count_truths(&[truths], source);
        }
        Counting::Shares { parts } => {
            let truths: Vec<Vec<u8>> = parts.iter().map(|part| block.truths(part)).collect();
            block.count_truths(&truths, source);
        }
        Counting::Mean { items, at_least } => block.count_mean(items, *at_least, source),
    }
}

impl Block<'_> {
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
        self.count_marked(&known, &known, source.counts, stride);
        for (part, slot) in parts.iter().zip(source.counts + 1..) {
            let holds: Vec<u8> = part.iter().map(|truth| u8::from(*truth == TRUE)).collect();
            self.count_marked(&known, &holds, slot, stride);
        }
    }

    /// For each class and stratum the rows with both marks, at `slot` and every `stride` after it.
    fn count_marked(&mut self, known: &[u8], holds: &[u8], slot: usize, stride: usize) {
        let strata = self.layout.strata();
        let classes = self.classes.iter().zip(self.counts.chunks_exact_mut(self.layout.width));
        for (rows, counts) in classes {
            let slice = |of: &'_ [u8]| of.get(rows.clone()).unwrap_or_default().to_vec();
            let mut sums = [0_usize; STRATA];
            let marks = slice(known).into_iter().zip(slice(holds)).zip(slice(&self.strata));
            for ((known, holds), stratum) in marks {
                if let Some(sum) = sums.get_mut(usize::from(stratum)) {
                    *sum += usize::from(known & holds);
                }
            }
            for (stratum, sum) in sums.into_iter().enumerate().take(strata) {
                add(counts, slot + stratum * stride, sum);
            }
        }
    }

    fn count_mean(&mut self, items: &[Scores], at_least: u32, source: &MeasureSource) {
        let scores = self.means(items, at_least);
        let (strata, layout) = (self.layout.strata(), self.layout);
        for (class, rows) in self.classes.iter().enumerate() {
            let mut sums = [(0_usize, 0_u64, 0_u64); STRATA];
            let rows = rows.clone();
            let own = scores.get(rows.clone()).unwrap_or_default();
            for (score, stratum) in own.iter().zip(self.strata.get(rows).unwrap_or_default()) {
                let (Some(score), Some((valid, sum, squares))) =
                    (score, sums.get_mut(usize::from(*stratum)))
                else {
                    continue;
                };
                let score = u64::from(*score);
                *valid += 1;
                *sum += score;
                *squares += score * score;
            }
            for (stratum, (valid, sum, squares)) in sums.into_iter().enumerate().take(strata) {
                let start = class * layout.sums + source.sums + stratum * 2;
                for (slot, value) in (start..).zip([sum, squares]) {
                    if let Some(kept) = self.sums.get_mut(slot) {
                        *kept += value;
                    }
                }
                add(self.counts, class * layout.width + source.counts + stratum, valid);
            }
        }
    }

    /// The mean score of each row in 1/2520 of a code, where enough items are valid.
    fn means(&self, items: &[Scores], at_least: u32) -> Vec<Option<u32>> {
        let mut sums = vec![(0_u32, 0_u32); self.rows.len()];
        for codes in self.codes(items) {
            for ((sum, valid), code) in sums.iter_mut().zip(codes) {
                let counts = u32::from(code != NO_SCORE);
                *sum += u32::from(code) * counts;
                *valid += counts;
            }
        }
        let mean = |(sum, valid): (u32, u32)| {
            let enough = valid >= at_least;
            PARTS_OF_CODE.checked_div(valid).filter(|_| enough).map(|parts| sum * parts)
        };
        sums.into_iter().map(mean).collect()
    }

    /// For each item the score of every row.
    fn codes(&self, items: &[Scores]) -> Vec<Vec<u8>> {
        let column = |item: &Scores| {
            let places = self.answers.get(item.column);
            places.map(|places| places.look_up(self.rows.clone(), &item.scores))
        };
        items.iter().filter_map(column).collect()
    }

    /// For each class the cross products of a scale, over the rows with every item.
    pub(crate) fn cross_products(&self, items: &[Scores]) -> Vec<CrossProducts> {
        let mut codes = self.codes(items);
        let mut complete = vec![1_u8; self.rows.len()];
        for item in &codes {
            for (complete, code) in complete.iter_mut().zip(item) {
                *complete &= u8::from(*code != NO_SCORE);
            }
        }
        for item in &mut codes {
            for (code, complete) in item.iter_mut().zip(&complete) {
                *code *= complete;
            }
        }
        let of_class = |rows: &std::ops::Range<usize>| {
            let slice =
                |of: &'_ [u8]| -> Vec<u8> { of.get(rows.clone()).unwrap_or_default().to_vec() };
            let own: Vec<Vec<u8>> = codes.iter().map(|item| slice(item)).collect();
            let sum = |of: &[u8]| of.iter().map(|value| u64::from(*value)).sum::<u64>();
            let pairs = own.iter().enumerate();
            let pairs = pairs
                .flat_map(|(index, one)| own.iter().skip(index).map(move |other| (one, other)));
            CrossProducts {
                n: sum(&slice(&complete)),
                sums: own.iter().map(|item| sum(item)).collect(),
                products: pairs.map(|(one, other)| dot(one, other)).collect(),
            }
        };
        self.classes.iter().map(of_class).collect()
    }
}

fn dot(one: &[u8], other: &[u8]) -> u64 {
    let products = one.iter().zip(other).map(|(one, other)| u32::from(*one) * u32::from(*other));
    products.map(u64::from).sum()
}
