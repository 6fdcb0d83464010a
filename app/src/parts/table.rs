//! Tables, the same for the page and for the file of what is shown.

use crate::results::{Mark, marked};
use leptos::prelude::*;

/// One table: on a page and, line for line, on a sheet of a file.
#[derive(Debug, Clone, Default)]
pub struct Table {
    pub title: String,
    /// Of which survey and wave.
    pub about: String,
    /// That of the lines' names first.
    pub heads: Vec<String>,
    pub rows: Vec<Vec<TableCell>>,
}

/// What stands in one place of a table, piece after piece.
#[derive(Debug, Clone, Default)]
pub struct TableCell {
    pieces: Vec<Piece>,
    link: Option<String>,
}

#[derive(Debug, Clone)]
struct Piece {
    words: String,
    mark: Option<Mark>,
    strong: bool,
}

impl Table {
    /// What it is about, unlike any other table of the page.
    pub fn caption(&self) -> String {
        format!("{} · {}", self.title, self.about)
    }
}

impl TableCell {
    pub(crate) fn of(words: impl Into<String>) -> Self {
        Self::default().with(words)
    }

    /// What stands where there is nothing to say.
    pub(crate) fn nothing() -> Self {
        Self::of("—")
    }

    pub(crate) fn with(mut self, words: impl Into<String>) -> Self {
        self.pieces.push(Piece { words: words.into(), mark: None, strong: false });
        self
    }

    pub(crate) fn strongly(mut self, words: impl Into<String>, strong: bool) -> Self {
        self.pieces.push(Piece { words: words.into(), mark: None, strong });
        self
    }

    pub(crate) fn marked(mut self, words: impl Into<String>, mark: Mark) -> Self {
        self.pieces.push(Piece { words: words.into(), mark: Some(mark), strong: false });
        self
    }

    pub(crate) fn linked(self, link: Option<String>) -> Self {
        Self { link, ..self }
    }

    /// Its words in one line, as a file has them.
    pub fn words(&self) -> String {
        let words: Vec<&str> = self.pieces.iter().map(|piece| piece.words.as_str()).collect();
        words.join("; ")
    }

    fn view(&self) -> AnyView {
        let pieces = self.pieces.iter().map(|piece| {
            let words = piece.words.clone();
            let words = match (&piece.mark, piece.strong) {
                (Some(mark), _) => marked(mark, words).into_any(),
                (None, true) => view! { <strong>{words}</strong> }.into_any(),
                (None, false) => words.into_any(),
            };
            view! { <span class="piece">{words}</span> }
        });
        let pieces = pieces.collect_view();
        match self.link.clone() {
            Some(link) => {
                view! {
                    <a class="row-link" href=link>
                        {pieces}
                    </a>
                }
            }
            .into_any(),
            None => pieces.into_any(),
        }
    }
}

/// The table, which scrolls by itself where it is wider than the page.
pub(crate) fn table_view(table: &Table) -> impl IntoView + use<> {
    let heads = table.heads.iter().map(|head| view! { <th scope="col">{head.clone()}</th> });
    let rows = table.rows.iter().map(|row| {
        let mut cells = row.iter();
        let name = cells.next().map(|cell| view! { <th scope="row">{cell.view()}</th> });
        let cells = cells.map(|cell| view! { <td>{cell.view()}</td> }).collect_view();
        view! { <tr>{name} {cells}</tr> }
    });
    let caption = table.caption();
    let label = caption.clone();
    // Nothing in it takes the focus, and without a pointer only what has the focus can be scrolled.
    view! {
        <div class="scroll" role="region" aria-label=label tabindex="0">
            <table class="numbers">
                <caption>{caption}</caption>
                <thead>
                    <tr>{heads.collect_view()}</tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
}
