//! Laws of tallies that hold for every definition and every wave.

use crate::every_measure::Wave;
use crate::generated::{any_pupils, any_survey};
use analysis::{ComputeError, MeasureCounts, Tallies};
use proptest::prelude::*;
use survey_definitions::{Answer, Answers, MeanItem, Measure, Response, Sex, Survey};

/// For each indicator the counts of all sexes together.
fn together(tallies: &Tallies, survey: &Survey) -> Vec<MeasureCounts> {
    let indicators = (0..survey.indicators.len()).map(|index| tallies.measure_counts(index));
    let sum = |strata: Vec<MeasureCounts>| {
        let mut strata = strata.into_iter();
        let mut all = strata.next_back().unwrap();
        for one in strata {
            all.valid.iter_mut().zip(&one.valid).for_each(|(sum, more)| *sum += more);
            all.squares.iter_mut().zip(&one.squares).for_each(|(sum, more)| *sum += more);
            let parts = all.parts.iter_mut().flatten().zip(one.parts.iter().flatten());
            parts.for_each(|(sum, more)| *sum += more);
        }
        all
    };
    indicators.map(sum).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn the_order_of_rows_never_matters(
        survey in any_survey(),
        (pupils, mixed) in any_pupils(4).prop_flat_map(|pupils| {
            (Just(pupils.clone()), Just(pupils).prop_shuffle())
        }),
    ) {
        let whole = Wave::of(survey.clone(), &pupils).tallies();
        prop_assert_eq!(Wave::of(survey, &mixed).tallies(), whole);
    }

    #[test]
    fn parts_merge_into_the_whole_however_a_wave_is_split(
        survey in any_survey(),
        pupils in any_pupils(4),
        part_of in prop::collection::vec(0..3_usize, 60),
    ) {
        let wave = Wave::of(survey, &pupils);
        let part = |wanted: usize| {
            let own = wave.pupils.iter().zip(&part_of).filter(|(_, part)| **part == wanted);
            wave.tallies_of(&own.map(|(pupil, _)| pupil.clone()).collect::<Vec<_>>())
        };
        let [first, second, third] = [0, 1, 2].map(part);
        let left = first.clone().merge(second.clone()).unwrap().merge(third.clone()).unwrap();
        let right = third.merge(first).unwrap().merge(second).unwrap();
        let whole = wave.tallies();
        prop_assert_eq!(&left, &whole);
        prop_assert_eq!(&right, &whole);
    }

    #[test]
    fn a_pupil_without_a_valid_answer_changes_no_denominator(
        survey in any_survey(),
        pupils in any_pupils(4),
        class in 0..12_usize,
        missing in prop::collection::vec(any::<bool>(), 4),
    ) {
        let mut wave = Wave::of(survey, &pupils);
        let before = together(&wave.tallies(), &wave.survey);
        let answer = |willing| if willing { Answer::NotReached } else { Answer::DoNotWant };
        let answers = Answers(missing.into_iter().map(answer).collect());
        wave.pupils.push((class, Response::Answered(answers)));
        wave.pupils.push((class, Response::Declined));
        prop_assert_eq!(together(&wave.tallies(), &wave.survey), before);
    }

    #[test]
    fn why_an_answer_is_missing_changes_no_measure(
        survey in any_survey(),
        pupils in any_pupils(4),
    ) {
        let mut wave = Wave::of(survey, &pupils);
        let before = together(&wave.tallies(), &wave.survey);
        for (_, response) in &mut wave.pupils {
            let Response::Answered(answers) = response else { continue };
            for answer in &mut answers.0 {
                *answer = match *answer {
                    Answer::NotReached => Answer::DoNotWant,
                    Answer::DoNotWant => Answer::NotReached,
                    valid => valid,
                };
            }
        }
        prop_assert_eq!(together(&wave.tallies(), &wave.survey), before);
    }

    #[test]
    fn girls_boys_and_who_did_not_say_are_everybody(
        mut survey in any_survey(),
        pupils in any_pupils(4),
    ) {
        let mut of = |sex: Option<Sex>| {
            survey.sex = sex;
            together(&Wave::of(survey.clone(), &pupils).tallies(), &survey)
                .into_iter()
                .map(|counts| (counts.valid, counts.parts, counts.squares))
                .collect::<Vec<_>>()
        };
        let sex = Sex { item: "often".to_owned(), girl: 0, boy: 2 };
        prop_assert_eq!(of(Some(sex)), of(None));
    }
}

/// What columns say of the small definition with another first measure.
fn refused(change: impl FnOnce(&mut Survey)) -> String {
    let mut survey = crate::survey::survey();
    change(&mut survey);
    let places = crate::generated::places("senior");
    let structure = analysis::Structure::new(places).unwrap();
    let none: [(&str, Response); 0] = [];
    let mistakes = analysis::Columns::from_responses(&survey, &structure, none).unwrap_err();
    mistakes.to_string()
}

fn mean(items: usize, times: u32, item: &str) -> Measure {
    let item = MeanItem { item: item.to_owned(), reversed: false, not_applicable: Vec::new() };
    Measure::Mean { items: vec![item; items], at_least: 1, times }
}

#[test]
fn a_mean_that_has_no_exact_score_is_refused_in_words() {
    let of = |items, times, item| {
        refused(|survey| survey.indicators[0].measure = mean(items, times, item))
    };
    assert!(of(11, 25, "often").contains("any is a mean of 11 items: it must be 1 to 10"));
    assert!(of(0, 25, "often").contains("a mean of 0 items"));
    assert!(of(1, 11, "often").contains("`times` 11, which does not divide 252000"));
    assert!(of(1, 0, "often").contains("`times` 0"));
    assert!(of(1, 28, "often").contains("pass 100"));
    assert!(of(1, 1, "life").contains("pass 100"));
    assert!(of(1, 25, "where").contains("one answer"));
    assert!(of(1, 25, "nothing").contains("unknown item"));
}

#[test]
fn a_sex_that_no_column_tells_is_refused_in_words() {
    let of = |item: &str, boy| {
        let sex = Sex { item: item.to_owned(), girl: 1, boy };
        refused(|survey| survey.sex = Some(sex))
    };
    assert!(of("nothing", 2).contains("unknown item"));
    assert!(of("where", 2).contains("one answer"));
    assert!(of("often", 7).contains("a code that is unknown"));
    assert!(of("often", -1).contains("a code that is unknown"));
}

#[test]
fn more_responses_of_a_class_than_are_counted_are_an_error_and_no_wrong_number() {
    let wave = Wave::of(crate::survey::survey(), &[]);
    let many = |n: usize| vec![(0, Response::Declined); n];
    let half = wave.tallies_of(&many(40_000));
    let other = wave.tallies_of(&many(25_536));
    assert!(matches!(half.clone().merge(other), Err(ComputeError::Count(_))));
    let rest = wave.tallies_of(&many(25_535));
    assert!(half.merge(rest).is_ok());
    let structure = analysis::Structure::new(wave.places.clone()).unwrap();
    let counted = |n: usize| {
        let declined = vec![(&wave.places[0].class, Response::Declined); n];
        let columns = analysis::Columns::from_responses(&wave.survey, &structure, declined);
        Tallies::of(&wave.survey, &structure, &columns.unwrap())
    };
    assert!(matches!(counted(65_536), Err(ComputeError::Count(_))));
    assert!(counted(65_535).is_ok());
}
