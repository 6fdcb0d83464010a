use crate::generated::definition;
use crate::import;
use proptest::prelude::*;
use server::authoring::{Unsaid, from_xlsform, to_xlsform};
use survey_definitions::{Form, SHIPPED, Survey};

/// The definition as it comes back.
fn there_and_back(survey: &Survey) -> Survey {
    let exported = to_xlsform(survey).unwrap();
    // Nothing that the file does not say is needed.
    let unsaid = Unsaid { id: "other".to_owned(), language: None, form: Form::Junior };
    let imported = from_xlsform(&exported.file, &unsaid).unwrap_or_else(|told| panic!("{told}"));
    assert_eq!(imported.notes, []);
    imported.survey
}

#[test]
fn every_shipped_definition_comes_back_from_a_workbook_as_it_was() {
    for (file, text) in SHIPPED {
        let survey = Survey::parse(text).unwrap();
        assert!(there_and_back(&survey) == survey, "{file}");
    }
}

#[test]
fn the_same_definition_gives_the_same_bytes() {
    let survey = Survey::parse(SHIPPED[2].1).unwrap();
    assert_eq!(to_xlsform(&survey), to_xlsform(&survey));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn what_is_exported_comes_back_as_it_was(survey in definition()) {
        prop_assert_eq!(there_and_back(&survey), survey);
    }

    #[test]
    fn a_damaged_workbook_is_taken_or_refused(
        survey in definition(), at in any::<prop::sample::Index>(), byte in any::<u8>()
    ) {
        let mut file = to_xlsform(&survey).unwrap().file;
        let at = at.index(file.len());
        file[at] = byte;
        if let Err(mistakes) = import(&file) {
            prop_assert!(!mistakes.0.is_empty());
        }
    }
}
