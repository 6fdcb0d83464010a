mod fields;
mod mistakes;

pub use mistakes::{LONGEST_WAVE_NAME, WaveField, WaveMistake};

use crate::{
    Language,
    language::text,
    shell::{Audience, Page, Shell},
};
use leptos::prelude::*;

/// The form of a new survey wave. `POST /waves/new` as multipart, with the fields of [`WaveField`],
/// `id`, `key_file`, a field `grade_N` for each grade, and `step`: `preview`, `create` or `change`.
#[derive(Debug, Clone)]
pub struct NewWavePage {
    pub typed: TypedWave,
    /// Values and names of the units it may be for; the nation's name is empty.
    pub scopes: Vec<(String, String)>,
    pub definitions: Vec<DefinitionChoice>,
    pub mistakes: Vec<WaveMistake>,
}

/// A new wave as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TypedWave {
    /// The same through preview and creation, so that a form sent twice makes one wave.
    pub id: String,
    pub name: String,
    pub scope: String,
    pub first_day: String,
    pub last_day: String,
    pub key: String,
    /// Grades and what they answer; empty for a grade that does not take part.
    pub grades: Vec<(u8, String)>,
}

/// A survey definition that grades may answer.
#[derive(Debug, Clone)]
pub struct DefinitionChoice {
    pub value: String,
    pub title: String,
    pub version: u32,
    /// First and last grade.
    pub grades: (u8, u8),
}

impl Page for NewWavePage {
    const AUDIENCE: Audience = Audience::Staff;

    fn title(&self, language: Language) -> String {
        text!(language, waves.new_wave).to_owned()
    }

    fn view(self, shell: &Shell) -> AnyView {
        let language = shell.language;
        view! {
            <p>
                <a href="/waves">{text!(language, waves.back)}</a>
            </p>
            <h1>{text!(language, waves.new_wave)}</h1>
            <p>{text!(language, waves.new_what)}</p>
            {self.summary(language)}
            <form
                class="card stack"
                method="post"
                action="/waves/new"
                enctype="multipart/form-data"
            >
                <input type="hidden" name="id" value=self.typed.id.clone() />
                {self.name_and_days(language)}
                {self.scope(language)}
                {self.grades(language)}
                {self.key(language)}
                <button class="button" name="step" value="preview">
                    {text!(language, waves.preview)}
                </button>
            </form>
        }
        .into_any()
    }
}

impl NewWavePage {
    /// What is wrong, each with a link to where.
    fn summary(&self, language: Language) -> Option<impl IntoView + use<>> {
        let lines = self.mistakes.iter().map(|mistake| {
            let field = mistake.field().name();
            let words = mistake.words(language);
            view! {
                <li>
                    <a href=format!("#{field}")>{words}</a>
                </li>
            }
        });
        let lines = lines.collect_view();
        (!self.mistakes.is_empty()).then(|| {
            view! {
                <div class="notice bad" role="alert">
                    <p>{text!(language, waves.not_made)}</p>
                    <ul>{lines}</ul>
                </div>
            }
        })
    }

    fn wrong(&self, field: WaveField) -> Option<&WaveMistake> {
        self.mistakes.iter().find(|mistake| mistake.field() == field)
    }

    fn said(&self, language: Language, field: WaveField) -> Option<impl IntoView + use<>> {
        let words = self.wrong(field)?.words(language);
        let id = format!("{}-wrong", field.name());
        Some(view! { <p class="bad" id=id>{words}</p> })
    }
}
