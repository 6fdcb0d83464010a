//! One pass over the columns: blocks of classes in parallel, each into its own tile of the counts.

use crate::counting_measures::count_measure;
use crate::layout::{ANSWERED, DECLINED, Layout, RESPONSES};
use crate::places::{Places, Table};
use crate::{Columns, ComputeError, CrossProducts};
use rayon::prelude::{IntoParallelIterator, ParallelIterator};
use std::ops::{AddAssign, Range};
use std::sync::{Mutex, PoisonError};

/// What is kept of a wave: all of it adds up.
///
/// Counts and sums stand in tiles, one for [`CLASSES`] classes in a row: a count of all these
/// classes, then the next count of them. A block of classes writes to one tile, and whoever reads
/// one count of every class finds it in long pieces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Counted {
    pub(crate) counts: Vec<u16>,
    pub(crate) sums: Vec<u64>,
    /// For each scale and school its cross products.
    pub(crate) scales: Vec<Vec<CrossProducts>>,
}

/// Classes that are counted together: a few thousand rows, so that what is made of them on the
/// way stays in the fastest memory. The last tile has room for as many, too.
pub(crate) const CLASSES: usize = 64;

/// Some classes and where their counts go.
pub(crate) struct Block<'a> {
    pub(crate) layout: &'a Layout,
    pub(crate) answers: &'a [Places],
    pub(crate) rows: Range<usize>,
    /// The lane of each row: its stratum times [`CLASSES`], and its class, from the first.
    pub(crate) lanes: Vec<u16>,
    /// The classes of the block school by school: the school, the rows from the block's first.
    pub(crate) schools: Vec<(usize, Range<usize>)>,
    pub(crate) counts: &'a mut [u16],
    pub(crate) sums: &'a mut [u64],
}

/// For each scale and school the cross products while blocks add to them.
pub(crate) type Growing = Vec<Vec<Mutex<CrossProducts>>>;

impl Counted {
    /// # Errors
    /// A class with more responses than are counted of one.
    pub(crate) fn of(columns: &Columns) -> Result<Self, ComputeError> {
        let layout = &*columns.layout;
        check_sizes(columns)?;
        let (classes, schools) = (columns.tree.classes(), columns.tree.schools_of_classes());
        let scales = growing(columns);
        let tiles = classes.div_ceil(CLASSES);
        let mut counts = vec![0; tiles * CLASSES * layout.width];
        let mut sums = vec![0; tiles * CLASSES * layout.sums];
        let mut blocks = Vec::with_capacity(tiles);
        let (mut counts_left, mut sums_left) = (counts.as_mut_slice(), sums.as_mut_slice());
        for first in (0..classes).step_by(CLASSES) {
            let (counts, sums);
            (counts, counts_left) = counts_left.split_at_mut(CLASSES * layout.width);
            (sums, sums_left) = sums_left.split_at_mut(CLASSES * layout.sums);
            blocks.push((first..classes.min(first + CLASSES), counts, sums));
        }
        blocks.into_par_iter().for_each(|(classes, counts, sums)| {
            let schools = schools.get(classes.clone()).unwrap_or_default();
            let declined = columns.declined.get(classes.clone()).unwrap_or_default();
            // Written before they are read: memory that is read first is mapped twice.
            counts.fill(0);
            sums.fill(0);
            let mut block = Block::of(columns, &classes, schools, counts, sums);
            block.count_responses(declined);
            (0..layout.columns.len()).for_each(|column| block.count_column(column));
            block.count_measures(&scales);
        });
        let own = |sum: Mutex<_>| sum.into_inner().unwrap_or_else(PoisonError::into_inner);
        let scales = scales.into_iter().map(|schools| schools.into_iter().map(own).collect());
        let scales = scales.collect();
        Ok(Self { counts, sums, scales })
    }
}

/// Adds a count of every class of some tiles; `width` counts are kept of a class.
pub(crate) fn add_classes<T: Copy + Into<U>, U: AddAssign>(
    tiles: &[T],
    width: usize,
    slot: usize,
    classes: &mut [U],
) {
    let tiles = tiles.chunks_exact((CLASSES * width).max(1));
    for (tile, classes) in tiles.zip(classes.chunks_mut(CLASSES)) {
        for (class, count) in classes.iter_mut().zip(lane(tile, slot)) {
            *class += (*count).into();
        }
    }
}

/// One count of all classes of a tile.
fn lane<T>(tile: &[T], slot: usize) -> &[T] {
    tile.get(slot * CLASSES..(slot + 1) * CLASSES).unwrap_or_default()
}

pub(crate) fn lane_mut<T>(tile: &mut [T], slot: usize) -> &mut [T] {
    tile.get_mut(slot * CLASSES..(slot + 1) * CLASSES).unwrap_or_default()
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

fn growing(columns: &Columns) -> Growing {
    let schools = columns.tree.schools().len();
    let none = |items| (0..schools).map(|_| Mutex::new(CrossProducts::none(items))).collect();
    columns.layout.scales().map(|(_, items)| none(items.len())).collect()
}

impl<'a> Block<'a> {
    fn of(
        columns: &'a Columns,
        classes: &Range<usize>,
        schools: &[usize],
        counts: &'a mut [u16],
        sums: &'a mut [u64],
    ) -> Self {
        let layout = &*columns.layout;
        let bounds = columns.starts.get(classes.start..=classes.end).unwrap_or_default();
        let first = bounds.first().copied().unwrap_or_default();
        let rows = first..bounds.last().copied().unwrap_or_default();
        let mut lanes = strata(layout, &columns.answers, &rows);
        let mut together: Vec<(usize, Range<usize>)> = Vec::new();
        let classes = bounds.array_windows().map(|[start, end]| start - first..end - first);
        for ((class, rows), school) in (0..).zip(classes).zip(schools) {
            for lane in lanes.get_mut(rows.clone()).unwrap_or_default() {
                *lane += class;
            }
            match together.last_mut() {
                Some((last, all)) if last == school => all.end = rows.end,
                _ => together.push((*school, rows)),
            }
        }
        let answers = &columns.answers;
        Self { layout, answers, rows, lanes, schools: together, counts, sums }
    }

    fn count_responses(&mut self, declined: &[u32]) {
        let mut answered = vec![0_u16; self.layout.strata() * CLASSES];
        for lane in &self.lanes {
            if let Some(count) = answered.get_mut(usize::from(*lane)) {
                *count += 1;
            }
        }
        let spoken = self.layout.strata() - 1;
        for (stratum, of_classes) in answered.chunks_exact(CLASSES).enumerate() {
            add(lane_mut(self.counts, ANSWERED), of_classes);
            if stratum < spoken {
                add(lane_mut(self.counts, RESPONSES + stratum), of_classes);
            }
        }
        for (count, declined) in lane_mut(self.counts, DECLINED).iter_mut().zip(declined) {
            // It fits, see `check_sizes`.
            *count = u16::try_from(*declined).unwrap_or(u16::MAX);
        }
    }

    /// The counts of a column and of the shares that follow from them.
    fn count_column(&mut self, index: usize) {
        let layout = self.layout;
        let (Some(column), Some(places)) = (layout.columns.get(index), self.answers.get(index))
        else {
            return;
        };
        let stride = layout.strata() * CLASSES;
        let mut histogram = vec![0_u16; column.places() * stride];
        match places {
            Places::Narrow(places) => {
                tally(places.get(self.rows.clone()), &self.lanes, stride, &mut histogram);
            }
            Places::Wide(places) => {
                tally(places.get(self.rows.clone()), &self.lanes, stride, &mut histogram);
            }
        }
        for (place, of_strata) in histogram.chunks_exact(stride).enumerate() {
            for of_classes in of_strata.chunks_exact(CLASSES) {
                add(lane_mut(self.counts, column.start + place), of_classes);
            }
        }
        for (source, truth) in layout.plain_shares(index) {
            for (place, of_strata) in histogram.chunks_exact(stride).enumerate() {
                self.count_plain(source.counts, truth.get(place), of_strata);
            }
        }
    }
}

/// Girls, boys, who did not say; or everybody alone; each times [`CLASSES`].
fn strata(layout: &Layout, answers: &[Places], rows: &Range<usize>) -> Vec<u16> {
    let unsaid = (layout.strata() - 1) * CLASSES;
    let of = |stratum: usize| u16::try_from(stratum).unwrap_or_default();
    let sex = layout.sex.as_ref();
    let column = sex.and_then(|sex| Some((sex, layout.columns.get(sex.column)?)));
    let places = sex.and_then(|sex| answers.get(sex.column));
    let (Some((sex, column)), Some(places)) = (column, places) else {
        return vec![of(unsaid); rows.len()];
    };
    let table = Table::by_place(column, |place| match place {
        place if place == sex.girl => 0,
        place if place == sex.boy => of(CLASSES),
        _ => of(unsaid),
    });
    places.look_up(rows.clone(), &table)
}

fn tally<T: Copy + Into<usize>>(
    places: Option<&[T]>,
    lanes: &[u16],
    stride: usize,
    histogram: &mut [u16],
) {
    for (place, lane) in places.unwrap_or_default().iter().zip(lanes) {
        if let Some(count) = histogram.get_mut((*place).into() * stride + usize::from(*lane)) {
            *count += 1;
        }
    }
}

/// Adds counts of classes; what is counted has been checked to fit.
pub(crate) fn add<T: Copy + AddAssign>(counts: &mut [T], more: &[T]) {
    for (count, more) in counts.iter_mut().zip(more) {
        *count += *more;
    }
}

impl Block<'_> {
    fn count_measures(&mut self, scales: &Growing) {
        let layout = self.layout;
        let mut scales = scales.iter();
        for source in &layout.indicators {
            let schools = source.scale().and_then(|_| scales.next());
            if source.plain_share().is_none() {
                count_measure(self, source, schools.map(Vec::as_slice));
            }
        }
    }
}
