use super::{StoredAbout, StoredColumn, StoredTable, StoredWords};
use crate::{Language, language::text};
use leptos::prelude::*;

/// What comes from pupils, each table a card with all of its columns in sight.
pub(super) fn of_pupils(language: Language, tables: &[StoredTable]) -> impl IntoView + use<> {
    let cards: Vec<_> =
        about(tables, StoredAbout::Pupils).map(|table| card(language, table)).collect();
    view! {
        <section>
            <h2>{text!(language, stored.pupils_title)}</h2>
            <p>{text!(language, stored.pupils_text)}</p>
            {cards}
        </section>
    }
}

/// Tables that a change of the program brought without an explanation: right below those of
/// pupils, since nobody has said that they are not.
pub(super) fn unexplained(
    language: Language,
    tables: &[StoredTable],
) -> Option<impl IntoView + use<>> {
    let cards: Vec<_> = tables
        .iter()
        .filter(|table| table.words.is_none())
        .map(|table| card(language, table))
        .collect();
    (!cards.is_empty()).then(|| {
        view! {
            <section>
                <h2>{text!(language, stored.unexplained_title)}</h2>
                {cards}
            </section>
        }
    })
}

/// Everything else, folded.
pub(super) fn the_rest(language: Language, tables: &[StoredTable]) -> impl IntoView + use<> {
    let parts = [
        (StoredAbout::School, text!(language, stored.about_school)),
        (StoredAbout::Staff, text!(language, stored.about_staff)),
        (StoredAbout::Published, text!(language, stored.about_published)),
        (StoredAbout::Machine, text!(language, stored.about_machine)),
    ];
    let parts = parts.map(|(subject, title)| {
        let inside: Vec<_> = about(tables, subject).map(|table| plain(language, table)).collect();
        view! {
            <details class="card">
                <summary>
                    <h3>{title}</h3>
                </summary>
                {inside}
            </details>
        }
    });
    view! {
        <section>
            <h2>{text!(language, stored.rest_title)}</h2>
            <p>{text!(language, stored.rest_text)}</p>
            <div class="folds">{parts.collect_view()}</div>
        </section>
    }
}

fn about(
    tables: &[StoredTable],
    subject: StoredAbout,
) -> impl Iterator<Item = &StoredTable> + use<'_> {
    let is_about = move |words: &StoredWords| words.about == subject;
    tables.iter().filter(move |table| table.words.as_ref().is_some_and(is_about))
}

fn card(language: Language, table: &StoredTable) -> impl IntoView + use<> {
    let (title, text) = words(language, table);
    view! {
        <div class="card">
            <h3>{title}</h3>
            <p>{text}</p>
            <p class="quiet">{text!(language, stored.columns)} ":"</p>
            {columns(language, &table.columns)}
        </div>
    }
}

fn plain(language: Language, table: &StoredTable) -> impl IntoView + use<> {
    let (title, text) = words(language, table);
    view! {
        <h4>{title}</h4>
        <p>{text}</p>
        {columns(language, &table.columns)}
    }
}

fn words(language: Language, table: &StoredTable) -> (String, String) {
    match &table.words {
        Some(words) => (words.title.get(language).to_owned(), words.text.get(language).to_owned()),
        None => (table.name.clone(), text!(language, stored.unexplained_table).to_owned()),
    }
}

/// With the names that the columns have in the database, for who compares.
fn columns(language: Language, columns: &[StoredColumn]) -> impl IntoView + use<> {
    let rows: Vec<_> = columns
        .iter()
        .map(|column| {
            let explained = column.text.as_ref().map(|text| text.get(language).to_owned());
            let forgotten = || text!(language, stored.unexplained_column).to_owned();
            view! {
                <li>
                    {explained.unwrap_or_else(forgotten)} " " <code>{column.name.clone()}</code>
                </li>
            }
        })
        .collect();
    view! { <ul class="columns">{rows}</ul> }
}
