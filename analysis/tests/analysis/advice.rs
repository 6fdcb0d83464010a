//! Next steps, the smallest group that is shown, and the three findings of a class page.

use crate::published::{group, hidden, shown};
use analysis::{Cell, Group, Level, Reason, class_findings, decided, smallest_shown};
use survey_definitions::{NextSteps, Rule, Survey, next_steps, shipped};

const CLASS: (u32, u32) = (20, 29);

fn senior() -> (Survey, NextSteps) {
    let survey = Survey::parse(shipped("senim_pupil_senior", 1).unwrap()).unwrap();
    let steps = NextSteps::parse(next_steps("senim_pupil_senior", 1).unwrap(), &survey).unwrap();
    (survey, steps)
}

fn rule<'n>(steps: &'n NextSteps, id: &str) -> &'n Rule {
    steps.rules.iter().find(|rule| rule.id == id).unwrap()
}

fn class(cells: &[(&str, Cell)]) -> Group {
    group(Level::Class, CLASS, cells)
}

#[test]
fn a_rule_looks_at_the_ends_of_the_band() {
    let (_, steps) = senior();
    let (many, few) = (rule(&steps, "bullied_many"), rule(&steps, "few_feel_safe"));
    let some = rule(&steps, "bullied_some");
    let victims = |low, high| class(&[("victim_any", shown(low, high))]).cells;
    let safe = |low, high| class(&[("safe", shown(low, high))]).cells;
    assert_eq!(decided(many, &victims(400, 500)), Some(true), "at least 40");
    assert_eq!(decided(many, &victims(300, 500)), Some(false), "perhaps less");
    assert_eq!(decided(few, &safe(500, 600)), Some(true), "below 60, which the band leaves out");
    assert_eq!(decided(few, &safe(500, 610)), Some(false));
    assert_eq!(decided(some, &victims(200, 400)), Some(true), "both limits");
    assert_eq!(decided(some, &victims(300, 500)), Some(false));
}

#[test]
fn no_rule_is_decided_by_a_hidden_cell() {
    let (_, steps) = senior();
    for reason in Reason::ALL {
        for rule in &steps.rules {
            for unseen in 0..rule.when.len() {
                let cells: Vec<(String, Cell)> = (0..)
                    .zip(&rule.when)
                    .map(|(at, condition)| {
                        let part = condition.part.as_ref().map(|part| format!(".{part}"));
                        let id = format!("{}{}", condition.indicator, part.unwrap_or_default());
                        (id, if at == unseen { hidden(reason) } else { shown(900, 1000) })
                    })
                    .collect();
                let cells: Vec<_> = cells.iter().map(|(id, cell)| (id.as_str(), *cell)).collect();
                assert_eq!(decided(rule, &class(&cells).cells), None, "{}", rule.id);
            }
        }
    }
    assert_eq!(decided(&steps.rules[0], &class(&[]).cells), None, "nor by one that is not there");
}

#[test]
fn a_rule_may_look_at_a_part_of_a_distribution() {
    let (_, steps) = senior();
    let none = |low, high| class(&[("programme_reach.none", shown(low, high))]).cells;
    assert_eq!(decided(rule(&steps, "no_lessons"), &none(400, 600)), Some(true));
    assert_eq!(decided(rule(&steps, "no_lessons"), &none(200, 400)), Some(false));
}

#[test]
fn the_smallest_group_that_shows_a_cell_stands_for_it() {
    let small = hidden(Reason::SmallGroup);
    let own = class(&[("a", shown(0, 200)), ("b", small), ("c", small)]);
    let grade =
        group(Level::Grade, (60, 99), &[("a", shown(0, 50)), ("b", shown(0, 50)), ("c", small)]);
    let school = group(Level::School, (200, 299), &[("b", shown(0, 20)), ("c", small)]);
    let chain = [&own, &grade, &school];
    let level = |id| smallest_shown(&chain, id).map(|group| group.level);
    assert_eq!(level("a"), Some(Level::Class));
    assert_eq!(level("b"), Some(Level::Grade));
    assert_eq!(level("c"), None);
    assert_eq!(level("unknown"), None);
}

#[test]
fn strengths_are_what_a_rule_would_want_high_the_highest_first() {
    let (survey, steps) = senior();
    let own = class(&[
        ("belongs", shown(600, 700)),
        ("climate", shown(700, 800)),
        ("knows_help", shown(500, 600)),
        ("safe", shown(700, 800)),
        // Little of something bad is no strength: it may be nobody, and it may be somebody.
        ("victim_any", shown(0, 100)),
        // No rule wants it high.
        ("likes_school", shown(900, 1000)),
    ]);
    let found = class_findings(&survey, Some(&steps), &[&own]);
    let ids: Vec<_> = found.strong.iter().map(|one| one.indicator.id.as_str()).collect();
    assert_eq!(ids, ["climate", "safe", "belongs"], "equal ones in the order of the definition");
    // A rule for the middle of a bad thing wants it not high.
    let own = class(&[("victim_any", shown(500, 600))]);
    assert!(class_findings(&survey, Some(&steps), &[&own]).strong.is_empty());
}

#[test]
fn advice_is_decided_by_the_smallest_group_that_shows_all_its_cells() {
    let (survey, steps) = senior();
    let small = hidden(Reason::SmallGroup);
    let own =
        class(&[("safe", shown(800, 900)), ("victim_any", small), ("belongs", shown(400, 500))]);
    let school = group(
        Level::School,
        (200, 299),
        &[("safe", shown(400, 420)), ("victim_any", shown(420, 440)), ("belongs", shown(800, 820))],
    );
    let found = class_findings(&survey, Some(&steps), &[&own, &school]);
    let advice: Vec<_> =
        found.attention.iter().map(|one| (one.rule.id.as_str(), one.group.level)).collect();
    // The school does not feel safe; the class does, and its own number speaks for it.
    assert_eq!(advice, [("bullied_many", Level::School), ("few_belong", Level::Class)]);
}

#[test]
fn what_cannot_be_said_is_counted_by_reason_the_most_frequent_first() {
    let (survey, steps) = senior();
    let own = class(&[
        ("climate", shown(0, 100)),
        ("safe", hidden(Reason::Withheld)),
        ("roles4.none", hidden(Reason::Sensitive)),
        ("roles4.victim", hidden(Reason::Sensitive)),
        ("roles4.bully", hidden(Reason::Sensitive)),
        ("roles4.bully_victim", hidden(Reason::Sensitive)),
        ("bully_any", hidden(Reason::Sensitive)),
    ]);
    let found = class_findings(&survey, Some(&steps), &[&own]);
    let unsaid: Vec<_> = found
        .unsaid
        .iter()
        .map(|one| (one.reason, one.indicators.iter().map(|one| one.id.as_str()).collect()))
        .collect();
    let expected: [(Reason, Vec<&str>); 2] =
        [(Reason::Sensitive, vec!["bully_any", "roles4"]), (Reason::Withheld, vec!["safe"])];
    assert_eq!(unsaid, expected);
}

#[test]
fn of_a_hidden_class_and_school_nothing_is_found_but_why() {
    let (survey, steps) = senior();
    let cells: Vec<_> = survey
        .indicators
        .iter()
        .map(|indicator| (indicator.id.as_str(), hidden(Reason::FewRespondents)))
        .collect();
    let own = class(&cells);
    let found = class_findings(&survey, Some(&steps), &[&own]);
    assert!(found.strong.is_empty() && found.attention.is_empty());
    assert_eq!(found.unsaid.len(), 1);
    let empty = class_findings(&survey, None, &[]);
    assert!(empty.strong.is_empty() && empty.attention.is_empty() && empty.unsaid.is_empty());
}
