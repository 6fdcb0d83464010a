use super::provider::{ProviderButton, ProviderNotice, notice};
use crate::{
    Language,
    language::text,
    parts::field::Field,
    shell::{Audience, Page, Shell},
};
use leptos::prelude::*;

/// `POST /sign-in` with `name`, `password`, `back`.
#[derive(Debug, Clone)]
pub struct SignInPage {
    /// What was typed before.
    pub name: String,
    pub failure: Option<SignInFailure>,
    pub back: String,
    /// Where one may sign in too.
    pub provider: Option<ProviderButton>,
    pub notice: Option<ProviderNotice>,
}

/// The second step: `POST /sign-in/code` with `code`, `back`.
#[derive(Debug, Clone)]
pub struct SignInCodePage {
    pub failure: Option<SignInFailure>,
    pub back: String,
}

/// Why somebody is not signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignInFailure {
    /// Name or password, never which of the two; or the code.
    Wrong,
    /// Tried too often, whether there is such a name or not.
    Locked { minutes: i64 },
}

impl Page for SignInPage {
    const AUDIENCE: Audience = Audience::Everybody;

    fn title(&self, language: Language) -> String {
        text!(language, staff.sign_in).to_owned()
    }

    fn view(self, shell: &Shell) -> AnyView {
        let language = shell.language;
        let failure = self.failure.map(|failure| {
            let words = failure.words(language, text!(language, staff.failed));
            view! { <p class="notice bad" role="alert">{words}</p> }
        });
        let notice = notice(language, self.provider.as_ref(), self.notice);
        let provider = self.provider.as_ref().map(|provider| {
            let words = text!(language, provider.sign_in, name = provider.name.as_str());
            provider.view(language, words)
        });
        let name = Field::text("name", text!(language, staff.name), self.name);
        let name = Field { autocomplete: "username", ..name };
        let label = text!(language, staff.password);
        view! {
            <h1>{text!(language, staff.sign_in)}</h1>
            {failure}
            {notice}
            <form class="card stack narrow" method="post" action="/sign-in">
                <input type="hidden" name="back" value=self.back />
                {name.view()}
                {Field::password("password", label, "current-password").view()}
                <button class="button">{text!(language, staff.sign_in)}</button>
            </form>
            {provider}
            <p class="quiet">{text!(language, staff.forgot)}</p>
        }
        .into_any()
    }
}

impl Page for SignInCodePage {
    const AUDIENCE: Audience = Audience::Everybody;

    fn title(&self, language: Language) -> String {
        text!(language, account.code_title).to_owned()
    }

    fn view(self, shell: &Shell) -> AnyView {
        let language = shell.language;
        let failure = self.failure.map(|failure| {
            let words = failure.words(language, text!(language, account.code_wrong));
            view! { <p class="notice bad" role="alert">{words}</p> }
        });
        let code = Field::text("code", text!(language, account.code), String::new());
        let code = Field { autocomplete: "one-time-code", ..code };
        view! {
            <h1>{text!(language, account.code_title)}</h1>
            {failure}
            <p>{text!(language, account.code_what)}</p>
            <form class="card stack narrow" method="post" action="/sign-in/code">
                <input type="hidden" name="back" value=self.back />
                {code.view()}
                <button class="button">{text!(language, staff.sign_in)}</button>
            </form>
            <p class="quiet">{text!(language, account.code_lost)}</p>
        }
        .into_any()
    }
}

impl SignInFailure {
    pub(crate) fn words(self, language: Language, wrong: &'static str) -> String {
        match self {
            Self::Wrong => wrong.to_owned(),
            Self::Locked { minutes } => text!(language, account.locked, minutes = minutes),
        }
    }
}
