//! Every text that comes with Senim, by who reads it.
#![allow(dead_code, reason = "each test binary uses a part of it")]

use survey_definitions::{
    Form, Language, NEUTRAL_TASKS, NeutralTasks, NextSteps, SHIPPED, Survey, Text, next_steps,
};

pub(crate) fn surveys() -> Vec<Survey> {
    SHIPPED.iter().map(|(_, text)| Survey::parse(text).unwrap()).collect()
}

/// The definitions in Senim's own words.
pub(crate) fn own() -> Vec<Survey> {
    surveys().into_iter().filter(|survey| survey.id.starts_with("senim_")).collect()
}

pub(crate) fn tasks() -> NeutralTasks {
    NeutralTasks::parse(NEUTRAL_TASKS).unwrap()
}

/// What pupils are shown, in three languages.
pub(crate) fn for_pupils() -> Vec<Text> {
    let (surveys, tasks) = (own(), tasks());
    let surveys = surveys.iter().filter(|survey| survey.form != Form::Parent);
    let texts = surveys.flat_map(Survey::texts).chain(tasks.texts());
    texts.cloned().collect()
}

/// What pupils and adults are shown, in three languages.
pub(crate) fn all() -> Vec<Text> {
    let mut texts = for_pupils();
    for survey in own() {
        if survey.form == Form::Parent {
            texts.extend(survey.texts().into_iter().cloned());
        }
        let Some(steps) = next_steps(&survey.id, survey.version) else { continue };
        texts.extend(NextSteps::parse(steps, &survey).unwrap().texts().into_iter().cloned());
    }
    texts
}

pub(crate) fn in_language(texts: &[Text], language: Language) -> Vec<String> {
    texts.iter().map(|text| text.0[&language].text.clone()).collect()
}
