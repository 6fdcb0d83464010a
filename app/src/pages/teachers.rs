use crate::{
    Language,
    language::text,
    parts::field::alert,
    parts::list::{Heading, captioned_list},
    shell::{Audience, Page, Shell},
};
use leptos::prelude::*;

/// Class teachers who were named and have no account yet, and their invitations as one file.
/// `POST /schools/{school}/teachers` with `teacher` once for each chosen name.
#[derive(Debug, Clone)]
pub struct TeachersPage {
    pub school_id: String,
    pub school: String,
    /// In the reader's order.
    pub waiting: Vec<WaitingTeacher>,
    /// Classes that no teacher is named for.
    pub unnamed: Vec<String>,
    /// The form was sent without a name.
    pub nobody_chosen: bool,
}

#[derive(Debug, Clone)]
pub struct WaitingTeacher {
    pub name: String,
    pub classes: Vec<String>,
    /// As shown: the last day of an invitation that was made and not used.
    pub invited_until: Option<String>,
}

impl Page for TeachersPage {
    const AUDIENCE: Audience = Audience::Staff;

    fn title(&self, language: Language) -> String {
        text!(language, teachers.title).to_owned()
    }

    fn view(self, shell: &Shell) -> AnyView {
        let language = shell.language;
        let back = format!("/schools/{}/classes", self.school_id);
        let content = match self.waiting.is_empty() {
            true => view! { <p class="notice">{text!(language, teachers.nobody)}</p> }.into_any(),
            false => self.form(language).into_any(),
        };
        let wrong = self.nobody_chosen.then(|| alert(text!(language, teachers.nobody_chosen)));
        view! {
            <p>
                <a href=back>{text!(language, setup.back)}</a>
            </p>
            <h1>{text!(language, teachers.title)}</h1>
            <p class="lead">{self.school.clone()}</p>
            {wrong}
            {content}
            {self.unnamed(language)}
            <p>
                <a class="row-link" href="/people">
                    {text!(language, teachers.to_people)}
                </a>
            </p>
        }
        .into_any()
    }
}

impl TeachersPage {
    fn form(&self, language: Language) -> impl IntoView + use<> {
        let rows = self.waiting.iter().map(|teacher| teacher.row(language)).collect_view();
        let action = format!("/schools/{}/teachers", self.school_id);
        let headings = [
            Heading::Words(text!(language, structure.teacher)),
            Heading::Words(text!(language, structure.class)),
            Heading::Words(text!(language, teachers.invitation)),
        ];
        let waiting = text!(language, teachers.waiting);
        view! {
            <p>{text!(language, teachers.what)}</p>
            <form method="post" action=action>
                <p>{text!(language, teachers.once)}</p>
                <p>
                    <button class="button">{text!(language, teachers.make)}</button>
                </p>
                {captioned_list(waiting, waiting.to_owned(), headings, rows)}
            </form>
        }
    }

    fn unnamed(&self, language: Language) -> Option<impl IntoView + use<>> {
        let classes = self.unnamed.join(", ");
        let words = text!(language, teachers.unnamed, classes = classes);
        (!self.unnamed.is_empty()).then(|| view! { <p class="quiet">{words}</p> })
    }
}

impl WaitingTeacher {
    /// Whoever has an invitation already is not chosen: another one makes theirs worthless.
    fn row(&self, language: Language) -> impl IntoView + use<> {
        let state = match &self.invited_until {
            Some(day) => text!(language, teachers.until, day = day.as_str()),
            None => text!(language, teachers.not_invited).to_owned(),
        };
        view! {
            <tr>
                <th scope="row">
                    <label class="pick">
                        <input
                            type="checkbox"
                            name="teacher"
                            value=self.name.clone()
                            checked=self.invited_until.is_none()
                        />
                        <span>{self.name.clone()}</span>
                    </label>
                </th>
                <td>{self.classes.join(", ")}</td>
                <td>{state}</td>
            </tr>
        }
    }
}
