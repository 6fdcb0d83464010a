//! The definitions that come with Senim.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;
use survey_definitions::{Form, Language, Review, SHIPPED, Survey, packed_length, shipped};

fn all() -> Vec<(&'static str, Survey)> {
    let parse = |(file, text): &(&'static str, &str)| match Survey::parse(text) {
        Ok(survey) => (*file, survey),
        Err(mistakes) => panic!("{file}:\n{mistakes}"),
    };
    SHIPPED.iter().map(parse).collect()
}

fn survey(id: &str) -> Survey {
    Survey::parse(shipped(id, 1).unwrap()).unwrap()
}

#[test]
fn each_file_is_named_after_its_definition_and_version() {
    for (file, survey) in all() {
        assert_eq!(file, format!("{}/{}.json", survey.id, survey.definition_id()));
        assert!(shipped(&survey.id, survey.version).is_some());
    }
    assert_eq!(shipped("senim_pupil_senior", 99), None);
}

#[test]
fn every_file_below_definitions_is_shipped() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("definitions");
    let mut found = Vec::new();
    for name in folder.read_dir().unwrap() {
        for file in name.unwrap().path().read_dir().unwrap() {
            found.push(
                file.unwrap().path().strip_prefix(&folder).unwrap().to_str().unwrap().to_owned(),
            );
        }
    }
    found.sort_unstable();
    let mut listed: Vec<&str> = SHIPPED.iter().map(|(file, _)| *file).collect();
    listed.sort_unstable();
    assert_eq!(found, listed);
}

#[test]
fn a_definition_written_out_and_read_again_is_the_same() {
    for (_, survey) in all() {
        let text = serde_json::to_string(&survey).unwrap();
        assert_eq!(Survey::parse(&text), Ok(survey));
    }
}

#[test]
fn the_pupil_forms_speak_kazakh_russian_and_english_as_drafts() {
    for id in ["senim_pupil_senior", "senim_pupil_junior"] {
        let survey = survey(id);
        assert_eq!(survey.languages, Language::ALL);
        for language in Language::ALL {
            assert_eq!(survey.review(language), Some(Review::Drafted), "{id}");
        }
    }
    assert_eq!(survey("yrbs_2019_violence").review(Language::Kk), None);
}

#[test]
fn what_pupils_did_and_whom_they_told_is_kept_from_class_pages() {
    let sensitive = |id: &str| -> Vec<String> {
        let items = survey(id).items.into_iter();
        items.filter(|item| item.sensitive).map(|item| item.id).collect()
    };
    assert_eq!(sensitive("senim_pupil_senior"), ["told", "bullied_others"]);
    assert_eq!(sensitive("senim_pupil_junior"), ["bullied_others"]);
    for (id, indicator) in
        [("senim_pupil_senior", "bully_any"), ("senim_pupil_junior", "junior_bully_any")]
    {
        let survey = survey(id);
        assert!(survey.is_sensitive(survey.indicator(indicator).unwrap()));
    }
}

#[test]
fn every_indicator_of_the_junior_form_names_its_form() {
    let survey = survey("senim_pupil_junior");
    assert_eq!(survey.form, Form::Junior);
    assert!(survey.indicators.iter().all(|indicator| indicator.id.starts_with("junior_")));
    assert!(survey.indicators.iter().all(|indicator| !indicator.id.contains("chronic")));
}

#[test]
fn the_chronic_cut_is_two_or_three_times_a_month_from_forty_respondents() {
    let survey = survey("senim_pupil_senior");
    let chronic = survey.indicator("victim_chronic").unwrap();
    assert_eq!((&chronic.share.codes[..], chronic.published_from), (&[2, 3, 4][..], Some(40)));
    assert_eq!(survey.indicator("victim_any").unwrap().share.codes, [1, 2, 3, 4]);
}

#[test]
fn a_response_to_any_shipped_definition_takes_at_most_256_bytes() {
    for (file, survey) in all() {
        assert!(packed_length(&survey) <= 256, "{file}");
    }
}
