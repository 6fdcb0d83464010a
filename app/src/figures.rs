//! Published numbers in words. Everything said about them follows from what is published and
//! from nothing else.

use crate::{GroupName, Language, language::text};
use analysis::{Cell, Kind, Level, Outcome, Reason, Respondents, Tenths};

pub(crate) fn outcome_words(language: Language, outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Lower => text!(language, unit_results.lower),
        Outcome::NotClearlyDifferent => text!(language, unit_results.same),
        Outcome::Higher => text!(language, unit_results.higher),
        Outcome::NotShown => text!(language, unit_results.no_comparison),
        Outcome::NotComparable => text!(language, unit_results.not_comparable),
    }
}

/// `10–20 %`, or the sign and word for hidden with its reason: never like zero.
pub(crate) fn cell_words(language: Language, kind: Kind, cell: Cell) -> String {
    match cell {
        Cell::Band { low, high, .. } => range(language, kind, low, high),
        Cell::Hidden { reason } => {
            format!(
                "✕ {}: {}",
                text!(language, unit_results.hidden),
                reason_words(language, reason)
            )
        }
    }
}

/// Up to where a share that may be nobody's, and from where on one that may be everybody's, is
/// said in words such as few; further in it would say more than is known.
const FEW: Tenths = Tenths(100);
const NEARLY_ALL: Tenths = Tenths(900);

/// What a share at an end of the scale hides: nobody and few together, or nearly all and all.
/// Never of a mean, which counts nobody.
enum Edge {
    Few,
    /// From nobody to here.
    NoneTo(Tenths),
    All,
    /// From here to everybody.
    ToAll(Tenths),
}

fn edge(kind: Kind, cell: Cell) -> Option<Edge> {
    let Cell::Band { low, high, .. } = cell else { return None };
    match kind {
        Kind::Mean => None,
        _ if low == Tenths::NONE && high <= FEW => Some(Edge::Few),
        _ if low == Tenths::NONE => Some(Edge::NoneTo(high)),
        _ if high == Tenths::ALL && low >= NEARLY_ALL => Some(Edge::All),
        _ if high == Tenths::ALL => Some(Edge::ToAll(low)),
        _ => None,
    }
}

/// What must be said of a band at an end of the scale, as a sentence.
pub(crate) fn edge_words(language: Language, kind: Kind, cell: Cell) -> Option<String> {
    let percent = |end: Tenths| format!("{}\u{a0}%", decimal(language, end.to_string()));
    Some(match edge(kind, cell)? {
        Edge::Few => text!(language, unit_results.edge_few).to_owned(),
        Edge::NoneTo(high) => text!(language, unit_results.edge_none_to, high = percent(high)),
        Edge::All => text!(language, unit_results.edge_all).to_owned(),
        Edge::ToAll(low) => text!(language, unit_results.edge_to_all, low = percent(low)),
    })
}

/// The same in a few words, for a table.
pub(crate) fn edge_short(language: Language, kind: Kind, cell: Cell) -> Option<&'static str> {
    Some(match edge(kind, cell)? {
        Edge::Few => text!(language, unit_results.edge_few_short),
        Edge::NoneTo(_) => text!(language, unit_results.edge_none_to_short),
        Edge::All => text!(language, unit_results.edge_all_short),
        Edge::ToAll(_) => text!(language, unit_results.edge_to_all_short),
    })
}

pub(crate) fn reason_words(language: Language, reason: Reason) -> &'static str {
    match reason {
        Reason::FewRespondents => text!(language, unit_results.hidden_few_respondents),
        Reason::FewSchools => text!(language, unit_results.hidden_few_schools),
        Reason::MoreResponsesThanEnrolment => text!(language, unit_results.hidden_more_responses),
        Reason::Sensitive => text!(language, unit_results.hidden_sensitive),
        Reason::SmallGroup => text!(language, unit_results.hidden_small_group),
        Reason::Withheld => text!(language, unit_results.hidden_withheld),
    }
}

/// The same in a few words, for tables of many units.
pub(crate) fn reason_short(language: Language, reason: Reason) -> &'static str {
    match reason {
        Reason::FewRespondents => text!(language, unit_results.short_few_respondents),
        Reason::FewSchools => text!(language, unit_results.short_few_schools),
        Reason::MoreResponsesThanEnrolment => text!(language, unit_results.short_more_responses),
        Reason::Sensitive => text!(language, unit_results.short_sensitive),
        Reason::SmallGroup => text!(language, unit_results.short_small_group),
        Reason::Withheld => text!(language, unit_results.short_withheld),
    }
}

pub(crate) fn respondents_words(
    language: Language,
    level: Level,
    respondents: Respondents,
) -> String {
    match respondents {
        Respondents::Hidden if level == Level::Class => {
            text!(language, unit_results.respondents_few_class).to_owned()
        }
        Respondents::Hidden => text!(language, unit_results.respondents_few).to_owned(),
        Respondents::Exactly(number) => {
            text!(language, unit_results.respondents_exact, number = number)
        }
        Respondents::Between { low, high } => {
            text!(language, unit_results.respondents, low = low, high = high)
        }
    }
}

/// `7-сынып, оқушы саны: 60–99`.
pub(crate) fn group_words(language: Language, group: &GroupName) -> String {
    let grades = group.grades.replace('-', "–");
    let name = match group.level {
        Level::Grade => text!(language, unit_results.grade, grade = grades),
        Level::Band => text!(language, unit_results.grades, grades = grades),
        level => level_words(language, level).to_owned(),
    };
    match group.respondents {
        Respondents::Hidden => name,
        Respondents::Exactly(n) => text!(language, unit_results.group_of, name = name, pupils = n),
        Respondents::Between { low, high } => {
            let pupils = format!("{low}–{high}");
            text!(language, unit_results.group_of, name = name, pupils = pupils)
        }
    }
}

/// What a unit of a level is called.
pub(crate) fn level_words(language: Language, level: Level) -> &'static str {
    match level {
        Level::Class | Level::Grade | Level::Band => text!(language, unit_results.class),
        Level::School => text!(language, unit_results.school),
        Level::District => text!(language, unit_results.district),
        Level::Region => text!(language, unit_results.region),
        Level::Nation => text!(language, unit_results.nation),
    }
}

/// What stands over a comparison with the rest of a group around.
pub(crate) fn around_words(language: Language, level: Level) -> &'static str {
    match level {
        Level::Class | Level::Grade | Level::Band | Level::School => {
            text!(language, unit_results.compared_school)
        }
        Level::District => text!(language, unit_results.compared_district),
        Level::Region => text!(language, unit_results.compared_region),
        Level::Nation => text!(language, unit_results.compared_nation),
    }
}

fn decimal(language: Language, number: String) -> String {
    match language {
        Language::Kk | Language::Ru => number.replace('.', ","),
        Language::En => number,
    }
}

/// `12,3–12,4 %`, with a space that does not break, or of a mean `62–64` of 100; Kazakh and
/// Russian write a decimal comma.
pub(crate) fn range(language: Language, kind: Kind, low: Tenths, high: Tenths) -> String {
    let range = decimal(language, format!("{low}–{high}"));
    match kind {
        Kind::Mean => text!(language, unit_results.of_hundred, range = range),
        Kind::Share | Kind::ConditionalShare | Kind::Part => format!("{range}\u{a0}%"),
    }
}
