mod lessons_held;

pub use lessons_held::{LessonField, LessonForm, LessonHeld, LessonMistake, LessonsHeld};

use crate::{
    Language, Table, UnitResults,
    language::text,
    pages::SessionState,
    parts::file_links::file_links,
    results::{How, how_to_read, tables_of, wave_results},
    shell::{Audience, Page, Shell},
};
use leptos::prelude::*;

/// One class: the lesson in which it answers, and what came out.
#[derive(Debug, Clone)]
pub struct ClassPage {
    pub id: String,
    pub label: String,
    pub school: String,
    /// In the wave that is open for the class.
    pub session: SessionState,
    /// Released waves, the latest first.
    pub results: Vec<UnitResults>,
    pub lessons: LessonsHeld,
    /// Whether the reader may ask for a change of the frozen enrolment.
    pub changes_enrolment: bool,
}

impl Page for ClassPage {
    const AUDIENCE: Audience = Audience::Staff;

    fn title(&self, _language: Language) -> String {
        format!("{} · {}", self.label, self.school)
    }

    fn view(self, shell: &Shell) -> AnyView {
        let language = shell.language;
        let results = self.results(language);
        let session = format!("/classes/{}/session", self.id);
        // Between waves the page is about results.
        let look = match self.session {
            SessionState::NoWave => "row-link",
            SessionState::Closed | SessionState::OpenUntil(_) => "button",
        };
        view! {
            <p class="screen-only">
                <a href="/classes">{text!(language, staff.back_to_classes)}</a>
            </p>
            <h1>{self.label} " " <span class="quiet">{self.school}</span></h1>
            <p class="row screen-only">
                <a class=look href=session>
                    {text!(language, class_session.title)}
                </a>
                {self.session.view(language)}
            </p>
            {self
                .changes_enrolment
                .then(|| {
                    view! {
                        <p class="screen-only">
                            <a class="row-link" href=format!("/classes/{}/enrolment", self.id)>
                                {text!(language, waves.enrolment_title)}
                            </a>
                        </p>
                    }
                })}
            {results}
        }
        .into_any()
    }
}

impl ClassPage {
    /// Everything that the page shows of the latest wave, for a file.
    pub fn tables(&self, language: Language) -> Vec<Table> {
        self.results.first().map(|latest| tables_of(language, latest)).unwrap_or_default()
    }

    fn results(&self, language: Language) -> impl IntoView + use<> {
        let lessons = self.lessons.view(language, &self.id).into_any();
        let content = match self.results.split_first() {
            None => view! {
                <p class="notice">{text!(language, unit_results.no_results)}</p>
                {lessons}
            }
            .into_any(),
            Some((latest, earlier)) => {
                let how = How { after_steps: Some(lessons), ..How::default() };
                let earlier = earlier.iter().map(|wave| {
                    wave_results(language, wave, How { folded: true, ..How::default() })
                });
                let earlier = earlier.collect_view();
                let files = file_links(language, &format!("/classes/{}", self.id), true);
                view! {
                    {wave_results(language, latest, how)}
                    {files}
                    {earlier}
                    {how_to_read(language)}
                }
                .into_any()
            }
        };
        view! {
            <section class="results">
                <h2>{text!(language, unit_results.results)}</h2>
                {content}
            </section>
        }
    }
}
