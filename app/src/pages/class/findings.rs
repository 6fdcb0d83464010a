use super::GroupName;
use crate::{
    Language,
    figures::{group_words, range, reason_words},
    language::text,
};
use analysis::{Kind, Level, Reason, Tenths};
use leptos::prelude::*;

/// What a class page says first.
#[derive(Debug, Clone, Default)]
pub struct ClassFindings {
    pub strong: Vec<Strength>,
    pub attention: Vec<Advice>,
    /// How many indicators are hidden for the class itself, by reason.
    pub unsaid: Vec<(Reason, usize)>,
}

/// An indicator that is as high as one would wish.
#[derive(Debug, Clone)]
pub struct Strength {
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

pub(super) fn findings(language: Language, findings: &ClassFindings) -> impl IntoView + use<> {
    let strong = findings.strong.iter().map(|one| strength(language, one)).collect_view();
    let attention = findings.attention.iter().map(|one| advice(language, one)).collect_view();
    let unsaid = findings.unsaid.iter().map(|(reason, count)| {
        let reason = reason_words(language, *reason);
        let words = text!(language, class_page.unsaid_class, count = count, reason = reason);
        view! { <li>{words}</li> }
    });
    let unsaid = unsaid.collect_view();
    let no_strength = findings.strong.is_empty().then(|| text!(language, class_page.strong_none));
    let no_advice =
        findings.attention.is_empty().then(|| text!(language, class_page.attention_none));
    let all_said = findings.unsaid.is_empty().then(|| text!(language, class_page.unsaid_none));
    let where_else = (!findings.unsaid.is_empty())
        .then(|| view! { <p class="quiet">{text!(language, class_page.unsaid_where)}</p> });
    view! {
        <div class="card findings">
            <h4>{text!(language, class_page.strong)}</h4>
            {none(no_strength)}
            <ul>{strong}</ul>
            <h4>{text!(language, class_page.attention)}</h4>
            {none(no_advice)}
            <ul>{attention}</ul>
            <h4>{text!(language, class_page.unsaid)}</h4>
            {none(all_said)}
            <ul>{unsaid}</ul>
            {where_else}
        </div>
    }
}

fn none(words: Option<&'static str>) -> Option<impl IntoView> {
    words.map(|words| view! { <p>{words}</p> })
}

fn strength(language: Language, one: &Strength) -> impl IntoView + use<> {
    let range = range(language, one.kind, one.low, one.high);
    let group = elsewhere(language, &one.group);
    view! { <li>{one.label.clone()} ": " <strong>{range}</strong> " " {group}</li> }
}

fn advice(language: Language, one: &Advice) -> impl IntoView + use<> {
    let themes = one.themes.join("; ");
    view! {
        <li>
            {one.reason.clone()}
            " "
            {elsewhere(language, &one.group)}
            <p>{one.step.clone()}</p>
            <p>{text!(language, class_page.themes, themes = themes)}</p>
        </li>
    }
}

/// What a finding is about, unless it is the class.
fn elsewhere(language: Language, group: &GroupName) -> Option<impl IntoView + use<>> {
    let words = (group.level != Level::Class).then(|| group_words(language, group))?;
    Some(view! { <span class="quiet">{words}</span> })
}
