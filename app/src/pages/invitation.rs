use super::account::{NameMistake, PasswordField, PasswordMistakes};
use super::provider::{ProviderButton, ProviderNotice, notice};
use super::staff_role::RoleAt;
use crate::{
    Language,
    language::text,
    parts::{
        field::{Field, alert, facts, way_back},
        qr::qr,
    },
    shell::{Audience, Page, Shell},
};
use leptos::prelude::*;
use std::fmt;

/// For whom an invitation is.
#[derive(Debug, Clone)]
pub struct Invited {
    pub person: String,
    pub role: RoleAt,
    /// As shown.
    pub until: String,
}

/// The sheet that the inviter prints and hands over, shown once.
#[derive(Clone)]
pub struct InvitationSheet {
    pub invited: Invited,
    pub address: String,
}

/// What the link leads to. `POST /invitation/{token}` with `name`, `new`, `repeat`, or
/// `POST /invitation/{token}/add` for who is signed in; who comes from the provider sends `provider`
/// instead of a password.
#[derive(Clone)]
pub struct InvitationPage {
    pub token: String,
    pub invited: Invited,
    /// The name typed before.
    pub name: String,
    pub name_mistake: Option<NameMistake>,
    pub mistakes: PasswordMistakes,
    /// Where one may sign in instead of choosing a password.
    pub provider: Option<ProviderButton>,
    /// Whoever opened the link has just come back from there.
    pub from_provider: bool,
    pub notice: Option<ProviderNotice>,
}

/// The link leads nowhere any more.
#[derive(Debug, Clone, Copy)]
pub struct InvitationGonePage {}

impl fmt::Debug for InvitationSheet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InvitationSheet")
    }
}

impl fmt::Debug for InvitationPage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InvitationPage")
    }
}

impl Invited {
    fn view(&self, language: Language) -> impl IntoView + use<> {
        facts(vec![
            (text!(language, people.for_whom), self.person.clone()),
            (text!(language, account.invited_as), self.role.role.words(language).to_owned()),
            (text!(language, account.invited_where), self.role.place(language)),
            (text!(language, account.invited_until), self.until.clone()),
        ])
    }
}

impl Page for InvitationSheet {
    const AUDIENCE: Audience = Audience::Staff;

    fn title(&self, language: Language) -> String {
        text!(language, people.made_title).to_owned()
    }

    fn view(self, shell: &Shell) -> AnyView {
        let language = shell.language;
        view! {
            {way_back("/people", text!(language, people.back))}
            <p class="notice screen-only">{text!(language, people.made_once)}</p>
            <div class="sheet">
                <h1>{text!(language, people.made_title)}</h1>
                <p>{text!(language, staff.what)}</p>
                {self.invited.view(language)}
                <p>{text!(language, people.made_how)}</p>
                <div class="qr" inner_html=qr(text!(language, people.qr), &self.address)></div>
                <p>{text!(language, people.address)}</p>
                <p class="link-code">{self.address}</p>
                <p>{text!(language, people.made_secret)}</p>
            </div>
        }
        .into_any()
    }
}

impl Page for InvitationPage {
    const AUDIENCE: Audience = Audience::Everybody;

    fn title(&self, language: Language) -> String {
        text!(language, account.invited_title).to_owned()
    }

    fn view(self, shell: &Shell) -> AnyView {
        let language = shell.language;
        let way_in = match (&shell.staff, &self.provider) {
            (Some(name), _) => self.add(language, name).into_any(),
            (None, Some(provider)) if self.from_provider => {
                self.without_password(language, &provider.name).into_any()
            }
            (None, _) => self.new_account(language).into_any(),
        };
        view! {
            <h1>{text!(language, account.invited_title)}</h1>
            <p>{text!(language, staff.what)}</p>
            {self.invited.view(language)}
            {notice(language, self.provider.as_ref(), self.notice)}
            {way_in}
        }
        .into_any()
    }
}

impl InvitationPage {
    fn add(&self, language: Language, name: &str) -> impl IntoView + use<> {
        view! {
            <form
                class="card stack narrow"
                method="post"
                action=format!("/invitation/{}/add", self.token)
            >
                <p>{text!(language, account.add_what, name = name)}</p>
                <button class="button">{text!(language, account.add)}</button>
            </form>
            <p class="quiet">{text!(language, account.add_other)}</p>
        }
    }

    fn name(&self, language: Language) -> impl IntoView + use<> {
        let wrong = self.name_mistake.map(|mistake| mistake.words(language).to_owned());
        let name = Field::text("name", text!(language, account.name), self.name.clone())
            .hint(text!(language, account.name_hint))
            .wrong(wrong);
        Field { autocomplete: "username", ..name }.view()
    }

    fn without_password(&self, language: Language, provider: &str) -> impl IntoView + use<> {
        let failed = self.name_mistake.is_some();
        view! {
            {failed.then(|| alert(text!(language, provider.name_not_saved)))}
            <form
                class="card stack narrow"
                method="post"
                action=format!("/invitation/{}", self.token)
            >
                <input type="hidden" name="provider" value="yes" />
                <p>{text!(language, provider.choose_name, name = provider)}</p>
                {self.name(language)}
                <button class="button">{text!(language, account.begin)}</button>
            </form>
        }
    }

    fn new_account(&self, language: Language) -> impl IntoView + use<> {
        let failed = self.name_mistake.is_some() || !self.mistakes.is_empty();
        let provider = self.provider.as_ref().map(|provider| {
            let words = text!(language, provider.begin, name = provider.name.as_str());
            let or =
                provider.reachable.then(|| view! { <p>{text!(language, provider.or_without)}</p> });
            view! { {or} {provider.view(language, words)} }
        });
        let back = format!("/sign-in?back=/invitation/{}", self.token);
        view! {
            {failed.then(|| alert(text!(language, account.not_saved)))}
            <form
                class="card stack narrow"
                method="post"
                action=format!("/invitation/{}", self.token)
            >
                <p>{text!(language, account.choose)}</p>
                {self.name(language)}
                {self.mistakes.field(language, PasswordField::New).view()}
                {self.mistakes.field(language, PasswordField::Repeat).view()}
                <button class="button">{text!(language, account.begin)}</button>
            </form>
            {provider}
            <p>
                <a class="row-link" href=back>
                    {text!(language, account.have_account)}
                </a>
            </p>
        }
    }
}

impl Page for InvitationGonePage {
    const AUDIENCE: Audience = Audience::Everybody;

    fn title(&self, language: Language) -> String {
        text!(language, account.gone_title).to_owned()
    }

    fn view(self, shell: &Shell) -> AnyView {
        let language = shell.language;
        view! {
            <h1>{text!(language, account.gone_title)}</h1>
            <p class="lead">{text!(language, account.gone)}</p>
            <p>
                <a class="button second" href="/sign-in">
                    {text!(language, staff.sign_in)}
                </a>
            </p>
        }
        .into_any()
    }
}
