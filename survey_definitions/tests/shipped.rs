//! The definitions that come with Senim.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;
use survey_definitions::{
    Form, Language, NEUTRAL_TASKS, NEXT_STEPS, NeutralTasks, NextSteps, Review, SHIPPED, Survey,
    next_steps, packed_length, shipped,
};

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
    let folder = Path::new("definitions");
    let mut found = Vec::new();
    for entry in folder.read_dir().unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(path.read_dir().unwrap().map(|file| file.unwrap().path()));
        } else {
            assert_eq!(path, folder.join("neutral_tasks.json"));
        }
    }
    found.sort_unstable();
    let files = SHIPPED.iter().chain(NEXT_STEPS);
    let mut listed: Vec<_> = files.map(|(file, _)| folder.join(file)).collect();
    listed.sort_unstable();
    assert_eq!(found, listed);
}

#[test]
fn next_steps_lie_beside_the_pupil_forms_and_fit_them() {
    let mut listed = 0;
    for (_, survey) in all() {
        let Some(text) = next_steps(&survey.id, survey.version) else { continue };
        match NextSteps::parse(text, &survey) {
            Ok(steps) => assert_eq!(steps.definition, survey.definition_id()),
            Err(mistakes) => panic!("{}:\n{mistakes}", survey.id),
        }
        listed += 1;
    }
    assert_eq!(listed, NEXT_STEPS.len());
    assert!(
        next_steps("senim_pupil_senior", 1).is_some()
            && next_steps("yrbs_2019_violence", 1).is_none()
    );
}

#[test]
fn every_indicator_of_a_pupil_form_has_its_section() {
    for (_, survey) in all() {
        let Some(text) = next_steps(&survey.id, survey.version) else { continue };
        let steps = NextSteps::parse(text, &survey).unwrap();
        let in_sections = steps.sections.iter().flat_map(|section| &section.indicators);
        let mut in_sections: Vec<_> = in_sections.collect();
        let mut all: Vec<_> = survey.indicators.iter().map(|one| &one.id).collect();
        in_sections.sort_unstable();
        all.sort_unstable();
        assert_eq!(in_sections, all);
        assert!(steps.lead.len() >= 4 && steps.rules.iter().any(|rule| rule.keep));
    }
}

#[test]
fn neutral_tasks_have_no_mistake() {
    if let Err(mistakes) = NeutralTasks::parse(NEUTRAL_TASKS) {
        panic!("{mistakes}");
    }
}

#[test]
fn a_definition_written_out_and_read_again_is_the_same() {
    for (_, survey) in all() {
        let text = serde_json::to_string(&survey).unwrap();
        assert_eq!(Survey::parse(&text), Ok(survey));
    }
}

#[test]
fn the_pupil_forms_speak_kazakh_russian_and_english_and_were_read_back() {
    for id in ["senim_pupil_senior", "senim_pupil_junior"] {
        let survey = survey(id);
        assert_eq!(survey.languages, Language::ALL);
        for language in Language::ALL {
            assert_eq!(survey.review(language), Some(Review::ReadBack), "{id}");
        }
    }
    assert_eq!(survey("yrbs_2019_violence").review(Language::Kk), None);
}

/// The list "never at class level" of the design.
#[test]
fn what_points_at_a_pupil_or_an_adult_is_kept_from_class_pages() {
    let sensitive = |id: &str| -> Vec<String> {
        let items = survey(id).items.into_iter();
        items.filter(|item| item.sensitive).map(|item| item.id).collect()
    };
    let done =
        ["bullied_others", "did_mock", "did_leave_out", "did_hit", "did_rumours", "did_online"];
    let others = ["seen_joined", "seen_laughed", "teacher_acted", "teacher_against"];
    let online = ["pictures_spread", "unknown_adult"];
    let senior = ["origin", "sexual", "by_whom"].iter().chain(&done).chain(&others).chain(&online);
    assert_eq!(sensitive("senim_pupil_senior"), senior.copied().collect::<Vec<_>>());
    assert_eq!(sensitive("senim_pupil_junior"), ["bullied_others", "laughed"]);
    let kept = [
        "bully_chronic",
        "bully_any",
        "roles4",
        "bullying_scale",
        "assistant",
        "reinforcer",
        "told_adult",
        "adult_action",
        "form_sexual_any",
        "form_origin_any",
    ];
    let kept = kept.map(|indicator| ("senim_pupil_senior", indicator));
    for (id, indicator) in kept.into_iter().chain([("senim_pupil_junior", "junior_bully_any")]) {
        let survey = survey(id);
        let indicator = survey.indicator(indicator).unwrap_or_else(|| panic!("no {indicator}"));
        assert!(survey.is_sensitive(indicator), "{}", indicator.id);
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
    assert_eq!(chronic.simple_share(), Some(("bullied", &[2, 3, 4][..])));
    assert_eq!(chronic.published_from, Some(40));
    let any = survey.indicator("victim_any").unwrap();
    assert_eq!(any.simple_share(), Some(("bullied", &[1, 2, 3, 4][..])));
}

#[test]
fn a_response_to_any_shipped_definition_takes_at_most_256_bytes() {
    for (file, survey) in all() {
        assert!(packed_length(&survey.answer_layout()) <= 256, "{file}");
    }
}

#[test]
fn the_forms_have_the_items_that_the_design_names() {
    let senior = survey("senim_pupil_senior").items.len();
    assert!((50..=54).contains(&senior), "{senior}");
    assert_eq!(survey("senim_pupil_junior").items.len(), 22);
}
