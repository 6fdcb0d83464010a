//! XLSForms that others wrote. They lie beside the repository, not in it: without them the test
//! says that it was skipped.

use crate::import;
use std::fs;
use std::path::Path;

/// The first thing that is said of each, or how many items it has.
enum Gives {
    Items(usize),
    /// How many places are told, and the first.
    Refused(usize, &'static str),
}
use Gives::{Items, Refused};

const FREE_TEXT: &str = "survey, row 2, column A (type): \"text\": free text is not taken";

const TABLE: [(&str, Gives); 13] = [
    ("bad_bad_calc", Refused(1, "survey, row 2, column A (type): \"calculate\"")),
    ("bad_duplicate_columns", Refused(47, "survey, row 1, column E (label): a column of this")),
    (
        "case_insensitivity",
        Refused(2, "survey, row 3, column A (TYPE): \"select_one_external c1\""),
    ),
    ("choice_filter_test", Refused(3, "survey, row 3, column D (choice_filter): is not supported")),
    ("extra_sheet_names", Refused(1, FREE_TEXT)),
    ("field-list", Items(1)),
    ("flat_xlsform_test", Refused(44, "survey, row 3, column N (relevant): a text to read is")),
    // Its archive holds a theme and no workbook.
    ("ifrc-distribution-site-assessment-v1", Refused(1, "file: this is no workbook")),
    ("or_other", Refused(2, "survey, row 2, column A (type): \"select_one colors or_other\"")),
    ("specify_other", Refused(1, "survey, row 2, column A (type): \"select one from sexes or")),
    ("whova_form", Refused(159, "survey, row 8, column A (type): \"text\": free text")),
    ("xlsform_spec_test", Refused(45, "survey, row 4, column A (type): \"text\": free text")),
    ("yes_or_no_question", Items(1)),
];

#[test]
fn each_is_taken_or_refused_with_place_and_reason() {
    let folder = Path::new("../../shared/data/xlsforms");
    let mut seen = 0;
    for (name, gives) in &TABLE {
        let Ok(file) = fs::read(folder.join(format!("{name}.xlsx"))) else { continue };
        seen += 1;
        match (gives, import(&file)) {
            (Items(items), Ok(imported)) => {
                assert_eq!(imported.survey.items.len(), *items, "{name}")
            }
            (Refused(places, first), Err(mistakes)) => {
                let told = mistakes.to_string();
                assert!(told.starts_with(first), "{name}: {told}");
                assert_eq!(mistakes.0.len(), *places, "{name}: {told}");
            }
            (_, given) => panic!("{name}: {given:?}"),
        }
    }
    match seen {
        0 => eprintln!("skipped: there is no {}", folder.display()),
        _ => assert_eq!(seen, TABLE.len()),
    }
}
