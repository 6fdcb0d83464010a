//! Which cells keep a count from being changed further.

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

/// What would have to be coarser for a kind of move to change a count once more.
struct Binding {
    /// How often it can change it now.
    times: u8,
    cells: Vec<Place>,
}

impl Known<'_> {
    /// The shown cells to coarsen so that a count can be changed once more than by any kind of
    /// move now: of all kinds those that cost the fewest bits. `None` where no cell of the
    /// problem is in the way, but the pupils themselves or what is around.
    pub(crate) fn binding(
        &mut self,
        problem: &mut Problem<'_>,
        place: Place,
    ) -> Option<Vec<Place>> {
        let number = problem.shape.number(place.quantity, place.part);
        let touching: Vec<Touching> = self.moves.touching(number).flatten().copied().collect();
        let mut cheapest: Option<(f64, Vec<Place>)> = None;
        for count_way in [Way::Up, Way::Down] {
            let found: Vec<Binding> = touching
                .iter()
                .filter_map(|touching| {
                    let way = if touching.turned { count_way.turned() } else { count_way };
                    self.binding_of(problem, place.spot, touching.index, way)
                })
                .collect();
            let most = found.iter().map(|binding| binding.times).max();
            for binding in found.into_iter().filter(|binding| Some(binding.times) == most) {
                let bits = binding.cells.iter().map(|cell| cost(problem, *cell)).sum();
                if cheapest.as_ref().is_none_or(|(least, _)| bits < *least) {
                    cheapest = Some((bits, binding.cells));
                }
            }
        }
        cheapest.map(|(_, cells)| cells)
    }

    /// Of one kind of move one way; `None` where coarsening helps nothing.
    fn binding_of(
        &mut self,
        problem: &mut Problem<'_>,
        spot: usize,
        index: usize,
        way: Way,
    ) -> Option<Binding> {
        let (flow, mut ground) = self.flow(problem, index)?;
        let ground = &mut ground;
        let times = way.of(flow.inside(ground, spot).min(flow.around(ground, spot)));
        if way.of(flow.within(ground, spot)) <= times {
            return None;
        }
        let mut cells = Vec::new();
        // What the groups beside can take back, from the place up to the group looked at.
        let mut back = 0;
        let mut here = spot;
        loop {
            for touch in &ground.one.touches {
                let place = ground.problem.shape.place(here, touch.number);
                let room = ground.problem.room(place, touch.change);
                let room = if touch.turned { room.turned() } else { room };
                if ground.problem.is_shown(place) && way.of(room) + back <= times {
                    cells.push(place);
                }
            }
            let Some(parent) = ground.problem.spots.get(here)?.parent else {
                let helps = way.of(ground.outside) + back > times;
                return helps.then_some(Binding { times, cells });
            };
            back += way.of(flow.back(ground, parent, here));
            if back > times {
                return Some(Binding { times, cells });
            }
            here = parent;
        }
    }
}

impl Way {
    fn turned(self) -> Self {
        match self {
            Self::Up => Self::Down,
            Self::Down => Self::Up,
        }
    }

    fn of(self, room: Room) -> u8 {
        match self {
            Self::Up => room.up,
            Self::Down => room.down,
        }
    }
}

/// The bits that one step takes from a cell.
fn cost(problem: &Problem<'_>, place: Place) -> f64 {
    let lost = |state: State| Some(state.bits() - state.coarser()?.bits());
    problem.state(place).and_then(lost).unwrap_or(f64::INFINITY)
}
