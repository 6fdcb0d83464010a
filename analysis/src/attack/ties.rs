//! What the counts of one indicator say about those of another: read from the definition, which
//! is published too.

use super::domain::Domain;
use super::profile::Span;
use survey_definitions::{Condition, Indicator, Measure, Survey};

/// How two or more indicators of one group depend on each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Tie<Part> {
    /// The parts of a distribution: their hits make up all valid answers, the same for each.
    Whole(Vec<Part>),
    /// The valid answers are the same.
    SameAnswers(Part, Part),
    /// The valid answers are the same, and who is a hit of the first is one of the second.
    Inside(Part, Part),
    /// Who is a hit of the first is one of the second.
    AtMost(Part, Part),
    /// The valid answers to the first come from hits of the second.
    Among(Part, Part),
}

impl<Part> Tie<Part> {
    pub(super) fn parts(&self) -> Vec<&Part> {
        match self {
            Self::Whole(parts) => parts.iter().collect(),
            Self::SameAnswers(a, b)
            | Self::Inside(a, b)
            | Self::AtMost(a, b)
            | Self::Among(a, b) => vec![a, b],
        }
    }

    /// The same between other names; `None` when one of them has no other name.
    pub(super) fn map<Other>(&self, name: impl Fn(&Part) -> Option<Other>) -> Option<Tie<Other>> {
        Some(match self {
            Self::Whole(parts) => Tie::Whole(parts.iter().map(name).collect::<Option<_>>()?),
            Self::SameAnswers(a, b) => Tie::SameAnswers(name(a)?, name(b)?),
            Self::Inside(a, b) => Tie::Inside(name(a)?, name(b)?),
            Self::AtMost(a, b) => Tie::AtMost(name(a)?, name(b)?),
            Self::Among(a, b) => Tie::Among(name(a)?, name(b)?),
        })
    }
}

impl Tie<String> {
    /// Whether it says that an indicator is a conditional share.
    pub(super) fn is_condition_of(&self, id: &str) -> bool {
        matches!(self, Self::Among(conditional, _) if conditional == id)
    }
}

/// All ties between the shares of a definition that are over codes of one item.
pub(super) fn ties(survey: &Survey) -> Vec<Tie<String>> {
    let shares: Vec<Share<'_>> = survey.indicators.iter().filter_map(Share::of).collect();
    let mut ties = Vec::new();
    for (index, one) in shares.iter().enumerate() {
        for (_, other) in shares.iter().enumerate().filter(|(position, _)| *position != index) {
            ties.extend(one.tie(other));
        }
    }
    ties
}

/// A share over codes of one item, perhaps among those with codes of another.
struct Share<'s> {
    id: &'s str,
    item: &'s str,
    codes: &'s [i16],
    among: Option<&'s Condition>,
}

impl<'s> Share<'s> {
    fn of(indicator: &'s Indicator) -> Option<Self> {
        let Measure::Share { of: Condition::Codes { item, codes }, among } = &indicator.measure
        else {
            return None;
        };
        Some(Self { id: &indicator.id, item, codes, among: among.as_ref() })
    }

    fn tie(&self, other: &Self) -> Option<Tie<String>> {
        let (one, two) = (self.id.to_owned(), other.id.to_owned());
        let inside = |codes: &[i16]| codes.iter().all(|code| other.codes.contains(code));
        let same_item = self.item == other.item;
        match (self.among, other.among) {
            (mine, theirs) if mine == theirs && same_item && inside(self.codes) => {
                Some(Tie::Inside(one, two))
            }
            // Once is enough.
            (mine, theirs) if mine == theirs && same_item => {
                (self.id < other.id).then_some(Tie::SameAnswers(one, two))
            }
            (Some(_), None) if same_item && inside(self.codes) => Some(Tie::AtMost(one, two)),
            (Some(Condition::Codes { item, codes }), None)
                if item == other.item && inside(codes) =>
            {
                Some(Tie::Among(one, two))
            }
            _ => None,
        }
    }
}

/// For each number of answers the hits that are left for each part of a tie.
pub(super) type Left<'d> = Box<dyn Fn(i64) -> Option<Span> + 'd>;

impl Tie<usize> {
    /// What the tie leaves of each of its parts, of which `domains` are possible.
    pub(super) fn left<'d>(&self, domains: &[&'d Domain]) -> Vec<(usize, Left<'d>)> {
        match (self, domains) {
            (Self::Whole(parts), _) => whole(parts, domains),
            (Self::SameAnswers(a, b), [one, two]) => vec![
                (*a, kept(one, |v, span| two.at(v).map(|_| span))),
                (*b, kept(two, |v, span| one.at(v).map(|_| span))),
            ],
            (Self::Inside(a, b), [one, two]) => vec![
                (*a, kept(one, |v, span| two.at(v).map(|other| [span[0], span[1].min(other[1])]))),
                (*b, kept(two, |v, span| one.at(v).map(|other| [span[0].max(other[0]), span[1]]))),
            ],
            (Self::AtMost(a, b), [one, two]) => {
                let (least, most) = (one.hits()[0], two.hits()[1]);
                vec![
                    (*a, kept(one, move |_, span| Some([span[0], span[1].min(most)]))),
                    (*b, kept(two, move |_, span| Some([span[0].max(least), span[1]]))),
                ]
            }
            (Self::Among(a, b), [one, two]) => {
                let (least, most) = (one.answers()[0], two.hits()[1]);
                vec![
                    (*a, kept(one, move |v, span| (v <= most).then_some(span))),
                    (*b, kept(two, move |_, span| Some([span[0].max(least), span[1]]))),
                ]
            }
            _ => Vec::new(),
        }
    }
}

fn kept<'d>(domain: &'d Domain, left: impl Fn(i64, Span) -> Option<Span> + 'd) -> Left<'d> {
    Box::new(move |v| left(v, domain.at(v)?))
}

/// Each part has what the others leave over.
fn whole<'d>(parts: &[usize], domains: &[&'d Domain]) -> Vec<(usize, Left<'d>)> {
    let left = |(part, domain): (&usize, &&'d Domain)| {
        let (domain, all) = (*domain, domains.to_vec());
        let left = kept(domain, move |v, [low, high]| {
            let sum = all.iter().try_fold([0, 0], |sum: Span, part| {
                let [low, high] = part.at(v)?;
                Some([sum[0] + low, sum[1] + high])
            });
            sum.map(|[least, most]| [v - (most - high), v - (least - low)])
        });
        (*part, left)
    };
    parts.iter().zip(domains).map(left).collect()
}
