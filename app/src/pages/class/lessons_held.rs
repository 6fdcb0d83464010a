//! The lessons that the class had: a log, and the form that adds to it.

use crate::{Language, help::is_unseen, language::text};
use leptos::prelude::*;

/// The log of a class and what was typed into its form.
/// `POST /classes/{class}/lessons` with `theme`, `held_on`, `note`.
#[derive(Debug, Clone, Default)]
pub struct LessonsHeld {
    /// Ids and titles of the themes that lessons can have, in the reader's language; none where
    /// no definition says any: then there is no form.
    pub themes: Vec<(String, String)>,
    /// The latest lesson first.
    pub held: Vec<LessonHeld>,
    pub typed: LessonForm,
    pub mistakes: Vec<(LessonField, LessonMistake)>,
    /// Today, `YYYY-MM-DD`.
    pub today: String,
}

/// A lesson that was held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LessonHeld {
    pub id: String,
    /// As people write it.
    pub day: String,
    pub theme: String,
    pub note: String,
}

/// What the form sends.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LessonForm {
    /// The id of a theme.
    pub theme: String,
    /// `YYYY-MM-DD`.
    pub held_on: String,
    pub note: String,
}

/// A field of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LessonField {
    Theme,
    Day,
    Note,
}

/// Why a field is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LessonMistake {
    NoTheme,
    /// It is no day.
    NoDay,
    /// Later than today, or more than a year ago.
    FarDay,
    /// It has this many characters.
    TooLong(usize),
    /// It has a character that nobody sees.
    Control,
}

impl LessonForm {
    /// The most characters of a note.
    pub const LONGEST: usize = 200;

    /// What is wrong with the note.
    pub fn note_mistake(&self) -> Option<LessonMistake> {
        let length = self.note.chars().count();
        if self.note.chars().any(is_unseen) {
            Some(LessonMistake::Control)
        } else {
            (length > Self::LONGEST).then_some(LessonMistake::TooLong(length))
        }
    }
}

impl LessonsHeld {
    pub(super) fn view(&self, language: Language, class: &str) -> impl IntoView + use<> {
        let held = if self.held.is_empty() {
            view! { <p>{text!(language, lessons_held.none)}</p> }.into_any()
        } else {
            let held = self.held.iter().map(|one| line(language, class, one)).collect_view();
            view! { <ul class="lessons">{held}</ul> }.into_any()
        };
        let form = (!self.themes.is_empty()).then(|| self.form(language, class));
        view! {
            <section class="lessons-held" id="lessons">
                <h4>{text!(language, lessons_held.title)}</h4>
                {held}
                {form}
            </section>
        }
    }

    /// Unfolded when what was typed could not be taken.
    fn form(&self, language: Language, class: &str) -> impl IntoView + use<> {
        let wrong = !self.mistakes.is_empty();
        let notice = wrong.then(|| {
            let words = text!(language, lessons_held.not_saved);
            view! { <p class="notice bad" role="alert">{words}</p> }
        });
        view! {
            <details class="screen-only" open=wrong>
                <summary>{text!(language, lessons_held.add)}</summary>
                {notice}
                <form class="stack" method="post" action=format!("/classes/{class}/lessons")>
                    {self.theme(language)}
                    {self.day(language)}
                    {self.note(language)}
                    <button class="button">{text!(language, lessons_held.save)}</button>
                </form>
            </details>
        }
    }

    fn wrong(&self, language: Language, field: LessonField) -> Option<String> {
        let (_, mistake) = self.mistakes.iter().find(|(wrong, _)| *wrong == field)?;
        Some(mistake.words(language))
    }

    fn theme(&self, language: Language) -> impl IntoView + use<> {
        let wrong = self.wrong(language, LessonField::Theme);
        let options = self.themes.iter().map(|(id, title)| {
            let chosen = *id == self.typed.theme;
            view! {
                <option value=id.clone() selected=chosen>
                    {title.clone()}
                </option>
            }
        });
        let options = options.collect_view();
        view! {
            <label for="theme">{text!(language, lessons_held.theme)}</label>
            <select
                id="theme"
                name="theme"
                aria-invalid=wrong.is_some().then_some("true")
                aria-describedby=wrong.is_some().then_some("theme-wrong")
            >
                {options}
            </select>
            {wrong.map(|words| view! { <p class="bad" id="theme-wrong">{words}</p> })}
        }
    }

    fn day(&self, language: Language) -> impl IntoView + use<> {
        let wrong = self.wrong(language, LessonField::Day);
        let typed = &self.typed.held_on;
        let value = if typed.is_empty() { self.today.clone() } else { typed.clone() };
        view! {
            <label for="held_on">{text!(language, lessons_held.day)}</label>
            <input
                id="held_on"
                name="held_on"
                type="date"
                max=self.today.clone()
                value=value
                aria-invalid=wrong.is_some().then_some("true")
                aria-describedby=wrong.is_some().then_some("held_on-wrong")
            />
            {wrong.map(|words| view! { <p class="bad" id="held_on-wrong">{words}</p> })}
        }
    }

    /// No `maxlength`: with it a browser cuts off what somebody pastes without a word.
    fn note(&self, language: Language) -> impl IntoView + use<> {
        let wrong = self.wrong(language, LessonField::Note);
        let described = if wrong.is_some() { "note-wrong note-hint" } else { "note-hint" };
        let hint = text!(language, lessons_held.note_hint, limit = LessonForm::LONGEST);
        view! {
            <label for="note">{text!(language, lessons_held.note)}</label>
            <span class="quiet" id="note-hint">
                {hint}
            </span>
            <input
                id="note"
                name="note"
                autocomplete="off"
                value=self.typed.note.clone()
                aria-describedby=described
                aria-invalid=wrong.is_some().then_some("true")
            />
            {wrong.map(|words| view! { <p class="bad" id="note-wrong">{words}</p> })}
        }
    }
}

fn line(language: Language, class: &str, one: &LessonHeld) -> impl IntoView + use<> {
    let action = format!("/classes/{class}/lessons/{}/delete", one.id);
    let (day, theme) = (one.day.as_str(), one.theme.as_str());
    let what = text!(language, lessons_held.held_on, day = day, theme = theme);
    let label = text!(language, lessons_held.delete_which, day = day, theme = theme);
    let note = (!one.note.is_empty()).then(|| {
        view! { <span class="quiet">{one.note.clone()}</span> }
    });
    view! {
        <li>
            <span>{what} " " {note}</span>
            <form class="screen-only" method="post" action=action>
                <button class="plain" aria-label=label>
                    {text!(language, lessons_held.delete)}
                </button>
            </form>
        </li>
    }
}

impl LessonMistake {
    fn words(self, language: Language) -> String {
        match self {
            Self::NoTheme => text!(language, lessons_held.no_theme).to_owned(),
            Self::NoDay => text!(language, lessons_held.no_day).to_owned(),
            Self::FarDay => text!(language, lessons_held.far_day).to_owned(),
            Self::TooLong(length) => {
                let limit = LessonForm::LONGEST;
                text!(language, lessons_held.too_long, length = length, limit = limit)
            }
            Self::Control => text!(language, school_help.control).to_owned(),
        }
    }
}
