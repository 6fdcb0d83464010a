use crate::columns::{self, ANSWERED, CLASS};
use crate::error::counting;
use crate::layout::{self, AnswerColumn, DO_NOT_WANT, IndicatorSource, Layout, NOT_REACHED};
use crate::tree::Tree;
use crate::{Columns, ComputeError, Structure};
use polars::prelude::{DataFrame, DataType, GroupPositions, GroupsIndicator, Int16Chunked};
use std::sync::Arc;
use survey_definitions::Survey;

/// Exact counts of every group: internal to the release job, never served.
///
/// They add up: a school is the sum of its classes, and tallies of parts of a wave merge into
/// those of the whole. Every group with a class of the form is there, with zeros if nobody
/// answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tallies {
    pub(crate) layout: Arc<Layout>,
    pub(crate) tree: Arc<Tree>,
    /// For each node of the tree the counts of the layout.
    counts: Vec<u32>,
}

impl Tallies {
    /// Counts all responses.
    ///
    /// # Errors
    /// The columns were made for another definition or structure.
    pub fn of(
        survey: &Survey,
        structure: &Structure,
        columns: &Columns,
    ) -> Result<Self, ComputeError> {
        columns.check(survey, structure)?;
        let (layout, tree) = (Arc::clone(&columns.layout), Arc::clone(&columns.tree));
        let counts = vec![0; tree.nodes.len() * layout.width];
        let mut tallies = Self { layout, tree, counts };
        let classes = columns.frame.group_by([CLASS]).map_err(counting)?.into_groups();
        let nodes =
            columns.frame.column(CLASS).and_then(|column| column.u32()).map_err(counting)?;
        let nodes: Vec<u32> =
            (0..columns.len()).map(|row| nodes.get(row).unwrap_or_default()).collect();
        tallies.count_responses(&columns.frame, &classes, &nodes)?;
        for index in 0..tallies.layout.columns.len() {
            tallies.count_column(index, &columns.frame, &classes, &nodes)?;
        }
        for index in 0..tallies.layout.indicators.len() {
            tallies.count_any(index, &columns.frame, &classes, &nodes)?;
        }
        tallies.add_up();
        Ok(tallies)
    }

    /// The tallies of two parts of one wave together.
    ///
    /// # Errors
    /// They belong to different definitions or structures.
    pub fn merge(mut self, other: Self) -> Result<Self, ComputeError> {
        if self.layout != other.layout {
            let [expected, got] = [&self, &other].map(|part| part.layout.definition.to_string());
            return Err(ComputeError::OtherDefinition { expected, got });
        }
        if self.tree != other.tree {
            return Err(ComputeError::OtherStructure);
        }
        for (count, more) in self.counts.iter_mut().zip(&other.counts) {
            *count = count.checked_add(*more).ok_or_else(too_many)?;
        }
        Ok(self)
    }

    /// An error if the tallies were made for something else.
    pub(crate) fn check(&self, survey: &Survey, structure: &Structure) -> Result<(), ComputeError> {
        columns::check(&self.layout, &self.tree, survey, structure)
    }

    /// The counts of a group.
    pub(crate) fn of_node(&self, node: usize) -> &[u32] {
        let start = node * self.layout.width;
        self.counts.get(start..start + self.layout.width).unwrap_or_default()
    }

    fn count_responses(
        &mut self,
        frame: &DataFrame,
        classes: &GroupPositions,
        nodes: &[u32],
    ) -> Result<(), ComputeError> {
        let answered = frame.column(ANSWERED).and_then(|column| column.bool()).map_err(counting)?;
        self.count(classes, nodes, |row| match answered.get(row) {
            Some(true) => Some(layout::ANSWERED),
            _ => Some(layout::DECLINED),
        });
        Ok(())
    }

    fn count_column(
        &mut self,
        index: usize,
        frame: &DataFrame,
        classes: &GroupPositions,
        nodes: &[u32],
    ) -> Result<(), ComputeError> {
        let layout = Arc::clone(&self.layout);
        let Some(column) = layout.columns.get(index) else { return Ok(()) };
        let answered = frame.column(ANSWERED).and_then(|column| column.bool()).map_err(counting)?;
        let codes = codes(frame, column)?;
        self.count(classes, nodes, |row| match codes.get(row) {
            // Who did not take part is not somebody who did not come so far.
            None if answered.get(row) != Some(true) => None,
            None => Some(column.start + NOT_REACHED),
            Some(layout::DO_NOT_WANT_CODE) => Some(column.start + DO_NOT_WANT),
            Some(code) => column.slot(code),
        });
        Ok(())
    }

    /// Counts those who chose at least one of several options, which no count of one option tells.
    fn count_any(
        &mut self,
        index: usize,
        frame: &DataFrame,
        classes: &GroupPositions,
        nodes: &[u32],
    ) -> Result<(), ComputeError> {
        let layout = Arc::clone(&self.layout);
        let Some(IndicatorSource { any_of, hits, .. }) = layout.indicators.get(index) else {
            return Ok(());
        };
        let (false, [slot]) = (any_of.is_empty(), hits.as_slice()) else { return Ok(()) };
        let columns = any_of.iter().filter_map(|column| layout.columns.get(*column));
        let options = columns.map(|column| codes(frame, column)).collect::<Result<Vec<_>, _>>()?;
        self.count(classes, nodes, |row| {
            options.iter().any(|option| option.get(row) == Some(1)).then_some(*slot)
        });
        Ok(())
    }

    /// Adds 1 for every row, at the row's class and the place that `slot` gives.
    fn count(
        &mut self,
        classes: &GroupPositions,
        nodes: &[u32],
        slot: impl Fn(usize) -> Option<usize>,
    ) {
        let width = self.layout.width;
        for class in classes.iter() {
            let Some(node) = nodes.get(class.first() as usize) else { continue };
            let start = *node as usize * width;
            let mut add = |row: usize| {
                if let Some(count) = slot(row).and_then(|slot| self.counts.get_mut(start + slot)) {
                    *count += 1;
                }
            };
            match class {
                GroupsIndicator::Idx((_, rows)) => rows.iter().for_each(|row| add(*row as usize)),
                GroupsIndicator::Slice([from, len]) => {
                    (from..from + len).for_each(|row| add(row as usize))
                }
            }
        }
    }

    /// Sums of children, upward: a parent comes after all its children.
    fn add_up(&mut self) {
        let width = self.layout.width;
        let tree = Arc::clone(&self.tree);
        for (node, group) in tree.nodes.iter().enumerate() {
            let Some(parent) = group.parent else { continue };
            let (before, after) = self.counts.split_at_mut(parent * width);
            let child = before.get(node * width..(node + 1) * width).unwrap_or_default();
            for (sum, count) in after.iter_mut().zip(child) {
                *sum += count;
            }
        }
    }
}

/// A column with one width of numbers for all.
fn codes(frame: &DataFrame, column: &AnswerColumn) -> Result<Int16Chunked, ComputeError> {
    let column = frame.column(&column.name).and_then(|column| column.cast(&DataType::Int16));
    column.and_then(|column| column.rechunk().i16().cloned()).map_err(counting)
}

fn too_many() -> ComputeError {
    ComputeError::Count("more responses than can be counted".to_owned())
}
