//! What is said first: three sentences, and what to do next with the reasons for it.

use super::{GroupName, UnitResults, mark, marks::marked};
use crate::{
    Language,
    figures::{group_words, range, reason_words},
    language::text,
};
use analysis::{Kind, Level, Reason, Tenths};
use leptos::prelude::*;

/// What is found in the published cells of a unit.
#[derive(Debug, Clone, Default)]
pub struct Findings {
    pub strong: Vec<Strength>,
    pub attention: Vec<Advice>,
    /// Advice to go on as before.
    pub keep: Vec<Advice>,
    /// How many indicators are hidden for the unit itself, by reason, the most frequent first.
    pub unsaid: Vec<(Reason, usize)>,
    /// How many indicators there are.
    pub indicators: usize,
}

/// An indicator that is as high as one would wish.
#[derive(Debug, Clone)]
pub struct Strength {
    pub indicator: String,
    /// In the reader's language, as all texts here.
    pub label: String,
    pub kind: Kind,
    pub group: GroupName,
    pub low: Tenths,
    pub high: Tenths,
}

/// A next step with the reason for it.
#[derive(Debug, Clone)]
pub struct Advice {
    pub group: GroupName,
    pub reason: String,
    pub themes: Vec<String>,
    pub step: String,
}

/// How many strengths and reasons a sentence names.
const IN_A_SENTENCE: usize = 2;

/// What is strong, what needs attention, what cannot be said and why.
pub(crate) fn sentences(language: Language, results: &UnitResults) -> impl IntoView + use<> {
    let findings = &results.findings;
    let strong = match findings.strong.as_slice() {
        [] => text!(language, unit_results.strong_none).into_any(),
        strong => {
            let strong = strong.iter().take(IN_A_SENTENCE);
            strong.map(|one| strength(language, results, one)).collect_view().into_any()
        }
    };
    let attention = match findings.attention.as_slice() {
        [] => text!(language, unit_results.attention_none).into_any(),
        all => {
            let all = all.iter().take(IN_A_SENTENCE);
            all.map(|one| reason(language, results, one)).collect_view().into_any()
        }
    };
    let line = |name: &'static str, words: AnyView| {
        view! {
            <p>
                <strong>{name}</strong>
                " "
                {words}
            </p>
        }
    };
    view! {
        <div class="card sentences">
            {line(text!(language, unit_results.strong), strong)}
            {line(text!(language, unit_results.attention), attention)}
            {line(text!(language, unit_results.unsaid), unsaid(language, results).into_any())}
        </div>
    }
}

fn strength(language: Language, results: &UnitResults, one: &Strength) -> impl IntoView + use<> {
    let mark = mark(&results.wave.id, &one.group, &one.indicator);
    let band = marked(&mark, range(language, one.kind, one.low, one.high));
    let group = elsewhere(language, results, &one.group);
    view! { <span class="said-one">{one.label.clone()} ": " {band} {group} ". "</span> }
}

fn reason(language: Language, results: &UnitResults, one: &Advice) -> impl IntoView + use<> {
    let group = elsewhere(language, results, &one.group);
    view! { <span class="said-one">{one.reason.clone()} {group} " "</span> }
}

pub(crate) fn unsaid(language: Language, results: &UnitResults) -> String {
    let Findings { unsaid, indicators, .. } = &results.findings;
    let hidden: usize = unsaid.iter().map(|(_, count)| count).sum();
    let Some((reason, _)) = unsaid.first() else {
        return text!(language, unit_results.unsaid_none).to_owned();
    };
    let reason = reason_words(language, *reason);
    let said = if hidden >= *indicators {
        text!(language, unit_results.unsaid_all, reason = reason)
    } else {
        let (hidden, all) = (hidden, *indicators);
        text!(language, unit_results.unsaid_some, hidden = hidden, all = all, reason = reason)
    };
    match results.own.level {
        Level::Class => format!("{said} {}", text!(language, unit_results.unsaid_where)),
        _ => said,
    }
}

/// The steps with their reasons and themes.
pub(crate) fn next_steps(language: Language, results: &UnitResults) -> impl IntoView + use<> {
    let Findings { attention, keep, .. } = &results.findings;
    let steps = attention.iter().chain(keep);
    let steps: Vec<_> = steps.map(|one| advice(language, results, one)).collect();
    let none = steps.is_empty().then(|| {
        view! { <p>{text!(language, unit_results.steps_none)}</p> }
    });
    view! {
        <h4>{text!(language, unit_results.steps)}</h4>
        {none}
        <ol class="next-steps">{steps}</ol>
    }
}

fn advice(language: Language, results: &UnitResults, one: &Advice) -> impl IntoView + use<> {
    let themes = one.themes.join("; ");
    view! {
        <li>
            <p>
                <strong>{one.step.clone()}</strong>
            </p>
            <p>{text!(language, unit_results.themes, themes = themes)}</p>
            <p class="quiet">
                {text!(language, unit_results.why, reason = one.reason.as_str())}
                {elsewhere(language, results, &one.group)}
            </p>
        </li>
    }
}

/// What a finding is about, unless it is the unit itself.
pub(crate) fn elsewhere(
    language: Language,
    results: &UnitResults,
    group: &GroupName,
) -> Option<String> {
    (group.level != results.own.level).then(|| format!(" ({})", group_words(language, group)))
}
