use super::country::country;
use super::{check, found};
use app::{StructureColumn as Column, StructureProblem as Problem};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use server::structure_import::{Known, plan, read};
use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn whole_file(file: &[u8]) -> Problem {
    let found = found(check(file, &Known::default()));
    let [(None, None, problem)] = &found[..] else { panic!("{found:?}") };
    problem.clone()
}

fn book(fill: impl FnOnce(&mut rust_xlsxwriter::Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, heading) in (0..).zip(["class", "language", "enrolment", "teacher"]) {
        sheet.write_string(0, column, heading).unwrap();
    }
    fill(sheet);
    book.save_to_buffer().unwrap()
}

#[test]
fn what_is_no_table_is_refused() {
    for (file, problem) in [
        (&b""[..], Problem::NoRows),
        (b"class,language,enrolment\n", Problem::NoRows),
        (b"\n\n\n", Problem::NoRows),
        (b"PK\x03\x04 and then nothing", Problem::NotATable),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Problem::OldExcel),
        (b"class,language\0,enrolment\nx", Problem::NotATable),
        (b"\x89PNG\r\n\x1a\n\0\0", Problem::NotATable),
    ] {
        assert_eq!(whole_file(file), problem, "{file:?}");
    }
    let headless = found(check(b"%PDF-1.7\n1 0 obj\n", &Known::default()));
    assert!(
        headless
            .iter()
            .all(|(row, _, problem)| { *row == Some(1) && *problem == Problem::MissingColumn })
    );
    assert_eq!(headless.len(), 6);
}

#[test]
fn a_workbook_that_unpacks_to_gigabytes_is_refused() {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_level(Some(9));
    archive.start_file("xl/worksheets/sheet1.xml", options).unwrap();
    let blank = vec![b' '; 1024 * 1024];
    for _ in 0..300 {
        archive.write_all(&blank).unwrap();
    }
    let file = archive.finish().unwrap().into_inner();
    assert!(file.len() < 1024 * 1024, "{}", file.len());
    assert_eq!(whole_file(&file), Problem::UnpacksTooLarge);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for part in 0..1000 {
        archive.start_file(format!("{part}"), options).unwrap();
    }
    let file = archive.finish().unwrap().into_inner();
    assert_eq!(whole_file(&file), Problem::UnpacksTooLarge);
}

#[test]
fn a_cell_at_the_far_end_of_a_sheet_costs_nothing() {
    let country = country();
    let file = book(|sheet| {
        sheet.write_string(1, 0, "6А").unwrap();
        sheet.write_string(1, 1, "kk").unwrap();
        sheet.write_number(1, 2, 24).unwrap();
        sheet.write_string(1_048_575, 16_383, "x").unwrap();
    });
    let planned = plan(&read(&file).unwrap(), &country.of_school(), &[country.school]).unwrap();
    assert_eq!(planned.classes.len(), 1);
}

#[test]
fn more_rows_than_a_country_has_classes_are_refused() {
    let file = ["class,language,enrolment\n", &"6А,kk,24\n".repeat(200_001)].concat();
    assert_eq!(whole_file(file.as_bytes()), Problem::TooManyRows { limit: 200_000 });
    let file = ["class,language,enrolment\n", &"\n".repeat(300_000), "6А,kk,24\n"].concat();
    assert!(read(file.as_bytes()).is_ok(), "blank lines count");
}

#[test]
fn mistakes_without_end_are_counted() {
    let country = country();
    let file = ["class,language,enrolment\n", &"1А,xx,0\n".repeat(50_000)].concat();
    let result = plan(&read(file.as_bytes()).unwrap(), &country.of_school(), &[country.school]);
    let mistakes = result.unwrap_err();
    assert_eq!(mistakes.mistakes.len() as u32 + mistakes.more, 199_999);
    assert!(mistakes.mistakes.len() <= 2000);
}

#[test]
fn cells_are_what_a_person_sees_and_formulas_are_text() {
    let country = country();
    let file = book(|sheet| {
        sheet.write_number(1, 0, 7.0).unwrap();
        sheet.write_string(1, 1, "kk").unwrap();
        sheet.write_number(1, 2, 24.0).unwrap();
        sheet.write_string(1, 3, "=HYPERLINK(\"http://x\")").unwrap();
        sheet.write_string(2, 0, "6А").unwrap();
        sheet.write_string(2, 1, "kk").unwrap();
        sheet.write_formula(2, 2, Formula::new("=20+5").set_result("25")).unwrap();
    });
    let planned = plan(&read(&file).unwrap(), &country.of_school(), &[country.school]).unwrap();
    let seen: Vec<_> = planned.classes.iter().map(|class| &class.fields).collect();
    assert_eq!((seen[0].label.as_str(), seen[0].enrolment), ("6 «А»", 25));
    assert_eq!((seen[1].label.as_str(), seen[1].enrolment), ("7", 24));
    assert_eq!(seen[1].teacher.as_deref(), Some("=HYPERLINK(\"http://x\")"));

    let file = book(|sheet| {
        let day = ExcelDateTime::from_ymd(2026, 6, 5).unwrap();
        let format = Format::new().set_num_format("dd/mm/yyyy");
        sheet.write_datetime_with_format(1, 0, &day, &format).unwrap();
        sheet.write_string(1, 1, "kk").unwrap();
        sheet.write_number(1, 2, 24.5).unwrap();
    });
    let result = plan(&read(&file).unwrap(), &country.of_school(), &[country.school]);
    let expected = [
        (Some(2), Some(Column::Class), Problem::Date),
        (Some(2), Some(Column::Enrolment), Problem::NotANumber),
    ];
    assert_eq!(found(result), expected);
}
