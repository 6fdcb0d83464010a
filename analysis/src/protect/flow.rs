//! How far one kind of move can change each group of a problem while every published band stays
//! true. Moves add up along the groups like a flow along a tree: a walk up finds what can come
//! from inside each group, and a walk from a group to the root what can be borne around it.

use super::moves::Move;
use super::problem::Problem;
use super::room::Room;

/// One kind of move over all groups of a problem.
#[derive(Debug, Clone)]
pub(crate) struct Flow {
    spots: Vec<Passing>,
}

/// What passes through one group.
#[derive(Debug, Clone, Copy)]
struct Passing {
    /// What the group's own cells allow.
    own: Room,
    /// That, and no more than what lies inside the group can give.
    inside: Room,
    /// What the groups inside can give together, up and down.
    together: [u16; 2],
}

impl Passing {
    const NOTHING: Self = Self { own: Room::NONE, inside: Room::NONE, together: [0; 2] };

    fn add(&mut self, room: Room) {
        let [up, down] = self.together;
        self.together = [up.saturating_add(room.up.into()), down.saturating_add(room.down.into())];
    }

    /// What the groups inside can give besides one of them.
    fn without(&self, room: Room) -> [u16; 2] {
        let [up, down] = self.together;
        [up.saturating_sub(room.up.into()), down.saturating_sub(room.down.into())]
    }

    fn all(&self) -> Room {
        let [up, down] = self.together.map(Room::capped);
        Room { up, down }
    }
}

impl Flow {
    /// Walks up. `leaf` says how often each leaf can be changed.
    pub(crate) fn of(
        problem: &mut Problem<'_>,
        one: &Move,
        leaf: impl Fn(&mut Problem<'_>, usize) -> Room,
    ) -> Self {
        let mut flow = Self { spots: vec![Passing::NOTHING; problem.spots.len()] };
        let spots = problem.spots;
        for (index, spot) in spots.iter().enumerate() {
            let within = match spot.leaf {
                true => leaf(problem, index),
                false => flow.at(index).all(),
            };
            // Of a larger group it matters what its own cells allow even while nothing inside
            // moves: something will when a school is coarsened.
            if within == Room::NONE && spot.leaf {
                continue;
            }
            let own = problem.own_room(index, one);
            let inside = within.min(own);
            if let Some(here) = flow.spots.get_mut(index) {
                (here.own, here.inside) = (own, inside);
            }
            if let Some(around) = spot.parent.and_then(|parent| flow.spots.get_mut(parent)) {
                around.add(inside);
            }
        }
        flow
    }

    /// Takes in that the cells of one group have changed.
    pub(crate) fn update(
        &mut self,
        problem: &mut Problem<'_>,
        one: &Move,
        changed: usize,
        leaf: Room,
    ) {
        let spots = problem.spots;
        let mut next = Some(changed);
        while let Some(index) = next {
            let (Some(spot), before) = (spots.get(index), self.at(index)) else { return };
            let within = if spot.leaf { leaf } else { before.all() };
            let own = if index == changed { problem.own_room(index, one) } else { before.own };
            let inside = within.min(own);
            if let Some(here) = self.spots.get_mut(index) {
                (here.own, here.inside) = (own, inside);
            }
            next = spot.parent.filter(|_| inside != before.inside);
            if let Some(around) = next.and_then(|parent| self.spots.get_mut(parent)) {
                around.together = around.without(before.inside);
                around.add(inside);
            }
        }
    }

    /// How far a group can be changed from inside.
    pub(crate) fn inside(&self, spot: usize) -> Room {
        self.at(spot).inside
    }

    /// How far the whole problem can be changed from inside.
    pub(crate) fn root(&self) -> Room {
        self.spots.last().map_or(Room::NONE, |root| root.inside)
    }

    /// How far what lies around a group lets it change, whatever is inside it: the room of the
    /// group around, and what its other groups can take back. `outside` says it of the root.
    pub(crate) fn around(&self, problem: &Problem<'_>, spot: usize, outside: Room) -> Room {
        let Some(parent) = problem.spots.get(spot).and_then(|spot| spot.parent) else {
            return outside;
        };
        let here = self.at(parent);
        let [up, down] = here.without(self.inside(spot)).map(Room::capped);
        let back = Room { up: down, down: up };
        if back == Room::FREE {
            return back;
        }
        back.plus(self.around(problem, parent, outside).min(here.own))
    }

    fn at(&self, spot: usize) -> Passing {
        self.spots.get(spot).copied().unwrap_or(Passing::NOTHING)
    }
}
