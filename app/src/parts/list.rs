use leptos::prelude::*;

/// What stands over a column.
pub(crate) enum Heading {
    Words(&'static str),
    /// Over numbers, which end at the same edge.
    Number(&'static str),
}

/// A table of rows. Where it is wider than the page it scrolls by itself, also by keyboard.
pub(crate) fn list(
    label: &'static str,
    headings: impl IntoIterator<Item = Heading>,
    rows: impl IntoView,
) -> impl IntoView {
    scrolling(label, None, headings, rows)
}

/// The same with a caption to be seen.
pub(crate) fn captioned_list(
    label: &'static str,
    caption: String,
    headings: impl IntoIterator<Item = Heading>,
    rows: impl IntoView,
) -> impl IntoView {
    scrolling(label, Some(caption), headings, rows)
}

fn scrolling(
    label: &'static str,
    caption: Option<String>,
    headings: impl IntoIterator<Item = Heading>,
    rows: impl IntoView,
) -> impl IntoView {
    let headings = headings.into_iter().map(|heading| {
        let (words, class) = match heading {
            Heading::Words(words) => (words, None),
            Heading::Number(words) => (words, Some("number")),
        };
        view! { <th scope="col" class=class>{words}</th> }
    });
    view! {
        <div class="scroll" role="region" aria-label=label tabindex="0">
            <table class="list">
                {caption.map(|caption| view! { <caption>{caption}</caption> })}
                <thead>
                    <tr>{headings.collect_view()}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}
