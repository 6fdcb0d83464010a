use crate::columns;
use crate::counting::{Counted, add_classes};
use crate::layout::{ANSWERED, DECLINED, Layout, RESPONSES};
use crate::measured::{Measured, Stratum};
use crate::tree::Tree;
use crate::{Columns, ComputeError, CrossProducts, Structure};
use std::ops::AddAssign;
use std::sync::Arc;
use survey_definitions::Survey;

/// Exact counts of every group: internal to the release job, never served.
///
/// They add up: a school is the sum of its classes, and tallies of parts of a wave merge into
/// those of the whole. Every group with a class of the form is there, with zeros if nobody
/// answered. Only classes are kept, and schools where a number cannot be had of classes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tallies {
    pub(crate) layout: Arc<Layout>,
    pub(crate) tree: Arc<Tree>,
    counted: Counted,
}

/// With so many responses no sum of squares of scores, each at most 252,000, passes 64 bits; nor
/// do the counts pass 32.
const MOST_RESPONSES: u64 = u64::MAX / (252_000 * 252_000);

impl Tallies {
    /// Counts all responses.
    ///
    /// # Errors
    /// The columns were made for another definition or structure, or hold more than 65,535
    /// responses of one class.
    pub fn of(
        survey: &Survey,
        structure: &Structure,
        columns: &Columns,
    ) -> Result<Self, ComputeError> {
        columns.check(survey, structure)?;
        let (layout, tree) = (Arc::clone(&columns.layout), Arc::clone(&columns.tree));
        let tallies = Self { layout, tree, counted: Counted::of(columns)? };
        tallies.check_size()?;
        Ok(tallies)
    }

    /// The tallies of two parts of one wave together.
    ///
    /// # Errors
    /// They belong to different definitions or structures, or a class has more than 65,535
    /// responses together.
    pub fn merge(mut self, other: Self) -> Result<Self, ComputeError> {
        if self.layout != other.layout {
            let [expected, got] = [&self, &other].map(|part| part.layout.definition.to_string());
            return Err(ComputeError::OtherDefinition { expected, got });
        }
        if self.tree != other.tree {
            return Err(ComputeError::OtherStructure);
        }
        for (count, more) in self.counted.counts.iter_mut().zip(&other.counted.counts) {
            *count = count.checked_add(*more).ok_or_else(too_many)?;
        }
        self.check_size()?;
        for (sum, more) in self.counted.sums.iter_mut().zip(&other.counted.sums) {
            *sum += more;
        }
        let own = self.counted.scales.iter_mut().flatten();
        for (sum, more) in own.zip(other.counted.scales.iter().flatten()) {
            sum.add(more);
        }
        Ok(self)
    }

    /// An error if the tallies were made for something else.
    pub(crate) fn check(&self, survey: &Survey, structure: &Structure) -> Result<(), ComputeError> {
        columns::check(&self.layout, &self.tree, survey, structure)
    }

    /// The counts of an indicator, by its position in the definition, in every group.
    pub(crate) fn measured(&self, indicator: usize) -> Measured {
        let Some(source) = self.layout.indicators.get(indicator) else {
            return Measured { strata: Vec::new() };
        };
        let stride = 1 + source.parts();
        let is_mean = source.parts() == 0;
        let stratum = |stratum: usize| {
            let counts = source.counts + stratum * stride;
            let sums = source.sums + stratum * 2;
            let parts = match is_mean {
                true => vec![self.sums(sums)],
                false => (1..stride).map(|part| self.counts(&[counts + part])).collect(),
            };
            let squares = if is_mean { self.sums(sums + 1) } else { Vec::new() };
            Stratum { valid: self.counts(&[counts]), parts, squares }
        };
        Measured { strata: (0..self.layout.strata()).map(stratum).collect() }
    }

    /// For each stratum and group how many are done: those who answered, and in the last stratum
    /// those who declined, too.
    pub(crate) fn respondents(&self) -> Vec<Vec<u32>> {
        let last = self.layout.strata() - 1;
        let spoken: Vec<Vec<u32>> =
            (0..last).map(|stratum| self.counts(&[RESPONSES + stratum])).collect();
        let mut rest: Vec<u32> = self.counts(&[ANSWERED, DECLINED]);
        for stratum in &spoken {
            rest.iter_mut().zip(stratum).for_each(|(rest, spoken)| *rest -= spoken);
        }
        spoken.into_iter().chain([rest]).collect()
    }

    /// The cross products of an indicator, by its position in the definition, in every group in
    /// the order of [`Self::groups`], none below school; `None` if it is no mean of at least 3
    /// items.
    pub fn cross_products(&self, indicator: usize) -> Option<Vec<Option<CrossProducts>>> {
        let mut scales = self.layout.scales().zip(&self.counted.scales);
        let ((_, items), schools) = scales.find(|((index, _), _)| *index == indicator)?;
        let first = self.tree.schools().start;
        let above = self.tree.nodes.len() - first - schools.len();
        let none = || Some(CrossProducts::none(items.len()));
        let mut all: Vec<Option<CrossProducts>> = vec![None; first];
        all.extend(schools.iter().cloned().map(Some));
        all.extend((0..above).map(|_| none()));
        for (index, node) in self.tree.nodes.iter().enumerate().skip(first) {
            let Some((before, after)) =
                node.parent.and_then(|parent| all.split_at_mut_checked(parent))
            else {
                continue;
            };
            if let (Some(Some(own)), Some(Some(sum))) = (before.get(index), after.first_mut()) {
                sum.add(own);
            }
        }
        Some(all)
    }

    /// For each count of responses and items those of every group.
    pub(crate) fn item_counts(&self) -> Vec<Vec<u32>> {
        (0..self.layout.items_width).map(|slot| self.counts(&[slot])).collect()
    }

    /// For each group some counts together.
    fn counts<T: From<u16> + Copy + Default + AddAssign>(&self, slots: &[usize]) -> Vec<T> {
        let mut groups = vec![T::default(); self.tree.nodes.len()];
        let classes = groups.get_mut(..self.tree.classes()).unwrap_or_default();
        for slot in slots {
            add_classes(&self.counted.counts, self.layout.width, *slot, classes);
        }
        self.tree.sum_upward(&mut groups);
        groups
    }

    /// For each group a sum of scores.
    fn sums(&self, slot: usize) -> Vec<u64> {
        let mut groups = vec![0; self.tree.nodes.len()];
        let classes = groups.get_mut(..self.tree.classes()).unwrap_or_default();
        add_classes(&self.counted.sums, self.layout.sums, slot, classes);
        self.tree.sum_upward(&mut groups);
        groups
    }

    fn check_size(&self) -> Result<(), ComputeError> {
        let mut responses = vec![0_u64; self.tree.classes()];
        for slot in [ANSWERED, DECLINED] {
            add_classes(&self.counted.counts, self.layout.width, slot, &mut responses);
        }
        match responses.into_iter().sum::<u64>() > MOST_RESPONSES {
            true => Err(too_many()),
            false => Ok(()),
        }
    }
}

fn too_many() -> ComputeError {
    ComputeError::Count("more responses than can be counted".to_owned())
}
