use super::charts::{Chart, charts};
use crate::{
    Advice, Language, Table, UnitResults,
    figures::{cell_words, edge_short, group_words, range, reason_words, respondents_words},
    language::text,
    results::{elsewhere, section_tables, unsaid},
};
use serde::Serialize;

/// The latest wave of one form.
#[derive(Debug, Clone, Serialize)]
pub(super) struct FormReport {
    heading: String,
    about: String,
    sentences: Vec<Sentence>,
    lead_heading: &'static str,
    charts: Vec<Chart>,
    steps_heading: &'static str,
    steps: Vec<Step>,
    /// Empty when there are steps.
    no_steps: &'static str,
    everything: &'static str,
    /// Every number by theme, in a line each; for a report of two sheets.
    lists: Vec<List>,
    /// Every number by theme, then what stands side by side.
    tables: Vec<PrintedTable>,
    unshown_heading: &'static str,
    unshown: Vec<List>,
}

#[derive(Debug, Clone, Serialize)]
struct Sentence {
    name: &'static str,
    words: String,
}

#[derive(Debug, Clone, Serialize)]
struct Step {
    step: String,
    themes: String,
    why: String,
}

#[derive(Debug, Clone, Serialize)]
struct List {
    heading: String,
    /// A name, its band or the reason why it is hidden, and what must be said beside it.
    lines: Vec<[String; 3]>,
}

#[derive(Debug, Clone, Serialize)]
struct PrintedTable {
    caption: String,
    heads: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl FormReport {
    pub(super) fn new(language: Language, results: &UnitResults, beside: Vec<Table>) -> Self {
        let findings = &results.findings;
        let steps = findings.attention.iter().chain(&findings.keep);
        let steps: Vec<_> = steps.map(|one| step(language, results, one)).collect();
        let tables = section_tables(language, results);
        let none = text!(language, unit_results.steps_none);
        let took_part = respondents_words(language, results.own.level, results.own.respondents);
        let mut about = format!("{} · {} · {took_part}", results.wave.name, results.wave.days);
        if results.pilot {
            about = format!("{about} · {}", text!(language, waves.pilot));
        }
        Self {
            heading: results.definition.clone(),
            about,
            sentences: sentences(language, results),
            lead_heading: text!(language, unit_results.lead),
            charts: charts(language, results),
            steps_heading: text!(language, unit_results.steps),
            no_steps: if steps.is_empty() { none } else { "" },
            steps,
            everything: text!(language, unit_results.everything),
            lists: lists(language, results),
            tables: tables.into_iter().chain(beside).map(printed).collect(),
            unshown_heading: text!(language, report.unshown),
            unshown: unshown(language, results),
        }
    }
}

fn sentences(language: Language, results: &UnitResults) -> Vec<Sentence> {
    let findings = &results.findings;
    let strong = findings.strong.iter().map(|one| {
        let band = range(language, one.kind, one.low, one.high);
        let group = elsewhere(language, results, &one.group).unwrap_or_default();
        format!("{}: {band}{group}.", one.label)
    });
    let attention = findings.attention.iter().map(|one| {
        let group = elsewhere(language, results, &one.group).unwrap_or_default();
        format!("{}{group}", one.reason)
    });
    let or = |said: Vec<String>, none: &str| match said.is_empty() {
        true => none.to_owned(),
        false => said.join(" "),
    };
    let strong = or(strong.collect(), text!(language, unit_results.strong_none));
    let attention = or(attention.collect(), text!(language, unit_results.attention_none));
    vec![
        Sentence { name: text!(language, unit_results.strong), words: strong },
        Sentence { name: text!(language, unit_results.attention), words: attention },
        Sentence { name: text!(language, unit_results.unsaid), words: unsaid(language, results) },
    ]
}

fn step(language: Language, results: &UnitResults, one: &Advice) -> Step {
    let group = elsewhere(language, results, &one.group).unwrap_or_default();
    let reason = text!(language, unit_results.why, reason = one.reason.as_str());
    Step {
        step: one.step.clone(),
        themes: text!(language, unit_results.themes, themes = one.themes.join("; ")),
        why: format!("{reason}{group}"),
    }
}

fn lists(language: Language, results: &UnitResults) -> Vec<List> {
    let sections = results.sections.iter().map(|section| {
        // What leads is drawn on the same sheet.
        let rest = section.indicators.iter().filter(|indicator| !results.lead.contains(indicator));
        let rows = rest.filter_map(|indicator| results.row(indicator));
        let figures = rows.flat_map(|row| row.figures.iter().map(move |one| (row, one)));
        let lines = figures.map(|(row, one)| {
            let words = cell_words(language, row.kind, one.smallest());
            let edge = edge_short(language, row.kind, one.smallest()).map(str::to_owned);
            let group = one.instead.as_ref().map(|(group, _)| group_words(language, group));
            let beside: Vec<String> = edge.into_iter().chain(group).collect();
            [row.label_of(one), words, beside.join("; ")]
        });
        List { heading: section.title.clone().unwrap_or_default(), lines: lines.collect() }
    });
    sections.filter(|list| !list.lines.is_empty()).collect()
}

fn unshown(language: Language, results: &UnitResults) -> Vec<List> {
    let reasons = results.unshown.iter().map(|(reason, labels)| List {
        heading: reason_words(language, *reason).to_owned(),
        lines: labels.iter().map(|label| [label.clone(), String::new(), String::new()]).collect(),
    });
    reasons.collect()
}

fn printed(table: Table) -> PrintedTable {
    let rows = table.rows.iter().map(|row| row.iter().map(|cell| cell.words()).collect());
    PrintedTable { caption: table.caption(), heads: table.heads.clone(), rows: rows.collect() }
}
