//! The table of what there is, as somebody would fill it in; with nothing there, the template.

use super::known::{Known, KnownClass, KnownUnit};
use app::{Language, StructureColumn};
use rust_xlsxwriter::{Format, Workbook, XlsxError};
use std::collections::HashMap;
use uuid::Uuid;

/// Spreadsheets calculate what begins with one of these.
pub(super) const CALCULATES: [char; 4] = ['=', '+', '-', '@'];

/// One class: the text of each column.
type Line = [String; StructureColumn::ALL.len()];

/// UTF-8 with a mark, by which Excel knows it, and semicolons, which it expects here. `one_school`
/// leaves out where the classes lie.
pub fn csv_file(known: &Known, one_school: bool, language: Language) -> Vec<u8> {
    let mut file = "\u{feff}".as_bytes().to_vec();
    let columns = columns(one_school);
    let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(&mut file);
    // Writing to memory cannot fail.
    let _ = writer.write_record(columns.iter().map(|(_, column)| column.heading(language)));
    for line in lines(known) {
        let cells = columns.iter().filter_map(|(at, _)| line.get(*at)).map(|cell| guarded(cell));
        let _ = writer.write_record(cells);
    }
    let _ = writer.flush();
    drop(writer);
    file
}

/// The same as a workbook. The column of classes is text: `5-6` would become a day in June.
///
/// # Errors
/// Those of the library, which known structures do not cause.
pub fn xlsx_file(
    known: &Known,
    one_school: bool,
    language: Language,
) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let (heading, text) = (Format::new().set_bold(), Format::new().set_num_format("@"));
    let columns = columns(one_school);
    for (at, (_, column)) in (0_u16..).zip(&columns) {
        sheet.set_column_width(at, 24)?;
        if *column == StructureColumn::Class {
            sheet.set_column_format(at, &text)?;
        }
        sheet.write_string_with_format(0, at, column.heading(language), &heading)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    for (row, line) in (1_u32..).zip(lines(known)) {
        for (at, (place, column)) in (0_u16..).zip(&columns) {
            let cell = line.get(*place).map(String::as_str).unwrap_or_default();
            match (column, cell.parse::<u32>()) {
                (StructureColumn::Enrolment | StructureColumn::Grade, Ok(number)) => {
                    sheet.write_number(row, at, number)?;
                }
                _ => {
                    sheet.write_string(row, at, cell)?;
                }
            }
        }
    }
    book.save_to_buffer()
}

/// Columns with their place in a line.
fn columns(one_school: bool) -> Vec<(usize, StructureColumn)> {
    use StructureColumn::{District, Region, School, SchoolCode};
    let all = StructureColumn::ALL.into_iter().enumerate();
    all.filter(|(_, column)| {
        !(one_school && [Region, District, School, SchoolCode].contains(column))
    })
    .collect()
}

fn lines(known: &Known) -> impl Iterator<Item = Line> {
    let by_id = |units: &'_ [KnownUnit]| -> HashMap<Uuid, KnownUnit> {
        units.iter().map(|unit| (unit.id, unit.clone())).collect()
    };
    let regions = by_id(&known.regions);
    let districts = by_id(&known.districts);
    let schools = by_id(&known.schools);
    let classes = known.classes.iter().filter(|class| !class.closed);
    classes.map(move |class| {
        let school = schools.get(&class.school);
        let district = school.and_then(|school| districts.get(&school.parent));
        let region = district.and_then(|district| regions.get(&district.parent));
        line([region, district, school], class)
    })
}

fn line(units: [Option<&KnownUnit>; 3], class: &KnownClass) -> Line {
    let name = |unit: Option<&KnownUnit>| unit.map(|unit| unit.name.clone()).unwrap_or_default();
    let [region, district, school] = units;
    let language = match class.language.as_str() {
        "kk" => "қазақша",
        "ru" => "русский",
        "en" => "english",
        other => other,
    };
    [
        name(region),
        name(district),
        name(school),
        school.map(|school| school.code.clone()).unwrap_or_default(),
        class.label.clone(),
        class.grade.clone(),
        language.to_owned(),
        class.enrolment.to_string(),
        class.teacher.clone(),
    ]
}

/// With an apostrophe before what a spreadsheet would calculate; taken off when it is read.
fn guarded(cell: &str) -> String {
    if cell.trim_start_matches('\'').starts_with(CALCULATES) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}
