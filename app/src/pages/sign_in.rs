use crate::{
    Language,
    language::text,
    shell::{Audience, Page, Shell},
};
use leptos::prelude::*;

/// `POST /sign-in` with `name`, `password`, `back`.
#[derive(Debug, Clone)]
pub struct SignInPage {
    /// What was typed before.
    pub name: String,
    /// Says that name or password are wrong, never which of the two.
    pub failed: bool,
    pub back: String,
}

impl Page for SignInPage {
    const AUDIENCE: Audience = Audience::Everybody;

    fn title(&self, language: Language) -> String {
        text!(language, staff.sign_in).to_owned()
    }

    fn view(self, shell: &Shell) -> AnyView {
        let language = shell.language;
        let failure = self.failed.then(
            || view! { <p class="notice bad" role="alert">{text!(language, staff.failed)}</p> },
        );
        view! {
            <h1>{text!(language, staff.sign_in)}</h1>
            {failure}
            <form class="card stack narrow" method="post" action="/sign-in">
                <input type="hidden" name="back" value=self.back />
                <label for="name">{text!(language, staff.name)}</label>
                <input
                    id="name"
                    name="name"
                    value=self.name
                    required
                    autocomplete="username"
                    autocapitalize="none"
                    spellcheck="false"
                />
                <label for="password">{text!(language, staff.password)}</label>
                <input
                    id="password"
                    name="password"
                    type="password"
                    required
                    autocomplete="current-password"
                />
                <button class="button">{text!(language, staff.sign_in)}</button>
            </form>
            <p class="quiet">{text!(language, staff.forgot)}</p>
        }
        .into_any()
    }
}
