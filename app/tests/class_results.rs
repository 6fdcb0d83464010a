//! What the class page says of published numbers.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[allow(dead_code)]
mod fixtures;

use analysis::{Cell, Kind, Outcome, Reason, Tenths};
use app::*;
use fixtures::*;

fn page(language: Language, rows: Vec<IndicatorRow>) -> String {
    let mut page = class();
    page.wave = None;
    page.results[0].rows = rows;
    let html = render(&staff(language), page);
    let (_, results) = html.split_once("class=\"charts\"").unwrap();
    results.to_owned()
}

fn figures(rows: &[IndicatorRow]) -> impl Iterator<Item = (&IndicatorRow, &Figure)> {
    rows.iter().flat_map(|row| row.figures.iter().map(move |one| (row, one)))
}

#[test]
fn the_table_says_the_same_as_the_charts() {
    for language in Language::ALL {
        let html = page(language, rows());
        let (charts, table) = html.split_once("<table").unwrap();
        for (row, one) in figures(&rows()) {
            let beside = [one.school, one.nation, one.previous].map(|one| one.map(|one| one.cell));
            let instead = one.instead.as_ref().map(|(_, cell)| *cell);
            for cell in beside.into_iter().chain([Some(one.own), instead]).flatten() {
                if let Cell::Band { low, high, .. } = cell {
                    let decimal = if language == Language::En { "." } else { "," };
                    let words = format!("{low}–{high}").replace('.', decimal);
                    let words = match (row.kind, language) {
                        (Kind::Mean, Language::Kk) => format!("100-ден {words}"),
                        (Kind::Mean, Language::Ru) => format!("{words} из 100"),
                        (Kind::Mean, Language::En) => format!("{words} of 100"),
                        _ => format!("{words}\u{a0}%"),
                    };
                    assert!(charts.contains(&words), "{words}");
                    assert!(table.contains(&words), "{words}");
                }
            }
        }
        assert_eq!(html.matches("class=\"chart\"").count(), rows().len());
        let body = table.split_once("<tbody>").unwrap().1;
        assert_eq!(body.matches("<tr>").count(), figures(&rows()).count());
        assert!(html.contains("<caption>") && table.contains("scope=\"row\""));
    }
}

#[test]
fn a_mean_is_no_percentage() {
    let html = page(Language::En, vec![rows().remove(2)]);
    let own = html.split_once("class=\"legend\"").unwrap().1.split_once("</li>").unwrap().0;
    assert!(own.contains("80–100 of 100") && !own.contains('%'), "{own}");
    assert!(!html.split_once("<svg").unwrap().1.split_once("</svg>").unwrap().0.contains('%'));
}

#[test]
fn the_parts_of_a_distribution_stand_below_one_heading() {
    let html = page(Language::En, vec![rows().remove(4)]);
    assert_eq!(html.matches("<figcaption>").count(), 1);
    assert_eq!(html.matches("<svg").count(), 2);
    assert!(html.contains("class=\"part\">e.x") && html.contains("class=\"part\">e.y"));
}

#[test]
fn a_share_of_some_says_so() {
    let words = "A share among some of the pupils only.";
    assert!(page(Language::En, vec![rows().remove(3)]).contains(words));
    assert!(!page(Language::En, vec![rows().remove(0)]).contains(words));
}

#[test]
fn what_may_not_be_shown_of_the_class_is_shown_of_the_smallest_group_with_its_name() {
    let html = page(Language::En, vec![rows().remove(1)]);
    assert!(html.contains("Grade 7, 60–99 pupils"), "{html}");
    assert!(html.contains("✕ hidden: such a question"));
    assert!(page(Language::Kk, rows()).contains("7-сынып"));
}

#[test]
fn few_or_none_is_said_as_just_that() {
    let words = "Few or none: we cannot and will not say which.";
    let one = |kind, low| {
        let own = band(low, 200, 0, 410);
        page(Language::En, vec![row(kind, vec![figure("a", own)])])
    };
    assert!(one(Kind::Share, 0).contains(words));
    assert!(!one(Kind::Share, 100).contains(words));
    assert!(!one(Kind::Mean, 0).contains(words), "a mean counts nobody");
    assert!(page(Language::En, vec![rows().remove(1)]).contains(words), "also of the grade");
}

#[test]
fn a_trend_that_is_broken_says_so_and_is_not_drawn() {
    let previous = beside(band(300, 400, 190, 570), Outcome::NotComparable);
    let one = Figure { previous, ..figure("a", band(100, 200, 30, 410)) };
    let html = page(Language::En, vec![row(Kind::Share, vec![one])]);
    assert_eq!(html.matches("the questions have changed since").count(), 2, "chart and table");
    assert!(!html.contains("30–40") && !html.contains("band-previous"));
}

#[test]
fn what_is_hardly_chance_is_bold() {
    let bold = "<strong>lower</strong>";
    let mut one = figure("a", band(100, 200, 30, 410));
    let shown = |one: &Figure| page(Language::En, vec![row(Kind::Share, vec![one.clone()])]);
    assert!(!shown(&one).contains(bold) && shown(&one).contains("lower"));
    one.nation.as_mut().unwrap().flagged = true;
    assert!(shown(&one).contains(bold));
}

#[test]
fn nothing_is_said_beside_a_number_that_is_not_shown() {
    let hidden = Cell::Hidden { reason: Reason::Withheld };
    let school = beside(hidden, Outcome::NotShown);
    let one = Figure { school, nation: None, previous: None, ..figure("a", band(0, 200, 0, 410)) };
    let html = page(Language::En, vec![row(Kind::Share, vec![one])]);
    let (charts, _) = html.split_once("<table").unwrap();
    assert!(!charts.contains("Compared with"), "{charts}");
}

#[test]
fn a_hidden_cell_has_one_sign_its_reason_and_no_zero() {
    for reason in Reason::ALL {
        let hidden = Cell::Hidden { reason };
        let one = Figure { school: None, nation: None, previous: None, ..figure("a", hidden) };
        let results = page(Language::En, vec![row(Kind::Share, vec![one])]);
        assert!(results.contains("✕ hidden"), "{reason:?}");
        let (_, table) = results.split_once("<tbody>").unwrap();
        let cells: Vec<&str> = table.split("<td>").skip(1).collect();
        assert!(cells[0].starts_with("✕ hidden: "), "{reason:?}");
        assert!(!cells[0].starts_with('0') && !cells[0].contains(" 0"), "{reason:?}");
        assert!(!results.contains("band-own\" x="), "no bar");
    }
}

#[test]
fn what_is_shown_of_nobody_is_listed_with_the_reason() {
    for language in Language::ALL {
        assert!(page(language, rows()).contains("Indicator z"));
    }
    let mut page = class();
    page.results[0].unshown.clear();
    assert!(!render(&staff(Language::En), page).contains("class=\"card unshown\""));
}

#[test]
fn findings_come_first_and_never_are_silent() {
    let html = render(&staff(Language::En), class());
    let (before, _) = html.split_once("class=\"charts\"").unwrap();
    for words in ["Grade 7, 60–99 pupils", "Step.", "One; Two", "11. Reason: such a question"] {
        assert!(before.contains(words), "{words}");
    }
    let mut page = class();
    page.results[0].findings = ClassFindings::default();
    let html = render(&staff(Language::En), page);
    assert_eq!(html.matches("That does not mean there").count(), 2);
}

#[test]
fn tenths_are_written_as_each_language_does() {
    let own = band(123, 124, 100, 150);
    let at = |language| page(language, vec![row(Kind::Share, vec![figure("a", own)])]);
    assert_eq!(Tenths(123).to_string(), "12.3");
    assert!(at(Language::En).contains("12.3–12.4\u{a0}%"));
    assert!(at(Language::Ru).contains("12,3–12,4\u{a0}%"));
}
