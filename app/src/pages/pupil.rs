use super::home::class_code_form;
use crate::{
    Language, Setup,
    islands::PupilSurvey,
    language::text,
    shell::{Audience, Page, Shell},
};
use leptos::prelude::*;

/// The survey of a class, the same for each of its pupils. In the first language that the survey
/// has when it lacks the reader's own.
#[derive(Debug, Clone)]
pub struct PupilPage {
    pub setup: Setup,
}

/// The class code leads nowhere.
#[derive(Debug, Clone, Copy)]
pub struct LessonMissingPage {}

impl Page for PupilPage {
    const AUDIENCE: Audience = Audience::Pupil;
    const ISLANDS: bool = true;

    fn title(&self, language: Language) -> String {
        text!(language, pupil.page_title).to_owned()
    }

    fn view(self, shell: &Shell) -> AnyView {
        let languages: Vec<Language> =
            self.setup.files.iter().map(|files| files.language).collect();
        let language = if languages.contains(&shell.language) {
            shell.language
        } else {
            languages.first().copied().unwrap_or(shell.language)
        };
        view! { <PupilSurvey setup=self.setup.to_attribute() language /> }.into_any()
    }
}

impl Page for LessonMissingPage {
    const AUDIENCE: Audience = Audience::Everybody;

    fn title(&self, language: Language) -> String {
        text!(language, pupil.missing_title).to_owned()
    }

    fn view(self, shell: &Shell) -> AnyView {
        let language = shell.language;
        view! {
            <h1>{text!(language, pupil.missing_title)}</h1>
            <p>{text!(language, pupil.missing_text)}</p>
            {class_code_form(language)}
            <p>{text!(language, pupil.missing_teacher)}</p>
            <p>
                <a href="/help">{text!(language, common.help_link)}</a>
            </p>
        }
        .into_any()
    }
}
