use crate::{
    Language,
    language::text,
    shell::{Audience, Page, Shell},
};
use leptos::prelude::*;

/// Before slips are made: of one class or of all of a school.
/// `POST address` with `again=yes` when unused slips from before may stop working; without it only
/// classes that have none get slips.
#[derive(Debug, Clone)]
pub struct SlipsPage {
    pub scope: SlipsScope,
    /// Where the form goes.
    pub address: String,
    /// The letters to parents and pupils of the open wave, in the reader's language.
    pub letters: Option<String>,
    /// In the order of the page; of one class exactly one.
    pub classes: Vec<ClassSlipState>,
    /// It was asked for without `again` where there was nothing to make without.
    pub confirm_needed: bool,
}

/// Whose slips are made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SlipsScope {
    Class { id: String, label: String },
    School { name: String },
}

/// The slips of a class so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClassSlipState {
    pub label: String,
    pub used: u32,
    pub unused: u32,
    /// Used and unused together, over all reprints.
    pub allowed: u32,
}

impl ClassSlipState {
    /// Whether there are none yet.
    pub fn is_new(&self) -> bool {
        self.used + self.unused == 0
    }
}

impl SlipsScope {
    fn name(&self) -> &str {
        match self {
            Self::Class { label, .. } => label,
            Self::School { name } => name,
        }
    }

    fn way_back(&self, language: Language) -> (String, String) {
        match self {
            Self::Class { id, label } => (format!("/classes/{id}"), label.clone()),
            Self::School { .. } => {
                ("/classes".to_owned(), text!(language, staff.back_to_classes).to_owned())
            }
        }
    }
}

impl Page for SlipsPage {
    const AUDIENCE: Audience = Audience::Staff;

    fn title(&self, language: Language) -> String {
        text!(language, slips.title, of = self.scope.name())
    }

    fn view(self, shell: &Shell) -> AnyView {
        let language = shell.language;
        let (back, back_words) = self.scope.way_back(language);
        let problem = self.confirm_needed.then(|| text!(language, slips.confirm_needed));
        let letters = self.letters.clone().map(|address| {
            view! {
                <p>
                    <a class="row-link" href=address>
                        {text!(language, letters.link)}
                    </a>
                </p>
            }
        });
        let content = match (&self.scope, self.classes.first()) {
            (_, None) => {
                view! { <p class="notice">{text!(language, slips.school_none)}</p> }.into_any()
            }
            (SlipsScope::Class { .. }, Some(class)) => self.of_class(language, class),
            (SlipsScope::School { .. }, Some(_)) => self.of_school(language),
        };
        view! {
            <p>
                <a href=back>{back_words}</a>
            </p>
            <h1>{self.title(language)}</h1>
            {problem.map(|words| view! { <p class="notice bad" role="alert">{words}</p> })}
            {content}
            {letters}
        }
        .into_any()
    }
}

impl SlipsPage {
    fn of_class(&self, language: Language, class: &ClassSlipState) -> AnyView {
        let (used, unused, allowed) = (class.used, class.unused, class.allowed);
        let state = text!(language, slips.state, used = used, unused = unused, allowed = allowed);
        if used >= allowed {
            let words = text!(language, staff.slips_used_up);
            return view! { <p>{state}</p> <p class="notice">{words}</p> }.into_any();
        }
        let again = (unused > 0).then(|| {
            view! {
                <p class="notice">{text!(language, slips.voids, unused = unused)}</p>
                <label class="tick">
                    <input type="checkbox" name="again" value="yes" required />
                    <span>{text!(language, slips.confirm)}</span>
                </label>
            }
        });
        view! {
            <p>{text!(language, slips.what)}</p>
            <p>{state}</p>
            {self.form(language, again.into_any())}
            {self.to_lesson(language)}
        }
        .into_any()
    }

    /// A file that is saved leaves the page as it was: where to go on.
    fn to_lesson(&self, language: Language) -> Option<impl IntoView + use<>> {
        let SlipsScope::Class { id, .. } = &self.scope else { return None };
        let lesson = format!("/classes/{id}/session");
        Some(view! {
            <p>
                <a class="row-link" href=lesson>
                    {text!(language, slips.to_lesson)}
                </a>
            </p>
        })
    }

    fn of_school(&self, language: Language) -> AnyView {
        view! {
            <p>{text!(language, slips.what)}</p>
            <p>{text!(language, slips.school_what)}</p>
            {self.form(language, self.which(language))}
            <p class="quiet">{text!(language, slips.wait)}</p>
            {self.table(language)}
        }
        .into_any()
    }

    fn which(&self, language: Language) -> AnyView {
        let all = self.classes.iter().filter(|class| class.used < class.allowed).count();
        let new = self.classes.iter().filter(|class| class.is_new()).count();
        let none_new = new == 0;
        view! {
            <fieldset>
                <legend>{text!(language, slips.which)}</legend>
                <label class="tick">
                    <input type="radio" name="again" value="" checked=!none_new disabled=none_new />
                    <span>{text!(language, slips.which_new, count = new)}</span>
                </label>
                <label class="tick">
                    <input type="radio" name="again" value="yes" required />
                    <span>{text!(language, slips.which_all, count = all)}</span>
                </label>
            </fieldset>
        }
        .into_any()
    }

    fn form(&self, language: Language, choice: AnyView) -> impl IntoView + use<> {
        view! {
            <form class="card stack" method="post" action=self.address.clone()>
                {choice}
                <p>{text!(language, slips.once)}</p>
                <button class="button">{text!(language, slips.make)}</button>
            </form>
        }
    }

    fn table(&self, language: Language) -> impl IntoView + use<> {
        let rows = self.classes.iter().map(|class| {
            view! {
                <tr>
                    <th scope="row">{class.label.clone()}</th>
                    <td class="number">{class.used}</td>
                    <td class="number">{class.unused}</td>
                    <td class="number">{class.allowed}</td>
                </tr>
            }
        });
        view! {
            <div class="scroll" tabindex="0" role="region" aria-labelledby="slips-of-classes">
                <table>
                    <caption id="slips-of-classes">{text!(language, slips.school_table)}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{text!(language, slips.class)}</th>
                            <th scope="col">{text!(language, slips.used)}</th>
                            <th scope="col">{text!(language, slips.unused)}</th>
                            <th scope="col">{text!(language, slips.allowed)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
        }
    }
}
