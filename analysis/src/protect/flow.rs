//! How far one kind of move can change each group of a problem while every published band stays
//! true. Moves add up along the groups like a flow along a tree: what can come from inside a group
//! is the sum of what can come from the groups in it, and what is around a group bears what the
//! groups beside it can take back, and what the next larger group bears. Everything is worked out
//! when it is asked for, and kept until a cell changes that it depends on.

use super::leaves::Leaves;
use super::moves::Move;
use super::problem::Problem;
use super::room::Room;

/// What is known of one kind of move: of every group one [`Part`] after the other.
#[derive(Debug, Clone)]
pub(crate) struct Flow {
    parts: Vec<Option<Room>>,
}

/// What is known of a group.
#[derive(Debug, Clone, Copy)]
enum Part {
    /// How far it can be changed from inside.
    Inside,
    /// What the groups inside can do together, as [`Together`] counts it.
    Together,
    /// How far its own cells let it change.
    Own,
    /// How far its own cells and all around it let it change, whatever is inside.
    Over,
}

/// A sum of rooms; no group is added any more after plenty.
#[derive(Debug, Clone, Copy)]
struct Together(Room);

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
        let (up, down) = (self.0.up() + room.up(), self.0.down() + room.down());
        Self(Room::up_to(Self::PLENTY, up, down))
    }

    fn is_plenty(self) -> bool {
        self.0.up() >= Self::PLENTY && self.0.down() >= Self::PLENTY
    }

    fn room(self) -> Room {
        self.without(Room::NONE)
    }

    fn without(self, room: Room) -> Room {
        let Self(all) = self;
        Room::new(all.up().saturating_sub(room.up()), all.down().saturating_sub(room.down()))
    }
}

impl Part {
    const ALL: usize = 4;
}

impl Flow {
    pub(crate) fn unknown(problem: &Problem<'_>) -> Self {
        Self { parts: vec![None; Part::ALL * problem.spots.len()] }
    }

    /// Forgets what depends on what is around.
    pub(crate) fn forget_around(&mut self) {
        let first = self.at(Part::Over, 0);
        self.parts.iter_mut().skip(first).for_each(|known| *known = None);
    }

    /// Forgets what depends on the cells of a group.
    pub(crate) fn forget(&mut self, problem: &Problem<'_>, spot: usize) {
        self.forget_around();
        self.keep(Part::Own, spot, None);
        self.keep(Part::Inside, spot, None);
        let parent = |spot: &usize| problem.spots.get(*spot).and_then(|spot| spot.parent);
        for around in std::iter::successors(parent(&spot), parent) {
            self.keep(Part::Inside, around, None);
            self.keep(Part::Together, around, None);
        }
    }

    fn at(&self, part: Part, spot: usize) -> usize {
        part as usize * (self.parts.len() / Part::ALL) + spot
    }

    fn kept(&self, part: Part, spot: usize) -> Option<Room> {
        self.parts.get(self.at(part, spot)).copied().flatten()
    }

    fn keep(&mut self, part: Part, spot: usize, known: Option<Room>) {
        let at = self.at(part, spot);
        if let Some(slot) = self.parts.get_mut(at) {
            *slot = known;
        }
    }

    /// How far a group can be changed by what lies inside it, as far as its own cells allow.
    pub(crate) fn inside(&mut self, ground: &mut Ground<'_, '_, '_>, spot: usize) -> Room {
        if let Some(known) = self.kept(Part::Inside, spot) {
            return known;
        }
        let inside = match self.own(ground, spot) {
            Room::NONE => Room::NONE,
            own => self.within(ground, spot, own).min(own),
        };
        self.keep(Part::Inside, spot, Some(inside));
        inside
    }

    /// The same whatever its own cells say; no more is looked at once it is `enough`.
    pub(crate) fn within(
        &mut self,
        ground: &mut Ground<'_, '_, '_>,
        spot: usize,
        enough: Room,
    ) -> Room {
        let spots = ground.problem.spots;
        let children = spots.get(spot).map(|spot| spot.children.as_slice()).unwrap_or_default();
        if children.is_empty() {
            return ground.leaves.room(ground.problem, spot, ground.index, ground.one);
        }
        if let Some(together) = self.kept(Part::Together, spot) {
            return Together(together).room();
        }
        let mut within = Room::NONE;
        for child in children {
            within = within.plus(self.inside(ground, *child));
            if enough.fits_in(within) {
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
            false => together.without(self.inside(ground, spot)),
        };
        others.turned()
    }

    /// How far the own cells of a group and what is around it let it change.
    pub(crate) fn over(&mut self, ground: &mut Ground<'_, '_, '_>, spot: usize) -> Room {
        if let Some(known) = self.kept(Part::Over, spot) {
            return known;
        }
        let over = match self.own(ground, spot) {
            Room::NONE => Room::NONE,
            own => self.around(ground, spot).min(own),
        };
        self.keep(Part::Over, spot, Some(over));
        over
    }

    fn own(&mut self, ground: &mut Ground<'_, '_, '_>, spot: usize) -> Room {
        if let Some(known) = self.kept(Part::Own, spot) {
            return known;
        }
        let own = ground.problem.own_room(spot, ground.one);
        self.keep(Part::Own, spot, Some(own));
        own
    }

    fn together(&mut self, ground: &mut Ground<'_, '_, '_>, spot: usize) -> Together {
        if let Some(known) = self.kept(Part::Together, spot) {
            return Together(known);
        }
        let spots = ground.problem.spots;
        let mut together = Together(Room::NONE);
        for child in spots.get(spot).into_iter().flat_map(|spot| &spot.children) {
            together = together.plus(self.inside(ground, *child));
            if together.is_plenty() {
                break;
            }
        }
        self.keep(Part::Together, spot, Some(together.0));
        together
    }
}
