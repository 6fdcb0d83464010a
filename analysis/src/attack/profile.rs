//! Which hits a group can have with each number of valid answers, for groups that are not wide.

/// For every number of valid answers from `first` on the lowest and the highest hits; exact,
/// so that sums of profiles are exact too. A number that cannot be has an empty span.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Profile {
    first: i64,
    spans: Vec<Span>,
}

/// Lowest and highest, both included.
pub(super) type Span = [i64; 2];

/// Larger than any count, small enough that four of them can be added.
const HUGE: i64 = 1 << 60;
/// No hits can go with this number of answers. Adding to it leaves it empty.
const EMPTY: Span = [HUGE, -HUGE];

impl Profile {
    /// What `span` allows for each number of answers; `None` where nothing.
    pub(super) fn new(answers: Span, span: impl Fn(i64) -> Option<Span>) -> Self {
        let spans = (answers[0]..=answers[1]).map(|v| span(v).unwrap_or(EMPTY)).collect();
        Self { first: answers[0], spans }.tidy()
    }

    /// The numbers of answers with their hits.
    pub(super) fn spans(&self) -> impl Iterator<Item = (i64, Span)> {
        (self.first..).zip(self.spans.iter().copied()).filter(|(_, span)| !empty(span))
    }

    /// Which numbers of valid answers can be; upside down when nothing can.
    pub(super) fn answers(&self) -> Span {
        [self.first, self.first + self.spans.len() as i64 - 1]
    }

    /// Which hits can be, whatever the answers.
    pub(super) fn hits(&self) -> Span {
        self.spans().fold(EMPTY, |all, (_, span)| [all[0].min(span[0]), all[1].max(span[1])])
    }

    /// The hits for a number of answers.
    pub(super) fn at(&self, answers: i64) -> Option<Span> {
        let index = usize::try_from(answers - self.first).ok()?;
        self.spans.get(index).copied().filter(|span| !empty(span))
    }

    /// Leaves what `span` allows too; whether that is less than before.
    pub(super) fn keep(&mut self, span: impl Fn(i64) -> Option<Span>) -> bool {
        let mut changed = false;
        for (answers, mine) in (self.first..).zip(&mut self.spans) {
            if empty(mine) {
                continue;
            }
            let other = span(answers).unwrap_or(EMPTY);
            let both = [mine[0].max(other[0]), mine[1].min(other[1])];
            changed |= both != *mine;
            *mine = both;
        }
        if changed {
            let tidied = std::mem::replace(self, Self { first: 0, spans: Vec::new() }).tidy();
            *self = tidied;
        }
        changed
    }

    /// What two groups can have together, where they have `within` answers.
    pub(super) fn plus(&self, other: &Self, within: Span) -> Self {
        let [mine, theirs] = [self.answers(), other.answers()];
        let mut sum = Self::nothing([mine[0] + theirs[0], mine[1] + theirs[1]], within);
        let first = sum.first;
        for (v, a) in self.spans() {
            let (to, from) = aligned(v + other.first - first);
            for (to, b) in sum.spans.iter_mut().skip(to).zip(other.spans.iter().skip(from)) {
                *to = [to[0].min(a[0] + b[0]), to[1].max(a[1] + b[1])];
            }
        }
        sum.tidy()
    }

    /// What is left of this group without `part`, where that has `within` answers.
    pub(super) fn minus(&self, part: &Self, within: Span) -> Self {
        let [mine, theirs] = [self.answers(), part.answers()];
        let mut rest = Self::nothing([mine[0] - theirs[1], mine[1] - theirs[0]], within);
        let first = rest.first;
        for (v, b) in part.spans() {
            let (to, from) = aligned(self.first - v - first);
            for (to, a) in rest.spans.iter_mut().skip(to).zip(self.spans.iter().skip(from)) {
                *to = [to[0].min(a[0] - b[1]), to[1].max(a[1] - b[0])];
            }
        }
        rest.tidy()
    }

    fn nothing(answers: Span, within: Span) -> Self {
        let [first, last] = [answers[0].max(within[0]), answers[1].min(within[1])];
        let width = usize::try_from(last - first + 1).unwrap_or_default();
        Self { first, spans: vec![EMPTY; width] }
    }

    /// Cuts off the ends that cannot be; empty spans all look alike.
    fn tidy(mut self) -> Self {
        for span in self.spans.iter_mut().filter(|span| empty(span)) {
            *span = EMPTY;
        }
        let last = self.spans.iter().rposition(|span| !empty(span)).map_or(0, |last| last + 1);
        self.spans.truncate(last);
        let start = self.spans.iter().position(|span| !empty(span)).unwrap_or(0);
        self.spans.drain(..start);
        self.first += start as i64;
        self
    }
}

fn empty(span: &Span) -> bool {
    span[0] > span[1]
}

/// How many elements of the goal and of the source to leave out, when the source starts
/// `offset` after the goal.
fn aligned(offset: i64) -> (usize, usize) {
    let outside = |n: i64| usize::try_from(n).unwrap_or_default();
    (outside(offset), outside(-offset))
}
