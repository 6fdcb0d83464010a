//! What pages show of lines of releases.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use analysis::{
    Cell, Clustering, DefinitionRef, Group, Header, IndicatorNote, Kind, Level, Outcome, Policy,
    Reason, Respondents, SCHEMA, Spread, Tenths,
};
use server::unit_results::{Published, unit_results};
use survey_definitions::{Language, Survey, shipped};

const HIDDEN: Cell = Cell::Hidden { reason: Reason::SmallGroup };

fn survey() -> Survey {
    Survey::parse(shipped("senim_pupil_senior", 1).unwrap()).unwrap()
}

fn header(version: u32, comparable_since: u32) -> Header {
    let note = |id: &str| {
        let (kind, sd) = match id {
            "climate" => (Kind::Mean, Some(20)),
            id if id.contains('.') => (Kind::Part, None),
            _ => (Kind::Share, None),
        };
        let spread = Spread { class_icc: 5, school_icc: 2, sd, measured: true };
        (id.to_owned(), IndicatorNote { kind, comparable_since, spread })
    };
    let definition =
        DefinitionRef { id: "senim_pupil_senior".to_owned(), version, sha256: "00".repeat(32) };
    let ids = ["safe", "belongs", "climate", "roles4.none", "roles4.victim", "victim_any"];
    Header {
        schema: SCHEMA,
        wave: "wave".to_owned(),
        definition,
        policy: Policy::STANDARD,
        indicators: ids.into_iter().map(note).collect(),
    }
}

fn shown(low: u16, high: u16) -> Cell {
    let (low, high) = (Tenths(low), Tenths(high));
    Cell::Band { low, high, interval: [low, high] }
}

fn group(level: Level, id: &str, n: (u32, u32), cells: &[(&str, Cell)]) -> Group {
    Group {
        level,
        group: id.to_owned(),
        parent: None,
        n: Respondents::Between { low: n.0, high: n.1 },
        clusters: (level > Level::Class).then_some(Clustering { count: 3, size: 22 }),
        cells: cells.iter().map(|(id, cell)| ((*id).into(), *cell)).collect(),
        by: Default::default(),
    }
}

fn published(safe: Cell) -> Published {
    let (victims, none) = (shown(200, 220), shown(600, 620));
    let class = [
        ("safe", safe),
        ("belongs", HIDDEN),
        ("climate", shown(700, 800)),
        ("roles4.none", HIDDEN),
        ("roles4.victim", HIDDEN),
        ("victim_any", HIDDEN),
    ];
    let grade = [("belongs", shown(600, 650)), ("roles4.none", HIDDEN), ("roles4.victim", HIDDEN)];
    let school = [
        ("safe", shown(200, 220)),
        ("belongs", shown(600, 620)),
        ("climate", shown(700, 720)),
        ("roles4.none", none),
        ("roles4.victim", victims),
        ("victim_any", HIDDEN),
    ];
    Published {
        wave: app::WaveTitle { id: "9".into(), name: "wave".into(), days: "days".into() },
        around: None,
        header: header(1, 1),
        chain: vec![
            group(Level::Class, "c1", (20, 29), &class),
            group(Level::Grade, "s1/7", (60, 99), &grade),
            group(Level::School, "s1", (200, 299), &school),
        ],
        nation: Some(group(Level::Nation, "nation", (500, 999), &[("safe", HIDDEN)])),
    }
}

fn results(now: &Published, earlier: Option<&Published>) -> app::UnitResults {
    unit_results(&survey(), None, Language::En, now, earlier)
}

fn figure<'r>(results: &'r app::UnitResults, id: &str) -> &'r app::Figure {
    results.rows.iter().flat_map(|row| &row.figures).find(|one| one.id == id).unwrap()
}

#[test]
fn each_indicator_is_shown_of_the_smallest_group_that_may_be() {
    let results = results(&published(shown(800, 900)), None);
    let level = |id| figure(&results, id).instead.as_ref().map(|(name, _)| name.level);
    assert_eq!(level("safe"), None);
    assert_eq!(level("belongs"), Some(Level::Grade));
    assert_eq!(figure(&results, "belongs").instead.as_ref().unwrap().0.grades, "7");
    assert_eq!(level("roles4.victim"), Some(Level::School));
    assert!(figure(&results, "roles4.victim").around.is_none(), "it stands there already");
    assert!(figure(&results, "belongs").around.is_some());
    let hidden: Vec<_> = results.unshown.iter().flat_map(|(_, labels)| labels).collect();
    assert_eq!(hidden, ["Bullied at least once"]);
}

#[test]
fn the_parts_of_a_distribution_are_one_row_and_kinds_are_told_apart() {
    let results = results(&published(shown(800, 900)), None);
    let kinds: Vec<_> = results.rows.iter().map(|row| (row.figures.len(), row.kind)).collect();
    assert_eq!(kinds, [(2, Kind::Part), (1, Kind::Mean), (1, Kind::Share), (1, Kind::Share)]);
    assert!(results.rows[0].figures.iter().all(|one| one.part.is_some()));
}

#[test]
fn a_clear_difference_is_pointed_out_and_a_hidden_number_is_not_compared() {
    let results = results(&published(shown(800, 900)), None);
    let safe = figure(&results, "safe");
    let school = safe.around.unwrap();
    assert_eq!((school.outcome, school.flagged), (Outcome::Higher, true));
    assert_eq!(safe.nation.unwrap().outcome, Outcome::NotShown);
    let tie = figure(&results, "climate").around.unwrap();
    assert_eq!((tie.outcome, tie.flagged), (Outcome::NotClearlyDifferent, false));
}

#[test]
fn the_wave_before_is_that_of_the_same_group_and_a_changed_question_breaks_it() {
    let (now, before) = (published(shown(800, 900)), published(shown(0, 100)));
    let outcome = |now: &Published, before: &Published| {
        figure(&results(now, Some(before)), "safe").previous.map(|one| one.outcome)
    };
    assert_eq!(outcome(&now, &before), Some(Outcome::Higher));
    let changed = Published { header: header(2, 2), ..now.clone() };
    assert_eq!(outcome(&changed, &before), Some(Outcome::NotComparable));
    let mut other = before.clone();
    other.chain[0].group = "c2".to_owned();
    assert_eq!(outcome(&now, &other), None);
    other.chain[1].group = "s1/6".to_owned();
    assert!(figure(&results(&now, Some(&other)), "belongs").previous.is_none(), "another grade");
}
