use super::new_wave::TypedWave;
use crate::{
    Language,
    language::text,
    parts::list::{Heading, captioned_list},
    shell::{Audience, Page, Shell},
};
use leptos::prelude::*;

/// What follows from a wave as it was typed, before it is made. The form sends everything again.
#[derive(Debug, Clone)]
pub struct WavePreviewPage {
    pub typed: TypedWave,
    /// The name of the unit; empty for the nation.
    pub scope: String,
    /// First and last day, and the last on which responses are taken, as shown.
    pub days: (String, String, String),
    pub surveys: Vec<PreviewedSurvey>,
    /// What the calendar of school holidays is called.
    pub calendar: String,
    /// The wave begins after all holidays that the calendar has.
    pub calendar_ended: bool,
    /// The long holiday that has just ended then: its name and its last day.
    pub after_holiday: Option<(String, String)>,
    /// Languages whose texts no native speaker has checked.
    pub unchecked: Vec<&'static str>,
    /// The confirmation was asked for and not given.
    pub not_confirmed: bool,
}

/// One survey of a wave.
#[derive(Debug, Clone)]
pub struct PreviewedSurvey {
    pub title: String,
    pub version: u32,
    pub grades: Vec<u8>,
    pub classes: usize,
    pub pupils: u32,
}

impl Page for WavePreviewPage {
    const AUDIENCE: Audience = Audience::Staff;

    fn title(&self, language: Language) -> String {
        text!(language, waves.preview_title).to_owned()
    }

    fn view(self, shell: &Shell) -> AnyView {
        let language = shell.language;
        let scope = match self.scope.as_str() {
            "" => text!(language, unit_pages.nation).to_owned(),
            name => name.to_owned(),
        };
        let (first, last, until) = self.days.clone();
        view! {
            <h1>{text!(language, waves.preview_title)}</h1>
            {self.warnings(language)}
            <dl class="facts">
                <dt>{text!(language, waves.name)}</dt>
                <dd>{self.typed.name.clone()}</dd>
                <dt>{text!(language, waves.scope)}</dt>
                <dd>{scope}</dd>
                <dt>{text!(language, staff.days)}</dt>
                <dd>{text!(language, staff.wave_days, first = first, last = last)}</dd>
                <dt>{text!(language, waves.intake_until)}</dt>
                <dd>{until}</dd>
                <dt>{text!(language, waves.calendar)}</dt>
                <dd>{self.calendar.clone()}</dd>
                <dt>{text!(language, staff.release_key)}</dt>
                <dd class="fingerprint">{self.typed.key.clone()}</dd>
            </dl>
            {self.table(language)}
            <p>{text!(language, waves.preview_next)}</p>
            {self.form(language)}
        }
        .into_any()
    }
}

impl WavePreviewPage {
    fn warnings(&self, language: Language) -> impl IntoView + use<> {
        let holiday = self.after_holiday.as_ref().map(|(name, day)| {
            let (name, day) = (name.as_str(), day.as_str());
            view! {
                <p class="notice bad">
                    {text!(language, waves.after_holiday, name = name, day = day)}
                </p>
            }
        });
        let ended = self
            .calendar_ended
            .then(|| view! { <p class="notice bad">{text!(language, waves.calendar_ended)}</p> });
        let missing = self.not_confirmed.then(|| {
            view! {
                <p class="notice bad" role="alert">
                    {text!(language, waves.not_confirmed)}
                </p>
            }
        });
        view! {
            {missing}
            {holiday}
            {ended}
        }
    }

    fn table(&self, language: Language) -> impl IntoView + use<> {
        let rows = self.surveys.iter().map(|survey| {
            let version = text!(language, waves.version, version = survey.version);
            let grades: Vec<String> = survey.grades.iter().map(u8::to_string).collect();
            view! {
                <tr>
                    <th scope="row">{format!("{} · {version}", survey.title)}</th>
                    <td>{grades.join(", ")}</td>
                    <td class="number">{survey.classes}</td>
                    <td class="number">{survey.pupils}</td>
                </tr>
            }
        });
        let headings = [
            Heading::Words(text!(language, waves.survey)),
            Heading::Words(text!(language, waves.grades_head)),
            Heading::Number(text!(language, waves.classes)),
            Heading::Number(text!(language, staff.enrolment)),
        ];
        let caption = text!(language, waves.surveys);
        captioned_list(caption, caption.to_owned(), headings, rows.collect_view())
    }

    fn form(&self, language: Language) -> impl IntoView + use<> {
        let TypedWave { id, name, scope, first_day, last_day, key, grades } = &self.typed;
        let fixed = [
            ("id", id),
            ("name", name),
            ("scope", scope),
            ("first_day", first_day),
            ("last_day", last_day),
            ("key", key),
        ];
        let fixed = fixed.map(|(name, value)| (name.to_owned(), value.clone()));
        let grades = grades.iter().map(|(grade, value)| (format!("grade_{grade}"), value.clone()));
        let hidden = fixed.into_iter().chain(grades).map(|(name, value)| {
            view! { <input type="hidden" name=name value=value /> }
        });
        view! {
            <form
                class="card stack"
                method="post"
                action="/waves/new"
                enctype="multipart/form-data"
            >
                {hidden.collect_view()}
                {self.confirmation(language)}
                <button class="button" name="step" value="create">
                    {text!(language, waves.create)}
                </button>
                <button class="button second" name="step" value="change">
                    {text!(language, waves.change)}
                </button>
            </form>
        }
    }

    fn confirmation(&self, language: Language) -> Option<impl IntoView + use<>> {
        let languages = self.unchecked.join(", ");
        (!self.unchecked.is_empty()).then(|| {
            view! {
                <p>{text!(language, waves.unchecked, languages = languages)}</p>
                <label class="check" for="pilot">
                    <input
                        id="pilot"
                        name="pilot"
                        type="checkbox"
                        value="yes"
                        aria-invalid=self.not_confirmed.then_some("true")
                    />
                    <span>{text!(language, waves.unchecked_sure)}</span>
                </label>
            }
        })
    }
}
