//! Narrows what is possible for every group until nothing changes.
//!
//! Where groups nest the result is exact: each step keeps just those pairs of answers and hits
//! that go with some pair of the other groups of one equation, and the equations of a tree have
//! no circles. Tables by language and sex and ties between indicators close circles; there
//! a few possibilities too many may be left, never one too few.

use super::domain::Domain;
use super::family::Family;
use super::limit::Limit;
use super::links::{Link, Links};
use super::profile::Span;
use super::ties::Tie;

/// Steps in circles can narrow by one count each; stopping early only loses sharpness.
const ROUNDS: usize = 60;

/// The counts of one family of indicators in all nodes.
pub(super) struct Problem<'l> {
    links: &'l Links,
    ties: &'l [Tie<usize>],
    /// How many hits one pupil can be; means have no ties, so that it is the same for all.
    scale: i64,
    /// For each part of the family and each node what is possible.
    parts: Vec<Vec<Possible>>,
    limits: Vec<(usize, usize, Limit)>,
    /// For each equation when it was last looked at.
    looked: Vec<u64>,
    time: u64,
}

struct Possible {
    domain: Domain,
    /// When it last became less.
    changed: u64,
}

/// Nothing is possible for this node: what was assumed contradicts itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Impossible {
    pub(super) node: usize,
    pub(super) part: usize,
}

impl<'l> Problem<'l> {
    /// Everything that so many done can say; `limits` are part, node and what is published.
    pub(super) fn new(
        links: &'l Links,
        family: &'l Family,
        limits: Vec<(usize, usize, Limit)>,
    ) -> Self {
        let scale = family.scale();
        let possible =
            |done: &Span| Possible { domain: Domain::any([0, done[1]], scale), changed: 1 };
        let parts =
            family.parts.iter().map(|_| links.done.iter().map(possible).collect()).collect();
        Self {
            links,
            ties: &family.ties,
            scale,
            parts,
            limits,
            looked: vec![0; links.list.len()],
            time: 1,
        }
    }

    /// Narrows to the fixed point.
    pub(super) fn solve(&mut self) -> Result<(), Impossible> {
        let count = self.links.list.len();
        for _ in 0..ROUNDS {
            let before = self.time;
            self.apply_limits()?;
            for index in (0..count).chain((0..count).rev()) {
                self.look_at(index)?;
            }
            self.apply_ties()?;
            if self.time == before {
                break;
            }
        }
        Ok(())
    }

    /// What is possible for a node.
    pub(super) fn domain(&self, part: usize, node: usize) -> Option<&Domain> {
        Some(&self.parts.get(part)?.get(node)?.domain)
    }

    fn apply_limits(&mut self) -> Result<(), Impossible> {
        for (part, node, limit) in std::mem::take(&mut self.limits) {
            let scale = self.scale;
            self.change(part, node, |domain| domain.limit(&limit, scale))?;
            // Where every count is kept, a cell has told all it can at once.
            if matches!(self.domain(part, node), Some(Domain::Wide { .. })) {
                self.limits.push((part, node, limit));
            }
        }
        Ok(())
    }

    fn look_at(&mut self, index: usize) -> Result<(), Impossible> {
        let Some(link) = self.links.list.get(index).copied() else { return Ok(()) };
        let looked = self.looked.get(index).copied().unwrap_or_default();
        for part in 0..self.parts.len() {
            let changed = |node| self.possible(part, node).is_some_and(|one| one.changed > looked);
            match link {
                Link::Same { one, other } if changed(one) || changed(other) => {
                    self.make_same(part, one, other)?;
                }
                Link::Sum { whole, left, right }
                    if changed(whole) || changed(left) || changed(right) =>
                {
                    self.add_up(part, whole, left, right)?;
                }
                _ => {}
            }
        }
        if let Some(looked) = self.looked.get_mut(index) {
            *looked = self.time;
        }
        Ok(())
    }

    fn make_same(&mut self, part: usize, one: usize, other: usize) -> Result<(), Impossible> {
        for (from, to) in [(one, other), (other, one)] {
            if let Some(domain) = self.domain(part, from).cloned() {
                self.change(part, to, |mine| mine.narrow(&domain))?;
            }
        }
        Ok(())
    }

    fn add_up(
        &mut self,
        part: usize,
        whole: usize,
        left: usize,
        right: usize,
    ) -> Result<(), Impossible> {
        for (to, from) in [(whole, [left, right]), (left, [whole, right]), (right, [whole, left])] {
            let [Some(goal), Some(a), Some(b)] =
                [to, from[0], from[1]].map(|node| self.domain(part, node))
            else {
                return Ok(());
            };
            let within = goal.answers();
            let possible = if to == whole { a.plus(b, within) } else { a.minus(b, within) };
            self.change(part, to, |mine| mine.narrow(&possible))?;
        }
        Ok(())
    }

    /// What the indicators of one group say about each other.
    fn apply_ties(&mut self) -> Result<(), Impossible> {
        for tie in self.ties {
            let parts: Vec<usize> = tie.parts().into_iter().copied().collect();
            for node in 0..self.links.done.len() {
                let domains: Vec<Domain> =
                    parts.iter().filter_map(|part| self.domain(*part, node).cloned()).collect();
                for (part, left) in tie.left(&domains.iter().collect::<Vec<_>>()) {
                    self.change(part, node, |mine| mine.keep(&left))?;
                }
            }
        }
        Ok(())
    }

    fn change(
        &mut self,
        part: usize,
        node: usize,
        change: impl FnOnce(&mut Domain) -> bool,
    ) -> Result<(), Impossible> {
        let possible = self.parts.get_mut(part).and_then(|nodes| nodes.get_mut(node));
        let Some(possible) = possible else { return Ok(()) };
        if change(&mut possible.domain) {
            self.time += 1;
            possible.changed = self.time;
        }
        if possible.domain.is_empty() { Err(Impossible { node, part }) } else { Ok(()) }
    }

    fn possible(&self, part: usize, node: usize) -> Option<&Possible> {
        self.parts.get(part)?.get(node)
    }
}
