//! Published numbers in words. Everything said about them follows from what is published and
//! from nothing else.

use crate::{Language, language::text};
use analysis::{Cell, Reason, Respondents, Tenths};

/// What may be said of two published numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    Lower,
    NotClearlyDifferent,
    Higher,
    /// One of the two is hidden.
    Impossible,
}

impl Comparison {
    /// How `own` stands to `other`. Equal bands are ties, and so is whatever intervals leave open.
    pub fn of(own: Cell, other: Cell) -> Self {
        let (
            Cell::Band { low, high, interval: [from, to] },
            Cell::Band { low: other_low, high: other_high, interval: [other_from, other_to] },
        ) = (own, other)
        else {
            return Self::Impossible;
        };
        if (low, high) == (other_low, other_high) {
            Self::NotClearlyDifferent
        } else if to < other_from {
            Self::Lower
        } else if from > other_to {
            Self::Higher
        } else {
            Self::NotClearlyDifferent
        }
    }

    pub(crate) fn words(self, language: Language) -> &'static str {
        match self {
            Self::Lower => text!(language, class_page.lower),
            Self::NotClearlyDifferent => text!(language, class_page.same),
            Self::Higher => text!(language, class_page.higher),
            Self::Impossible => text!(language, class_page.no_comparison),
        }
    }
}

/// `10–20 %`, or the sign and word for hidden with its reason: never like zero.
pub(crate) fn cell_words(language: Language, cell: Cell) -> String {
    match cell {
        Cell::Band { low, high, .. } => range(language, low, high),
        Cell::Hidden { reason } => {
            format!("✕ {}: {}", text!(language, class_page.hidden), reason_words(language, reason))
        }
    }
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

/// `12,3–12,4 %`, with a space that does not break; Kazakh and Russian write a decimal comma.
pub(crate) fn range(language: Language, low: Tenths, high: Tenths) -> String {
    let range = format!("{low}–{high}\u{a0}%");
    match language {
        Language::Kk | Language::Ru => range.replace('.', ","),
        Language::En => range,
    }
}
