//! Every number on every page and in every file of results is a published cell, to the same
//! precision: the demonstration's pages and files are read and held against its release.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod file;
mod html;
mod published;

use html::{Seen, numbers_in, percentages_in, tables, visible};
use published::Published;
use std::collections::BTreeSet;
use survey_definitions::Language;
use tests::{Demonstration, Visitor};

/// The kinds of units with pages of results.
const KINDS: [&str; 4] = ["/classes/", "/schools/", "/districts/", "/regions/"];

/// Whether results are at this path: what lies below a unit's page has none, or is a file.
fn has_results(path: &str) -> bool {
    let of_unit = |kind: &&str| path.strip_prefix(*kind).is_some_and(|id| !id.contains('/'));
    path == "/nation" || KINDS.iter().any(of_unit)
}

/// Pages with results that somebody can go to from the list of classes, each once.
async fn pages(visitor: &Visitor, demonstration: &Demonstration) -> Vec<String> {
    let first = visitor.get("/classes").await.expect_success().text;
    let mut found = BTreeSet::new();
    let mut next = html::links(&first);
    while let Some(path) = next.pop() {
        if !has_results(&path) || !found.insert(path.clone()) {
            continue;
        }
        if !path.starts_with("/classes/") {
            next.extend(html::links(&visitor.get(&path).await.expect_success().text));
        }
    }
    assert!(!found.is_empty(), "{}", demonstration.url);
    found.into_iter().collect()
}

async fn in_language(visitor: &Visitor, language: Language) {
    let path = format!("/language/{}?back=/", language.code());
    visitor.get(&path).await.expect_success();
}

/// Each marked number is the cell that its mark names, in the words of the language.
fn check_marks(published: &Published, language: Language, page: &str, seen: &[Seen]) {
    for one in seen {
        let words = published.words(language, one);
        let words = words.unwrap_or_else(|| panic!("{page}: {one:?} is not published"));
        assert_eq!(one.words, words, "{page}: {one:?}");
    }
}

/// What is said without a mark, in a drawing's description or a sentence, is of the same groups.
fn check_the_rest(
    published: &Published,
    language: Language,
    page: &str,
    html: &str,
    seen: &[Seen],
) {
    let groups: BTreeSet<_> =
        seen.iter().map(|one| (one.wave.as_str(), one.group.as_str())).collect();
    let allowed = published.of_groups(language, &groups);
    let text = published.without_fixed_words(language, &visible(html));
    for number in numbers_in(language, &text) {
        assert!(allowed.ranges.contains(&number), "{page}: {number} is of no group on the page");
    }
    for percentage in percentages_in(&text) {
        assert!(allowed.ends.contains(&percentage), "{page}: {percentage} is no end of a band");
    }
}

/// The file has tables of the page, word for word.
fn check_file(page: &str, html: &str, sheets: &[file::Sheet]) {
    let mut on_page = tables(html);
    assert!(!sheets.is_empty(), "{page}");
    for sheet in sheets {
        let at = on_page.iter().position(|table| table == sheet);
        let at =
            at.unwrap_or_else(|| panic!("{page}: {} is not on the page: {sheet:?}", sheet[0][0]));
        on_page.swap_remove(at);
    }
}

#[tokio::test]
async fn every_number_on_pages_and_in_files_is_a_published_cell() {
    let demonstration = Demonstration::start().await;
    let published = Published::of(&demonstration).await;
    let mut checked = 0;
    for name in ["teacher", "coordinator", "district", "region", "ministry", "researcher"] {
        let visitor = demonstration.staff(name).await;
        let pages = pages(&visitor, &demonstration).await;
        for language in Language::ALL {
            in_language(&visitor, language).await;
            for path in &pages {
                let html = visitor.get(path).await.expect_success().text;
                let page = format!("{path} of {name} in {language:?}");
                let seen = html::marks(&html);
                check_marks(&published, language, &page, &seen);
                check_the_rest(&published, language, &page, &html, &seen);
                if !seen.is_empty() {
                    let sheets = file::read(&visitor, &format!("{path}/results.xlsx")).await;
                    check_file(&page, &html, &sheets);
                }
                checked += seen.len();
            }
        }
    }
    assert!(checked > 10_000, "{checked} numbers");
}
