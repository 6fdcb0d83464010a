//! What could be otherwise in a population without a reader noticing: changes of one pupil of
//! one class, of which any number can be combined as long as every published band stays true.

use super::room::Step;

/// One kind of change, forth; back is the same kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Move {
    pub(crate) kind: MoveKind,
    /// Only in classes of this language of instruction.
    pub(crate) language: u8,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MoveKind {
    /// A pupil of the stratum gives another valid answer: counts in `part` more, and in `instead`
    /// less, where the measure is a distribution.
    Answer { stratum: u8, part: u8, instead: Option<u8> },
    /// A pupil of the stratum who gave no valid answer gives one that counts in `part`.
    Valid { stratum: u8, part: u8 },
    /// A pupil of one stratum counts in `part` more, one of another stratum less.
    Swap { more: u8, less: u8, part: u8, instead: Option<u8> },
}

/// Whose counts a move touches in a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Quantity {
    Everybody,
    Stratum(u8),
    Language(u8),
}

/// All kinds of moves, those that explain most first.
pub(crate) fn moves(strata: u8, languages: u8, parts: u8) -> Vec<Move> {
    let mut kinds = Vec::new();
    let pairs = pairs(parts);
    for stratum in 0..strata {
        let answers = pairs.iter().map(|(part, instead)| MoveKind::Answer {
            stratum,
            part: *part,
            instead: *instead,
        });
        kinds.extend(answers);
    }
    for more in 0..strata {
        for less in more + 1..strata {
            let swaps = pairs.iter();
            kinds.extend(swaps.map(|(part, instead)| MoveKind::Swap {
                more,
                less,
                part: *part,
                instead: *instead,
            }));
        }
    }
    for stratum in 0..strata {
        kinds.extend((0..parts).map(|part| MoveKind::Valid { stratum, part }));
    }
    let each = |kind| (0..languages).map(move |language| Move { kind, language });
    kinds.into_iter().flat_map(each).collect()
}

/// The answers that a pupil can change between: those that count and all others, or two parts of
/// a distribution.
fn pairs(parts: u8) -> Vec<(u8, Option<u8>)> {
    match parts {
        1 => vec![(0, None)],
        _ => (0..parts)
            .flat_map(|part| (part + 1..parts).map(move |other| (part, Some(other))))
            .collect(),
    }
}

impl Move {
    /// Which counts it touches, and whether backwards.
    pub(crate) fn quantities(self) -> [Option<(Quantity, bool)>; 3] {
        match self.kind {
            MoveKind::Answer { stratum, .. } | MoveKind::Valid { stratum, .. } => [
                Some((Quantity::Everybody, false)),
                Some((Quantity::Stratum(stratum), false)),
                Some((Quantity::Language(self.language), false)),
            ],
            MoveKind::Swap { more, less, .. } => [
                Some((Quantity::Stratum(more), false)),
                Some((Quantity::Stratum(less), true)),
                None,
            ],
        }
    }

    /// What it does to the count of a part; `None` if nothing.
    pub(crate) fn step(self, part: u8, unit: i64) -> Option<Step> {
        let step = |value, valid| Some(Step { value, valid });
        match self.kind {
            MoveKind::Answer { part: more, instead, .. }
            | MoveKind::Swap { part: more, instead, .. } => match part {
                part if part == more => step(unit, 0),
                part if Some(part) == instead => step(-unit, 0),
                _ => None,
            },
            MoveKind::Valid { part: more, .. } => step(if part == more { unit } else { 0 }, 1),
        }
    }

    /// Whether it leaves the number of valid answers alone.
    pub(crate) fn keeps_valid(self) -> bool {
        !matches!(self.kind, MoveKind::Valid { .. })
    }
}
