use super::upload_form;
use crate::{Language, StructureMistake, language::text};
use leptos::prelude::*;

/// Every mistake of a table, and the form to try again.
pub(super) fn mistakes(language: Language, mistakes: &[StructureMistake], more: u32) -> AnyView {
    let count = mistakes.len() as u32 + more;
    let rows = mistakes.iter().map(|mistake| mistake_row(language, mistake)).collect_view();
    let more = (more > 0).then(|| {
        view! { <p class="notice">{text!(language, structure.mistakes_more, count = more)}</p> }
    });
    view! {
        <div class="notice bad" role="alert">
            <h2>{text!(language, structure.mistakes_title, count = count)}</h2>
            <p>{text!(language, structure.mistakes_what)}</p>
        </div>
        <div
            class="scroll"
            role="region"
            tabindex="0"
            aria-label=text!(language, structure.problem)
        >
            <table class="list mistakes">
                <thead>
                    <tr>
                        <th scope="col" class="number">{text!(language, structure.row)}</th>
                        <th scope="col">{text!(language, structure.column)}</th>

                        <th scope="col">{text!(language, structure.problem)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {more}
        {upload_form(language)}
    }
    .into_any()
}

fn mistake_row(language: Language, mistake: &StructureMistake) -> impl IntoView + use<> {
    let row = mistake.row.map_or_else(|| "—".to_owned(), |row| row.to_string());
    let column = mistake
        .column
        .map_or(text!(language, structure.whole_file), |column| column.heading(language));
    let cell = (!mistake.text.is_empty())
        .then(|| view! { <bdi class="block strong">{mistake.text.clone()}</bdi> });
    view! {
        <tr>
            <td class="number">{row}</td>
            <td>{column}</td>
            <td>{cell} {mistake.problem.words(language)}</td>
        </tr>
    }
}
