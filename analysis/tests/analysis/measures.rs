//! Which indicators of a definition are counted, and how sensitive they are then.

use crate::country::{classes, definition, responses, structure, yes_no};
use crate::survey::survey;
use analysis::{Cell, Columns, Level, Reason, Release, Tallies, protect};
use survey_definitions::{Condition, MeanItem, Measure, Survey};

fn released(survey: &Survey) -> Release {
    let classes = classes(&vec![vec![vec![vec![yes_no(4, 20); 3]; 3]; 3]; 3]);
    let structure = structure(&classes);
    let columns = Columns::from_responses(survey, &structure, responses(&classes)).unwrap();
    let tallies = Tallies::of(survey, &structure, &columns).unwrap();
    protect("wave", definition(), survey, &structure, &tallies).unwrap().release()
}

#[test]
fn one_measure_more_changes_no_cell_of_the_others() {
    let mut extended = survey();
    let codes =
        |codes: &[i16]| Condition::Codes { item: "often".to_owned(), codes: codes.to_vec() };
    let among = Measure::Share { of: codes(&[2]), among: Some(codes(&[1, 2])) };
    let any = Measure::Share { of: Condition::Any { of: vec![codes(&[2])] }, among: None };
    let life = MeanItem { item: "often".to_owned(), reversed: false, not_applicable: vec![] };
    let mean = Measure::Mean { items: vec![life], at_least: 1, times: 25 };
    for (id, measure) in [("among", among), ("of_any", any), ("mean", mean)] {
        let mut indicator = extended.indicators[0].clone();
        (indicator.id, indicator.measure) = (id.to_owned(), measure);
        extended.indicators.insert(1, indicator);
    }
    let (extended, plain) = (released(&extended), released(&survey()));
    for (more, group) in extended.groups.iter().zip(&plain.groups) {
        for (id, cell) in group.cells.iter() {
            assert_eq!(more.cells.get(id), Some(cell), "{id} of {}", group.group);
        }
        let new = ["among", "of_any", "mean"].map(|id| more.cells.get(id));
        assert!(new.iter().all(Option::is_some), "{}", group.group);
    }
}

#[test]
fn an_indicator_that_says_it_is_sensitive_is_hidden_in_classes() {
    let mut survey = survey();
    survey.indicators[0].sensitive = true;
    let release = released(&survey);
    let of = |level: Level| {
        release
            .groups
            .iter()
            .filter(move |group| group.level == level)
            .map(|one| one.cells.get("any").unwrap())
    };
    let sensitive = Cell::Hidden { reason: Reason::Sensitive };
    assert!(of(Level::Class).all(|cell| cell == sensitive));
    assert!(of(Level::Nation).all(|cell| matches!(cell, Cell::Band { .. })));
}
