//! Which cells keep a count from being changed further: what must be coarser so that some kind of
//! move can be made once more.

use super::flow::{Flow, Ground};
use super::known::Known;
use super::moves::Touching;
use super::problem::Problem;
use super::room::Room;
use super::shape::Place;
use super::state::State;

/// Forth or back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Up,
    Down,
}

/// Cells to coarsen by one step each.
#[derive(Debug, Clone, Default)]
struct Steps {
    cells: Vec<Place>,
    /// What they lose.
    bits: f64,
}

impl Known<'_> {
    /// The shown cells to coarsen so that a count can be changed once more than by any kind of
    /// move now: of all kinds those that lose the fewest bits. `None` where no cell of the
    /// problem is in the way, but the pupils themselves or what is around.
    pub(crate) fn binding(
        &mut self,
        problem: &mut Problem<'_>,
        place: Place,
        ranks: &[usize],
    ) -> Option<Vec<Place>> {
        let number = problem.shape.number(place.quantity, place.part);
        let touching: Vec<Touching> = self.moves.touching(number).flatten().copied().collect();
        let mut best: Option<Steps> = None;
        for of_count in [Way::Up, Way::Down] {
            let way = |touching: &Touching| of_count.turned_if(touching.turned);
            // The kinds that go furthest; others where nothing in the school holds those back.
            let mut left: Vec<(u8, &Touching)> = Vec::new();
            for touching in &touching {
                let Some((flow, mut ground)) = self.flow(problem, touching.index) else { continue };
                let inside = flow.inside(&mut ground, place.spot);
                let times = inside.min(flow.around(&mut ground, place.spot));
                left.push((way(touching).of(times), touching));
            }
            left.sort_by_key(|(times, _)| std::cmp::Reverse(*times));
            for furthest in left.chunk_by(|(one, _), (other, _)| one == other) {
                let mut found = None;
                for (_, touching) in furthest {
                    let Some((flow, mut ground)) = self.flow(problem, touching.index) else {
                        continue;
                    };
                    let steps = flow.once_more(&mut ground, place.spot, way(touching), ranks);
                    found = Steps::fewer(found, steps, ranks);
                }
                if found.is_some() {
                    best = Steps::fewer(best, found, ranks);
                    break;
                }
            }
        }
        best.map(|steps| steps.cells)
    }
}

impl Flow {
    /// So that a group can be changed once more.
    fn once_more(
        &mut self,
        ground: &mut Ground<'_, '_, '_>,
        spot: usize,
        way: Way,
        ranks: &[usize],
    ) -> Option<Steps> {
        let inside = way.of(self.inside(ground, spot));
        let around = way.of(self.around(ground, spot));
        let mut steps = Steps::default();
        if inside <= around {
            steps.add(self.more_inside(ground, spot, way, ranks)?);
        }
        if around <= inside {
            steps.add(self.more_around(ground, spot, way, ranks)?);
        }
        Some(steps)
    }

    /// So that one more can come from inside a group.
    fn more_inside(
        &mut self,
        ground: &mut Ground<'_, '_, '_>,
        spot: usize,
        way: Way,
        ranks: &[usize],
    ) -> Option<Steps> {
        let times = way.of(self.inside(ground, spot));
        let mut steps = own_cells(ground, spot, way, times);
        if way.of(self.within(ground, spot, Room::FREE)) <= times {
            let children = ground.problem.spots.get(spot).map(|spot| spot.children.as_slice());
            let children = children.into_iter().flatten();
            steps.add(self.fewest_inside(ground, children, way, ranks)?);
        }
        Some(steps)
    }

    /// So that what is around a group lets it change once more: another group takes it back, or
    /// the next larger group bears it.
    fn more_around(
        &mut self,
        ground: &mut Ground<'_, '_, '_>,
        spot: usize,
        way: Way,
        ranks: &[usize],
    ) -> Option<Steps> {
        let parent = ground.problem.spots.get(spot)?.parent?;
        let over = way.of(self.over(ground, parent));
        let mut wider = own_cells(ground, parent, way, over);
        let best = match way.of(self.around(ground, parent)) > over {
            true => Some(wider),
            false => self.more_around(ground, parent, way, ranks).map(|around| {
                wider.add(around);
                wider
            }),
        };
        let beside = ground.problem.spots.get(parent).map(|parent| parent.children.as_slice());
        let others = beside.into_iter().flatten().filter(|other| **other != spot);
        let other = self.fewest_inside(ground, others, way.turned_if(true), ranks);
        Steps::fewer(best, other, ranks)
    }

    /// So that one more can come from inside any of the groups.
    fn fewest_inside<'s>(
        &mut self,
        ground: &mut Ground<'_, '_, '_>,
        groups: impl Iterator<Item = &'s usize>,
        way: Way,
        ranks: &[usize],
    ) -> Option<Steps> {
        groups.fold(None, |best, group| {
            Steps::fewer(best, self.more_inside(ground, *group, way, ranks), ranks)
        })
    }
}

/// The cells of a group that let it change no more than so many times.
fn own_cells(ground: &mut Ground<'_, '_, '_>, spot: usize, way: Way, times: u8) -> Steps {
    let mut steps = Steps::default();
    for touch in &ground.one.touches {
        let place = ground.problem.shape.place(spot, touch.number);
        let room = ground.problem.room(place, touch.change);
        if ground.problem.is_shown(place) && way.turned_if(touch.turned).of(room) <= times {
            steps.bits += lost(ground.problem, place);
            steps.cells.push(place);
        }
    }
    steps
}

/// The bits that one step takes from a cell.
fn lost(problem: &Problem<'_>, place: Place) -> f64 {
    let lost = |state: State| Some(state.bits() - state.coarser()?.bits());
    problem.state(place).and_then(lost).unwrap_or(f64::INFINITY)
}

impl Steps {
    fn add(&mut self, other: Self) {
        self.cells.extend(other.cells);
        self.bits += other.bits;
    }

    /// The steps that lose less; of several that lose as much those of the first groups by rank,
    /// so that names do not choose.
    fn fewer(one: Option<Self>, other: Option<Self>, ranks: &[usize]) -> Option<Self> {
        let (Some(one), Some(other)) = (&one, &other) else { return one.or(other) };
        let key = |steps: &Self| -> Vec<_> {
            let cells = steps.cells.iter();
            cells.map(|cell| (ranks.get(cell.spot).copied(), cell.quantity, cell.part)).collect()
        };
        let order = one.bits.total_cmp(&other.bits).then_with(|| key(one).cmp(&key(other)));
        Some(if order.is_gt() { other.clone() } else { one.clone() })
    }
}

impl Way {
    fn turned_if(self, turned: bool) -> Self {
        match (self, turned) {
            (Self::Up, true) => Self::Down,
            (Self::Down, true) => Self::Up,
            (way, false) => way,
        }
    }

    fn of(self, room: Room) -> u8 {
        match self {
            Self::Up => room.up(),
            Self::Down => room.down(),
        }
    }
}
