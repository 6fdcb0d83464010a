mod class_form;
mod new_year;
mod units;

pub use class_form::{ClassForm, EditClassPage};
pub use new_year::{MovingClass, NewYearPage};
pub(super) use units::unit_links;
pub use units::{UnitForm, UnitLine, UnitsPage};

use super::structure::language_name;
use crate::{
    Language,
    language::text,
    parts::list::{Heading, list},
    shell::{Audience, Page, Shell},
};
use leptos::prelude::*;

/// The classes of a school, to be changed by hand.
/// `POST /schools/{school}/classes` with `class`, `language`, `enrolment`, `teacher`.
#[derive(Debug, Clone)]
pub struct SetUpClassesPage {
    pub school_id: String,
    pub school: String,
    /// Some of its classes are frozen in a wave.
    pub wave_open: bool,
    /// In the reader's order.
    pub classes: Vec<SetUpClass>,
    pub closed: Vec<SetUpClass>,
    /// A new class, as it was typed.
    pub form: ClassForm,
    pub saved: Option<Saved>,
    /// Whether the reader invites its class teachers.
    pub invites_teachers: bool,
}

/// What was just done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saved {
    Class,
    NewYear,
}

#[derive(Debug, Clone)]
pub struct SetUpClass {
    pub id: String,
    pub label: String,
    pub language: String,
    pub enrolment: u32,
    pub teacher: String,
    /// The teacher is named and has no account.
    pub waits_for_account: bool,
}

impl Page for SetUpClassesPage {
    const AUDIENCE: Audience = Audience::Staff;

    fn title(&self, language: Language) -> String {
        text!(language, setup.classes_title).to_owned()
    }

    fn view(self, shell: &Shell) -> AnyView {
        let language = shell.language;
        let action = format!("/schools/{}/classes", self.school_id);
        view! {
            <p>
                <a href="/classes">{text!(language, staff.back_to_classes)}</a>
            </p>
            <h1>{text!(language, setup.classes_title)}</h1>
            <p class="lead">{self.school.clone()}</p>
            {self.outcome(language)}
            {self.wave_open.then(|| view! { <p class="notice">{text!(language, setup.frozen)}</p> })}
            <p class="row">
                {self
                    .invites_teachers
                    .then(|| {
                        view! {
                            <a class="row-link" href=format!("/schools/{}/teachers", self.school_id)>
                                {text!(language, teachers.link)}
                            </a>
                        }
                    })}
                <a class="row-link" href="/structure">
                    {text!(language, structure.link)}
                </a>
                <a class="row-link" href=format!("/schools/{}/new-year", self.school_id)>
                    {text!(language, setup.year_link)}
                </a>
            </p>
            {self.list(language)}
            <h2 id="add">{text!(language, setup.add_title)}</h2>
            {self.form.view(language, &action, text!(language, setup.add))}
            {self.closed_list(language)}
        }
        .into_any()
    }
}

impl SetUpClassesPage {
    fn outcome(&self, language: Language) -> Option<impl IntoView + use<>> {
        let words = match self.saved? {
            Saved::Class => text!(language, setup.saved),
            Saved::NewYear => text!(language, setup.year_done),
        };
        Some(view! { <p class="notice" role="status">{words}</p> })
    }

    fn list(&self, language: Language) -> AnyView {
        if self.classes.is_empty() {
            let words = text!(language, setup.no_classes);
            return view! { <p class="notice">{words}</p> }.into_any();
        }
        let rows = self.classes.iter().map(|class| class.row(language)).collect_view();
        let headings = [
            Heading::Words(text!(language, structure.class)),
            Heading::Words(text!(language, structure.language)),
            Heading::Number(text!(language, structure.enrolment)),
            Heading::Words(text!(language, structure.teacher)),
        ];
        list(text!(language, setup.classes_title), headings, rows).into_any()
    }

    fn closed_list(&self, language: Language) -> Option<impl IntoView + use<>> {
        let links = self.closed.iter().map(|class| {
            view! {
                <li>
                    <a class="row-link" href=format!("/classes/{}/edit", class.id)>
                        {class.label.clone()}
                    </a>
                </li>
            }
        });
        (!self.closed.is_empty()).then(|| {
            view! {
                <details class="card">
                    <summary>{text!(language, setup.closed_classes)}</summary>
                    <ul>{links.collect_view()}</ul>
                </details>
            }
        })
    }
}

impl SetUpClass {
    fn row(&self, language: Language) -> impl IntoView + use<> {
        let change = text!(language, setup.change_class, label = self.label.as_str());
        let waits = self.waits_for_account.then(|| {
            view! { <span class="quiet block">{text!(language, setup.no_account)}</span> }
        });
        let teacher = match self.teacher.as_str() {
            "" => {
                view! { <span class="quiet">{text!(language, setup.no_teacher)}</span> }.into_any()
            }
            teacher => view! { <span>{teacher.to_owned()}</span> }.into_any(),
        };
        view! {
            <tr>
                <th scope="row">
                    <span class="label">{self.label.clone()}</span>
                    <a
                        class="row-link quiet"
                        href=format!("/classes/{}/edit", self.id)
                        aria-label=change
                    >
                        {text!(language, setup.change)}
                    </a>
                </th>
                <td>{language_name(language, &self.language)}</td>
                <td class="number">{self.enrolment}</td>
                <td>{teacher} {waits}</td>
            </tr>
        }
    }
}
