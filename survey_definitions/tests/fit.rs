//! Whether what ships fits a small tablet: lengths, numbers of options, pictures that exist.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod shipped_texts;

use shipped_texts::{own, tasks};
use survey_definitions::{Form, Page, Survey, Text};

/// The most characters of a question and of an option of a form.
const fn limits(form: Form) -> (usize, usize) {
    match form {
        Form::Junior => (110, 40),
        Form::Senior | Form::Parent => (160, 60),
    }
}

const READING_PART: usize = 240;

fn fits(text: &Text, most: usize) {
    for (language, translation) in &text.0 {
        let length = translation.text.chars().count();
        assert!(length <= most, "{language:?}, {length} of {most}: {}", translation.text);
    }
}

#[test]
fn questions_and_options_fit_their_cards() {
    for survey in own() {
        let (question, option) = limits(survey.form);
        survey.items.iter().for_each(|item| fits(&item.text, question));
        survey.scales.iter().flat_map(|scale| scale.texts()).for_each(|text| fits(text, option));
    }
}

#[test]
fn what_is_to_be_read_comes_in_short_parts() {
    for survey in own() {
        for page in &survey.pages {
            let Page::Reading { parts, .. } = page else { continue };
            parts.iter().for_each(|part| fits(&part.text, READING_PART));
        }
    }
}

#[test]
fn every_option_for_the_youngest_has_a_picture() {
    for survey in own().iter().filter(|survey| survey.form == Form::Junior) {
        for option in survey.scales.iter().flat_map(|scale| scale.options()) {
            assert!(option.picture.is_some(), "{:?}", option.text);
        }
    }
}

#[test]
fn neutral_tasks_last_for_every_screen_and_look_like_items() {
    let tasks = tasks();
    for survey in own().iter().filter(|survey| survey.form != Form::Parent) {
        let (question, most) = limits(survey.form);
        let of_form = tasks.of(survey.form);
        assert!(of_form.len() >= survey.pages.len(), "{}: {}", survey.id, of_form.len());
        for task in of_form {
            fits(&task.text, question);
            assert!((2..=6).contains(&task.options.len()), "{}", task.id);
            for option in &task.options {
                fits(&option.text, most);
                assert!(survey.form != Form::Junior || option.picture.is_some(), "{}", task.id);
            }
        }
    }
}

#[test]
fn every_picture_that_is_named_is_drawn() {
    let drawn = std::fs::read_to_string("../app/pictures/pupil.svg").unwrap();
    for name in own().iter().flat_map(pictures).chain(task_pictures()) {
        assert!(drawn.contains(&format!("<symbol id=\"{name}\"")), "{name}");
    }
}

fn pictures(survey: &Survey) -> Vec<String> {
    let options = survey.scales.iter().flat_map(|scale| scale.options());
    let options = options.filter_map(|option| option.picture.clone());
    let pages = survey.pages.iter().flat_map(|page| match page {
        Page::Reading { parts, .. } => parts.as_slice(),
        Page::Items { .. } => &[],
    });
    options.chain(pages.filter_map(|part| part.picture.clone())).collect()
}

fn task_pictures() -> Vec<String> {
    let tasks = tasks();
    let options = tasks.junior.iter().chain(&tasks.senior).flat_map(|task| &task.options);
    options.filter_map(|option| option.picture.clone()).collect()
}
