//! The laws of taking a survey, on the definitions that ship.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use app::Taking;
use proptest::prelude::*;
use survey_definitions::{Answer, Page, Response, SHIPPED, ScaleKind, Survey, pack, packed_length};

#[derive(Debug, Clone)]
enum Step {
    Answer { place: usize, option: usize },
    Skip,
    Next,
    Back,
    Stop,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        6 => (0..3_usize, 0..12_usize).prop_map(|(place, option)| Step::Answer { place, option }),
        2 => Just(Step::Skip),
        6 => Just(Step::Next),
        1 => Just(Step::Back),
    ];
    let step = prop_oneof![40 => step, 1 => Just(Step::Stop)];
    proptest::collection::vec(step, 0..120)
}

fn surveys() -> Vec<Survey> {
    SHIPPED.iter().map(|(_, text)| Survey::parse(text).unwrap()).collect()
}

fn senior() -> Taking {
    Taking::new(surveys().into_iter().find(|survey| survey.id == "senim_pupil_senior").unwrap())
}

fn answer(taking: &mut Taking, item: usize, option: usize) {
    let survey = taking.survey();
    let scale = survey.scale_of(&survey.items[item]).unwrap();
    let codes = scale.codes();
    let code = codes[option % codes.len()];
    match scale.kind {
        ScaleKind::Many { .. } => taking.toggle(item, code),
        ScaleKind::One { .. } | ScaleKind::Number { .. } => taking.choose(item, code),
    }
}

fn take(taking: &mut Taking, step: &Step) {
    match step {
        Step::Answer { place, option } => {
            let here = taking.items_here();
            if let Some(item) = here.get(place % here.len().max(1)) {
                answer(taking, *item, *option);
            }
        }
        Step::Skip => taking.do_not_want_here(),
        Step::Next => taking.next(),
        Step::Back => taking.back(),
        Step::Stop => taking.stop(),
    }
}

proptest! {
    #[test]
    fn whatever_is_pressed_the_response_fits_the_survey_and_one_length(steps in steps()) {
        for survey in surveys() {
            let length = packed_length(&survey);
            let mut taking = Taking::new(survey);
            let total = taking.progress().1;
            for step in &steps {
                take(&mut taking, step);
                let (now, of) = taking.progress();
                prop_assert_eq!(of, total);
                prop_assert!((1..=total).contains(&now));
                let packed = pack(taking.survey(), &taking.response(), length);
                prop_assert_eq!(packed.map(|bytes| bytes.len()), Some(length));
            }
        }
    }

    #[test]
    fn every_pupil_sees_the_same_number_of_screens(options in proptest::collection::vec(0..12_usize, 60)) {
        for survey in surveys() {
            let total = survey.pages.len() + 1;
            let mut taking = Taking::new(survey);
            let mut screens = 1;
            while taking.page().is_some() {
                for item in taking.items_here() {
                    if options[item % 60] < 9 { answer(&mut taking, item, options[item % 60]) }
                }
                if !taking.is_ready() { taking.do_not_want_here() }
                taking.next();
                screens += 1;
            }
            prop_assert_eq!(screens, total);
        }
    }
}

#[test]
fn a_question_is_passed_only_by_an_answer_or_by_not_wanting_to() {
    let mut taking = senior();
    let item = taking.items_here()[0];
    taking.next();
    assert_eq!(taking.progress().0, 1);
    taking.do_not_want_here();
    assert_eq!(taking.answer(item), Answer::DoNotWant);
    taking.next();
    assert_eq!(taking.progress().0, 2);
    assert_eq!(taking.answer(taking.items_here()[0]), Answer::NotReached);
}

#[test]
fn going_back_keeps_the_answers_and_one_may_change_ones_mind() {
    let mut taking = senior();
    let item = taking.items_here()[0];
    answer(&mut taking, item, 1);
    let chosen = taking.answer(item);
    taking.next();
    taking.back();
    assert_eq!(taking.answer(item), chosen);
    taking.do_not_want_here();
    assert_eq!(taking.answer(item), Answer::DoNotWant);
    answer(&mut taking, item, 0);
    assert!(matches!(taking.answer(item), Answer::Code(_)));
}

#[test]
fn none_of_these_excludes_the_others_and_they_exclude_it() {
    let mut taking = senior();
    let survey = taking.survey().clone();
    let (item, options) = survey
        .items
        .iter()
        .enumerate()
        .find_map(|(index, item)| match &survey.scale_of(item)?.kind {
            ScaleKind::Many { options } => Some((index, options.clone())),
            _ => None,
        })
        .unwrap();
    let none = options.iter().find(|option| option.none).unwrap().code;
    let others: Vec<i16> = options.iter().filter(|o| !o.none).map(|option| option.code).collect();
    taking.toggle(item, others[0]);
    taking.toggle(item, others[1]);
    assert_eq!(taking.answer(item), Answer::Many(1 << others[0] | 1 << others[1]));
    taking.toggle(item, none);
    assert_eq!(taking.answer(item), Answer::Many(1 << none));
    taking.toggle(item, others[1]);
    assert_eq!(taking.answer(item), Answer::Many(1 << others[1]));
    taking.toggle(item, others[1]);
    assert_eq!(taking.answer(item), Answer::NotReached);
}

#[test]
fn stopping_drops_every_answer_and_leads_to_the_last_screen() {
    let mut taking = senior();
    while taking.page().is_some() {
        for item in taking.items_here() {
            answer(&mut taking, item, 0);
        }
        taking.next();
    }
    taking.back();
    taking.stop();
    assert!(taking.page().is_none());
    assert_eq!(taking.response(), Response::Declined);
    taking.back();
    let Response::Answered(answers) = taking.response() else { panic!("takes part again") };
    assert!(answers.0.iter().all(|answer| *answer == Answer::NotReached));
}

#[test]
fn debug_shows_no_answer() {
    let mut taking = senior();
    let item = taking.items_here()[0];
    answer(&mut taking, item, 0);
    assert_eq!(format!("{taking:?}"), "Taking");
}

#[test]
fn reading_pages_need_no_answer() {
    let mut taking = senior();
    while !matches!(taking.page(), Some(Page::Reading { .. })) {
        taking.do_not_want_here();
        taking.next();
    }
    assert!(taking.is_ready());
}
