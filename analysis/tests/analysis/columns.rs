use crate::country::{classes, structure, yes_no};
use crate::survey::{answered, survey};
use analysis::{Columns, DataProblem};
use survey_definitions::{Answer, Answers, Response, ScaleKind};

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
    let empty = Response::Answered(Answers::empty(&survey().answer_layout()));
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

#[test]
fn each_of_several_none_options_stands_alone() {
    let mut survey = survey();
    let ScaleKind::Many { options } = &mut survey.scales[1].kind else { panic!("many options") };
    let mut nobody = options[0].clone();
    (nobody.code, nobody.name) = (3, Some("nobody".to_owned()));
    options.push(nobody);
    let structure = structure(&classes(&vec![vec![vec![vec![yes_no(1, 1)]]]]));
    let problems = |chosen: u32| {
        let empty = Answer::NotReached;
        let response = answered(empty, empty, Answer::Many(chosen), empty);
        let found = Columns::from_responses(&survey, &structure, [(CLASS, response)]);
        found.err().map(|found| found.mistakes.into_iter().map(|one| one.problem).collect())
    };
    assert_eq!([problems(0b0001), problems(0b1000)], [None, None]);
    for chosen in [0b1001, 0b1010] {
        assert_eq!(problems(chosen), Some(vec![DataProblem::NoneWithOther]), "{chosen:b}");
    }
}
