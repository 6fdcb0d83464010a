use crate::{
    Language,
    language::{own_name, text},
};
use leptos::prelude::*;

/// The report of the page at `path` as PDF, in each language: a council may not read the reader's.
pub(crate) fn report_links(language: Language, path: &str) -> impl IntoView + use<> {
    let links = Language::ALL.map(|of| {
        let file = format!("{path}/report.pdf?lang={}", of.code());
        view! {
            " "
            <a class="row-link" href=file lang=of.code()>
                {own_name(of)}
            </a>
        }
    });
    view! { <span>{text!(language, report.links)} ":" {links.collect_view()}</span> }
}
