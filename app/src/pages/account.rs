mod mistakes;

use super::provider::{ProviderLink, ProviderNotice, notice};
use super::sign_in::SignInFailure;
use super::staff_role::RoleAt;
use crate::{
    Language,
    language::text,
    parts::field::{Field, alert, facts},
    shell::{Audience, Page, Shell},
};
use leptos::prelude::*;
pub use mistakes::{NameMistake, PasswordField, PasswordMistake, PasswordMistakes};

/// The account of who is signed in. `POST /account/password` with `current`, `new`, `repeat`;
/// `POST /account/sign-out`; `POST /account/second-factor/off` with `password`;
/// `POST /account/second-factor/recovery` with `password`, `code`.
#[derive(Debug, Clone)]
pub struct AccountPage {
    pub name: String,
    pub person: String,
    pub roles: Vec<RoleAt>,
    /// Recovery codes that are left; `None` without one-time codes.
    pub second_factor: Option<u32>,
    /// Signs in here with a password, and not elsewhere.
    pub has_password: bool,
    pub mistakes: PasswordMistakes,
    /// The password was just changed.
    pub changed: bool,
    /// The password with which one-time codes were to be turned off was wrong.
    pub not_off: bool,
    /// Why there are no other recovery codes.
    pub not_renewed: Option<SignInFailure>,
    /// `POST /account/provider/off` with `password`; `None` where no provider is set.
    pub provider: Option<ProviderLink>,
    pub notice: Option<ProviderNotice>,
    /// The password with which the link was to be ended was wrong.
    pub not_unlinked: bool,
}

impl Page for AccountPage {
    const AUDIENCE: Audience = Audience::Staff;

    fn title(&self, language: Language) -> String {
        text!(language, account.title).to_owned()
    }

    fn view(self, shell: &Shell) -> AnyView {
        let language = shell.language;
        let mut lines = vec![(text!(language, account.name), self.name.clone())];
        if !self.person.is_empty() {
            lines.insert(0, (text!(language, account.person), self.person.clone()));
        }
        let changed = self.changed.then(|| {
            let words = text!(language, account.password_changed);
            view! { <p class="notice" role="status">{words}</p> }
        });
        let provider = self.provider.as_ref();
        let provider = provider.map(|of| of.view(language, self.has_password, self.not_unlinked));
        view! {
            <h1>{text!(language, account.title)}</h1>
            {changed}
            {notice(language, self.provider.as_ref().map(|of| &of.button), self.notice)}
            {facts(lines)}
            {self.roles(language)}
            {self.second_factor(language)}
            {provider}
            {self.has_password.then(|| self.password(language))}
            <section class="card stack">
                <h2>{text!(language, account.everywhere_title)}</h2>
                <p>{text!(language, account.everywhere_what)}</p>
                <form method="post" action="/account/sign-out">
                    <button class="button second">
                        {text!(language, account.everywhere_title)}
                    </button>
                </form>
            </section>
        }
        .into_any()
    }
}

impl AccountPage {
    fn roles(&self, language: Language) -> impl IntoView + use<> {
        let lines = self.roles.iter().map(|role| {
            let words = format!("{}: {}", role.role.words(language), role.place(language));
            view! { <li>{words}</li> }
        });
        let none = self
            .roles
            .is_empty()
            .then(|| view! { <p class="notice">{text!(language, account.no_roles)}</p> });
        view! {
            <h2>{text!(language, account.roles)}</h2>
            <ul>{lines.collect_view()}</ul>
            {none}
        }
    }

    fn second_factor(&self, language: Language) -> impl IntoView + use<> {
        let content = match self.second_factor {
            None => view! {
                <p>{text!(language, account.factor_off)}</p>
                <p>
                    <a class="button second" href="/account/second-factor">
                        {text!(language, account.factor_set_up)}
                    </a>
                </p>
            }
            .into_any(),
            Some(left) => view! {
                <p>{text!(language, account.factor_on, left = left)}</p>
                {self.renew(language)}
                {self.turn_off(language)}
            }
            .into_any(),
        };
        view! {
            <section class="card stack">
                <h2>{text!(language, account.factor_title)}</h2>
                {content}
            </section>
        }
    }

    fn renew(&self, language: Language) -> impl IntoView + use<> {
        let failed = self.not_renewed.map(|failure| {
            let words = failure.words(language, text!(language, account.recovery_wrong));
            view! { <p class="notice bad" role="alert">{words}</p> }
        });
        let label = text!(language, account.current);
        let password = Field::password("password", label, "current-password");
        let password = password.called("renew-password".to_owned());
        let code = Field::text("code", text!(language, account.code), String::new());
        let code = Field { autocomplete: "one-time-code", ..code };
        view! {
            <details open=self.not_renewed.is_some()>
                <summary>{text!(language, account.recovery_renew)}</summary>
                <p>{text!(language, account.recovery_renew_what)}</p>
                {failed}
                <form class="stack narrow" method="post" action="/account/second-factor/recovery">
                    {self.has_password.then(|| password.view())}
                    {code.view()}
                    <button class="button second">
                        {text!(language, account.recovery_renew_do)}
                    </button>
                </form>
            </details>
        }
    }

    fn turn_off(&self, language: Language) -> impl IntoView + use<> {
        let wrong = self.not_off.then(|| text!(language, account.current_wrong).to_owned());
        let label = text!(language, account.current);
        let field = Field::password("password", label, "current-password").wrong(wrong);
        view! {
            <details open=self.not_off>
                <summary>{text!(language, account.factor_again)}</summary>
                <p>{text!(language, account.factor_again_what)}</p>
                <form class="stack narrow" method="post" action="/account/second-factor/off">
                    {self.has_password.then(|| field.view())}
                    <button class="button danger">
                        {text!(language, account.factor_remove)}
                    </button>
                </form>
            </details>
        }
    }

    fn password(&self, language: Language) -> impl IntoView + use<> {
        let field = |field: PasswordField| self.mistakes.field(language, field).view();
        let failed = !self.mistakes.is_empty();
        view! {
            <section class="card stack">
                <h2>{text!(language, account.password_title)}</h2>
                <p>{text!(language, account.password_what)}</p>
                {failed.then(|| alert(text!(language, account.not_saved)))}
                <form class="stack narrow" method="post" action="/account/password">
                    {field(PasswordField::Current)} {field(PasswordField::New)}
                    {field(PasswordField::Repeat)}
                    <button class="button">{text!(language, account.change)}</button>
                </form>
            </section>
        }
    }
}
