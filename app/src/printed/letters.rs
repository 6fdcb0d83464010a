use crate::{Language, language::text};
use serde::Serialize;

/// What a school hands out before a wave: a letter to parents and a text for pupils. The page and
/// the PDF file are made from it.
#[derive(Debug, Clone, Serialize)]
pub struct Letters {
    language: &'static str,
    title: String,
    letters: [Letter; 2],
}

/// One page.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Letter {
    pub(crate) heading: &'static str,
    pub(crate) greeting: &'static str,
    pub(crate) parts: Vec<Part>,
    /// What the school fills in by hand where it is not known.
    pub(crate) blanks: Vec<Blank>,
    pub(crate) thanks: &'static str,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct Blank {
    pub(crate) label: &'static str,
    /// Empty when it is to be written.
    pub(crate) value: String,
}

/// What is known of the school that hands the letters out.
#[derive(Debug, Clone, Default)]
pub struct LetterSchool {
    pub name: String,
    /// Who answers questions; empty when the school has not said.
    pub person: String,
    /// Release key and database are on one machine: then the operator could read answers, and the
    /// letter to parents says so.
    pub pilot: bool,
    /// Not all texts of the survey have been checked by native speakers.
    pub unchecked: bool,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct Part {
    pub(crate) heading: &'static str,
    pub(crate) text: String,
}

impl Letters {
    /// `days` are the wave's first and last, as shown.
    pub fn new(language: Language, wave: &str, days: [&str; 2], school: LetterSchool) -> Self {
        Self {
            language: language.code(),
            title: text!(language, letters.title, wave = wave),
            letters: [to_parents(language, days, school), to_pupils(language, days)],
        }
    }

    pub(crate) fn all(&self) -> &[Letter] {
        &self.letters
    }
}

fn to_parents(language: Language, [first, last]: [&str; 2], school: LetterSchool) -> Letter {
    let sealed = text!(language, letters.parent_sealed);
    let sealed = if school.pilot { text!(language, letters.pilot) } else { sealed };
    let anonymous = format!("{} {sealed}", text!(language, letters.parent_anonymous));
    let what = text!(language, letters.parent_what);
    let what = match school.unchecked {
        true => format!("{what} {}", text!(language, letters.unchecked)),
        false => what.to_owned(),
    };
    let refuse = text!(language, letters.parent_refuse, first = first);
    let when = text!(language, letters.parent_when, first = first, last = last);
    Letter {
        heading: text!(language, letters.parent_heading),
        greeting: text!(language, letters.parent_greeting),
        parts: vec![
            part(text!(language, letters.parent_what_h), &what),
            part(text!(language, letters.parent_anonymous_h), &anonymous),
            part(
                text!(language, letters.parent_voluntary_h),
                text!(language, letters.parent_voluntary),
            ),
            part(text!(language, letters.parent_refuse_h), &refuse),
            part(text!(language, letters.parent_when_h), &when),
            part(
                text!(language, letters.parent_results_h),
                text!(language, letters.parent_results),
            ),
            part(
                text!(language, letters.parent_worried_h),
                text!(language, letters.parent_worried),
            ),
            part(text!(language, letters.parent_ask_h), text!(language, letters.parent_ask)),
        ],
        blanks: vec![
            blank(text!(language, letters.blank_school), school.name),
            blank(text!(language, letters.blank_person), school.person),
            blank(text!(language, letters.blank_phone), String::new()),
        ],
        thanks: "",
    }
}

fn to_pupils(language: Language, [first, last]: [&str; 2]) -> Letter {
    let when = text!(language, letters.pupil_when, first = first, last = last);
    Letter {
        heading: text!(language, letters.pupil_heading),
        greeting: text!(language, letters.pupil_greeting),
        parts: vec![
            part(text!(language, letters.pupil_what_h), text!(language, letters.pupil_what)),
            part(text!(language, letters.pupil_secret_h), text!(language, letters.pupil_secret)),
            part(text!(language, letters.pupil_free_h), text!(language, letters.pupil_free)),
            part(text!(language, letters.pupil_when_h), &when),
            part(text!(language, letters.pupil_help_h), text!(language, letters.pupil_help)),
        ],
        blanks: Vec::new(),
        thanks: text!(language, letters.pupil_thanks),
    }
}

fn part(heading: &'static str, text: &str) -> Part {
    Part { heading, text: text.to_owned() }
}

fn blank(label: &'static str, value: String) -> Blank {
    Blank { label, value }
}
