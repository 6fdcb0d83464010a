use crate::{
    Language,
    language::{own_name, text},
};
use leptos::prelude::*;

/// What the page at `path` shows as a workbook and, where there is one, its report.
pub(crate) fn file_links(language: Language, path: &str, report: bool) -> impl IntoView + use<> {
    let workbook = format!("{path}/results.xlsx");
    view! {
        <p class="row screen-only">
            <a class="row-link" href=workbook download="">
                {text!(language, unit_results.download)}
            </a>
            {report.then(|| report_links(language, path))}
        </p>
    }
}

/// A PDF in each language: a council may not read the reader's.
fn report_links(language: Language, path: &str) -> impl IntoView + use<> {
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
