//! What a tablet packs is what the release job unpacks, and every response is of one length.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod example;

use example::survey;
use proptest::prelude::*;
use survey_definitions::{
    Answer, AnswerError, Answers, Response, ResponseScale, SHIPPED, ScaleKind, Survey, UnpackError,
    pack, packed_length, unpack,
};

fn any_answer(scale: &ResponseScale) -> BoxedStrategy<Answer> {
    let given = match &scale.kind {
        ScaleKind::Many { options } => {
            let bits = |none: bool| -> Vec<u32> {
                let some = options.iter().filter(|option| option.none == none);
                some.map(|option| option.bit()).collect()
            };
            let (none, others) = (bits(true), bits(false));
            let most = others.len();
            let some = prop::sample::subsequence(others, 1..=most)
                .prop_map(|bits| Answer::Many(bits.iter().sum()));
            if none.is_empty() {
                some.boxed()
            } else {
                prop_oneof![some, prop::sample::select(none).prop_map(Answer::Many)].boxed()
            }
        }
        _ => prop::sample::select(scale.codes()).prop_map(Answer::Code).boxed(),
    };
    prop_oneof![1 => Just(Answer::NotReached), 1 => Just(Answer::DoNotWant), 4 => given].boxed()
}

fn any_response(survey: &Survey) -> impl Strategy<Value = Response> + use<> {
    let answers: Vec<_> =
        survey.items.iter().map(|item| any_answer(survey.scale_of(item).unwrap())).collect();
    prop_oneof![9 => answers.prop_map(|answers| Response::Answered(Answers(answers))), 1 => Just(Response::Declined)]
}

fn surveys() -> Vec<Survey> {
    let shipped = SHIPPED.iter().map(|(_, text)| Survey::parse(text).unwrap());
    shipped.chain([survey()]).collect()
}

fn any_survey_and_response() -> impl Strategy<Value = (Survey, Response)> {
    prop::sample::select(surveys())
        .prop_flat_map(|survey| (Just(survey.clone()), any_response(&survey)))
}

proptest! {
    #[test]
    fn unpacking_gives_back_what_was_packed((survey, response) in any_survey_and_response()) {
        let layout = survey.answer_layout();
        let length = packed_length(&layout);
        let packed = pack(&layout, &response, length).unwrap();
        prop_assert_eq!(packed.len(), length);
        prop_assert_eq!(length % 64, 0);
        prop_assert_eq!(unpack(&layout, &packed), Ok(response));
    }

    #[test]
    fn any_bytes_unpack_or_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = unpack(&survey().answer_layout(), &bytes);
    }

    #[test]
    fn bytes_that_unpack_are_bytes_that_were_packed(
        (survey, response) in any_survey_and_response(), at in any::<prop::sample::Index>(), byte in any::<u8>()
    ) {
        let layout = survey.answer_layout();
        let length = packed_length(&layout);
        let mut packed = pack(&layout, &response, length).unwrap();
        packed[at.index(length)] = byte;
        if let Ok(read) = unpack(&layout, &packed) {
            prop_assert_eq!(pack(&layout, &read, length), Some(packed));
        }
    }
}

fn unpacked(text: &str) -> Result<Response, UnpackError> {
    unpack(&survey().answer_layout(), text.as_bytes())
}

#[test]
fn a_response_reads_as_its_format_says() {
    let answers = Answers(vec![Answer::Code(10), Answer::Many(0x4000_0002), Answer::DoNotWant]);
    let packed = pack(&survey().answer_layout(), &Response::Answered(answers), 64).unwrap();
    assert_eq!(
        String::from_utf8(packed).unwrap().trim_end_matches('\0'),
        "example,2,answered,10,x40000002,-"
    );
    let empty = Response::Answered(Answers::empty(&survey().answer_layout()));
    assert_eq!(unpacked("example,2,answered,,,"), Ok(empty));
    assert_eq!(unpacked("example,2,declined\0\0"), Ok(Response::Declined));
}

#[test]
fn what_is_too_long_or_does_not_fit_the_definition_is_not_packed() {
    assert_eq!(
        pack(&survey().answer_layout(), &Response::Declined, "example,2,declined".len() - 1),
        None
    );
    assert!(
        pack(&survey().answer_layout(), &Response::Declined, "example,2,declined".len()).is_some()
    );
    let wrong = Answers(vec![Answer::Code(99), Answer::NotReached, Answer::NotReached]);
    assert_eq!(pack(&survey().answer_layout(), &Response::Answered(wrong), 64), None);
}

#[test]
fn another_definition_or_version_is_refused() {
    let other = |name: &str| Err(UnpackError::OtherDefinition(name.to_owned()));
    assert_eq!(unpacked("example,3,answered,,,"), other("example.3"));
    assert_eq!(unpacked("example,20,declined"), other("example.20"));
    assert_eq!(unpacked("other,2,declined"), other("other.2"));
    assert_eq!(unpacked(""), other(""));
}

#[test]
fn bytes_that_are_not_text_are_named_by_position() {
    assert_eq!(unpack(&survey().answer_layout(), b"example,2,\xff"), Err(UnpackError::NotText(10)));
}

#[test]
fn nothing_hides_in_the_padding() {
    assert_eq!(unpacked("example,2,declined\0\0a\0"), Err(UnpackError::Padding(20)));
}

#[test]
fn a_field_has_one_spelling() {
    for field in ["00", "+0", "010", "0 ", "a", "--", "-0", "99999"] {
        assert_eq!(
            unpacked(&format!("example,2,answered,{field},,")),
            Err(UnpackError::Field(0)),
            "{field}"
        );
    }
    for field in ["x", "x02", "X2", "x+2", "x4000000A", "x100000000"] {
        assert_eq!(
            unpacked(&format!("example,2,answered,,{field},")),
            Err(UnpackError::Field(1)),
            "{field}"
        );
    }
}

#[test]
fn answers_are_checked_and_the_status_is_known() {
    let count = AnswerError::Count { expected: 3, got: 2 };
    assert_eq!(unpacked("example,2,answered,,"), Err(UnpackError::Answers(count)));
    assert_eq!(unpacked("example,2,left"), Err(UnpackError::Status("left".to_owned())));
    assert_eq!(unpacked("example,2,declined,"), Err(UnpackError::Status("declined,".to_owned())));
    assert!(matches!(unpacked("example,2,answered,1,,"), Err(UnpackError::Answers(_))));
}
