//! How the groups of a problem and their numbers are laid out.

use super::room::Unit;
use std::ops::Range;

/// How many numbers each group has, and of whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shape {
    /// Parts of the measure; 1 unless it is a distribution.
    pub(crate) parts: usize,
    /// Girls, boys and who did not say, or everybody.
    pub(crate) strata: usize,
    /// Languages with tables of their own.
    pub(crate) languages: usize,
    pub(crate) unit: Unit,
}

/// Whose counts they are in a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Quantity {
    Everybody,
    Stratum(u8),
    Language(u8),
}

/// A group of a problem. Children come before their parent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Spot {
    /// In the whole tree.
    pub(crate) node: usize,
    pub(crate) parent: Option<usize>,
    /// None in a leaf.
    pub(crate) children: Vec<usize>,
    /// Of a class.
    pub(crate) language: u8,
    /// Whether there is a table by sex.
    pub(crate) by_sex: bool,
    /// Whether one group inside it has all its respondents: then it is that group.
    pub(crate) same_as_inside: bool,
    /// Whether a group above the schools has no other respondents: that one is hidden, and what
    /// is shown of this one must not tell more of it than a hidden group may tell.
    pub(crate) same_as_hidden: bool,
}

/// A cell of a problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) spot: usize,
    /// See [`Shape::index`].
    pub(crate) quantity: usize,
    pub(crate) part: usize,
}

impl Shape {
    pub(crate) const EVERYBODY: usize = 0;

    pub(crate) fn quantities(self) -> usize {
        1 + self.strata + self.languages
    }

    /// How many counts each group has.
    pub(crate) fn numbers(self) -> usize {
        self.quantities() * self.parts
    }

    /// Everybody, then the strata, then the languages.
    pub(crate) fn index(self, quantity: Quantity) -> Option<usize> {
        match quantity {
            Quantity::Everybody => Some(Self::EVERYBODY),
            Quantity::Stratum(stratum) => Some(1 + usize::from(stratum)),
            Quantity::Language(language) if usize::from(language) < self.languages => {
                Some(1 + self.strata + usize::from(language))
            }
            Quantity::Language(_) => None,
        }
    }

    /// Which stratum a quantity is.
    pub(crate) fn stratum(self, quantity: usize) -> Option<usize> {
        quantity.checked_sub(1).filter(|stratum| *stratum < self.strata)
    }

    /// Which of a group's counts.
    pub(crate) fn number(self, quantity: usize, part: usize) -> usize {
        quantity * self.parts + part
    }

    /// The place of one of a group's counts.
    pub(crate) fn place(self, spot: usize, number: usize) -> Place {
        Place { spot, quantity: number / self.parts, part: number % self.parts }
    }

    pub(crate) fn at(self, place: Place) -> usize {
        place.spot * self.numbers() + self.number(place.quantity, place.part)
    }

    /// Every place of these groups, by group.
    pub(crate) fn places(self, spots: Range<usize>) -> impl Iterator<Item = Place> + use<> {
        let (quantities, parts) = (self.quantities(), self.parts);
        spots.flat_map(move |spot| {
            (0..quantities).flat_map(move |quantity| {
                (0..parts).map(move |part| Place { spot, quantity, part })
            })
        })
    }
}
