use crate::{
    Language,
    language::text,
    shell::{Audience, Page, Shell},
};
use leptos::prelude::*;

/// The way in: for pupils by class code, for staff by signing in.
#[derive(Debug, Clone, Copy)]
pub struct HomePage {}

impl Page for HomePage {
    const AUDIENCE: Audience = Audience::Everybody;

    fn title(&self, language: Language) -> String {
        text!(language, common.slogan).to_owned()
    }

    fn view(self, shell: &Shell) -> AnyView {
        let language = shell.language;
        let (staff_address, staff_words) = match shell.staff {
            Some(_) => ("/classes", text!(language, common.my_classes)),
            None => ("/sign-in", text!(language, staff.sign_in)),
        };
        view! {
            <h1>{text!(language, common.slogan)}</h1>
            <p class="lead">{text!(language, staff.what)}</p>
            <div class="two">
                <section class="card warm">
                    <h2>{text!(language, pupil.home_title)}</h2>
                    <p>{text!(language, pupil.home_text)}</p>
                    {class_code_form(language)}
                </section>
                <section class="card">
                    <h2>{text!(language, staff.home_title)}</h2>
                    <p>{text!(language, staff.home_text)}</p>
                    <p>
                        <a class="button second" href=staff_address>
                            {staff_words}
                        </a>
                    </p>
                </section>
            </div>
        }
        .into_any()
    }
}

/// The four characters of the class; `GET /c?part=ABCD`.
pub(super) fn class_code_form(language: Language) -> impl IntoView {
    view! {
        <form class="stack" method="get" action="/c">
            <label for="part">{text!(language, pupil.class_code)}</label>
            <input
                class="code short"
                id="part"
                name="part"
                required
                maxlength="8"
                autocomplete="off"
                autocapitalize="characters"
                spellcheck="false"
            />
            <button class="button">{text!(language, pupil.class_code_go)}</button>
        </form>
    }
}
