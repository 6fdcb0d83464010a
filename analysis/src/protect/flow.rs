//! How far one kind of move can change each group of a problem while every published band stays
//! true. Moves add up along the groups like a flow along a tree, so that two walks, up and down,
//! find the exact answer.

use super::moves::Move;
use super::problem::Problem;
use super::room::Room;

/// One kind of move over all groups of a problem. Kept from one kind to the next: a nation has
/// millions of them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Flow {
    /// What the group's own cells allow.
    own: Vec<Room>,
    /// That, and no more than what lies inside the group can give.
    inside: Vec<Room>,
    /// What the groups inside can give together, up and down.
    siblings: Vec<[u16; 2]>,
    /// How far what lies around the group lets it change, whatever is inside it.
    around: Vec<Room>,
}

impl Flow {
    /// Walks up. `leaf` says how often each leaf can be changed; `None` for classes, where pupils
    /// change. Returns how far the whole problem can be changed from inside.
    pub(crate) fn up(
        &mut self,
        problem: &mut Problem<'_>,
        one: &Move,
        leaf: impl Fn(usize) -> Option<Room>,
    ) -> Room {
        let spots = problem.spots.len();
        for rooms in [&mut self.own, &mut self.inside] {
            rooms.clear();
            rooms.resize(spots, Room::NONE);
        }
        self.siblings.clear();
        self.siblings.resize(spots, [0; 2]);
        for (index, spot) in problem.spots.iter().enumerate() {
            let within = if !spot.leaf {
                at(&self.inside, index)
            } else if let Some(given) = leaf(index) {
                given
            } else if spot.language == one.language {
                problem.pupils(index, one)
            } else {
                Room::NONE
            };
            // Of a larger group it matters what its own cells allow even while nothing inside
            // moves: something will when a school is coarsened.
            if within == Room::NONE && spot.leaf {
                continue;
            }
            let own = problem.own_room(index, one);
            let inside = within.min(own);
            set(&mut self.own, index, own);
            set(&mut self.inside, index, inside);
            let Some(parent) = spot.parent else { continue };
            if let Some(around) = self.inside.get_mut(parent) {
                *around = around.plus(inside);
            }
            if let Some([up, down]) = self.siblings.get_mut(parent) {
                *up = up.saturating_add(inside.up.into());
                *down = down.saturating_add(inside.down.into());
            }
        }
        self.inside.last().copied().unwrap_or(Room::NONE)
    }

    /// Walks down: the room of the group around, and what its other groups can take back.
    /// `outside` says it of the root.
    pub(crate) fn down(&mut self, problem: &Problem<'_>, outside: Room) {
        self.around.clear();
        self.around.resize(problem.spots.len(), Room::NONE);
        for (index, spot) in problem.spots.iter().enumerate().rev() {
            let room = match spot.parent {
                None => outside,
                Some(parent) => {
                    let over = at(&self.around, parent).min(at(&self.own, parent));
                    let inside = at(&self.inside, index);
                    let [up, down] = self.siblings.get(parent).copied().unwrap_or_default();
                    let more = |own: u8, back: u16| {
                        u16::from(own).saturating_add(back).min(Room::ENOUGH.into()) as u8
                    };
                    Room {
                        up: more(over.up, down.saturating_sub(inside.down.into())),
                        down: more(over.down, up.saturating_sub(inside.up.into())),
                    }
                }
            };
            set(&mut self.around, index, room);
        }
    }

    /// For each group how far it can be changed from inside, and how far what is around lets it.
    pub(crate) fn rooms(&self) -> impl Iterator<Item = (Room, Room)> {
        self.inside.iter().copied().zip(self.around.iter().copied())
    }

    /// What is around each of the first groups.
    pub(crate) fn around(&self, first: usize) -> Vec<Room> {
        self.around.iter().copied().take(first).collect()
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
