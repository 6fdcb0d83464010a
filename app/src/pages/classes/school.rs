use super::{ClassRow, SchoolClasses, SessionState};
use crate::{Language, language::text};
use leptos::prelude::*;

/// The classes of a school. `at` is its place on the page.
pub(super) fn school_table(
    language: Language,
    at: usize,
    school: &SchoolClasses,
) -> impl IntoView + use<> {
    let rows = school.classes.iter().map(|class| class_row(language, class)).collect_view();
    let id = format!("school-{at}");
    let (region, table) = (id.clone(), id.clone());
    view! {
        <h2 id=id>{school.school.clone()}</h2>
        {help_links(language, school)}
        <div class="scroll" role="region" aria-labelledby=region tabindex="0">
            <table class="list" aria-labelledby=table>
                <thead>
                    <tr>
                        <th scope="col">{text!(language, staff.class)}</th>
                        <th scope="col" class="number">
                            {text!(language, staff.enrolment)}
                        </th>
                        <th scope="col">{text!(language, staff.lesson)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

fn help_links(language: Language, school: &SchoolClasses) -> Option<impl IntoView + use<>> {
    let links = [
        (&school.set_up, text!(language, setup.classes_link)),
        (&school.teachers, text!(language, teachers.link)),
        (&school.slips_page, text!(language, slips.school_link)),
        (&school.help_page, text!(language, school_help.link)),
        (&school.help_print, text!(language, school_help.print)),
    ];
    let link = |(address, words): (&Option<String>, &'static str)| {
        let address = address.clone()?;
        Some(view! {
            <a class="row-link" href=address>
                {words}
            </a>
        })
    };
    let links: Vec<_> = links.into_iter().filter_map(link).collect();
    (!links.is_empty()).then(|| view! { <p class="row">{links}</p> })
}

fn class_row(language: Language, class: &ClassRow) -> impl IntoView + use<> {
    let enrolment = class.enrolment;
    let grade = match class.grade {
        Some(grade) => text!(language, staff.grade, grade = grade),
        None => text!(language, staff.grade_unknown).to_owned(),
    };
    let session = format!("/classes/{}/session", class.id);
    // Named by its class, for who hears one link after another.
    let name = format!("{}: {}", text!(language, class_session.title), class.label);
    let look = match class.session {
        SessionState::NoWave => "row-link",
        SessionState::Closed | SessionState::OpenUntil(_) => "button second",
    };
    let done = class.done.map(|done| {
        let words = text!(language, staff.done_text, enrolment = enrolment, done = done);
        view! { <span class="block">{words}</span> }
    });
    // In the first column: a telephone shows no fourth one.
    let results = class.has_release.then(|| {
        view! { <span class="open block">{text!(language, staff.results_ready)}</span> }
    });
    view! {
        <tr>
            <th scope="row">
                <a class="row-link" href=format!("/classes/{}", class.id)>
                    {class.label.clone()}
                </a>
                <span class="quiet">{grade}</span>
                {results}
            </th>
            <td class="number">{enrolment}</td>
            <td>
                <a class=look href=session aria-label=name>
                    {text!(language, class_session.title)}
                </a>
                {class.session.view(language)} {done}
            </td>
        </tr>
    }
}
