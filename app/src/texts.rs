//! Texts that the server says outside of pages, in the reader's language.

use crate::{ErrorKind, Language, language::text};
use protocol::Refusal;

/// A refusal in a pupil's words, as the tablet says it too.
pub fn refusal(language: Language, refusal: Refusal) -> &'static str {
    crate::language::refusal_words(language, refusal)
}

/// Title and advice of an error, for replies that are not pages.
pub fn error(language: Language, kind: &ErrorKind) -> String {
    format!("{}. {}", kind.title(language), kind.advice(language))
}

/// Something a member of staff asked for that cannot be done, for `ErrorKind::BadRequest`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StaffRefusal {
    /// No wave is open for the class.
    WaveNotOpen,
    /// All slips that the class may have were made.
    NoMoreSlips,
    /// Nothing was released yet.
    NoResults,
    /// This build makes no PDF.
    NoPdf,
    /// The form came from another site.
    OtherSite,
    /// An operator's own right, of which one must be left.
    OwnRole,
    /// The session ended.
    SignedOut,
    /// A class of an open wave cannot be closed.
    ClassInWave,
    /// A form that is too large or is none.
    Form,
}

pub fn staff_refusal(language: Language, refusal: StaffRefusal) -> &'static str {
    match refusal {
        StaffRefusal::WaveNotOpen => text!(language, errors.wave_not_open),
        StaffRefusal::NoMoreSlips => text!(language, slips.refused),
        StaffRefusal::NoResults => text!(language, report.none),
        StaffRefusal::NoPdf => text!(language, errors.no_pdf),
        StaffRefusal::OtherSite => text!(language, errors.other_site),
        StaffRefusal::OwnRole => text!(language, people.own_kept),
        StaffRefusal::Form => text!(language, waves.form_unreadable),
        StaffRefusal::SignedOut => text!(language, errors.signed_out),
        StaffRefusal::ClassInWave => text!(language, setup.close_in_wave),
    }
}

/// What the language is called by its speakers.
pub fn language_name(language: Language) -> &'static str {
    crate::language::own_name(language)
}
