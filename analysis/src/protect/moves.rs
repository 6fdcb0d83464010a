//! What could be otherwise in a population without a reader noticing: changes of one pupil of
//! one class, of which any number can be combined as long as every published band stays true.

use super::room::Change;
use super::shape::{Quantity, Shape};

/// One kind of change, forth; back is the same kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Move {
    pub(crate) kind: MoveKind,
    /// Only in classes of this language of instruction.
    pub(crate) language: u8,
    /// The counts that it changes in a group.
    pub(crate) touches: Vec<Touch>,
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

/// A count that a move changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Touch {
    /// Which of a group's counts: see [`Shape::number`].
    pub(crate) number: usize,
    pub(crate) change: Change,
    /// Whether the move takes away what the change adds.
    pub(crate) turned: bool,
    /// Whether it is the count of the stratum whose pupils make the move.
    pub(crate) of_stratum: bool,
}

/// All kinds of moves of a measure, those that explain most first.
pub(crate) struct Moves {
    pub(crate) all: Vec<Move>,
    /// For each number of a group the moves that change it, most explaining stage first: a
    /// stage is worth a look only where those before it do not explain enough.
    touching: Vec<[Vec<Touching>; STAGES]>,
    /// How many leave the number of valid answers alone; they come first.
    pub(crate) keep_valid: usize,
}

/// A move that changes a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Touching {
    /// Among all moves.
    pub(crate) index: usize,
    pub(crate) turned: bool,
}

const STAGES: usize = 3;

impl Moves {
    pub(crate) fn of(shape: Shape, languages: u8) -> Self {
        let all = all(shape, languages);
        let mut touching = vec![[const { Vec::new() }; STAGES]; shape.numbers()];
        for (index, one) in all.iter().enumerate() {
            // Of a number of which only the number of answers changes, nothing is learnt.
            let felt = one.touches.iter().filter(|touch| touch.change != Change::NotCounting);
            for Touch { number, turned, .. } in felt.copied() {
                let stages: Option<&mut [Vec<Touching>; STAGES]> = touching.get_mut(number);
                if let Some(stage) = stages.and_then(|stages| stages.get_mut(one.kind.stage())) {
                    stage.push(Touching { index, turned });
                }
            }
        }
        let keep_valid = all.iter().take_while(|one| one.kind.keeps_valid()).count();
        Self { all, touching, keep_valid }
    }

    /// The moves that change a number, by stage.
    pub(crate) fn touching(&self, number: usize) -> impl Iterator<Item = &[Touching]> {
        self.touching.get(number).into_iter().flatten().map(Vec::as_slice)
    }
}

fn all(shape: Shape, languages: u8) -> Vec<Move> {
    let (strata, parts) = (shape.strata as u8, shape.parts as u8);
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
    let each = |kind: MoveKind| {
        (0..languages).map(move |language| Move {
            kind,
            language,
            touches: kind.touches(shape, language),
        })
    };
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

impl MoveKind {
    /// Whose counts it changes, and whether backwards.
    fn quantities(self, language: u8) -> [Option<(Quantity, bool)>; 3] {
        match self {
            Self::Answer { stratum, .. } | Self::Valid { stratum, .. } => [
                Some((Quantity::Everybody, false)),
                Some((Quantity::Stratum(stratum), false)),
                Some((Quantity::Language(language), false)),
            ],
            Self::Swap { more, less, .. } => [
                Some((Quantity::Stratum(more), false)),
                Some((Quantity::Stratum(less), true)),
                None,
            ],
        }
    }

    /// What it does to the count of a part, and whether backwards; `None` if nothing.
    fn change(self, part: usize) -> Option<(Change, bool)> {
        let is = |other: u8| usize::from(other) == part;
        match self {
            Self::Answer { part, instead, .. } | Self::Swap { part, instead, .. } => {
                let less = instead.is_some_and(is);
                (is(part) || less).then_some((Change::Answer, less))
            }
            Self::Valid { part, .. } if is(part) => Some((Change::Counting, false)),
            Self::Valid { .. } => Some((Change::NotCounting, false)),
        }
    }

    fn touches(self, shape: Shape, language: u8) -> Vec<Touch> {
        let quantities = self.quantities(language).into_iter().flatten();
        let touches = quantities.flat_map(|(quantity, turned)| {
            let index = shape.index(quantity);
            (0..shape.parts).filter_map(move |part| {
                let (change, back) = self.change(part)?;
                Some(Touch {
                    number: shape.number(index?, part),
                    change,
                    turned: turned != back,
                    of_stratum: matches!(quantity, Quantity::Stratum(_)),
                })
            })
        });
        touches.collect()
    }

    fn stage(self) -> usize {
        match self {
            Self::Answer { .. } => 0,
            Self::Swap { .. } => 1,
            Self::Valid { .. } => 2,
        }
    }

    /// Whether it leaves the number of valid answers alone.
    pub(crate) fn keeps_valid(self) -> bool {
        !matches!(self, Self::Valid { .. })
    }
}
