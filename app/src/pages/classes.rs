mod school;

use super::set_up::unit_links;
use super::staff_role::StaffRole;
use super::waves::{WaveRow, waves_table};
use crate::{
    Language, StructureColumn,
    language::text,
    shell::{Audience, Page, Shell},
};
use leptos::prelude::*;
use school::school_table;

/// The classes that somebody may see, and the survey waves of their schools.
#[derive(Debug, Clone)]
pub struct ClassesPage {
    /// As what the reader is signed in.
    pub roles: Vec<StaffRole>,
    pub schools: Vec<SchoolClasses>,
    pub waves: Vec<WaveRow>,
    /// What the reader sets up, and where.
    pub sets_up: Vec<(StructureColumn, String)>,
    /// Whether the reader sets up waves.
    pub sets_up_waves: bool,
    /// Names and paths of the units above a class whose results the reader may see.
    pub results: Vec<(String, String)>,
}

#[derive(Debug, Clone)]
pub struct SchoolClasses {
    pub school: String,
    pub classes: Vec<ClassRow>,
    /// Where its class teachers are invited, for who may.
    pub teachers: Option<String>,
    /// The page where slips of all its classes are made, for who may.
    pub slips_page: Option<String>,
    /// The page with the school's own psychologist, for who may see it.
    pub help_page: Option<String>,
    /// The sheet about help, while a wave is open.
    pub help_print: Option<String>,
    /// Where its classes are changed, for who may.
    pub set_up: Option<String>,
}

#[derive(Debug, Clone)]
pub struct ClassRow {
    pub id: String,
    pub label: String,
    /// `None` when it is not known.
    pub grade: Option<u8>,
    pub enrolment: u32,
    pub session: SessionState,
    /// Pupils done in the open wave, as last counted; `None` without one.
    pub done: Option<u32>,
    pub has_release: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SessionState {
    NoWave,
    Closed,
    /// `HH:MM`, local time.
    OpenUntil(String),
}

impl Page for ClassesPage {
    const AUDIENCE: Audience = Audience::Staff;

    fn title(&self, language: Language) -> String {
        match self.is_at_school() {
            true => text!(language, staff.classes_title).to_owned(),
            false => text!(language, staff.start_title).to_owned(),
        }
    }

    fn view(self, shell: &Shell) -> AnyView {
        let language = shell.language;
        let no_classes = self.schools.iter().all(|school| school.classes.is_empty());
        let empty = (no_classes && self.is_at_school()).then(|| {
            let words = match self.sets_up.is_empty() {
                true => text!(language, staff.no_classes),
                false => text!(language, setup.no_classes_yet),
            };
            view! { <p class="notice">{words}</p> }
        });
        // A school with classes has the link to them above its table.
        let shown = |(level, _): &&(StructureColumn, String)| {
            no_classes || *level != StructureColumn::Class
        };
        let ways: Vec<_> = self.sets_up.iter().filter(shown).cloned().collect();
        let schools = self.schools.iter().filter(|school| !school.classes.is_empty());
        view! {
            <h1>{self.title(language)}</h1>
            <p class="quiet">{self.signed_in(language)}</p>
            {empty}
            {self.begin(language, shell)}
            {unit_links(language, &ways)}
            {(!self.sets_up.is_empty()).then(|| set_up_link(language))}
            {results_links(language, &self.results)}
            {schools.enumerate().map(|(at, school)| school_table(language, at, school)).collect_view()}
            {waves_table(language, &self.waves, text!(language, staff.waves))}
            {self
                .sets_up_waves
                .then(|| {
                    view! {
                        <p>
                            <a class="row-link" href="/waves">
                                {text!(language, waves.back)}
                            </a>
                        </p>
                    }
                })}
        }
        .into_any()
    }
}

impl SessionState {
    pub(super) fn view(&self, language: Language) -> impl IntoView + use<> {
        let words = match self {
            Self::NoWave => text!(language, staff.session_none).to_owned(),
            Self::Closed => text!(language, staff.session_closed).to_owned(),
            Self::OpenUntil(time) => text!(language, staff.session_open, time = time.as_str()),
        };
        let class = if matches!(self, Self::OpenUntil(_)) { "open" } else { "quiet" };
        view! { <span class=class>{words}</span> }
    }
}

impl ClassesPage {
    /// Else the reader has no classes of their own, and the page is where their work begins.
    fn is_at_school(&self) -> bool {
        let at_school = [StaffRole::Teacher, StaffRole::Coordinator];
        self.roles.iter().any(|role| at_school.contains(role))
    }

    /// What comes first and what next, for an education office.
    fn begin(&self, language: Language, shell: &Shell) -> Option<impl IntoView + use<>> {
        (!self.is_at_school() && shell.ways.people).then(|| {
            view! {
                <p>
                    {text!(language, staff.start_what)} " "
                    <a href="/people">{text!(language, people.invite_link)}</a>
                </p>
            }
        })
    }

    fn signed_in(&self, language: Language) -> String {
        let roles: Vec<_> = self.roles.iter().map(|role| role.words(language)).collect();
        text!(language, staff.signed_in, roles = roles.join(", "))
    }
}

fn set_up_link(language: Language) -> impl IntoView {
    view! {
        <p>
            <a class="row-link" href="/structure">
                {text!(language, structure.link)}
            </a>
        </p>
    }
}

fn results_links(
    language: Language,
    results: &[(String, String)],
) -> Option<impl IntoView + use<>> {
    let links = results.iter().map(|(name, path)| {
        let unit = match name.as_str() {
            "" => text!(language, unit_pages.nation),
            name => name,
        };
        let words = text!(language, unit_pages.results_of, unit = unit);
        view! {
            <a class="row-link" href=path.clone()>
                {words}
            </a>
        }
    });
    let links = links.collect_view();
    (!results.is_empty()).then(|| view! { <p class="row">{links}</p> })
}
