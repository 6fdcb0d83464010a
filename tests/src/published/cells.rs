use super::html::Seen;
use crate::database::{Column, OwnDatabase};
use crate::surroundings::package_directory;
use analysis::{Breakdown, Cell, Cells, Group, Header, Kind, Tenths};
use std::collections::{BTreeMap, BTreeSet};
use survey_definitions::{Language, NextSteps, Survey, next_steps, shipped};

type Key = (String, String, String);

/// Everything that the releases in a database say, by wave, group and cell.
pub struct Published {
    cells: BTreeMap<Key, (Cell, Kind)>,
}

/// What may be said of some groups, in words.
pub(super) struct Allowed {
    pub(super) ranges: BTreeSet<String>,
    /// Of bands.
    pub(super) ends: BTreeSet<String>,
}

impl Published {
    pub async fn of(database: &OwnDatabase) -> Self {
        let column = |name: &str| Column {
            name: name.to_owned(),
            kind: "text".to_owned(),
            nullable: false,
            key: 0,
        };
        let rows = async |table: &str, last: &str| {
            let columns = [column("wave_id"), column("definition"), column(last)];
            let rows = database.rows(table, &columns).await;
            let parts = rows.into_iter().map(|row| {
                let mut words = row.splitn(3, ' ').map(str::to_owned);
                ((words.next().unwrap(), words.next().unwrap()), words.next().unwrap())
            });
            parts.collect::<Vec<_>>()
        };
        let headers = rows("releases", "header").await.into_iter();
        let headers: BTreeMap<_, Header> =
            headers.map(|(of, line)| (of, Header::from_line(&line).unwrap())).collect();
        let mut published = Self { cells: BTreeMap::new() };
        for (of, line) in rows("release_groups", "line").await {
            let group = Group::from_line(&line).unwrap();
            published.add(&of.0, &headers[&of], &group);
        }
        published
    }

    fn add(&mut self, wave: &str, header: &Header, group: &Group) {
        let name = format!("{}:{}", group.level.code(), group.group);
        self.add_cells(wave, header, &name, &group.cells);
        for (by, parts) in &group.by {
            let by = if *by == Breakdown::Sex { "sex" } else { "language" };
            for (code, part) in parts {
                self.add_cells(wave, header, &format!("{name}:{by}:{code}"), &part.cells);
            }
        }
    }

    fn add_cells(&mut self, wave: &str, header: &Header, group: &str, cells: &Cells) {
        for (id, cell) in cells.iter() {
            let key = (wave.to_owned(), group.to_owned(), id.to_owned());
            let twice = self.cells.insert(key, (cell, header.indicators[id].kind));
            assert!(twice.is_none(), "{group} {id} is published twice");
        }
    }

    /// How a marked number must read; `None` when no such number is published.
    pub(super) fn words(&self, language: Language, seen: &Seen) -> Option<String> {
        let key = (seen.wave.clone(), seen.group.clone(), seen.cell.clone());
        match self.cells.get(&key)? {
            (Cell::Band { interval: [from, to], .. }, kind) if seen.interval => {
                Some(words(language, *kind, *from, *to))
            }
            (Cell::Band { low, high, .. }, kind) => Some(words(language, *kind, *low, *high)),
            (Cell::Hidden { .. }, _) => None,
        }
    }

    /// All bands and intervals of these groups, each a wave and a name.
    pub(super) fn of_groups(&self, language: Language, groups: &BTreeSet<(&str, &str)>) -> Allowed {
        let mut allowed = Allowed { ranges: BTreeSet::new(), ends: BTreeSet::new() };
        for ((wave, group, _), (cell, kind)) in &self.cells {
            let Cell::Band { low, high, interval: [from, to] } = cell else { continue };
            if groups.contains(&(wave.as_str(), group.as_str())) {
                allowed.ranges.insert(words(language, *kind, *low, *high));
                allowed.ranges.insert(words(language, *kind, *from, *to));
                allowed.ends.extend([low, high].map(|end| number(language, *end)));
            }
        }
        allowed
    }

    /// A page's text without reasons and explanations, which say the same on every page.
    pub(super) fn without_fixed_words(&self, language: Language, text: &str) -> String {
        let mut fixed: Vec<String> = Vec::new();
        for id in ["senim_pupil_junior", "senim_pupil_senior"] {
            let survey = Survey::parse(shipped(id, 1).unwrap()).unwrap();
            let steps = NextSteps::parse(next_steps(id, 1).unwrap(), &survey).unwrap();
            fixed.extend(steps.rules.iter().map(|rule| rule.reason.get(language).to_owned()));
        }
        let locale = format!("../app/locales/{}/unit_results.json", language.code());
        let locale = package_directory().join(locale);
        let locale: BTreeMap<String, String> =
            serde_json::from_slice(&std::fs::read(locale).unwrap()).unwrap();
        fixed.extend(locale.into_values().filter(|text| !text.contains("{{")));
        // The longest first: one may be a part of another.
        fixed.sort_by_key(|text| std::cmp::Reverse(text.len()));
        let long = fixed.into_iter().filter(|text| text.contains('%') || text.contains("100"));
        long.fold(text.to_owned(), |text, fixed| text.replace(&fixed, " "))
    }
}

/// Written apart from what the pages use.
fn words(language: Language, kind: Kind, low: Tenths, high: Tenths) -> String {
    let range = format!("{}–{}", number(language, low), number(language, high));
    match (kind, language) {
        (Kind::Mean, Language::Kk) => format!("100-ден {range}"),
        (Kind::Mean, Language::Ru) => format!("{range} из 100"),
        (Kind::Mean, Language::En) => format!("{range} of 100"),
        _ => format!("{range}\u{a0}%"),
    }
}

fn number(language: Language, value: Tenths) -> String {
    let point = if language == Language::En { '.' } else { ',' };
    match (value.0 / 10, value.0 % 10) {
        (whole, 0) => whole.to_string(),
        (whole, tenth) => format!("{whole}{point}{tenth}"),
    }
}
