use crate::country::{Pupils, any_country, classes, responses, structure, tally, yes_no};
use crate::survey::{answered, says, survey};
use analysis::{Columns, ComputeError, Level, Tallies, TallyCode};
use proptest::prelude::*;
use std::collections::BTreeMap;
use survey_definitions::{Answer, Response};

fn csv(tallies: &Tallies) -> String {
    let mut text = Vec::new();
    tallies.write_csv(&mut text).unwrap();
    String::from_utf8(text).unwrap()
}

#[test]
fn every_answer_of_a_class_is_counted_once_and_zeros_are_there() {
    let pupils = Pupils { silent: 2, left: 1, declined: 4, ..yes_no(5, 9) };
    let text = csv(&tally(&classes(&vec![vec![vec![vec![pupils]]]])));
    let class: Vec<&str> =
        text.lines().filter_map(|line| line.strip_prefix("class,r00d00s00c00,")).collect();
    let from = class.iter().position(|line| line.starts_with("status")).unwrap();
    let expected = "status,answered,17 status,declined,4 \
        touched,,1 touched,-1,2 touched,0,9 touched,1,0 touched,2,0 touched,3,5 touched,4,0 \
        where_nowhere,,1 where_nowhere,-1,2 where_nowhere,0,5 where_nowhere,1,9 \
        where_way,,1 where_way,-1,2 where_way,0,14 where_way,1,0 \
        where_yard,,1 where_yard,-1,2 where_yard,0,9 where_yard,1,5";
    assert_eq!(class[from..].join(" "), expected);
    assert!(text.starts_with("level,group,item,code,n\nclass,r00d00s00c00,life,,1\n"));
    assert!(text.contains("\nnation,nation,often,3,5\n"));
}

#[test]
fn rows_are_sorted() {
    let tallies = tally(&classes(&vec![vec![vec![vec![yes_no(3, 4); 2]; 2]]; 2]));
    let keys: Vec<_> =
        tallies.rows().map(|row| (row.level, row.group, row.item, row.code)).collect();
    assert!(keys.is_sorted());
    assert!(tallies.rows().any(|row| row.code == TallyCode::DoNotWant && row.n == 0));
}

#[test]
fn tallies_of_another_structure_or_definition_do_not_merge() {
    let [one, two] = [2, 3].map(|n| tally(&classes(&vec![vec![vec![vec![yes_no(3, 4); n]]]])));
    assert_eq!(one.merge(two), Err(ComputeError::OtherStructure));
    let (places, mut other) =
        (structure(&classes(&vec![vec![vec![vec![yes_no(1, 0)]]]])), survey());
    let of = |survey: &_| {
        let columns =
            Columns::from_responses(survey, &places, [("r00d00s00c00", says(1))]).unwrap();
        Tallies::of(survey, &places, &columns).unwrap()
    };
    let one = of(&other);
    other.version = 2;
    assert!(matches!(one.merge(of(&other)), Err(ComputeError::OtherDefinition { .. })));
}

#[test]
fn classes_of_the_other_form_are_not_groups_of_the_definition() {
    let mut all = classes(&vec![vec![vec![vec![yes_no(3, 4); 2]]], vec![vec![vec![yes_no(0, 0)]]]]);
    for (place, _) in
        all.iter_mut().filter(|(place, _)| place.region == "r01" || place.class.ends_with("c01"))
    {
        place.form = "junior".to_owned();
    }
    let structure = structure(&all);
    let columns =
        Columns::from_responses(&survey(), &structure, [("r00d00s00c00", says(0))]).unwrap();
    let tallies = Tallies::of(&survey(), &structure, &columns).unwrap();
    let mut groups: Vec<&str> = tallies.rows().map(|row| row.group).collect();
    groups.dedup();
    assert_eq!(groups, ["r00d00s00c00", "r00d00s00", "r00d00", "r00", "nation"]);
}

/// Any response that fits.
fn any_response() -> impl Strategy<Value = Response> {
    let answer = |code: std::ops::Range<i16>| prop_oneof![6 => code.prop_map(Answer::Code), 1 => Just(Answer::DoNotWant), 1 => Just(Answer::NotReached)];
    let places = prop_oneof![
        Just(Answer::Many(1)),
        Just(Answer::Many(2)),
        Just(Answer::Many(4)),
        Just(Answer::Many(6)),
        Just(Answer::DoNotWant),
        Just(Answer::NotReached)
    ];
    let answers = (answer(0..5), answer(0..5), places, answer(0..1001));
    prop_oneof![9 => answers.prop_map(|(a, b, c, d)| answered(a, b, c, d)), 1 => Just(Response::Declined)]
}

fn of(responses: &[(usize, Response)]) -> Tallies {
    let all = classes(&vec![vec![vec![vec![yes_no(0, 0); 2]; 2]; 2]; 2]);
    let (survey, structure) = (survey(), structure(&all));
    let responses = responses
        .iter()
        .map(|(class, response)| (&all[class % all.len()].0.class, response.clone()));
    let columns = Columns::from_responses(&survey, &structure, responses).unwrap();
    Tallies::of(&survey, &structure, &columns).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn halves_merge_into_the_whole_and_order_does_not_matter(
        responses in prop::collection::vec((0..16usize, any_response()), 0..80),
        cut in 0..80usize,
        turn in 0..80usize,
    ) {
        let whole = of(&responses);
        let (first, second) = responses.split_at(cut.min(responses.len()));
        prop_assert_eq!(&of(first).merge(of(second)).unwrap(), &whole);
        let mut turned = responses.clone();
        turned.rotate_left(turn % responses.len().max(1));
        turned.reverse();
        prop_assert_eq!(&of(&turned), &whole);
        let of_all = whole.rows().filter(|row| row.level == Level::Nation && row.item == "status");
        prop_assert_eq!(of_all.map(|row| row.n as usize).sum::<usize>(), responses.len());
    }

    #[test]
    fn every_level_adds_up_to_the_same_and_each_item_to_the_answered(country in any_country()) {
        let all = classes(&country);
        let tallies = tally(&all);
        let mut sums: BTreeMap<(Level, &str, TallyCode), u32> = BTreeMap::new();
        let mut items: BTreeMap<(Level, &str, &str), u32> = BTreeMap::new();
        for row in tallies.rows() {
            *sums.entry((row.level, row.item, row.code)).or_default() += row.n;
            if row.code != TallyCode::Declined {
                *items.entry((row.level, row.group, row.item)).or_default() += row.n;
            }
        }
        for ((_, item, code), n) in &sums {
            prop_assert_eq!(*n, sums[&(Level::Nation, *item, *code)]);
        }
        for ((level, group, _), n) in &items {
            prop_assert_eq!(*n, items[&(*level, *group, "status")]);
        }
        prop_assert_eq!(sums[&(Level::Nation, "status", TallyCode::Answered)] as usize
            + sums[&(Level::Nation, "status", TallyCode::Declined)] as usize, responses(&all).len());
    }
}
