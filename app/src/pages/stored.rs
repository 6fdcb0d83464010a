mod tables;

use crate::{
    Language, Wording,
    language::text,
    shell::{Audience, Page, Shell},
};
use leptos::prelude::*;
use serde::Deserialize;

/// What the database keeps, table by table as it stands there, and in words what is kept nowhere.
#[derive(Debug, Clone)]
pub struct StoredPage {
    pub tables: Vec<StoredTable>,
    /// Release key and database are on one machine.
    pub pilot: bool,
}

/// A table of the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredTable {
    pub name: String,
    /// None where nobody has explained it.
    pub words: Option<StoredWords>,
    pub columns: Vec<StoredColumn>,
}

/// What a table is for, in a child's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredWords {
    pub about: StoredAbout,
    pub title: Wording,
    pub text: Wording,
}

/// A column of a table, with what is written in it where somebody has explained that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredColumn {
    pub name: String,
    pub text: Option<Wording>,
}

/// What a table is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum StoredAbout {
    /// What comes from pupils.
    Pupils,
    /// Places, classes, surveys.
    School,
    Staff,
    Published,
    /// The server's own work.
    Machine,
}

impl Page for StoredPage {
    const AUDIENCE: Audience = Audience::Everybody;

    fn title(&self, language: Language) -> String {
        text!(language, stored.title).to_owned()
    }

    fn view(self, shell: &Shell) -> AnyView {
        let language = shell.language;
        let pilot =
            self.pilot.then(|| view! { <p class="notice bad">{text!(language, stored.pilot)}</p> });
        view! {
            <h1>{text!(language, stored.title)}</h1>
            <p class="lead">{text!(language, stored.lead)}</p>
            {pilot}
            {tables::of_pupils(language, &self.tables)}
            {tables::unexplained(language, &self.tables)}
            {nothing_else(language)}
            {in_words(language)}
            {limits(language)}
            {tables::the_rest(language, &self.tables)}
            <details class="card">
                <summary>{text!(language, stored.how_title)}</summary>
                <p>{text!(language, stored.how_text)}</p>
            </details>
        }
        .into_any()
    }
}

fn nothing_else(language: Language) -> impl IntoView {
    let nothing = [
        text!(language, stored.nothing_name),
        text!(language, stored.nothing_device),
        text!(language, stored.nothing_address),
        text!(language, stored.nothing_time),
        text!(language, stored.nothing_choice),
    ];
    view! {
        <section class="card warm">
            <h2>{text!(language, stored.nothing_title)}</h2>
            <ul class="nothing">{nothing.map(|one| view! { <li>{one}</li> }).collect_view()}</ul>
            <p>{text!(language, stored.nothing_why)}</p>
        </section>
    }
}

/// What no table says: how long, and what lies beside the database.
fn in_words(language: Language) -> impl IntoView {
    let keep = [
        text!(language, stored.keep_counted),
        text!(language, stored.keep_destroyed),
        text!(language, stored.keep_rest),
    ];
    let tablet = [
        text!(language, stored.tablet_answers),
        text!(language, stored.tablet_queue),
        text!(language, stored.tablet_files),
    ];
    let server = [text!(language, stored.server_log), text!(language, stored.server_secrets)];
    view! {
        {part(text!(language, stored.keep_title), &keep)}
        {part(text!(language, stored.tablet_title), &tablet)}
        {part(text!(language, stored.server_title), &server)}
    }
}

fn part(title: &'static str, paragraphs: &[&'static str]) -> impl IntoView + use<> {
    let paragraphs: Vec<_> = paragraphs.iter().map(|text| view! { <p>{*text}</p> }).collect();
    view! {
        <section>
            <h2>{title}</h2>
            {paragraphs}
        </section>
    }
}

fn limits(language: Language) -> impl IntoView {
    let limits = [
        text!(language, stored.limits_shoulder),
        text!(language, stored.limits_spying),
        text!(language, stored.limits_server),
        text!(language, stored.limits_key),
        text!(language, stored.limits_answers),
    ];
    view! {
        <section class="card">
            <h2>{text!(language, stored.limits_title)}</h2>
            <p>{text!(language, stored.limits_lead)}</p>
            <ul class="limits">{limits.map(|one| view! { <li>{one}</li> }).collect_view()}</ul>
        </section>
    }
}
