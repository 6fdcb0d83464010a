//! How far from the least loss the loop stays: small schools, every combination tried.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::print_stdout)]

use super::groups::SchoolGroups;
use super::moves::Moves;
use super::problem::Problem;
use super::room::{Count, Room, Unit};
use super::school::{Outcome, School};
use super::shape::{Place, Shape, Spot};
use super::state::State;
use crate::bands::Column;
use crate::{Policy, Reason};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

const SCHOOLS: u64 = 400;

const UNIT: Unit = Unit { full: 1, step: 1, answered_percent: 80, least_valid: 10 };
const SHAPE: Shape = Shape { parts: 1, strata: 1, languages: 0, unit: UNIT };

/// Two grades of two classes each, and the school: seven groups of one share.
fn spots() -> Vec<Spot> {
    let parents = [Some(4), Some(4), Some(5), Some(5), Some(6), Some(6), None];
    let spots = parents.into_iter().enumerate().map(|(node, parent)| Spot {
        node,
        parent,
        children: (0..7).filter(|child| parents[*child] == Some(node)).collect(),
        language: 0,
        by_sex: false,
        same_as_inside: false,
        same_as_hidden: false,
    });
    spots.collect()
}

fn school<'a>(spots: &'a [Spot], random: &mut ChaCha8Rng) -> Problem<'a> {
    let mut counts = [Count::default(); 7];
    for (class, grade) in [(0, 4), (1, 4), (2, 5), (3, 5)] {
        let respondents = random.gen_range(4..=28);
        let share = [0.0, 0.05, 0.2, 0.9][random.gen_range(0..4)];
        let value = (0..respondents).filter(|_| random.gen_bool(share)).count() as u64;
        for group in [class, grade, 6] {
            counts[group].respondents += respondents;
            counts[group].valid += respondents;
            counts[group].value += value;
        }
    }
    let state = |count: &Count| match Column::of(count.valid) {
        Some(column) => State::Shown(column),
        None => State::Hidden(Reason::FewRespondents),
    };
    // The only stratum is everybody again.
    Problem::new(SHAPE, spots, |place| {
        let count = counts[place.spot];
        (count, (place.quantity == Shape::EVERYBODY).then(|| state(&count)))
    })
}

fn bits(problem: &Problem<'_>) -> f64 {
    problem.places().filter_map(|place| problem.state(place)).map(State::bits).sum()
}

/// The most information that keeps the rules, trying every combination of coarser states.
fn best(school: &mut School<'_>, at: &[Place], so_far: f64, best: &mut f64) {
    let Some((place, rest)) = at.split_first() else {
        if so_far > *best && school.keeps_the_rules() {
            *best = so_far;
        }
        return;
    };
    let finest = school.problem.state(*place).unwrap();
    let mut next = Some(finest);
    while let Some(state) = next {
        school.set(*place, state);
        self::best(school, rest, so_far + state.bits(), best);
        next = state.coarser();
    }
    school.set(*place, finest);
}

#[test]
fn the_loop_loses_hardly_more_than_the_least() {
    let (policy, moves) = (Policy::STANDARD, Moves::of(SHAPE, 1));
    let groups = SchoolGroups {
        spots: spots(),
        languages: vec![0],
        judged: (0..7).map(|spot| (spot, Shape::EVERYBODY)).collect(),
    };
    let (mut touched, mut met, mut full, mut kept, mut most) = (0, 0, 0.0, 0.0, 0.0);
    for seed in 0..SCHOOLS {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let problem = school(&groups.spots, &mut random);
        // Around some schools nothing gives way, around others everything does.
        let outside = vec![if seed % 2 == 0 { Room::NONE } else { Room::FREE }; moves.all.len()];
        let mut by_loop = School::new(problem.clone(), &groups, &moves, &policy);
        if by_loop.settle(outside.clone(), false) != Outcome::Changed {
            continue;
        }
        assert!(by_loop.keeps_the_rules(), "school {seed}");
        let shown = problem.places().filter(|place| problem.is_shown(*place));
        let shown: Vec<Place> = shown.collect();
        let mut optimum = 0.0;
        let mut tried = School::new(problem.clone(), &groups, &moves, &policy);
        tried.surround(outside);
        best(&mut tried, &shown, 0.0, &mut optimum);
        let reached = bits(&by_loop.problem);
        assert!(reached <= optimum + 1e-9, "school {seed}: {reached} of {optimum}");
        touched += 1;
        met += usize::from(reached > optimum - 1e-9);
        (full, kept, most) = (full + bits(&problem), kept + reached, most + optimum);
    }
    println!(
        "{SCHOOLS} schools, {touched} changed by the loop, {met} of them at the least loss; bits: \
         {full:.1} before, {most:.1} at best, {kept:.1} by the loop"
    );
    assert!(touched > 50, "{touched}");
    assert!(kept >= 0.95 * most, "{kept} of {most}");
}
