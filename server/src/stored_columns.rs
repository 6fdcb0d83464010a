//! What the page "What we store about you" says of every table and column:
//! `stored_columns.json`, in the order in which the page shows it.

use crate::storage::schema::Table;
use app::{Language, StoredAbout, StoredColumn, StoredTable, StoredWords, Wording};
use serde::Deserialize;
use std::collections::HashSet;
use survey_definitions::{Mistake, Mistakes};

const SHIPPED: &str = include_str!("../stored_columns.json");
/// Longer sentences are not read by those for whom they are.
const LONGEST_TITLE: usize = 40;
const LONGEST_TEXT: usize = 250;

/// The explanations, checked.
#[derive(Debug)]
pub struct StoredColumns(Vec<TableLine>);

/// Why explanations cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StoredColumnsError {
    #[error("{0}")]
    Form(#[from] serde_json::Error),
    #[error("it has mistakes:\n{0}")]
    Content(#[from] Mistakes),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    tables: Vec<TableLine>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TableLine {
    name: String,
    about: StoredAbout,
    title: Wording,
    text: Wording,
    columns: Vec<ColumnLine>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ColumnLine {
    name: String,
    text: Wording,
}

impl StoredColumns {
    /// Those in this program.
    pub fn shipped() -> Result<Self, StoredColumnsError> {
        Self::parse(SHIPPED)
    }

    /// The explanations in a text, or every mistake at once.
    pub fn parse(text: &str) -> Result<Self, StoredColumnsError> {
        let File { tables } = serde_json::from_str(text)?;
        let mut mistakes = Vec::new();
        check_names("tables", tables.iter().map(|table| &table.name), &mut mistakes);
        for (at, table) in tables.iter().enumerate() {
            table.check(&format!("tables[{at}]"), &mut mistakes);
        }
        if mistakes.is_empty() { Ok(Self(tables)) } else { Err(Mistakes(mistakes).into()) }
    }

    /// The tables of a database with what is said of them; those of which nothing is said come
    /// last. What is said of a table or column that is not there is left out.
    pub fn explain(&self, tables: Vec<Table>) -> Vec<StoredTable> {
        let mut explained: Vec<_> = tables
            .into_iter()
            .map(|table| {
                let at = self.0.iter().position(|line| line.name == table.name);
                (at.unwrap_or(self.0.len()), table)
            })
            .collect();
        explained.sort_by_key(|(at, _)| *at);
        explained.into_iter().map(|(at, table)| of_table(self.0.get(at), table)).collect()
    }
}

fn of_table(line: Option<&TableLine>, table: Table) -> StoredTable {
    let text = |name: &str| {
        let column = line?.columns.iter().find(|column| column.name == name);
        column.map(|column| column.text.clone())
    };
    let columns = table.columns.into_iter();
    let columns = columns.map(|name| StoredColumn { text: text(&name), name }).collect();
    let words = line.map(|line| StoredWords {
        about: line.about,
        title: line.title.clone(),
        text: line.text.clone(),
    });
    StoredTable { name: table.name, words, columns }
}

impl TableLine {
    fn check(&self, place: &str, mistakes: &mut Vec<Mistake>) {
        check_wording(&format!("{place}.title"), &self.title, LONGEST_TITLE, mistakes);
        check_wording(&format!("{place}.text"), &self.text, LONGEST_TEXT, mistakes);
        let place = format!("{place}.columns");
        check_names(&place, self.columns.iter().map(|column| &column.name), mistakes);
        for (at, column) in self.columns.iter().enumerate() {
            check_wording(&format!("{place}[{at}].text"), &column.text, LONGEST_TEXT, mistakes);
        }
    }
}

fn check_names<'a>(
    place: &str,
    names: impl Iterator<Item = &'a String>,
    mistakes: &mut Vec<Mistake>,
) {
    let mut seen = HashSet::new();
    for (at, name) in names.enumerate() {
        if !seen.insert(name) {
            mistakes.push(Mistake {
                place: format!("{place}[{at}].name"),
                problem: format!("{name:?} is there twice"),
            });
        }
    }
    if seen.is_empty() {
        mistakes.push(Mistake { place: place.to_owned(), problem: "there are none".to_owned() });
    }
}

fn check_wording(place: &str, wording: &Wording, longest: usize, mistakes: &mut Vec<Mistake>) {
    for language in Language::ALL {
        let text = wording.get(language);
        let length = text.chars().count();
        let problem = if text.trim().is_empty() {
            "it is empty".to_owned()
        } else if length > longest {
            format!("expected at most {longest} characters, got {length}")
        } else if text.chars().any(char::is_control) {
            "it has a control character".to_owned()
        } else {
            continue;
        };
        mistakes.push(Mistake { place: format!("{place}.{}", language.code()), problem });
    }
}
