//! Which answers fit a definition.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod example;

use example::survey;
use survey_definitions::{Answer, AnswerError, Answers};

const YARD: u32 = 1 << 1;
const NONE: u32 = 1 << 0;
const NOBODY: u32 = 1 << 2;
const HIGHEST: u32 = 1 << 30;

/// Answers to the items mocked (0 or 10), where (several), life (0 to 10).
fn check(mocked: Answer, places: Answer, life: Answer) -> Result<(), AnswerError> {
    Answers(vec![mocked, places, life]).check(&survey().answer_layout())
}

fn unknown(item: &str, code: i32) -> Result<(), AnswerError> {
    Err(AnswerError::UnknownCode { item: item.to_owned(), code })
}

#[test]
fn codes_of_the_scales_fit() {
    assert_eq!(check(Answer::Code(10), Answer::Many(YARD | HIGHEST), Answer::Code(0)), Ok(()));
    assert_eq!(check(Answer::Code(0), Answer::Many(NONE), Answer::Code(10)), Ok(()));
}

#[test]
fn every_item_can_be_skipped_or_not_reached() {
    assert_eq!(Answers::empty(&survey().answer_layout()).check(&survey().answer_layout()), Ok(()));
    assert_eq!(Answers(vec![Answer::DoNotWant; 3]).check(&survey().answer_layout()), Ok(()));
}

#[test]
fn there_is_one_answer_for_each_item() {
    let error = Answers(vec![Answer::NotReached; 2]).check(&survey().answer_layout());
    assert_eq!(error, Err(AnswerError::Count { expected: 3, got: 2 }));
}

#[test]
fn codes_outside_the_scale_are_refused() {
    let skipped = Answer::DoNotWant;
    assert_eq!(check(Answer::Code(1), skipped, skipped), unknown("mocked", 1));
    assert_eq!(check(skipped, skipped, Answer::Code(11)), unknown("life", 11));
    assert_eq!(check(skipped, skipped, Answer::Code(-1)), unknown("life", -1));
    assert_eq!(check(skipped, Answer::Many(YARD | 1 << 31), skipped), unknown("where", 31));
}

#[test]
fn one_option_and_several_are_not_mixed_up() {
    let skipped = Answer::DoNotWant;
    let wrong = |item: &str| Err(AnswerError::WrongKind { item: item.to_owned() });
    assert_eq!(check(Answer::Many(1), skipped, skipped), wrong("mocked"));
    assert_eq!(check(skipped, Answer::Code(1), skipped), wrong("where"));
    assert_eq!(check(skipped, skipped, Answer::Many(1)), wrong("life"));
}

#[test]
fn none_of_these_excludes_the_others_and_nothing_is_not_an_answer() {
    let skipped = Answer::DoNotWant;
    let item = || "where".to_owned();
    for chosen in [NONE | YARD, NOBODY | YARD, NONE | NOBODY] {
        let found = check(skipped, Answer::Many(chosen), skipped);
        assert_eq!(found, Err(AnswerError::NoneWithOther { item: item() }), "{chosen:b}");
    }
    assert_eq!(check(skipped, Answer::Many(NOBODY), skipped), Ok(()));
    assert_eq!(
        check(skipped, Answer::Many(0), skipped),
        Err(AnswerError::NothingChosen { item: item() })
    );
}
