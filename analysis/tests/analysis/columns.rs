use crate::country::{classes, structure, yes_no};
use crate::survey::{answered, survey};
use analysis::{Columns, DataProblem};
use survey_definitions::{Answer, Answers, Response};

/// The problems of one response of a class.
fn problems(class: &str, response: Response) -> Vec<DataProblem> {
    let structure = structure(&classes(&vec![vec![vec![vec![yes_no(1, 1)]]]]));
    let responses = [("r00d00s00c00", Response::Declined), (class, response)];
    match Columns::from_responses(&survey(), &structure, responses) {
        Ok(_) => Vec::new(),
        Err(found) => {
            assert!(found.mistakes.iter().all(|mistake| mistake.row == Some(2)));
            found.mistakes.into_iter().map(|mistake| mistake.problem).collect()
        }
    }
}

const CLASS: &str = "r00d00s00c00";

#[test]
fn every_kind_of_answer_is_taken() {
    let empty = Response::Answered(Answers::empty(&survey()));
    assert_eq!(problems(CLASS, empty), []);
    let unwilling = Answer::DoNotWant;
    assert_eq!(problems(CLASS, answered(unwilling, unwilling, unwilling, unwilling)), []);
    let all = answered(Answer::Code(4), Answer::Code(0), Answer::Many(0b110), Answer::Code(1000));
    assert_eq!(problems(CLASS, all), []);
}

#[test]
fn responses_that_do_not_fit_are_named() {
    let empty = Answer::NotReached;
    let first = |answer| answered(answer, empty, empty, empty);
    let places = |answer| answered(empty, empty, answer, empty);
    assert!(matches!(problems("x", first(empty))[..], [DataProblem::UnknownClass { .. }]));
    assert!(matches!(
        problems(CLASS, first(Answer::Code(5)))[..],
        [DataProblem::UnknownCode { .. }]
    ));
    assert!(matches!(
        problems(CLASS, first(Answer::Code(-1)))[..],
        [DataProblem::UnknownCode { .. }]
    ));
    assert_eq!(problems(CLASS, first(Answer::Many(1))), [DataProblem::WrongKind]);
    assert_eq!(problems(CLASS, places(Answer::Code(1))), [DataProblem::WrongKind]);
    assert!(matches!(
        problems(CLASS, places(Answer::Many(0b1010)))[..],
        [DataProblem::UnknownCode { .. }]
    ));
    assert_eq!(problems(CLASS, places(Answer::Many(0))), [DataProblem::NoOption]);
    assert_eq!(problems(CLASS, places(Answer::Many(0b011))), [DataProblem::NoneWithOther]);
    let short = Response::Answered(Answers(vec![Answer::NotReached]));
    assert_eq!(problems(CLASS, short), [DataProblem::AnswerCount { expected: 4, got: 1 }]);
}
