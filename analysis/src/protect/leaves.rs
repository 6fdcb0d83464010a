//! Who makes the moves inside the smallest groups of a problem.

use super::groups::SchoolGroups;
use super::moves::Move;
use super::problem::Problem;
use super::room::Room;

pub(crate) enum Leaves<'a> {
    /// Pupils of classes of these languages.
    Pupils { languages: &'a [u8] },
    /// Schools, which are asked when it makes a difference: a few of a district can take nearly
    /// every move between them. `ask` says how far a school can be changed by a kind of move,
    /// given by its position among all.
    Schools { groups: &'a [SchoolGroups], ask: &'a mut (dyn FnMut(usize, usize) -> Room + Send) },
}

impl Leaves<'_> {
    /// Whether anybody inside can make a move at all.
    pub(crate) fn make(&self, one: &Move) -> bool {
        match self {
            Self::Pupils { languages } => languages.contains(&one.language),
            Self::Schools { .. } => true,
        }
    }

    /// How often a move can be made inside a leaf; `index` is that of the move among all.
    pub(crate) fn room(
        &mut self,
        problem: &mut Problem<'_>,
        spot: usize,
        index: usize,
        one: &Move,
    ) -> Room {
        match self {
            Self::Pupils { .. } => match problem.spots.get(spot) {
                Some(here) if here.language == one.language => problem.pupils(spot, one),
                _ => Room::NONE,
            },
            Self::Schools { groups, ask } => match groups.get(spot) {
                Some(school) if school.languages.contains(&one.language) => ask(spot, index),
                _ => Room::NONE,
            },
        }
    }
}
