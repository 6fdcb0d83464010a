//! What is still possible for a group, as an attacker narrows it down.

use super::limit::Limit;
use super::profile::{Profile, Span};

/// Numbers of valid answers above which hits are no longer kept for each of them.
const WIDEST: i64 = 256;

/// The valid answers that a group can have, with their hits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Domain {
    Exact(Profile),
    /// Answers and hits apart: more than can be, never less.
    Wide {
        answers: Span,
        hits: Span,
    },
}

impl Domain {
    /// Any hits up to `scale` for each answer.
    pub(super) fn any(answers: Span, scale: i64) -> Self {
        if narrow(answers) {
            Self::Exact(Profile::new(answers, |v| Some([0, v * scale])))
        } else {
            Self::Wide { answers, hits: [0, answers[1] * scale] }
        }
    }

    /// Whether nothing is possible: what is published contradicts itself.
    pub(super) fn is_empty(&self) -> bool {
        let upside_down = |span: Span| span[0] > span[1];
        upside_down(self.answers()) || upside_down(self.hits())
    }

    pub(super) fn answers(&self) -> Span {
        match self {
            Self::Exact(profile) => profile.answers(),
            Self::Wide { answers, .. } => *answers,
        }
    }

    pub(super) fn hits(&self) -> Span {
        match self {
            Self::Exact(profile) => profile.hits(),
            Self::Wide { hits, .. } => *hits,
        }
    }

    /// The hits that go with a number of answers.
    pub(super) fn at(&self, answers: i64) -> Option<Span> {
        match self {
            Self::Exact(profile) => profile.at(answers),
            Self::Wide { answers: [low, high], hits } => {
                (*low..=*high).contains(&answers).then_some(*hits)
            }
        }
    }

    /// Leaves what a published cell allows; whether that is less.
    pub(super) fn limit(&mut self, limit: &Limit, scale: i64) -> bool {
        match self {
            Self::Exact(profile) => profile.keep(|v| limit.hits(v, scale)),
            Self::Wide { answers, hits } => {
                let before = (*answers, *hits);
                *answers = both(*answers, limit.answers);
                *hits = both(*hits, limit.hits_of_range(*answers, scale));
                before != (*answers, *hits)
            }
        }
    }

    /// Leaves what is in `other` too; whether that is less.
    pub(super) fn narrow(&mut self, other: &Self) -> bool {
        match self {
            Self::Exact(profile) => profile.keep(|v| other.at(v)),
            Self::Wide { answers, hits } => {
                let before = (*answers, *hits);
                *answers = both(*answers, other.answers());
                *hits = both(*hits, other.hits());
                before != (*answers, *hits)
            }
        }
    }

    /// Leaves the hits that `span` allows for each number of answers; whether that is less.
    /// Nothing where answers and hits are apart.
    pub(super) fn keep(&mut self, span: impl Fn(i64) -> Option<Span>) -> bool {
        match self {
            Self::Exact(profile) => profile.keep(span),
            Self::Wide { .. } => false,
        }
    }

    /// What two groups can have together, where they have `within` answers.
    pub(super) fn plus(&self, other: &Self, within: Span) -> Self {
        let answers = both(sum(self.answers(), other.answers()), within);
        match (self, other) {
            (Self::Exact(a), Self::Exact(b)) if narrow(answers) => Self::Exact(a.plus(b, within)),
            _ => Self::Wide { answers, hits: sum(self.hits(), other.hits()) },
        }
    }

    /// What is left of this group without `part`, where that has `within` answers.
    pub(super) fn minus(&self, part: &Self, within: Span) -> Self {
        let answers = both(rest(self.answers(), part.answers()), within);
        match (self, part) {
            (Self::Exact(a), Self::Exact(b)) if narrow(answers) => Self::Exact(a.minus(b, within)),
            _ => Self::Wide { answers, hits: rest(self.hits(), part.hits()) },
        }
    }

    /// How many different numbers of hits are possible.
    pub(super) fn allowed(&self) -> i64 {
        let Self::Exact(profile) = self else {
            let [low, high] = self.hits();
            return high - low + 1;
        };
        let mut spans: Vec<Span> = profile.spans().map(|(_, span)| span).collect();
        spans.sort_unstable();
        let (mut count, mut counted_to) = (0, i64::MIN);
        for [low, high] in spans {
            let from = low.max(counted_to.saturating_add(1));
            count += (high - from + 1).max(0);
            counted_to = counted_to.max(high);
        }
        count
    }

    /// Whether every possibility has all of the answers as hits (`share` 1) or none (0), and
    /// somebody has answered.
    pub(super) fn is_surely(&self, share: i64, scale: i64) -> bool {
        match self {
            Self::Exact(profile) => {
                self.answers()[1] > 0
                    && profile.spans().all(|(v, span)| span == [v * scale * share; 2])
            }
            Self::Wide { .. } => share == 0 && self.hits() == [0, 0],
        }
    }
}

fn narrow(answers: Span) -> bool {
    answers[1] - answers[0] < WIDEST
}

fn both(a: Span, b: Span) -> Span {
    [a[0].max(b[0]), a[1].min(b[1])]
}

fn sum(a: Span, b: Span) -> Span {
    [a[0] + b[0], a[1] + b[1]]
}

fn rest(a: Span, b: Span) -> Span {
    [a[0] - b[1], a[1] - b[0]]
}
