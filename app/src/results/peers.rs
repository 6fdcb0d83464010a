//! Units side by side: in the order of their names, never of their numbers.

use super::{GroupName, UnitResults, mark, numbers::short_cell};
use crate::{
    Language,
    figures::group_words,
    language::text,
    parts::table::{Table, TableCell},
};
use analysis::{Cell, Level, Respondents};

/// Units of one kind.
#[derive(Debug, Clone)]
pub struct Peers {
    pub kind: PeerKind,
    /// In the order of their names.
    pub lines: Vec<Peer>,
}

/// What units side by side are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PeerKind {
    Classes,
    /// Grades and bands of grades of a school.
    Grades,
    Schools,
    Districts,
    /// Of the region with this name.
    DistrictsOf(String),
    Regions,
}

/// One of them.
#[derive(Debug, Clone)]
pub struct Peer {
    /// Empty of grades, which are called by what they are.
    pub name: String,
    /// Where the reader may read more.
    pub link: Option<String>,
    pub group: GroupName,
    /// Pupils enrolled when the wave opened; of classes.
    pub enrolment: Option<u32>,
    /// The cells of the group by their ids; empty when it has none.
    pub cells: Vec<(String, Cell)>,
}

impl Peers {
    /// A line a unit, a column an indicator that is shown first.
    pub(crate) fn table(&self, language: Language, results: &UnitResults) -> Table {
        let leading = || {
            results.leading().flat_map(|row| row.figures.iter().map(move |figure| (row, figure)))
        };
        let with_enrolment = self.lines.iter().any(|line| line.enrolment.is_some());
        let mut heads = vec![text!(language, unit_pages.name).to_owned()];
        if with_enrolment {
            heads.push(text!(language, staff.enrolment).to_owned());
        }
        heads.push(text!(language, unit_pages.took_part).to_owned());
        heads.extend(leading().map(|(row, figure)| row.label_of(figure)));
        let rows = self.lines.iter().map(|line| {
            let mut cells = vec![TableCell::of(line.name(language)).linked(line.link.clone())];
            if with_enrolment {
                let enrolment = line.enrolment.map(|number| number.to_string());
                cells.push(enrolment.map_or_else(TableCell::nothing, TableCell::of));
            }
            cells.push(TableCell::of(took_part(language, line)));
            cells.extend(leading().map(|(row, figure)| {
                let found = line.cells.iter().find(|(id, _)| *id == figure.id);
                let mark = mark(&results.wave.id, &line.group, &figure.id);
                found.map_or_else(TableCell::nothing, |(_, one)| {
                    short_cell(language, row, *one, mark)
                })
            }));
            cells
        });
        Table {
            title: self.kind.words(language),
            about: results.about(language),
            heads,
            rows: rows.collect(),
        }
    }
}

impl Peer {
    fn name(&self, language: Language) -> String {
        match self.group.level {
            Level::Grade | Level::Band => {
                let respondents = Respondents::Hidden;
                group_words(language, &GroupName { respondents, ..self.group.clone() })
            }
            _ => self.name.clone(),
        }
    }
}

fn took_part(language: Language, line: &Peer) -> String {
    match line.group.respondents {
        Respondents::Hidden => {
            format!("✕ {}", text!(language, unit_results.short_few_respondents))
        }
        Respondents::Exactly(number) => number.to_string(),
        Respondents::Between { low, high } => format!("{low}–{high}"),
    }
}

impl PeerKind {
    pub(crate) fn words(&self, language: Language) -> String {
        match self {
            Self::Classes => text!(language, unit_pages.classes).to_owned(),
            Self::Grades => text!(language, unit_pages.grades).to_owned(),
            Self::Schools => text!(language, unit_pages.schools).to_owned(),
            Self::Districts => text!(language, unit_pages.districts).to_owned(),
            Self::DistrictsOf(region) => {
                text!(language, unit_pages.districts_of, region = region.as_str())
            }
            Self::Regions => text!(language, unit_pages.regions).to_owned(),
        }
    }
}
