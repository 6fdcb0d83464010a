//! Which groups are sums of which, and what follows for how many pupils are done in each.

use super::profile::Span;

/// One equation between nodes.
#[derive(Debug, Clone, Copy)]
pub(super) enum Link {
    Sum { whole: usize, left: usize, right: usize },
    Same { one: usize, other: usize },
}

/// Nodes, of which the first are groups and the others helpers that halve long sums, with the
/// equations between them.
#[derive(Debug, Clone, Default)]
pub(super) struct Links {
    /// For each node how many can be done.
    pub(super) done: Vec<Span>,
    pub(super) list: Vec<Link>,
}

/// More than any group has.
const MANY: i64 = 1 << 32;
/// Bounds that cross the tree can creep for long; stopping early only loses sharpness.
const ROUNDS: usize = 40;

impl Links {
    /// A node of which nothing is known.
    pub(super) fn add_node(&mut self) -> usize {
        self.done.push([0, MANY]);
        self.done.len() - 1
    }

    /// Says that `whole` is the sum of `parts`, by halves: sums of two are exact both ways, and
    /// halving keeps them small.
    pub(super) fn add_sum(&mut self, whole: usize, parts: &[usize]) {
        match *parts {
            [] => {}
            [one] => self.list.push(Link::Same { one, other: whole }),
            [left, right] => self.list.push(Link::Sum { whole, left, right }),
            _ => {
                let (left, right) = parts.split_at(parts.len() / 2);
                let [left, right] = [left, right].map(|half| match *half {
                    [one] => one,
                    _ => {
                        let node = self.add_node();
                        self.add_sum(node, half);
                        node
                    }
                });
                self.list.push(Link::Sum { whole, left, right });
            }
        }
    }

    /// Narrows how many can be done from the equation `from` on, until nothing changes.
    pub(super) fn narrow_done(&mut self, from: usize) {
        for _ in 0..ROUNDS {
            let mut changed = false;
            for index in (from..self.list.len()).chain((from..self.list.len()).rev()) {
                if let Some(link) = self.list.get(index).copied() {
                    changed |= self.narrow_by(link);
                }
            }
            if !changed {
                return;
            }
        }
    }

    /// How many can be done in a node.
    pub(super) fn done(&self, node: usize) -> Span {
        self.done.get(node).copied().unwrap_or([0, MANY])
    }

    /// Leaves what lies in `span` too; whether that is less.
    pub(super) fn keep(&mut self, node: usize, span: Span) -> bool {
        let Some(done) = self.done.get_mut(node) else { return false };
        let both = [done[0].max(span[0]), done[1].min(span[1])];
        let changed = both != *done;
        *done = both;
        changed
    }

    fn narrow_by(&mut self, link: Link) -> bool {
        match link {
            Link::Same { one, other } => {
                let changed = self.keep(one, self.done(other));
                self.keep(other, self.done(one)) || changed
            }
            Link::Sum { whole, left, right } => {
                let [w, l, r] = [whole, left, right].map(|node| self.done(node));
                let changed = [
                    self.keep(whole, [l[0] + r[0], l[1] + r[1]]),
                    self.keep(left, [w[0] - r[1], w[1] - r[0]]),
                    self.keep(right, [w[0] - l[1], w[1] - l[0]]),
                ];
                changed.contains(&true)
            }
        }
    }
}
