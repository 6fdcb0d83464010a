//! A release before it is written: ten million cells of a nation in a hundred megabytes.

use super::slices::{Slice, Slices};
use super::state::State;
use crate::bands::Band;
use crate::hull::{Intervals, Published};
use crate::tree::Tree;
use crate::{
    Breakdown, Cell, Cells, Clustering, Group, Header, IndicatorNote, Level, Parent, Part, Reason,
    Release, Respondents,
};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::io::Write;
use std::ops::Range;
use std::sync::Arc;

/// Groups that one thread writes in one go, and how many times so many are in memory at once.
const CHUNK: usize = 256;
const AT_ONCE: usize = 8;

/// The decisions about every cell of a release.
#[derive(Debug)]
pub struct Protected {
    header: Header,
    tree: Arc<Tree>,
    slices: Slices,
    /// By id.
    decided: Vec<Decided>,
    clustering: Vec<Option<Clustering>>,
}

/// One indicator, or part of a distribution.
#[derive(Debug)]
pub(super) struct Decided {
    pub(super) id: Arc<str>,
    pub(super) note: IndicatorNote,
    /// By quantity: everybody, strata, languages.
    pub(super) decisions: Vec<Decisions>,
}

/// What is shown of one quantity. Tables are of large groups alone, which come last in the tree.
#[derive(Debug, Default)]
pub(super) struct Decisions {
    /// The first group with a number.
    pub(super) first: usize,
    /// From there on.
    pub(super) each: Vec<Option<Decision>>,
}

impl Decisions {
    fn of(&self, node: usize) -> Option<Decision> {
        self.each.get(node.checked_sub(self.first)?).copied().flatten()
    }
}

/// What is shown of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Decision {
    Band(Band),
    Hidden(Reason),
}

impl Decision {
    pub(super) fn of(state: State, value: u64, whole: u64) -> Self {
        match state {
            State::Hidden(reason) => Self::Hidden(reason),
            State::Shown(column) => {
                column.band(value, whole).map_or(Self::Hidden(Reason::Withheld), Self::Band)
            }
        }
    }
}

/// Where the numbers of a group are, and what its intervals are made from.
struct View<'a> {
    quantity: usize,
    slice: &'a Slice,
    node: usize,
    level: Level,
    clustering: Option<Clustering>,
}

/// What the groups that one thread makes have in common.
struct Shared {
    /// Of the indicators. Threads that count the owners of the same id wait for each other.
    ids: Vec<Arc<str>>,
    intervals: Intervals,
}

impl Protected {
    pub(super) fn new(
        header: Header,
        tree: Arc<Tree>,
        slices: Slices,
        decided: Vec<Decided>,
    ) -> Self {
        let clustering = clustering(&tree);
        Self { header, tree, slices, decided, clustering }
    }

    pub fn header(&self) -> &Header {
        &self.header
    }

    /// How many groups there are.
    pub fn len(&self) -> usize {
        self.tree.nodes.len()
    }

    /// Whether there is no group at all.
    pub fn is_empty(&self) -> bool {
        self.tree.nodes.is_empty()
    }

    /// Every group, by level and id.
    pub fn groups(&self) -> impl Iterator<Item = Group> {
        self.groups_of(0..self.tree.nodes.len())
    }

    fn groups_of(&self, nodes: Range<usize>) -> impl Iterator<Item = Group> {
        let ids = self.decided.iter().map(|decided| Arc::from(decided.id.as_ref())).collect();
        let mut shared = Shared { ids, intervals: Intervals::default() };
        nodes.filter_map(move |node| self.group(node, &mut shared))
    }

    /// The whole release in memory: ten times as large.
    pub fn release(&self) -> Release {
        Release { header: self.header.clone(), groups: self.groups().collect() }
    }

    /// Writes the release file, as [`Release::write_json_lines`] does, some groups at a time.
    ///
    /// # Errors
    /// Those of writing.
    pub fn write_json_lines(&self, mut output: impl Write + Send) -> std::io::Result<()> {
        writeln!(output, "{}", self.header.to_line())?;
        let chunks: Vec<Range<usize>> = (0..self.len())
            .step_by(CHUNK)
            .map(|first| first..self.len().min(first + CHUNK))
            .collect();
        // While some lines are written, the next are made.
        let mut made: Vec<Vec<u8>> = Vec::new();
        for chunks in chunks.chunks(AT_ONCE) {
            let write = || made.iter().try_for_each(|lines| output.write_all(lines));
            let make = || chunks.par_iter().map(|nodes| self.lines(nodes.clone())).collect();
            let (written, next) = rayon::join(write, make);
            written?;
            made = next;
        }
        made.iter().try_for_each(|lines| output.write_all(lines))?;
        output.flush()
    }

    fn lines(&self, nodes: Range<usize>) -> Vec<u8> {
        let mut lines = Vec::new();
        for group in self.groups_of(nodes) {
            group.push_line(&mut lines);
        }
        lines
    }

    fn group(&self, node: usize, shared: &mut Shared) -> Option<Group> {
        let here = self.tree.nodes.get(node)?;
        let parent = here.parent.and_then(|parent| self.tree.nodes.get(parent));
        let clustering = self.clustering.get(node).copied().flatten();
        let slice = &self.slices.everybody;
        let view = View { quantity: 0, slice, node, level: here.level, clustering };
        Some(Group {
            level: here.level,
            group: here.id.clone(),
            parent: parent.map(|parent| Parent { level: parent.level, group: parent.id.clone() }),
            n: view.respondents(),
            clusters: clustering,
            cells: self.cells(&view, shared),
            by: self.tables(node, here.level, clustering, shared),
        })
    }

    fn tables(
        &self,
        node: usize,
        level: Level,
        clustering: Option<Clustering>,
        shared: &mut Shared,
    ) -> BTreeMap<Breakdown, BTreeMap<String, Part>> {
        let mut by: BTreeMap<Breakdown, BTreeMap<String, Part>> = BTreeMap::new();
        let mut add = |breakdown, name: &str, quantity, slice: &Slice| {
            let Some(clusters) = clustering.filter(|_| slice.exists.get(node) == Some(&true))
            else {
                return;
            };
            let view = View { quantity, slice, node, level, clustering };
            let part = Part { n: view.respondents(), clusters, cells: self.cells(&view, shared) };
            by.entry(breakdown).or_default().insert(name.to_owned(), part);
        };
        for (sex, slice) in self.slices.sexes.iter().enumerate() {
            add(
                Breakdown::Sex,
                ["girl", "boy"].get(sex).copied().unwrap_or_default(),
                1 + sex,
                slice,
            );
        }
        let languages = self.slices.names.iter().zip(&self.slices.languages).enumerate();
        for (language, (name, slice)) in languages {
            let quantity = 1 + self.slices.strata.len() + language;
            add(Breakdown::Language, name, quantity, slice);
        }
        by
    }

    fn cells(&self, view: &View<'_>, shared: &mut Shared) -> Cells {
        let Shared { ids, intervals } = shared;
        let cells = self.decided.iter().zip(ids).filter_map(|(decided, id)| {
            let decision = decided.decisions.get(view.quantity)?.of(view.node)?;
            Some((Arc::clone(id), self.cell(view, &decided.note, decision, intervals)))
        });
        cells.collect()
    }

    fn cell(
        &self,
        view: &View<'_>,
        note: &IndicatorNote,
        decision: Decision,
        intervals: &mut Intervals,
    ) -> Cell {
        let band = match decision {
            Decision::Band(band) => band,
            Decision::Hidden(reason) => return Cell::Hidden { reason },
        };
        let published = Published {
            note,
            policy: &self.header.policy,
            level: view.level,
            respondents: view.respondents(),
            clusters: view.clustering,
        };
        match intervals.of(band, &published) {
            Some(interval) => Cell::Band { low: band.low, high: band.high, interval },
            None => Cell::Hidden { reason: Reason::Withheld },
        }
    }
}

impl View<'_> {
    fn respondents(&self) -> Respondents {
        match self.slice.hidden.get(self.node) {
            Some(None) => {
                let facts = self.slice.facts.get(self.node);
                Respondents::shown(facts.map_or(0, |facts| facts.respondents))
            }
            _ => Respondents::Hidden,
        }
    }
}

/// Of each group the clusters inside it, by the enrolment of the structure.
fn clustering(tree: &Tree) -> Vec<Option<Clustering>> {
    // Of classes, then of schools: how many, the sum of the sizes and of their squares.
    let mut sums = vec![[(0_u64, 0_u64, 0_u64); 2]; tree.nodes.len()];
    let mut all = Vec::with_capacity(tree.nodes.len());
    for (index, node) in tree.nodes.iter().enumerate() {
        let size = u64::from(node.enrolment);
        let own = sums.get(index).copied().unwrap_or_default();
        let [classes, schools] = match node.level {
            Level::Class => [(1, size, size * size), (0, 0, 0)],
            Level::School => [own[0], (1, own[0].1, own[0].1 * own[0].1)],
            _ => own,
        };
        if let Some(parent) = node.parent.and_then(|parent| sums.get_mut(parent)) {
            for (sum, more) in parent.iter_mut().zip([classes, schools]) {
                *sum = (sum.0 + more.0, sum.1 + more.1, sum.2 + more.2);
            }
        }
        let (count, size, squares) = if node.level > Level::School { schools } else { classes };
        all.push((node.level > Level::Class).then(|| {
            Clustering {
                count: u32::try_from(count).unwrap_or(u32::MAX),
                size: u32::try_from(
                    squares.checked_div(size).map_or(1, |_| squares.div_ceil(size)),
                )
                .unwrap_or(u32::MAX),
            }
        }));
    }
    all
}
