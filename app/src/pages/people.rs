mod invite_form;

use super::{set_up::unit_links, staff_role::RoleAt};
use crate::{
    Language, StructureColumn,
    language::text,
    parts::list::{Heading, list},
    shell::{Audience, Page, Shell},
};
pub use invite_form::{InviteForm, InviteMistake, PlacesOfRole};
use leptos::prelude::*;

/// Who has which role directly below, who is invited, and the form to invite.
/// `POST /people/remove` with `account`, `place`; `POST /people/revoke` with `invitation`.
#[derive(Debug, Clone)]
pub struct PeoplePage {
    pub people: Vec<PersonRow>,
    pub invitations: Vec<InvitationRow>,
    pub form: InviteForm,
    /// What the reader sets up, and where.
    pub sets_up: Vec<(StructureColumn, String)>,
    /// Where all class teachers of the own school are invited.
    pub teachers: Option<String>,
}

#[derive(Debug, Clone)]
pub struct PersonRow {
    pub account: String,
    pub person: String,
    pub name: String,
    pub role: RoleAt,
    /// The role and unit as the form sends them.
    pub place: String,
    pub yourself: bool,
}

#[derive(Debug, Clone)]
pub struct InvitationRow {
    pub id: String,
    pub person: String,
    pub role: RoleAt,
    /// As shown.
    pub until: String,
}

impl Page for PeoplePage {
    const AUDIENCE: Audience = Audience::Staff;

    fn title(&self, language: Language) -> String {
        text!(language, people.title).to_owned()
    }

    fn view(self, shell: &Shell) -> AnyView {
        let language = shell.language;
        view! {
            <h1>{text!(language, people.title)}</h1>
            <p>{text!(language, people.what)}</p>
            {unit_links(language, &self.sets_up)}
            {self
                .teachers
                .clone()
                .map(|address| {
                    view! {
                        <p>
                            <a class="row-link" href=address>
                                {text!(language, teachers.link_all)}
                            </a>
                        </p>
                    }
                })}
            {self.form.alert(language)}
            <h2>{text!(language, people.have)}</h2>
            {people(language, &self.people)}
            {invitations(language, &self.invitations)}
            <h2>{text!(language, people.invite)}</h2>
            {self.form.view(language)}
        }
        .into_any()
    }
}

fn people(language: Language, people: &[PersonRow]) -> AnyView {
    if people.is_empty() {
        return view! { <p class="notice">{text!(language, people.nobody)}</p> }.into_any();
    }
    let rows = people.iter().map(|row| person_row(language, row)).collect_view();
    let headings = [
        Heading::Words(text!(language, people.person)),
        Heading::Words(text!(language, people.role)),
        Heading::Words(text!(language, people.place)),
        Heading::Words(text!(language, people.take_away)),
    ];
    list(text!(language, people.have), headings, rows).into_any()
}

fn person_row(language: Language, row: &PersonRow) -> impl IntoView + use<> {
    let shown = if row.person.is_empty() { &row.name } else { &row.person }.clone();
    let below = (!row.person.is_empty()).then(|| row.name.clone());
    let take_away = if row.yourself {
        view! { <span class="quiet">{text!(language, people.yourself)}</span> }.into_any()
    } else {
        let (account, place) = (row.account.clone(), row.place.clone());
        view! {
            <details>
                <summary>{text!(language, people.take_away)}</summary>
                <form method="post" action="/people/remove">
                    <input type="hidden" name="account" value=account />
                    <input type="hidden" name="place" value=place />
                    <button class="button danger">{text!(language, people.take_away_sure)}</button>
                </form>
            </details>
        }
        .into_any()
    };
    view! {
        <tr>
            <th scope="row">{shown} {below.map(|name| view! { <span class="quiet">{name}</span> })}</th>
            <td>{row.role.role.words(language)}</td>
            <td>{row.role.place(language)}</td>
            <td>{take_away}</td>
        </tr>
    }
}

fn invitations(language: Language, waiting: &[InvitationRow]) -> Option<impl IntoView + use<>> {
    let rows = waiting.iter().map(|row| {
        view! {
            <tr>
                <th scope="row">{row.person.clone()}</th>
                <td>{row.role.role.words(language)}</td>
                <td>{row.role.place(language)}</td>
                <td>{row.until.clone()}</td>
                <td>
                    <form method="post" action="/people/revoke">
                        <input type="hidden" name="invitation" value=row.id.clone() />
                        <button class="plain">{text!(language, people.revoke)}</button>
                    </form>
                </td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    (!waiting.is_empty()).then(|| {
        view! {
            <h2>{text!(language, people.waiting)}</h2>
            <div
                class="scroll"
                role="region"
                aria-label=text!(language, people.waiting)
                tabindex="0"
            >
                <table class="list">
                    <thead>
                        <tr>
                            <th scope="col">{text!(language, people.for_whom)}</th>
                            <th scope="col">{text!(language, people.role)}</th>
                            <th scope="col">{text!(language, people.place)}</th>
                            <th scope="col">{text!(language, people.until)}</th>
                            <th scope="col">{text!(language, people.revoke)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
    })
}
