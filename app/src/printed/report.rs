//! The results of a unit on paper: the numbers of its page, in the same order and to the same
//! precision.

mod charts;
mod form;

use crate::{ClassPage, Language, UnitPage, language::text, results::reading_notes};
use form::FormReport;
use serde::Serialize;

/// A class's results on two sheets of A4, or those of a school on about eight.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    language: &'static str,
    title: String,
    /// Whose results these are.
    heading: String,
    subtitle: &'static str,
    /// Two sheets: lists instead of tables.
    short: bool,
    forms: Vec<FormReport>,
    notes_heading: &'static str,
    notes: Vec<&'static str>,
    words: Words,
}

/// What the template says by itself.
#[derive(Debug, Clone, Serialize)]
struct Words {
    band: &'static str,
    interval: &'static str,
    edge: &'static str,
    sides: &'static str,
    decisions: &'static str,
    decision: &'static str,
    who: &'static str,
    until: &'static str,
    published: &'static str,
}

impl Report {
    /// `None` without results.
    pub fn of_class(language: Language, page: &ClassPage) -> Option<Self> {
        let latest = page.results.first()?;
        let heading = format!("{} · {}", page.label, page.school);
        let form = FormReport::new(language, latest, Vec::new());
        Some(Self::new(language, heading, text!(language, report.of_class), true, vec![form]))
    }

    /// `None` without results.
    pub fn of_unit(language: Language, page: &UnitPage) -> Option<Self> {
        let forms = page.forms.iter().filter_map(|form| {
            Some(FormReport::new(language, form.waves.first()?, form.side_tables(language)))
        });
        let forms: Vec<_> = forms.collect();
        let heading = page.title_words(language);
        let subtitle = text!(language, report.of_unit);
        (!forms.is_empty()).then(|| Self::new(language, heading, subtitle, false, forms))
    }

    fn new(
        language: Language,
        heading: String,
        subtitle: &'static str,
        short: bool,
        forms: Vec<FormReport>,
    ) -> Self {
        Self {
            language: language.code(),
            title: format!("{heading}: {subtitle}"),
            heading,
            subtitle,
            short,
            forms,
            notes_heading: text!(language, unit_results.how_to_read),
            notes: reading_notes(language).to_vec(),
            words: Words {
                band: text!(language, report.band),
                interval: text!(language, unit_results.interval),
                edge: text!(language, report.edge),
                sides: text!(language, report.sides),
                decisions: text!(language, report.decisions),
                decision: text!(language, report.decision),
                who: text!(language, report.who),
                until: text!(language, report.until),
                published: text!(language, report.published),
            },
        }
    }
}
