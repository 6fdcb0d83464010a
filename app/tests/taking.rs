//! The laws of taking a survey, on the definitions that ship.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use app::{Progress, Taking};
use proptest::prelude::*;
use std::sync::Arc;
use survey_definitions::{
    Answer, Language, LeanChoice, LeanPage, LeanScale, Questionnaire, Response, SHIPPED, Survey,
    pack, packed_length,
};

#[derive(Debug, Clone)]
enum Step {
    Answer { place: usize, option: usize },
    Skip,
    Next,
    Back,
    Stop,
    TakePart,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        6 => (0..3_usize, 0..12_usize).prop_map(|(place, option)| Step::Answer { place, option }),
        2 => Just(Step::Skip),
        6 => Just(Step::Next),
        1 => Just(Step::Back),
    ];
    let step = prop_oneof![60 => step, 1 => Just(Step::Stop), 1 => Just(Step::TakePart)];
    proptest::collection::vec(step, 0..120)
}

fn questionnaires() -> Vec<Arc<Questionnaire>> {
    let surveys = SHIPPED.iter().map(|(_, text)| Survey::parse(text).unwrap());
    let surveys = surveys.filter(Survey::is_for_classes);
    surveys.map(|survey| Arc::new(survey.questionnaire(survey.languages[0]))).collect()
}

fn senior() -> Taking {
    Taking::new(questionnaires().into_iter().find(|all| all.id == "senim_pupil_senior").unwrap())
}

fn is_last(taking: &Taking) -> bool {
    let (now, total) = taking.screen();
    now == total
}

fn answer(taking: &mut Taking, item: usize, option: usize) {
    match taking.questionnaire().scale_of(item).unwrap() {
        LeanScale::Many(options) => taking.toggle(item, options[option % options.len()].code),
        LeanScale::One(options) => taking.choose(item, options[option % options.len()].code),
        LeanScale::Number { lowest, highest, .. } => {
            let span = usize::try_from(highest - lowest + 1).unwrap();
            taking.choose(item, lowest + i16::try_from(option % span).unwrap());
        }
    }
}

fn take(taking: &mut Taking, step: &Step) {
    match step {
        Step::Answer { place, option } => {
            let here = taking.items_here().to_vec();
            if let Some(item) = here.get(place % here.len().max(1)) {
                answer(taking, *item, *option);
            }
        }
        Step::Skip => taking.do_not_want_here(),
        Step::Next => taking.next(),
        Step::Back => taking.back(),
        Step::Stop => taking.stop(),
        Step::TakePart => taking.take_part(),
    }
}

proptest! {
    #[test]
    fn whatever_is_pressed_the_response_fits_the_survey_and_one_length(steps in steps()) {
        for questionnaire in questionnaires() {
            let layout = questionnaire.answer_layout();
            let length = packed_length(&layout);
            let mut taking = Taking::new(questionnaire);
            let (_, total) = taking.screen();
            for step in &steps {
                take(&mut taking, step);
                let (now, of) = taking.screen();
                prop_assert_eq!(of, total);
                prop_assert!((1..=total).contains(&now));
                let packed = pack(&layout, &taking.response(), length);
                prop_assert_eq!(packed.map(|bytes| bytes.len()), Some(length));
            }
        }
    }

    #[test]
    fn every_pupil_sees_the_same_number_of_screens(
        options in proptest::collection::vec(0..12_usize, 60),
        stop_at in proptest::option::of(0..60_usize),
    ) {
        for questionnaire in questionnaires() {
            let total = questionnaire.pages.len() + 1;
            let mut taking = Taking::new(questionnaire);
            let mut screens = 1;
            while !is_last(&taking) {
                if stop_at == Some(taking.at()) { taking.stop() }
                for item in taking.items_here().to_vec() {
                    if options[item % 60] < 9 { answer(&mut taking, item, options[item % 60]) }
                }
                if !taking.is_ready() { taking.do_not_want_here() }
                taking.next();
                screens += 1;
            }
            prop_assert_eq!(screens, total);
        }
    }

    #[test]
    fn a_survey_goes_on_where_it_was_left(steps in steps()) {
        for questionnaire in questionnaires() {
            let mut taking = Taking::new(questionnaire.clone());
            for step in &steps {
                take(&mut taking, step);
            }
            let kept = postcard::to_allocvec(taking.progress()).unwrap();
            let progress: Progress = postcard::from_bytes(&kept).unwrap();
            let resumed = Taking::resume(questionnaire, progress);
            prop_assert!(resumed.progress() == taking.progress());
        }
    }
}

#[test]
fn what_was_left_of_another_survey_begins_anew() {
    let mut taking = senior();
    taking.do_not_want_here();
    taking.next();
    let other = questionnaires().into_iter().find(|all| all.id == "senim_pupil_junior").unwrap();
    let resumed = Taking::resume(other.clone(), taking.progress().clone());
    assert!(resumed.progress() == Taking::new(other).progress());
}

#[test]
fn a_question_is_passed_only_by_an_answer_or_by_not_wanting_to() {
    let mut taking = senior();
    let item = taking.items_here()[0];
    taking.next();
    assert_eq!(taking.at(), 0);
    taking.do_not_want_here();
    assert_eq!(taking.answer(item), Answer::DoNotWant);
    taking.next();
    assert_eq!(taking.at(), 1);
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
fn every_none_option_excludes_all_others_and_they_exclude_it() {
    let mut taking = senior();
    let questionnaire = taking.questionnaire().clone();
    for item in 0..questionnaire.items.len() {
        let Some(LeanScale::Many(options)) = questionnaire.scale_of(item) else { continue };
        let (nones, others): (Vec<&LeanChoice>, Vec<_>) = options.iter().partition(|o| o.none);
        taking.toggle(item, others[0].code);
        taking.toggle(item, others[1].code);
        assert_eq!(taking.answer(item), Answer::Many(others[0].bit() | others[1].bit()));
        for none in nones {
            taking.toggle(item, none.code);
            assert_eq!(taking.answer(item), Answer::Many(none.bit()));
        }
        taking.toggle(item, others[1].code);
        assert_eq!(taking.answer(item), Answer::Many(others[1].bit()));
        taking.toggle(item, others[1].code);
        assert_eq!(taking.answer(item), Answer::NotReached);
    }
}

#[test]
fn stopping_drops_every_answer_and_leaves_the_screen_where_it_was() {
    let mut taking = senior();
    for _ in 0..9 {
        for item in taking.items_here().to_vec() {
            answer(&mut taking, item, 0);
        }
        taking.next();
    }
    taking.stop();
    assert_eq!((taking.at(), taking.has_declined()), (9, true));
    assert_eq!(taking.items_here(), &[] as &[usize]);
    assert_eq!(taking.response(), Response::Declined);
    taking.next();
    taking.back();
    taking.back();
    assert_eq!((taking.at(), taking.response()), (8, Response::Declined));
}

#[test]
fn who_takes_part_after_all_begins_at_the_first_question_with_nothing_answered() {
    let mut taking = senior();
    taking.stop();
    taking.next();
    taking.take_part();
    assert_eq!(taking.at(), 0);
    let Response::Answered(answers) = taking.response() else { panic!("takes part again") };
    assert!(answers.0.iter().all(|answer| *answer == Answer::NotReached));
}

#[test]
fn debug_shows_no_answer() {
    let mut taking = senior();
    let item = taking.items_here()[0];
    answer(&mut taking, item, 0);
    assert_eq!(format!("{taking:?} {:?}", taking.progress()), "Taking Progress");
}

#[test]
fn reading_pages_need_no_answer() {
    let mut taking = senior();
    while !matches!(taking.questionnaire().pages[taking.at()], LeanPage::Reading { .. }) {
        taking.do_not_want_here();
        taking.next();
    }
    assert!(taking.is_ready());
    taking.next();
    assert!(!taking.is_ready());
}

#[test]
fn the_way_is_the_same_in_every_language() {
    for (_, text) in SHIPPED {
        let survey = Survey::parse(text).unwrap();
        let shape = |language: &Language| {
            let questionnaire = survey.questionnaire(*language);
            (questionnaire.pages.len(), questionnaire.answer_layout())
        };
        let shapes: Vec<_> = survey.languages.iter().map(shape).collect();
        assert!(shapes.windows(2).all(|pair| pair[0] == pair[1]));
    }
}
