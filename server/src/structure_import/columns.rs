use super::mistakes::FoundMistakes;
use super::table::TableRow;
use app::{Language, StructureColumn, StructureProblem};

/// Headings that people write, beside those of the template.
const ALSO: [(StructureColumn, &[&str]); 9] = [
    (
        StructureColumn::Region,
        &["область", "облыс", "өңір", "oblast", "область город", "облыс қала"],
    ),
    (
        StructureColumn::District,
        &["район", "аудан", "город", "қала", "город район", "қала аудан", "city"],
    ),
    (StructureColumn::School, &["организация образования", "білім беру ұйымы", "название школы"]),
    (StructureColumn::SchoolCode, &["school code", "бин", "бсн", "bin"]),
    (StructureColumn::Class, &["класс литер", "название класса", "сынып атауы", "class name"]),
    (StructureColumn::Grade, &["параллель", "год обучения", "grade"]),
    (StructureColumn::Language, &["язык", "тіл", "тілі", "language of instruction"]),
    (
        StructureColumn::Enrolment,
        &[
            "enrollment",
            "number of pupils",
            "количество учеников",
            "число учеников",
            "кол-во учеников",
            "контингент",
            "оқушылар саны",
        ],
    ),
    (StructureColumn::Teacher, &["учитель", "мұғалім", "кл. руководитель", "class teacher"]),
];

/// Where each column stands, and headings that are none of ours.
#[derive(Debug)]
pub(super) struct Columns {
    at: Vec<(StructureColumn, usize)>,
    pub(super) ignored: Vec<String>,
}

impl Columns {
    pub(super) fn of(header: &TableRow, mistakes: &mut FoundMistakes) -> Self {
        let mut columns = Self { at: Vec::new(), ignored: Vec::new() };
        for (at, heading) in header.cells.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            match of_heading(heading) {
                None => columns.ignored.push(heading.chars().take(60).collect()),
                Some(column) if columns.has(column) => {
                    let row = Some(header.number);
                    mistakes.add(row, Some(column), heading, StructureProblem::DuplicateColumn);
                }
                Some(column) => columns.at.push((column, at)),
            }
        }
        columns
    }

    pub(super) fn has(&self, column: StructureColumn) -> bool {
        self.at.iter().any(|(known, _)| *known == column)
    }

    /// The text of a column in a row; `None` without the column.
    pub(super) fn get<'a>(&self, row: &'a TableRow, column: StructureColumn) -> Option<&'a str> {
        let (_, at) = self.at.iter().find(|(known, _)| *known == column)?;
        Some(row.cell(*at))
    }
}

fn of_heading(heading: &str) -> Option<StructureColumn> {
    let heading = plain(heading);
    let is = |name: &str| plain(name) == heading;
    let of_template = |column: &StructureColumn| {
        is(column.name()) || Language::ALL.into_iter().any(|l| is(column.heading(l)))
    };
    StructureColumn::ALL.into_iter().find(of_template).or_else(|| {
        let also = ALSO.into_iter().find(|(_, names)| names.iter().any(|name| is(name)));
        also.map(|(column, _)| column)
    })
}

/// Small letters and digits, one space between words.
fn plain(text: &str) -> String {
    let letters = |c: char| if c.is_alphanumeric() { c } else { ' ' };
    let lower: String = text.chars().map(letters).flat_map(char::to_lowercase).collect();
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}
