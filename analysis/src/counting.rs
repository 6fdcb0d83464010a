//! One pass over the columns: blocks of classes in parallel, each into its own part of the counts.

use crate::conditions::{FALSE, TRUE, Test};
use crate::counting_measures::count_measure;
use crate::layout::{ANSWERED, DECLINED, Layout, RESPONSES};
use crate::measure_source::{Counting, MeasureSource};
use crate::places::{Places, Table};
use crate::{Columns, ComputeError, CrossProducts};
use rayon::prelude::{IntoParallelIterator, ParallelIterator};
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

/// What is kept of a wave: all of it adds up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Counted {
    /// For each class the counts of the layout.
    pub(crate) counts: Vec<u16>,
    /// For each class the sums of the layout.
    pub(crate) sums: Vec<u64>,
    /// For each scale and school its cross products.
    pub(crate) scales: Vec<Vec<CrossProducts>>,
}

/// Classes that are counted together: a few thousand rows, so that what is made of them on the
/// way stays in the fastest memory.
const CLASSES: usize = 64;

/// Some classes and where their counts go.
pub(crate) struct Block<'a> {
    pub(crate) answers: &'a [Places],
    pub(crate) rows: Range<usize>,
    /// The rows of each class, from the block's first row.
    pub(crate) classes: Vec<Range<usize>>,
    /// The stratum of each row.
    pub(crate) strata: Vec<u8>,
    pub(crate) layout: &'a Layout,
    pub(crate) counts: &'a mut [u16],
    pub(crate) sums: &'a mut [u64],
}

/// The cross products of all schools while blocks add to them.
struct Schools {
    /// The school of each class.
    of_classes: Vec<usize>,
    /// For each scale and school.
    scales: Vec<Vec<Mutex<CrossProducts>>>,
}

impl Counted {
    /// # Errors
    /// A class with more responses than are counted of one.
    pub(crate) fn of(columns: &Columns) -> Result<Self, ComputeError> {
        let layout = &*columns.layout;
        check_sizes(columns)?;
        let schools = Schools::of(columns);
        let classes = columns.tree.classes();
        let mut counts = vec![0; classes * layout.width];
        let mut sums = vec![0; classes * layout.sums];
        let mut blocks = Vec::new();
        let (mut counts_left, mut sums_left) = (counts.as_mut_slice(), sums.as_mut_slice());
        for first in (0..classes).step_by(CLASSES) {
            let size = CLASSES.min(classes - first);
            let (own_counts, counts) = counts_left.split_at_mut(size * layout.width);
            let (own_sums, sums) = sums_left.split_at_mut(size * layout.sums);
            (counts_left, sums_left) = (counts, sums);
            blocks.push((first..first + size, own_counts, own_sums));
        }
        blocks.into_par_iter().for_each(|(classes, counts, sums)| {
            let mut block = Block::of(columns, &classes, counts, sums);
            block.count(columns, &classes);
            schools.add(&block, classes.start);
        });
        Ok(Self { counts, sums, scales: schools.finish() })
    }
}

/// Every count of a class fits when its responses do.
fn check_sizes(columns: &Columns) -> Result<(), ComputeError> {
    let most = usize::from(u16::MAX);
    let sizes = columns.starts.array_windows().map(|[start, end]| end - start);
    let declined = columns.declined.iter().map(|declined| *declined as usize);
    match sizes.chain(declined).any(|size| size > most) {
        true => Err(ComputeError::Count(format!("more than {most} responses of one class"))),
        false => Ok(()),
    }
}

impl<'a> Block<'a> {
    fn of(
        columns: &'a Columns,
        classes: &Range<usize>,
        counts: &'a mut [u16],
        sums: &'a mut [u64],
    ) -> Self {
        let layout = &*columns.layout;
        let bounds = columns.starts.get(classes.start..=classes.end).unwrap_or_default();
        let first = bounds.first().copied().unwrap_or_default();
        let rows = first..bounds.last().copied().unwrap_or_default();
        let classes = bounds.array_windows().map(|[start, end]| start - first..end - first);
        let strata = strata(layout, &columns.answers, &rows);
        let classes = classes.collect();
        Self { answers: &columns.answers, rows, classes, strata, layout, counts, sums }
    }

    fn count(&mut self, columns: &Columns, classes: &Range<usize>) {
        let layout = self.layout;
        self.count_responses(columns.declined.get(classes.clone()).unwrap_or_default());
        for index in 0..layout.columns.len() {
            self.count_column(index);
        }
        for source in &layout.indicators {
            if plain(source).is_none() {
                count_measure(self, source);
            }
        }
    }

    fn count_responses(&mut self, declined: &[u32]) {
        let spoken = self.layout.strata() - 1;
        let width = self.layout.width;
        let classes = self.classes.iter().zip(declined).zip(self.counts.chunks_exact_mut(width));
        for ((rows, declined), counts) in classes {
            // All fit, see `check_sizes`.
            add(counts, ANSWERED, rows.len());
            add(counts, DECLINED, *declined as usize);
            for stratum in self.strata.get(rows.clone()).unwrap_or_default() {
                if usize::from(*stratum) < spoken {
                    add(counts, RESPONSES + usize::from(*stratum), 1);
                }
            }
        }
    }

    /// The counts of a column and of the measures that follow from it alone.
    fn count_column(&mut self, index: usize) {
        let layout = self.layout;
        let (Some(column), Some(places)) = (layout.columns.get(index), self.answers.get(index))
        else {
            return;
        };
        let plain: Vec<(&MeasureSource, &Table<u8>)> = layout
            .indicators
            .iter()
            .filter_map(|source| Some((source, plain(source)?)))
            .filter_map(|(source, (column, truth))| (column == index).then_some((source, truth)))
            .collect();
        let width = column.places();
        let mut histogram = vec![0_u16; layout.strata() * width];
        let classes = self.classes.iter().zip(self.counts.chunks_exact_mut(layout.width));
        for (rows, counts) in classes {
            histogram.fill(0);
            let strata = self.strata.get(rows.clone()).unwrap_or_default();
            let rows = self.rows.start + rows.start..self.rows.start + rows.end;
            match places {
                Places::Narrow(places) => tally(places, rows, strata, width, &mut histogram),
                Places::Wide(places) => tally(places, rows, strata, width, &mut histogram),
            }
            for (stratum, of_places) in histogram.chunks_exact(width).enumerate() {
                let own = counts.iter_mut().skip(column.start);
                own.zip(of_places).for_each(|(count, more)| *count += more);
                for (source, truth) in &plain {
                    let [mut valid, mut hits] = [0, 0];
                    for (place, n) in of_places.iter().enumerate() {
                        match truth.get(place) {
                            Some(TRUE) => (valid, hits) = (valid + n, hits + n),
                            Some(FALSE) => valid += n,
                            _ => {}
                        }
                    }
                    let start = source.counts + stratum * 2;
                    add(counts, start, valid.into());
                    add(counts, start + 1, hits.into());
                }
            }
        }
    }
}

/// Column and truths of a share that the counts of one column tell.
fn plain(source: &MeasureSource) -> Option<(usize, &Table<u8>)> {
    match &source.counting {
        Counting::Share { of: Test::Column { column, truth }, among: None } => {
            Some((*column, truth))
        }
        _ => None,
    }
}

/// Girls, boys, who did not say; or everybody alone.
fn strata(layout: &Layout, answers: &[Places], rows: &Range<usize>) -> Vec<u8> {
    let Some(sex) = &layout.sex else { return vec![0; rows.len()] };
    match (answers.get(sex.column), layout.columns.get(sex.column)) {
        (Some(places), Some(column)) => {
            let table = Table::by_place(column, |place| match place {
                place if place == sex.girl => 0,
                place if place == sex.boy => 1,
                _ => 2,
            });
            places.look_up(rows.clone(), &table)
        }
        _ => vec![2; rows.len()],
    }
}

fn tally<T: Copy + Into<usize>>(
    places: &[T],
    rows: Range<usize>,
    strata: &[u8],
    width: usize,
    histogram: &mut [u16],
) {
    for (place, stratum) in places.get(rows).unwrap_or_default().iter().zip(strata) {
        if let Some(count) = histogram.get_mut(usize::from(*stratum) * width + (*place).into()) {
            *count += 1;
        }
    }
}

/// Adds to one count of a class; what is counted has been checked to fit.
pub(crate) fn add(counts: &mut [u16], slot: usize, n: usize) {
    if let Some(count) = counts.get_mut(slot) {
        *count += u16::try_from(n).unwrap_or(u16::MAX);
    }
}

impl Schools {
    fn of(columns: &Columns) -> Self {
        let schools = columns.tree.schools().len();
        let none = |items| (0..schools).map(|_| Mutex::new(CrossProducts::none(items))).collect();
        let scales = columns.layout.scales().map(|(_, items)| none(items.len())).collect();
        Self { of_classes: columns.tree.schools_of_classes(), scales }
    }

    /// Adds the classes of a block, from the first on.
    fn add(&self, block: &Block<'_>, first: usize) {
        for ((_, items), schools) in block.layout.scales().zip(&self.scales) {
            let classes = block.cross_products(items);
            let own = classes.iter().zip(self.of_classes.iter().skip(first));
            for (products, school) in own {
                if let Some(sum) = schools.get(*school) {
                    sum.lock().unwrap_or_else(PoisonError::into_inner).add(products);
                }
            }
        }
    }

    fn finish(self) -> Vec<Vec<CrossProducts>> {
        let own = |sum: Mutex<_>| sum.into_inner().unwrap_or_else(PoisonError::into_inner);
        self.scales.into_iter().map(|schools| schools.into_iter().map(own).collect()).collect()
    }
}
