//! Responses to any definition, and definitions with any measures.

use crate::survey::survey;
use analysis::ClassPlace;
use proptest::prelude::*;
use survey_definitions::{
    Answer, Answers, Condition, Indicator, MeanItem, Measure, Response, ScaleKind, Sex, SharePart,
    Survey, option_bit,
};

/// Some classes of two regions: of several grades, of unknown ones, alone in their school.
pub(crate) fn places(form: &str) -> Vec<ClassPlace> {
    let grades = ["7", "7", "8", "10", "unknown"];
    let schools = [
        ("r0", "d0", "s0", 5),
        ("r0", "d0", "s1", 2),
        ("r0", "d1", "s2", 1),
        ("r1", "d2", "s3", 4),
    ];
    let mut all = Vec::new();
    for (region, district, school, classes) in schools {
        for (number, grade) in grades.iter().enumerate().take(classes) {
            all.push(ClassPlace {
                region: region.to_owned(),
                district: district.to_owned(),
                school: school.to_owned(),
                // Not in the order of schools: ids of classes may be anything.
                class: format!("c{number}{school}"),
                grade: (*grade).to_owned(),
                form: form.to_owned(),
                language: "kk".to_owned(),
                enrolment: 30,
            });
        }
    }
    all
}

/// Pupils of some classes: most answer, each item by a number of its own; some say the same all
/// along.
pub(crate) fn any_pupils(items: usize) -> impl Strategy<Value = Vec<(usize, Vec<u16>)>> {
    let each = prop::collection::vec(any::<u16>(), items);
    let alike = any::<u16>().prop_map(move |number| vec![number; items]);
    let declined = Just(Vec::new());
    let numbers = prop_oneof![7 => each, 2 => alike, 1 => declined];
    prop::collection::vec((0..16_usize, numbers), 0..60)
}

/// The response that numbers stand for; none of them is a pupil who declined.
pub(crate) fn response(survey: &Survey, numbers: &[u16]) -> Response {
    if numbers.is_empty() {
        return Response::Declined;
    }
    let answers = survey.items.iter().zip(numbers);
    Response::Answered(Answers(
        answers
            .map(|(item, n)| {
                let scale = survey.scale_of(item).unwrap();
                answer(&scale.kind, &scale.codes(), *n)
            })
            .collect(),
    ))
}

fn answer(kind: &ScaleKind, codes: &[i16], number: u16) -> Answer {
    let rest = usize::from(number / 16);
    match (number % 16, kind) {
        (0, _) => Answer::NotReached,
        (1, _) => Answer::DoNotWant,
        (_, ScaleKind::Many { options }) => {
            let options: Vec<_> = options
                .iter()
                .filter(|one| rest % 3 == 0 && one.none || rest % 3 != 0 && !one.none)
                .collect();
            let first = option_bit(options[rest % options.len()].code);
            let second = option_bit(options[rest / 7 % options.len()].code);
            Answer::Many(if rest % 3 == 0 { first } else { first | second })
        }
        _ => Answer::Code(codes[rest % codes.len()]),
    }
}

/// The small definition, with any measures, with and without sex.
pub(crate) fn any_survey() -> impl Strategy<Value = Survey> {
    let indicators = prop::collection::vec((any_measure(), any::<bool>()), 1..8);
    (indicators, any::<bool>()).prop_map(|(measures, sex)| {
        let mut survey = survey();
        let sample = survey.indicators[0].clone();
        let indicator = |(index, (measure, sensitive))| Indicator {
            id: format!("m{index}"),
            measure,
            sensitive,
            ..sample.clone()
        };
        survey.indicators = measures.into_iter().enumerate().map(indicator).collect();
        survey.sex = sex.then(|| Sex { item: "touched".to_owned(), girl: 1, boy: 3 });
        survey
    })
}

fn any_condition() -> impl Strategy<Value = Condition> {
    let some = |item: &'static str, codes: Vec<i16>| {
        let codes = prop::sample::subsequence(codes.clone(), 0..=codes.len());
        codes.prop_map(move |codes| Condition::Codes { item: item.to_owned(), codes })
    };
    let items = vec!["often".to_owned(), "touched".to_owned()];
    let same = (prop::sample::subsequence(items, 1..=2), 0..5_i16)
        .prop_map(|(items, from)| Condition::Same { items, from });
    let bound = || prop::option::of(0..1001_i16);
    let range = (prop::sample::select(vec!["often", "life"]), bound(), bound())
        .prop_map(|(item, from, to)| Condition::Range { item: item.to_owned(), from, to });
    let leaf = prop_oneof![
        some("often", (0..5).collect()),
        some("touched", (0..5).collect()),
        some("where", (0..3).collect()),
        some("life", vec![0, 1, 500, 1000]),
        range,
        same,
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        let of = prop::collection::vec(inner, 1..4);
        prop_oneof![
            of.clone().prop_map(|of| Condition::All { of }),
            of.clone().prop_map(|of| Condition::Any { of }),
            of.clone().prop_map(|of| Condition::Not { of: Box::new(of[0].clone()) }),
            // `parse` refuses to ask for more parts than there are.
            (of, 0..3_u32).prop_map(|(of, count)| {
                Condition::AtLeast { count: 1 + count % of.len() as u32, of }
            }),
        ]
    })
}

fn any_measure() -> impl Strategy<Value = Measure> {
    let share = (any_condition(), prop::option::of(any_condition()))
        .prop_map(|(of, among)| Measure::Share { of, among });
    let shares = prop::collection::vec(any_condition(), 1..4).prop_map(|parts| {
        let label = survey().indicators[0].label.clone();
        let part = |(index, of)| SharePart { id: format!("p{index}"), label: label.clone(), of };
        Measure::Shares { parts: parts.into_iter().enumerate().map(part).collect() }
    });
    let item = (prop::sample::select(vec!["often", "touched", "life"]), any::<bool>(), 0..5_i16);
    let item = item.prop_map(|(item, reversed, left_out)| MeanItem {
        item: item.to_owned(),
        reversed,
        not_applicable: match item {
            // Only codes up to 25 times 4 make a mean.
            "life" => (26..1001).collect(),
            _ => vec![left_out],
        },
    });
    let mean = (prop::collection::vec(item, 1..=10), 1..5_u32);
    let mean = mean.prop_map(|(items, at_least)| Measure::Mean { items, at_least, times: 4 });
    prop_oneof![share, shares, mean]
}
