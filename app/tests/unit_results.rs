//! What pages say of published numbers.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[allow(dead_code)]
mod fixtures;

use analysis::{Cell, Kind, Level, Outcome, Reason, Tenths};
use app::*;
use fixtures::*;

fn page(language: Language, rows: Vec<IndicatorRow>) -> String {
    let mut page = class();
    page.session = app::SessionState::NoWave;
    page.results = vec![results(Level::Class, rows)];
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
            let beside = [one.around, one.nation, one.previous].map(|one| one.map(|one| one.cell));
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
        let body = table.split_once("<tbody>").unwrap().1.split_once("</tbody>").unwrap().0;
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
    assert!(html.contains("grade 7, all classes, 60–99 pupils"), "{html}");
    assert!(html.contains("✕ hidden: such a question"));
    assert!(page(Language::Kk, rows()).contains("барлық 7-сынып"));
}

#[test]
fn a_share_at_an_end_of_the_scale_is_never_good_or_bad_news() {
    let said = |kind, low, high| {
        let own = band(low, high, low, high);
        page(Language::En, vec![row(kind, vec![figure("a", own)])])
    };
    for (low, high, words, short) in [
        (0, 100, "Few or none: we cannot and will not say which.", "few or none"),
        (0, 10, "Few or none: we cannot and will not say which.", "few or none"),
        (0, 200, "Anything from nobody to nearly 20\u{a0}%: we cannot", "possibly nobody"),
        (900, 1000, "All or nearly all: we cannot and will not say which.", "all or nearly all"),
        (800, 1000, "Anything from 80\u{a0}% to all: we cannot", "possibly all"),
    ] {
        let html = said(Kind::Share, low, high);
        let (chart, table) = html.split_once("<table").unwrap();
        assert!(chart.contains(words), "{chart}");
        assert!(table.contains(short), "{table}");
        let mean = said(Kind::Mean, low, high);
        assert!(!mean.contains(words), "a mean counts nobody");
    }
    assert!(!said(Kind::Share, 100, 200).contains("we cannot and will not say more"));
    let of_the_grade = page(Language::En, vec![rows().remove(1)]);
    assert!(of_the_grade.contains("Few or none"), "also of the grade");
    assert!(!said(Kind::Share, 0, 200).contains("Few or none"), "20 % is not few");
}

#[test]
fn a_trend_that_is_broken_says_so_and_is_not_drawn() {
    let previous = beside(band(300, 400, 190, 570), Outcome::NotComparable);
    let one = Figure { previous, ..figure("a", band(100, 200, 30, 410)) };
    let html = page(Language::En, vec![row(Kind::Share, vec![one])]);
    assert_eq!(html.matches("the questions have changed since").count(), 3, "chart and tables");
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
    let one = Figure {
        around: school,
        nation: None,
        previous: None,
        ..figure("a", band(0, 200, 0, 410))
    };
    let html = page(Language::En, vec![row(Kind::Share, vec![one])]);
    let (charts, _) = html.split_once("<table").unwrap();
    assert!(!charts.contains("Compared with"), "{charts}");
}

#[test]
fn a_hidden_cell_has_one_sign_its_reason_and_no_zero() {
    for reason in Reason::ALL {
        let hidden = Cell::Hidden { reason };
        let one = Figure { around: None, nation: None, previous: None, ..figure("a", hidden) };
        let results = page(Language::En, vec![row(Kind::Share, vec![one])]);
        assert!(results.contains("✕ hidden"), "{reason:?}");
        let (_, table) = results.split_once("<tbody>").unwrap();
        let cells: Vec<&str> = table.split("<td>").skip(1).collect();
        let words = cells[0].rsplit_once("<span class=\"piece\">").unwrap().1;
        assert!(words.starts_with("✕ hidden: "), "{reason:?}");
        assert!(!words.contains(" 0"), "{reason:?}");
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
    assert!(!render(&staff(Language::En), page).contains("class=\"unshown\""));
}

#[test]
fn findings_come_first_and_never_are_silent() {
    let html = render(&staff(Language::En), class());
    let (before, _) = html.split_once("class=\"charts\"").unwrap();
    for words in ["grade 7, all classes, 60–99 pupils", "Reason.", "11 of 60 indicators"] {
        assert!(before.contains(words), "{words}");
    }
    let after = html.split_once("What to do next").unwrap().1;
    assert!(after.contains("Step.") && after.contains("One; Two"));
    let mut page = class();
    page.results[0].findings = Findings::default();
    let html = render(&staff(Language::En), page);
    assert_eq!(html.matches("That does not mean there").count(), 3);
}

#[test]
fn tenths_are_written_as_each_language_does() {
    let own = band(123, 124, 100, 150);
    let at = |language| page(language, vec![row(Kind::Share, vec![figure("a", own)])]);
    assert_eq!(Tenths(123).to_string(), "12.3");
    assert!(at(Language::En).contains("12.3–12.4\u{a0}%"));
    assert!(at(Language::Ru).contains("12,3–12,4\u{a0}%"));
}

#[test]
fn every_number_says_which_published_cell_it_is() {
    let html = page(Language::En, vec![rows().remove(1)]);
    let mark = |group: &str, wave: &str| {
        format!("value=\"b\" data-wave=\"{wave}\" data-group=\"{group}\"")
    };
    for (group, wave) in
        [("grade:s/7", "w2"), ("school:u", "w2"), ("nation:nation", "w2"), ("grade:s/7", "w1")]
    {
        assert!(html.contains(&mark(group, wave)), "{group} {wave}");
    }
    assert!(!html.contains(&mark("class:u", "w2")), "the class itself is hidden");
}

#[test]
fn a_file_has_the_tables_of_the_page_and_nothing_more() {
    let tables = class().tables(Language::Ru);
    assert_eq!(tables.len(), 2, "what is shown first and one theme");
    assert_eq!(tables[0].rows.len(), figures(&rows()).count());
    let html = render(&staff(Language::Ru), class());
    for cell in tables.iter().flat_map(|table| &table.rows).flatten() {
        for words in cell.words().split("; ") {
            assert!(html.contains(words), "{words}");
        }
    }
}

#[test]
fn lessons_are_listed_and_what_was_typed_comes_back() {
    let html = render(&staff(Language::Kk), class());
    assert!(html.contains("12.10.2025: One") && html.contains("with &lt;i&gt;films"));
    assert!(html.contains("Оқушылардың аты-жөнін жазбаңыз"));
    let mut page = class();
    page.lessons.typed =
        LessonForm { theme: "two".into(), held_on: "yesterday".into(), note: "\"x".into() };
    page.lessons.mistakes = vec![(LessonField::Day, LessonMistake::NoDay)];
    let html = render(&staff(Language::Kk), page);
    assert!(html.contains("value=\"yesterday\"") && html.contains("&quot;x"), "{html}");
    assert!(html.contains("2026-10-05 (жыл, ай, күн)") && html.contains("role=\"alert\""));
    let mut none = class();
    (none.results, none.lessons) = (Vec::new(), LessonsHeld::default());
    assert!(render(&staff(Language::Kk), none).contains("Нәтижелер әлі жоқ"));
}
