//! How far one kind of move can change each group of a problem while every published band stays
//! true. Moves add up along the groups like a flow along a tree, so that two walks, up and down,
//! find the exact answer.

use super::moves::Move;
use super::problem::Problem;
use super::room::Room;

/// One kind of move over all groups of a problem.
#[derive(Debug, Clone)]
pub(crate) struct Flow {
    /// What the group's own cells allow.
    own: Vec<Room>,
    /// That, and no more than what lies inside the group can give.
    inside: Vec<Room>,
}

impl Flow {
    /// `leaf` says how often each leaf can be changed; `None` for classes, where pupils change.
    pub(crate) fn of(problem: &Problem, one: Move, leaf: impl Fn(usize) -> Option<Room>) -> Self {
        let spots = problem.spots.len();
        let mut flow = Self { own: vec![Room::NONE; spots], inside: vec![Room::NONE; spots] };
        for (index, spot) in problem.spots.iter().enumerate() {
            let within = if !spot.leaf {
                flow.inside.get(index).copied().unwrap_or(Room::NONE)
            } else if let Some(given) = leaf(index) {
                given
            } else if spot.language == one.language {
                problem.pupils(index, one)
            } else {
                Room::NONE
            };
            // Where nothing inside moves, what the cell allows does not matter to anything.
            if within == Room::NONE {
                continue;
            }
            let own = problem.own_room(index, one);
            let inside = within.min(own);
            set(&mut flow.own, index, own);
            set(&mut flow.inside, index, inside);
            if let Some(around) = spot.parent.and_then(|parent| flow.inside.get_mut(parent)) {
                *around = around.plus(inside);
            }
        }
        flow
    }

    /// How far the whole problem can be changed from inside.
    pub(crate) fn root(&self) -> Room {
        self.inside.last().copied().unwrap_or(Room::NONE)
    }

    /// How far what lies around each group lets it change, whatever is inside it: the room of the
    /// group around it, and what its neighbours can take back. `outside` says it of the root.
    pub(crate) fn around(&self, problem: &Problem, outside: Room) -> Vec<Room> {
        let mut siblings = vec![[0_u32; 2]; problem.spots.len()];
        for (spot, room) in problem.spots.iter().zip(&self.inside) {
            if let Some([up, down]) = spot.parent.and_then(|parent| siblings.get_mut(parent)) {
                *up += u32::from(room.up);
                *down += u32::from(room.down);
            }
        }
        let mut around = vec![Room::NONE; problem.spots.len()];
        for (index, spot) in problem.spots.iter().enumerate().rev() {
            let room = match spot.parent {
                None => outside,
                Some(parent) => {
                    let over = at(&around, parent).min(at(&self.own, parent));
                    let inside = at(&self.inside, index);
                    let [up, down] = siblings.get(parent).copied().unwrap_or_default();
                    let more =
                        |own: u8, back: u32| (u32::from(own) + back).min(Room::ENOUGH.into()) as u8;
                    Room {
                        up: more(over.up, down - u32::from(inside.down)),
                        down: more(over.down, up - u32::from(inside.up)),
                    }
                }
            };
            set(&mut around, index, room);
        }
        around
    }

    /// For each group how far it can be changed from inside, and how far what is around lets it.
    pub(crate) fn rooms<'f>(
        &'f self,
        around: &'f [Room],
    ) -> impl Iterator<Item = (Room, Room)> + use<'f> {
        self.inside.iter().copied().zip(around.iter().copied())
    }
}

fn at(rooms: &[Room], index: usize) -> Room {
    rooms.get(index).copied().unwrap_or(Room::NONE)
}

fn set(rooms: &mut [Room], index: usize, room: Room) {
    if let Some(slot) = rooms.get_mut(index) {
        *slot = room;
    }
}
