//! How far one kind of move can change each group of a problem while every published band stays
//! true. Moves add up along the groups like a flow along a tree: what can come from inside a group
//! is the sum of what can come from the groups in it, and what is around a group bears what the
//! groups beside it can take back, and what the next larger group bears. Everything is worked out
//! when it is asked for, and kept until a cell changes that it depends on.

use super::leaves::Leaves;
use super::moves::Move;
use super::problem::Problem;
use super::room::Room;

/// What is known of one kind of move.
#[derive(Debug, Clone)]
pub(crate) struct Flow {
    spots: Vec<Passing>,
}

/// What is known of one group.
#[derive(Debug, Clone, Copy, Default)]
struct Passing {
    /// How far it can be changed from inside.
    inside: Option<Room>,
    /// What the groups inside can do together; no group is added any more after plenty.
    together: Option<Together>,
    /// How far its own cells and all around it let it change, whatever is inside.
    over: Option<Room>,
}

/// A sum of rooms.
#[derive(Debug, Clone, Copy, Default)]
struct Together {
    up: u8,
    down: u8,
}

/// What a flow is worked out from.
pub(crate) struct Ground<'g, 'p, 'l> {
    pub(crate) problem: &'g mut Problem<'p>,
    pub(crate) leaves: &'g mut Leaves<'l>,
    pub(crate) one: &'g Move,
    /// Of the move among all.
    pub(crate) index: usize,
    /// How far what is around the whole problem lets it change.
    pub(crate) outside: Room,
}

impl Together {
    /// Enough, and enough without any one of them.
    const PLENTY: u8 = 2 * Room::ENOUGH;

    fn plus(self, room: Room) -> Self {
        Self { up: self.up.saturating_add(room.up), down: self.down.saturating_add(room.down) }
    }

    fn is_plenty(self) -> bool {
        self.up >= Self::PLENTY && self.down >= Self::PLENTY
    }

    fn room(self) -> Room {
        Room { up: self.up.min(Room::ENOUGH), down: self.down.min(Room::ENOUGH) }
    }

    fn without(self, room: Room) -> Self {
        Self { up: self.up.saturating_sub(room.up), down: self.down.saturating_sub(room.down) }
    }
}

impl Flow {
    pub(crate) fn unknown(problem: &Problem<'_>) -> Self {
        Self { spots: vec![Passing::default(); problem.spots.len()] }
    }

    /// Forgets what depends on what is around.
    pub(crate) fn forget_around(&mut self) {
        for passing in &mut self.spots {
            passing.over = None;
        }
    }

    /// Forgets what depends on the cells of a group.
    pub(crate) fn forget(&mut self, problem: &Problem<'_>, spot: usize) {
        self.forget_around();
        if let Some(passing) = self.spots.get_mut(spot) {
            passing.inside = None;
        }
        let parent = |spot: &usize| problem.spots.get(*spot).and_then(|spot| spot.parent);
        for around in std::iter::successors(parent(&spot), parent) {
            if let Some(passing) = self.spots.get_mut(around) {
                *passing = Passing::default();
            }
        }
    }

    /// How far a group can be changed by what lies inside it, as far as its own cells allow.
    pub(crate) fn inside(&mut self, ground: &mut Ground<'_, '_, '_>, spot: usize) -> Room {
        if let Some(known) = self.at(spot).inside {
            return known;
        }
        let inside = match self.within(ground, spot) {
            Room::NONE => Room::NONE,
            within => within.min(ground.problem.own_room(spot, ground.one)),
        };
        if let Some(passing) = self.spots.get_mut(spot) {
            passing.inside = Some(inside);
        }
        inside
    }

    /// The same whatever its own cells say.
    pub(crate) fn within(&mut self, ground: &mut Ground<'_, '_, '_>, spot: usize) -> Room {
        let spots = ground.problem.spots;
        let children = spots.get(spot).map(|spot| spot.children.as_slice()).unwrap_or_default();
        if children.is_empty() {
            return ground.leaves.room(ground.problem, spot, ground.index, ground.one);
        }
        if let Some(together) = self.at(spot).together {
            return together.room();
        }
        let mut within = Room::NONE;
        for child in children {
            within = within.plus(self.inside(ground, *child));
            if within == Room::FREE {
                break;
            }
        }
        within
    }

    /// How far what lies around a group lets it change, whatever is inside it.
    pub(crate) fn around(&mut self, ground: &mut Ground<'_, '_, '_>, spot: usize) -> Room {
        let Some(parent) = ground.problem.spots.get(spot).and_then(|spot| spot.parent) else {
            return ground.outside;
        };
        let back = self.back(ground, parent, spot);
        if back == Room::FREE {
            return back;
        }
        back.plus(self.over(ground, parent))
    }

    /// What the other groups inside `around` can take back of what one of them does.
    pub(crate) fn back(
        &mut self,
        ground: &mut Ground<'_, '_, '_>,
        around: usize,
        spot: usize,
    ) -> Room {
        let together = self.together(ground, around);
        let others = match together.is_plenty() {
            true => together.room(),
            false => together.without(self.inside(ground, spot)).room(),
        };
        others.turned()
    }

    /// How far the own cells of a group and what is around it let it change.
    pub(crate) fn over(&mut self, ground: &mut Ground<'_, '_, '_>, spot: usize) -> Room {
        if let Some(known) = self.at(spot).over {
            return known;
        }
        let own = ground.problem.own_room(spot, ground.one);
        let over = self.around(ground, spot).min(own);
        if let Some(passing) = self.spots.get_mut(spot) {
            passing.over = Some(over);
        }
        over
    }

    fn together(&mut self, ground: &mut Ground<'_, '_, '_>, spot: usize) -> Together {
        if let Some(known) = self.at(spot).together {
            return known;
        }
        let spots = ground.problem.spots;
        let mut together = Together::default();
        for child in spots.get(spot).into_iter().flat_map(|spot| &spot.children) {
            together = together.plus(self.inside(ground, *child));
            if together.is_plenty() {
                break;
            }
        }
        if let Some(passing) = self.spots.get_mut(spot) {
            passing.together = Some(together);
        }
        together
    }

    fn at(&self, spot: usize) -> Passing {
        self.spots.get(spot).copied().unwrap_or_default()
    }
}
