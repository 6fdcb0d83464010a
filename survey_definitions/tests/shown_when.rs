//! Whether a tablet asks what the condition says, and what a tablet cannot tell.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod example;

use proptest::prelude::*;
use serde_json::{Value, json};
use survey_definitions::{Answer, Condition, Language, LeanPage, Survey, is_asked, option_bit};

/// The example with options up to 5 and an option for "I do not know", asking its last item when a
/// condition holds.
fn asking(condition: &Value) -> Survey {
    let mut definition = example::definition();
    definition["branching"] = json!(true);
    definition["sex"]["boy"] = json!(4);
    definition["scales"][0]["options"][1]["code"] = json!(4);
    definition["scales"][0]["options"].as_array_mut().unwrap().push(json!(
        { "code": 5, "missing": "do_not_know", "text": example::text() }));
    definition["indicators"] = json!([{ "id": "one", "label": example::text(), "measure": {
        "kind": "share", "of": example::codes("mocked", &[4]) } }]);
    definition["items"][2]["shown_when"] = condition.clone();
    Survey::parse(&definition.to_string()).unwrap()
}

/// What the tablet is told of the last item.
fn tests_of(survey: &Survey) -> Vec<usize> {
    match survey.questionnaire(Language::Kk).pages.pop() {
        Some(LeanPage::ItemWhen(numbers)) => {
            assert_eq!(numbers[0], 2);
            numbers[1..].to_vec()
        }
        other => panic!("{other:?} stands for an item that is not for everybody"),
    }
}

/// Kleene's logic, pupil by pupil; the option for "I do not know" is no valid answer.
fn holds(condition: &Condition, answers: [Answer; 2]) -> Option<bool> {
    let of = |item: &str| match answers[usize::from(item == "where")] {
        Answer::Code(5) | Answer::NotReached | Answer::DoNotWant => None,
        Answer::Code(code) => Some(option_bit(code)),
        Answer::Many(bits) => Some(bits),
    };
    let each = |of: &[Condition]| of.iter().map(|one| holds(one, answers)).collect::<Vec<_>>();
    let first = |of: &[Option<bool>], wanted: bool| match of {
        of if of.contains(&Some(wanted)) => Some(wanted),
        of if of.contains(&None) => None,
        _ => Some(!wanted),
    };
    match condition {
        Condition::Codes { item, codes } => {
            of(item).map(|bits| codes.iter().any(|code| bits & option_bit(*code) != 0))
        }
        Condition::Range { item, from, to } => {
            let codes = from.unwrap_or(0)..=to.unwrap_or(30);
            of(item).map(|bits| codes.clone().any(|code| bits & option_bit(code) != 0))
        }
        Condition::Not { of } => holds(of, answers).map(|truth| !truth),
        Condition::All { of } => first(&each(of), false),
        Condition::Any { of } => first(&each(of), true),
        Condition::AtLeast { .. } | Condition::Same { .. } => unreachable!(),
    }
}

fn any_condition() -> impl Strategy<Value = Condition> {
    let codes = |item: &'static str, codes: &'static [i16]| {
        prop::sample::subsequence(codes, 1..=codes.len())
            .prop_map(move |codes| Condition::Codes { item: item.to_owned(), codes })
    };
    let range = prop_oneof![Just((Some(1), None)), Just((None, Some(3))), Just((Some(0), Some(4)))]
        .prop_map(|(from, to)| Condition::Range { item: "mocked".to_owned(), from, to });
    let leaf = prop_oneof![codes("mocked", &[0, 4]), codes("where", &[0, 1, 2, 30]), range];
    leaf.prop_recursive(3, 8, 3, |inner| {
        let of = prop::collection::vec(inner.clone(), 1..4);
        prop_oneof![
            of.clone().prop_map(|of| Condition::All { of }),
            of.prop_map(|of| Condition::Any { of }),
            inner.prop_map(|of| Condition::Not { of: Box::new(of) }),
        ]
    })
}

fn any_answers() -> impl Strategy<Value = [Answer; 2]> {
    let none = prop_oneof![Just(Answer::NotReached), Just(Answer::DoNotWant)];
    let one = prop::sample::select(vec![0_i16, 4, 5]).prop_map(Answer::Code);
    let bits = [1_u32, 2, 4, 1 << 30, 2 | 1 << 30];
    let many = prop::sample::select(bits.to_vec()).prop_map(Answer::Many);
    (prop_oneof![1 => none.clone(), 4 => one], prop_oneof![1 => none, 4 => many])
        .prop_map(|(one, many)| [one, many])
}

proptest! {
    #[test]
    fn a_tablet_asks_exactly_those_of_whom_the_condition_is_known_to_hold(
        condition in any_condition(),
        all in prop::collection::vec(any_answers(), 12),
    ) {
        let survey = asking(&serde_json::to_value(&condition).unwrap());
        // More than a tablet takes is told, and asked of nobody.
        prop_assume!(survey.is_for_classes());
        let tests = tests_of(&survey);
        for answers in all {
            let chosen = |item: usize| match answers[item] {
                Answer::Code(code) => option_bit(code),
                Answer::Many(bits) => bits,
                Answer::NotReached | Answer::DoNotWant => 0,
            };
            let expected = holds(&condition, answers) == Some(true);
            prop_assert_eq!(is_asked(&tests, chosen), expected, "{:?} {:?}", condition, answers);
        }
    }
}

#[test]
fn what_no_tablet_can_tell_is_not_for_classes_and_asked_of_nobody() {
    let mocked = example::codes("mocked", &[0]);
    let either = json!({ "kind": "any", "of": [mocked, example::codes("where", &[1])] });
    assert!(asking(&either).is_for_classes());
    let both = |one: &Value| json!({ "kind": "all", "of": vec![one; 6] });
    let too_many = json!({ "kind": "any", "of": [both(&mocked), both(&mocked)] });
    let at_least = json!({ "kind": "at_least", "count": 1, "of": [mocked] });
    for condition in [too_many, at_least] {
        let survey = asking(&condition);
        assert!(!survey.is_for_classes(), "{condition}");
        assert!(!is_asked(&tests_of(&survey), |_| u32::MAX), "{condition}");
    }
    let mut shuffled = asking(&either);
    shuffled.items[0].shuffled = true;
    assert!(!shuffled.is_for_classes(), "no tablet shuffles");
}

#[test]
fn an_item_that_not_everybody_is_asked_has_a_screen_of_its_own() {
    let mut definition = example::definition();
    definition["branching"] = json!(true);
    definition["items"][2]["shown_when"] = example::codes("mocked", &[0]);
    let more = ["after", "last"].map(|id| example::item(id, "often"));
    definition["items"].as_array_mut().unwrap().extend(more);
    definition["pages"][2]["items"] = json!(["life", "after", "last"]);
    let survey = Survey::parse(&definition.to_string()).unwrap();
    let pages = survey.questionnaire(Language::Kk).pages;
    assert!(matches!(&pages[2], LeanPage::ItemWhen(numbers) if numbers[0] == 2));
    assert_eq!(pages[3], LeanPage::Items(vec![3, 4]));
}

#[test]
fn no_pupil_form_asks_some_pupils_only() {
    for form in ["senim_pupil_senior", "senim_pupil_junior"] {
        let survey = Survey::parse(survey_definitions::shipped(form, 1).unwrap()).unwrap();
        assert!(!survey.branching && survey.modules.is_empty());
        let pages = survey.questionnaire(Language::Kk).pages;
        assert!(pages.iter().all(|page| !matches!(page, LeanPage::ItemWhen(_))), "{form}");
    }
}
