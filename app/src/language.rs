use crate::i18n::Locale;
pub use survey_definitions::Language;

/// The texts of a language.
pub(crate) fn locale(language: Language) -> Locale {
    match language {
        Language::Kk => Locale::kk,
        Language::Ru => Locale::ru,
        Language::En => Locale::en,
    }
}

/// What its speakers call it.
pub(crate) fn own_name(language: Language) -> &'static str {
    match language {
        Language::Kk => "Қазақша",
        Language::Ru => "Русский",
        Language::En => "English",
    }
}

/// A text of the interface: `text!(language, staff.sign_in)`; with `key = value` for its blanks.
macro_rules! text {
    ($language:expr, $($key:tt)*) => {
        leptos_i18n::td_string!($crate::language::locale($language), $($key)*)
    };
}
pub(crate) use text;

/// A refusal in a pupil's words.
pub(crate) fn refusal_words(language: Language, refusal: protocol::Refusal) -> &'static str {
    use protocol::Refusal;
    match refusal {
        Refusal::Unreadable => text!(language, pupil.refused_unreadable),
        Refusal::UnknownSlip => text!(language, pupil.refused_unknown_slip),
        Refusal::SlipUsed => text!(language, pupil.refused_slip_used),
        Refusal::SessionClosed => text!(language, pupil.refused_session_closed),
        Refusal::Token => text!(language, pupil.refused_token),
        Refusal::EnvelopeLength => text!(language, pupil.refused_envelope_length),
        Refusal::IntakeEnded => text!(language, pupil.refused_intake_ended),
        Refusal::Busy => text!(language, pupil.refused_busy),
    }
}
