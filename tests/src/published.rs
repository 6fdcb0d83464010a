//! What releases publish, and the pages, files and reports that are held against it.

mod cells;
mod file;
mod html;

pub use cells::Published;

use crate::http::Visitor;
use crate::paper::Paper;
use html::{Seen, links, marks, numbers_in, percentages_in, tables, visible};
use std::collections::BTreeSet;
use survey_definitions::Language;

/// The kinds of units with pages of results.
const KINDS: [&str; 4] = ["/classes/", "/schools/", "/districts/", "/regions/"];

/// Whether results are at this path: what lies below a unit's page has none, or is a file.
fn has_results(path: &str) -> bool {
    let of_unit = |kind: &&str| path.strip_prefix(*kind).is_some_and(|id| !id.contains('/'));
    path == "/nation" || KINDS.iter().any(of_unit)
}

/// Pages with results that somebody can go to from the list of classes, each once; at least one.
pub async fn result_pages(visitor: &Visitor) -> Vec<String> {
    let first = visitor.get("/classes").await.expect_success().text;
    let mut found = BTreeSet::new();
    let mut next = links(&first);
    while let Some(path) = next.pop() {
        if !has_results(&path) || !found.insert(path.clone()) {
            continue;
        }
        if !path.starts_with("/classes/") {
            next.extend(links(&visitor.get(&path).await.expect_success().text));
        }
    }
    assert!(!found.is_empty(), "{first}");
    found.into_iter().collect()
}

/// Everything in a text of the form `10–20`, `75,4–75,5`: bands, intervals and sizes of groups.
pub fn ranges(text: &str) -> BTreeSet<String> {
    let is_part = |sign: char| sign.is_ascii_digit() || matches!(sign, '–' | ',' | '.');
    let words = text.split(|sign: char| !is_part(sign));
    let words = words.map(|word| word.trim_matches([',', '.', '–']));
    words.filter(|word| word.contains('–')).map(str::to_owned).collect()
}

impl Published {
    /// Reads a page in this language and its file: every number is a published cell, in its words.
    /// How many marked numbers there are.
    pub async fn check_page(&self, visitor: &Visitor, language: Language, path: &str) -> usize {
        visitor.get(&format!("/language/{}?back=/", language.code())).await.expect_success();
        let html = visitor.get(path).await.expect_success().text;
        let page = format!("{path} in {language:?}");
        let seen = marks(&html);
        self.check_marks(language, &page, &seen);
        self.check_the_rest(language, &page, &html, &seen);
        if !seen.is_empty() {
            let sheets = file::read(visitor, &format!("{path}/results.xlsx")).await;
            check_file(&page, &html, &sheets);
        }
        seen.len()
    }

    /// Reads the report of a class or a school in this language: it says no number that the page
    /// does not. Its text.
    pub async fn check_report(visitor: &Visitor, language: Language, path: &str) -> String {
        visitor.get(&format!("/language/{}?back=/", language.code())).await.expect_success();
        let page = ranges(&visitor.get(path).await.expect_success().text);
        let paper = Paper::got(visitor, &format!("{path}/report.pdf")).await;
        paper.expect_accessible(language.code());
        let text = paper.text();
        let own = ranges(&text);
        let invented: Vec<_> = own.difference(&page).collect();
        assert!(invented.is_empty(), "{path} in {language:?}: {invented:?}");
        assert!(own.len() > 10, "{path} in {language:?} says too little: {text}");
        text
    }

    /// Each marked number is the cell that its mark names, in the words of the language.
    fn check_marks(&self, language: Language, page: &str, seen: &[Seen]) {
        for one in seen {
            let words = self.words(language, one);
            let words = words.unwrap_or_else(|| panic!("{page}: {one:?} is not published"));
            assert_eq!(one.words, words, "{page}: {one:?}");
        }
    }

    /// What is said without a mark, in a drawing's description or a sentence, is of the same groups.
    fn check_the_rest(&self, language: Language, page: &str, html: &str, seen: &[Seen]) {
        let groups: BTreeSet<_> =
            seen.iter().map(|one| (one.wave.as_str(), one.group.as_str())).collect();
        let allowed = self.of_groups(language, &groups);
        let text = self.without_fixed_words(language, &visible(html));
        for number in numbers_in(language, &text) {
            assert!(allowed.ranges.contains(&number), "{page}: {number} is of no group on it");
        }
        for percentage in percentages_in(&text) {
            assert!(allowed.ends.contains(&percentage), "{page}: {percentage} is no end of a band");
        }
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
