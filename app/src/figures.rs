//! Published numbers in words. Everything said about them follows from what is published and
//! from nothing else.

use crate::{GroupName, Language, language::text};
use analysis::{Cell, Kind, Level, Outcome, Reason, Respondents, Tenths};

pub(crate) fn outcome_words(language: Language, outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Lower => text!(language, class_page.lower),
        Outcome::NotClearlyDifferent => text!(language, class_page.same),
        Outcome::Higher => text!(language, class_page.higher),
        Outcome::NotShown => text!(language, class_page.no_comparison),
        Outcome::NotComparable => text!(language, class_page.not_comparable),
    }
}

/// `10–20 %`, or the sign and word for hidden with its reason: never like zero.
pub(crate) fn cell_words(language: Language, kind: Kind, cell: Cell) -> String {
    match cell {
        Cell::Band { low, high, .. } => range(language, kind, low, high),
        Cell::Hidden { reason } => {
            format!("✕ {}: {}", text!(language, class_page.hidden), reason_words(language, reason))
        }
    }
}

/// Whether a shown share may be that of nobody.
pub(crate) fn few_or_none(kind: Kind, cell: Cell) -> bool {
    kind != Kind::Mean && matches!(cell, Cell::Band { low: Tenths::NONE, .. })
}

pub(crate) fn reason_words(language: Language, reason: Reason) -> &'static str {
    match reason {
        Reason::FewRespondents => text!(language, class_page.hidden_few_respondents),
        Reason::FewSchools => text!(language, class_page.hidden_few_schools),
        Reason::MoreResponsesThanEnrolment => text!(language, class_page.hidden_more_responses),
        Reason::Sensitive => text!(language, class_page.hidden_sensitive),
        Reason::SmallGroup => text!(language, class_page.hidden_small_group),
        Reason::Withheld => text!(language, class_page.hidden_withheld),
    }
}

pub(crate) fn respondents_words(language: Language, respondents: Respondents) -> String {
    match respondents {
        Respondents::Hidden => text!(language, class_page.respondents_few).to_owned(),
        Respondents::Exactly(number) => {
            text!(language, class_page.respondents_exact, number = number)
        }
        Respondents::Between { low, high } => {
            text!(language, class_page.respondents, low = low, high = high)
        }
    }
}

/// `7-сынып, оқушы саны: 60–99`.
pub(crate) fn group_words(language: Language, group: &GroupName) -> String {
    let grades = group.grades.replace('-', "–");
    let name = match group.level {
        Level::Class => text!(language, class_page.own).to_owned(),
        Level::Grade => text!(language, class_page.grade, grade = grades),
        Level::Band => text!(language, class_page.grades, grades = grades),
        Level::School => text!(language, class_page.school).to_owned(),
        Level::District | Level::Region | Level::Nation => {
            text!(language, class_page.nation).to_owned()
        }
    };
    match group.respondents {
        Respondents::Hidden => name,
        Respondents::Exactly(n) => text!(language, class_page.group_of, name = name, pupils = n),
        Respondents::Between { low, high } => {
            let pupils = format!("{low}–{high}");
            text!(language, class_page.group_of, name = name, pupils = pupils)
        }
    }
}

/// `12,3–12,4 %`, with a space that does not break, or of a mean `62–64` of 100; Kazakh and
/// Russian write a decimal comma.
pub(crate) fn range(language: Language, kind: Kind, low: Tenths, high: Tenths) -> String {
    let range = match language {
        Language::Kk | Language::Ru => format!("{low}–{high}").replace('.', ","),
        Language::En => format!("{low}–{high}"),
    };
    match kind {
        Kind::Mean => text!(language, class_page.of_hundred, range = range),
        Kind::Share | Kind::ConditionalShare | Kind::Part => format!("{range}\u{a0}%"),
    }
}
