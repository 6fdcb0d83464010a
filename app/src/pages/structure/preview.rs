use crate::{
    Language,
    language::text,
    parts::list::{Heading, captioned_list},
};
use leptos::prelude::*;

/// What a table that is in order would do.
#[derive(Debug, Clone)]
pub struct StructurePreview {
    /// The import to be confirmed.
    pub id: String,
    /// Names of units to be made.
    pub new_regions: Vec<String>,
    pub new_districts: Vec<String>,
    pub new_schools: Vec<String>,
    /// In the reader's order.
    pub new: Vec<PreviewClass>,
    pub changed: Vec<PreviewClass>,
    pub same: u32,
    pub not_in_table: u32,
    /// Headings that mean nothing here.
    pub ignored: Vec<String>,
    /// It was confirmed once, and the server stopped meanwhile.
    pub interrupted: bool,
}

/// A class as it will be.
#[derive(Debug, Clone)]
pub struct PreviewClass {
    /// Its school, where there are several.
    pub school: Option<String>,
    pub fields: PreviewFields,
    /// As it is now, if it is there.
    pub before: Option<PreviewFields>,
    pub reopened: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewFields {
    pub label: String,
    pub language: String,
    pub enrolment: u32,
    pub teacher: String,
}

/// Lines of a list that are shown; the numbers count all.
const SHOWN: usize = 200;

impl StructurePreview {
    pub(super) fn view(&self, language: Language) -> AnyView {
        let facts = [
            (text!(language, structure.count_new), self.new.len()),
            (text!(language, structure.count_changed), self.changed.len()),
            (text!(language, structure.count_same), self.same as usize),
            (text!(language, structure.count_stay), self.not_in_table as usize),
        ];
        let facts = facts.map(|(words, count)| {
            view! {
                <dt>{words}</dt>
                <dd>{count}</dd>
            }
        });
        let interrupted = self.interrupted.then(|| {
            view! { <p class="notice bad" role="alert">{text!(language, structure.interrupted)}</p> }
        });
        let ignored = (!self.ignored.is_empty()).then(|| {
            let names = self.ignored.join(", ");
            let words = text!(language, structure.ignored, names = names.as_str());
            view! { <p class="notice">{words}</p> }
        });
        view! {
            {interrupted}
            <h2>{text!(language, structure.preview_title)}</h2>
            <dl class="facts">{facts.collect_view()}</dl>
            {ignored}
            {self.confirming(language)}
            {self.units(language)}
            {classes(language, text!(language, structure.count_new), &self.new)}
            {classes(language, text!(language, structure.count_changed), &self.changed)}
        }
        .into_any()
    }

    fn confirming(&self, language: Language) -> AnyView {
        let another = view! {
            <a class="row-link" href="/structure">
                {text!(language, structure.another_file)}
            </a>
        };
        if self.new.is_empty() && self.changed.is_empty() {
            let nothing = text!(language, structure.nothing_to_do);
            return view! { <p class="notice">{nothing}</p> <p>{another}</p> }.into_any();
        }
        view! {
            <form method="post" action=format!("/structure/{}", self.id)>
                <p class="row">
                    <button class="button">{text!(language, structure.confirm)}</button>
                    {another}
                </p>
            </form>
        }
        .into_any()
    }

    fn units(&self, language: Language) -> Option<AnyView> {
        let lists = [
            (text!(language, structure.new_region), &self.new_regions),
            (text!(language, structure.new_district), &self.new_districts),
            (text!(language, structure.new_school), &self.new_schools),
        ];
        let lists: Vec<_> = lists.into_iter().filter(|(_, names)| !names.is_empty()).collect();
        if lists.is_empty() {
            return None;
        }
        let lists = lists.into_iter().map(|(words, names)| {
            let shown = names.iter().take(SHOWN).cloned();
            let shown = shown.map(|name| view! { <li>{name}</li> }).collect_view();
            view! {
                <h3>{format!("{words}: {}", names.len())}</h3>
                <ul>{shown}</ul>
                {and_more(language, names.len())}
            }
        });
        let words = text!(language, structure.check_names);
        Some(
            view! { <section><p class="notice">{words}</p>{lists.collect_view()}</section> }
                .into_any(),
        )
    }
}

fn and_more(language: Language, count: usize) -> Option<impl IntoView + use<>> {
    let more = count.checked_sub(SHOWN).filter(|more| *more > 0)? as u32;
    Some(view! { <p class="quiet">{text!(language, structure.and_more, count = more)}</p> })
}

fn classes(
    language: Language,
    caption: &'static str,
    classes: &[PreviewClass],
) -> Option<impl IntoView + use<>> {
    if classes.is_empty() {
        return None;
    }
    let with_school = classes.iter().any(|class| class.school.is_some());
    let school = with_school.then(|| Heading::Words(text!(language, structure.school)));
    let rows = classes.iter().take(SHOWN).map(|class| class.row(language)).collect_view();
    let headings = [
        Heading::Words(text!(language, structure.class)),
        Heading::Words(text!(language, structure.language)),
        Heading::Number(text!(language, structure.enrolment)),
        Heading::Words(text!(language, structure.teacher)),
    ];
    let headings = school.into_iter().chain(headings);
    let counted = format!("{caption}: {}", classes.len());
    Some(view! {
        {captioned_list(caption, counted, headings, rows)}
        {and_more(language, classes.len())}
    })
}

impl PreviewClass {
    fn row(&self, language: Language) -> impl IntoView + use<> {
        let before = self.before.as_ref();
        let after = &self.fields;
        let label = changed(before.map(|fields| fields.label.clone()), after.label.clone());
        let spoken = before.map(|fields| language_name(language, &fields.language));
        let spoken = changed(spoken, language_name(language, &after.language));
        let enrolment = before.map(|fields| fields.enrolment.to_string());
        let enrolment = changed(enrolment, after.enrolment.to_string());
        let teacher = before.map(|fields| fields.teacher.clone());
        let teacher = changed(teacher, after.teacher.clone());
        let school = self.school.clone().map(|school| view! { <td>{school}</td> });
        let reopened = self.reopened.then(|| {
            view! { <span class="quiet">{text!(language, structure.reopened)}</span> }
        });
        view! {
            <tr>
                {school}
                <th scope="row" class="label">{label}{reopened}</th>
                <td>{spoken}</td>
                <td class="number">{enrolment}</td>
                <td>{teacher}</td>
            </tr>
        }
    }
}

/// `24 → 25`, and `24` alone where nothing changes.
fn changed(before: Option<String>, after: String) -> String {
    match before {
        Some(before) if before != after => {
            let shown = |text: String| if text.is_empty() { "—".to_owned() } else { text };
            format!("{} → {}", shown(before), shown(after))
        }
        _ => after,
    }
}

/// A language of instruction in the reader's language; its code if it is not ours.
pub(in crate::pages) fn language_name(language: Language, code: &str) -> String {
    match Language::from_code(code) {
        Some(Language::Kk) => text!(language, structure.kk).to_owned(),
        Some(Language::Ru) => text!(language, structure.ru).to_owned(),
        Some(Language::En) => text!(language, structure.en).to_owned(),
        None => code.to_owned(),
    }
}
