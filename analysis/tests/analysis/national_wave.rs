//! The generator of the national measurement at a small size.

#[path = "../../examples/national/definition.rs"]
mod definition;
#[path = "../../examples/national/wave.rs"]
#[allow(dead_code, reason = "the measurement uses the rest")]
mod wave;

use analysis::{Columns, Tallies};
use survey_definitions::{Answer, Response};
use wave::{Size, Wave};

const SMALL: Size = Size { regions: 2, districts: 5, schools: 20, classes: 200, pupils: 4_900 };

fn tallies(wave: &Wave, pupils: impl Iterator<Item = usize>) -> Tallies {
    let classes = wave.structure.classes();
    let responses = pupils.map(|pupil| {
        let class = wave.class_of(pupil);
        (&classes[class].class, wave.response(pupil, class))
    });
    let columns = Columns::from_responses(&wave.survey, &wave.structure, responses).unwrap();
    Tallies::of(&wave.survey, &wave.structure, &columns).unwrap()
}

#[test]
fn the_generated_wave_has_the_size_that_was_asked_for_and_is_the_same_every_time() {
    let wave = Wave::new(definition::survey(), SMALL);
    assert_eq!((wave.len(), wave.survey.items.len()), (4_900, 45));
    assert_eq!(wave.structure.classes().len(), 200);
    let again = Wave::new(definition::survey(), SMALL);
    let pupils = || (0..wave.len()).step_by(7);
    assert!(pupils().all(|pupil| {
        let class = wave.class_of(pupil);
        wave.response(pupil, class) == again.response(pupil, class)
    }));
}

#[test]
fn three_percent_of_the_generated_answers_are_missing() {
    let wave = Wave::new(definition::survey(), SMALL);
    let (mut missing, mut all) = (0, 0);
    for pupil in 0..wave.len() {
        let Response::Answered(answers) = wave.response(pupil, wave.class_of(pupil)) else {
            continue;
        };
        all += answers.0.len();
        missing += answers.0.iter().filter(|answer| !matches!(answer, Answer::Code(_))).count();
    }
    assert!((25..35).contains(&(missing * 1000 / all)), "{missing} of {all}");
}

#[test]
fn the_shuffled_wave_is_the_same_wave() {
    let wave = Wave::new(definition::survey(), SMALL);
    let mut order: Vec<usize> = wave.shuffled().collect();
    assert!(!order.is_sorted());
    assert!(tallies(&wave, wave.shuffled()) == tallies(&wave, 0..wave.len()));
    order.sort_unstable();
    assert!(order.into_iter().eq(0..wave.len()));
}
