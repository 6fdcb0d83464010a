//! Who makes the moves inside the smallest groups of a problem.

use super::moves::Move;
use super::problem::Problem;
use super::room::Room;

pub(crate) enum Leaves<'a> {
    /// Pupils of classes of these languages.
    Pupils {
        languages: &'a [u8],
    },
    Schools(Schools<'a>),
}

/// Schools, which are asked when it makes a difference: a few of a district can take nearly every
/// move between them.
pub(crate) struct Schools<'a> {
    /// Says how far a school can be changed by each kind of move.
    pub(crate) ask: &'a dyn Fn(usize) -> Vec<Room>,
    /// What they said.
    pub(crate) rooms: &'a mut [Option<Vec<Room>>],
}

impl Leaves<'_> {
    /// Whether anybody inside can make a move at all.
    pub(crate) fn make(&self, one: &Move) -> bool {
        match self {
            Self::Pupils { languages } => languages.contains(&one.language),
            Self::Schools(_) => true,
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
            Self::Schools(Schools { ask, rooms }) => {
                let rooms = rooms.get_mut(spot).map(|rooms| rooms.get_or_insert_with(|| ask(spot)));
                rooms.and_then(|rooms| rooms.get(index)).copied().unwrap_or(Room::NONE)
            }
        }
    }
}
