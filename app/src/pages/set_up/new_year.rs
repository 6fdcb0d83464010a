use crate::{
    Language,
    language::text,
    shell::{Audience, Page, Shell},
};
use leptos::prelude::*;

/// What a new school year does to the classes of a school.
/// `POST /schools/{school}/new-year` with `checked` and `last_grade`.
#[derive(Debug, Clone)]
pub struct NewYearPage {
    pub school_id: String,
    pub school: String,
    /// Nothing can be moved while a wave is open.
    pub wave_open: bool,
    /// What is shown, in short: what differs from it is shown again before it is done.
    pub checked: String,
    /// Whether grade 11 moves up to 12.
    pub twelve: bool,
    pub moving: Vec<MovingClass>,
    /// Labels of classes that leave.
    pub leaving: Vec<String>,
    /// Labels of classes whose grade is not known.
    pub stuck: Vec<String>,
    /// Somebody changed the classes before it was confirmed.
    pub changed: bool,
}

#[derive(Debug, Clone)]
pub struct MovingClass {
    pub now: String,
    pub then: String,
    /// From the form for grades 2 to 4 to that for 5 and above.
    pub to_senior: bool,
    /// Several grades are taught together.
    pub combined: bool,
}

impl Page for NewYearPage {
    const AUDIENCE: Audience = Audience::Staff;

    fn title(&self, language: Language) -> String {
        text!(language, setup.year_title).to_owned()
    }

    fn view(self, shell: &Shell) -> AnyView {
        let language = shell.language;
        let content = if self.wave_open {
            view! { <p class="notice">{text!(language, setup.year_wave)}</p> }.into_any()
        } else if self.moving.is_empty() && self.leaving.is_empty() {
            view! { <p class="notice">{text!(language, setup.year_none)}</p> }.into_any()
        } else {
            self.preview(language)
        };
        let changed = self.changed.then(|| {
            view! { <p class="notice bad" role="alert">{text!(language, setup.year_changed)}</p> }
        });
        view! {
            <p>
                <a href=format!("/schools/{}/classes", self.school_id)>
                    {text!(language, setup.back)}
                </a>
            </p>
            <h1>{text!(language, setup.year_title)}</h1>
            <p class="lead">{self.school.clone()}</p>
            {changed}
            <p>{text!(language, setup.year_what)}</p>
            {content}
            {names(text!(language, setup.stuck), &self.stuck)}
        }
        .into_any()
    }
}

impl NewYearPage {
    fn preview(&self, language: Language) -> AnyView {
        let action = format!("/schools/{}/new-year", self.school_id);
        let last_grade = if self.twelve { "12" } else { "11" };
        view! {
            {self.last_grade(language)}
            {self.moving_table(language)}
            {names(text!(language, setup.leaving), &self.leaving)}
            <p>{text!(language, setup.year_after)}</p>
            <form method="post" action=action>
                <input type="hidden" name="checked" value=self.checked.clone() />
                <input type="hidden" name="last_grade" value=last_grade />
                <button class="button">{text!(language, setup.year_confirm)}</button>
            </form>
        }
        .into_any()
    }

    fn last_grade(&self, language: Language) -> impl IntoView + use<> {
        let choice = |value: &'static str, chosen: bool, words: &'static str| {
            view! {
                <label class="pick">
                    <input type="radio" name="last_grade" value=value checked=chosen />
                    {words}
                </label>
            }
        };
        view! {
            <form class="card" method="get">
                <fieldset>
                    <legend>{text!(language, setup.twelve_question)}</legend>
                    {choice("11", !self.twelve, text!(language, setup.twelve_no))}
                    {choice("12", self.twelve, text!(language, setup.twelve))}
                </fieldset>
                <button class="button second">{text!(language, setup.show_again)}</button>
            </form>
        }
    }

    fn moving_table(&self, language: Language) -> impl IntoView + use<> {
        let rows = self.moving.iter().map(|class| {
            let notes = [
                class.to_senior.then(|| text!(language, setup.to_senior)),
                class.combined.then(|| text!(language, setup.combined)),
            ];
            let notes = notes.into_iter().flatten().map(|words| {
                view! { <span class="quiet block">{words}</span> }
            });
            view! {
                <tr>
                    <th scope="row" class="label">{class.now.clone()}</th>
                    <td>{class.then.clone()} {notes.collect_view()}</td>
                </tr>
            }
        });
        view! {
            <table class="list">
                <caption>{text!(language, setup.moving)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{text!(language, setup.now)}</th>
                        <th scope="col">{text!(language, setup.then)}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        }
    }
}

fn names(words: &'static str, labels: &[String]) -> Option<impl IntoView + use<>> {
    let list = labels.join(", ");
    (!labels.is_empty()).then(|| view! { <p>{words}": "<strong>{list}</strong></p> })
}
