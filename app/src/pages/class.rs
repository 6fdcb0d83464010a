mod findings;
mod lesson;
mod results;

pub use findings::{Advice, ClassFindings, Strength};
pub use lesson::OpenWave;
pub use results::{Beside, ClassResults, Figure, GroupName, IndicatorRow};

use crate::{
    Language,
    language::text,
    shell::{Audience, Page, Shell},
};
use leptos::prelude::*;

/// One class: the lesson in which it answers, and what came out.
#[derive(Debug, Clone)]
pub struct ClassPage {
    pub id: String,
    pub label: String,
    pub school: String,
    /// The wave that is open for the class.
    pub wave: Option<OpenWave>,
    /// Released waves, the latest first.
    pub results: Vec<ClassResults>,
}

impl Page for ClassPage {
    const AUDIENCE: Audience = Audience::Staff;
    const ISLANDS: bool = true;

    fn title(&self, _language: Language) -> String {
        format!("{} · {}", self.label, self.school)
    }

    fn view(self, shell: &Shell) -> AnyView {
        let language = shell.language;
        let lesson = match self.wave {
            Some(wave) => lesson::lesson(language, &self.id, wave).into_any(),
            None => view! { <p class="notice">{text!(language, staff.no_lesson)}</p> }.into_any(),
        };
        view! {
            <p class="screen-only">
                <a href="/classes">{text!(language, staff.back_to_classes)}</a>
            </p>
            <h1>{self.label} " " <span class="quiet">{self.school}</span></h1>
            {lesson}
            {results::results(language, &self.results)}
        }
        .into_any()
    }
}
