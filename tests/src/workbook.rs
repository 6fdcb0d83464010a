//! A table of classes as a school fills it in.

use rust_xlsxwriter::Workbook;

/// Class, language, pupils (as a number or as text), teacher.
pub type Line = (String, &'static str, Pupils, String);

#[derive(Clone)]
pub enum Pupils {
    Number(f64),
    Text(&'static str),
}

/// Thirty classes of a school, in no order.
pub fn thirty_classes() -> Vec<Line> {
    let mut lines = Vec::new();
    for letter in ["Ә", "Б", "А"] {
        for grade in (2..=11).rev() {
            let language = if letter == "Б" { "русский" } else { "қазақша" };
            let pupils = Pupils::Number(f64::from(18 + grade));
            let label = format!("{grade}{letter}");
            lines.push((label, language, pupils, format!("Мұғалім {grade} {letter}")));
        }
    }
    lines
}

/// The same with three mistakes, in the rows 4, 15 and 31.
pub fn with_three_mistakes() -> Vec<Line> {
    let mut lines = thirty_classes();
    lines[2].1 = "эльфийский";
    lines[13].2 = Pupils::Text("жиырма");
    // Row 31 repeats row 2.
    lines[29].0 = "11 «ә»".to_owned();
    lines
}

/// A workbook with the headings of the Kazakh template, enrolment as numbers where it is one.
pub fn workbook(lines: &[Line]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, heading) in (0..).zip(["Сынып", "Оқыту тілі", "Оқушы саны", "Сынып жетекшісі"])
    {
        sheet.write_string(0, column, heading).unwrap();
    }
    for (row, (label, language, pupils, teacher)) in (1..).zip(lines) {
        sheet.write_string(row, 0, label).unwrap();
        sheet.write_string(row, 1, *language).unwrap();
        match pupils {
            Pupils::Number(number) => sheet.write_number(row, 2, *number).unwrap(),
            Pupils::Text(text) => sheet.write_string(row, 2, *text).unwrap(),
        };
        sheet.write_string(row, 3, teacher).unwrap();
    }
    book.save_to_buffer().unwrap()
}
