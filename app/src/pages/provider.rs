use crate::{
    Language,
    language::text,
    parts::field::{Field, alert, way_back},
    shell::{Audience, Page, Shell},
};
use leptos::prelude::*;

/// A provider at which staff may sign in beside here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderButton {
    /// What the reader calls it.
    pub name: String,
    /// It answered when it was asked last.
    pub reachable: bool,
    /// The way there.
    pub address: String,
}

/// What the account has to do with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderLink {
    pub button: ProviderButton,
    pub linked: bool,
}

/// What came of a way to the provider, as a page says it after a redirect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProviderNotice {
    Unreachable,
    /// By whoever was there.
    Cancelled,
    /// What came back was not what it should be.
    Failed,
    /// Too late, or used before.
    Expired,
    /// No account here is linked with whoever came back.
    NotLinked,
    /// Another account is.
    Taken,
    Linked,
    Unlinked,
}

/// Asks who came back from the provider to confirm the link: `POST /account/provider` with
/// `password`.
#[derive(Debug, Clone)]
pub struct ProviderLinkPage {
    pub provider: String,
    /// The user name here.
    pub account: String,
    pub has_password: bool,
    /// The password was wrong.
    pub wrong: bool,
}

impl ProviderNotice {
    const ALL: [Self; 8] = [
        Self::Unreachable,
        Self::Cancelled,
        Self::Failed,
        Self::Expired,
        Self::NotLinked,
        Self::Taken,
        Self::Linked,
        Self::Unlinked,
    ];

    /// As it stands in an address.
    pub fn code(self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable",
            Self::Cancelled => "cancelled",
            Self::Failed => "failed",
            Self::Expired => "expired",
            Self::NotLinked => "not-linked",
            Self::Taken => "taken",
            Self::Linked => "linked",
            Self::Unlinked => "unlinked",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|notice| notice.code() == code)
    }

    fn words(self, language: Language, name: &str) -> String {
        match self {
            Self::Unreachable => text!(language, provider.away, name = name),
            Self::Cancelled => text!(language, provider.cancelled, name = name),
            Self::Failed => text!(language, provider.failed, name = name),
            Self::Expired => text!(language, provider.expired).to_owned(),
            Self::NotLinked => text!(language, provider.not_linked, name = name),
            Self::Taken => text!(language, provider.taken, name = name),
            Self::Linked => text!(language, provider.linked, name = name),
            Self::Unlinked => text!(language, provider.unlinked, name = name),
        }
    }

    fn is_done(self) -> bool {
        matches!(self, Self::Linked | Self::Unlinked)
    }
}

/// Says what came of it; nothing where no provider is set.
pub(crate) fn notice(
    language: Language,
    provider: Option<&ProviderButton>,
    notice: Option<ProviderNotice>,
) -> impl IntoView + use<> {
    provider.zip(notice).map(|(provider, notice)| {
        let words = notice.words(language, &provider.name);
        match notice.is_done() {
            true => view! { <p class="notice" role="status">{words}</p> }.into_any(),
            false => view! { <p class="notice bad" role="alert">{words}</p> }.into_any(),
        }
    })
}

impl ProviderButton {
    /// A link that looks like a button, as a form may not lead to another site; or why there is
    /// none.
    pub(crate) fn view(&self, language: Language, words: String) -> impl IntoView + use<> {
        let address = self.address.clone();
        match self.reachable {
            true => view! {
                <p>
                    <a class="button second" href=address>
                        {words}
                    </a>
                </p>
            }
            .into_any(),
            false => {
                let words = text!(language, provider.away, name = self.name.as_str());
                view! { <p class="notice">{words}</p> }.into_any()
            }
        }
    }
}

impl ProviderLink {
    /// The part of the account's page.
    pub(crate) fn view(
        &self,
        language: Language,
        has_password: bool,
        wrong: bool,
    ) -> impl IntoView + use<> {
        let name = self.button.name.as_str();
        let content = match self.linked {
            false => {
                let words = text!(language, provider.link, name = name);
                view! {
                    <p>{text!(language, provider.link_what, name = name)}</p>
                    {self.button.view(language, words)}
                }
                .into_any()
            }
            true => view! {
                <p>{text!(language, provider.is_linked, name = name)}</p>
                {unlink(language, has_password, wrong)}
            }
            .into_any(),
        };
        view! {
            <section class="card stack">
                <h2>{text!(language, provider.sign_in, name = name)}</h2>
                {content}
            </section>
        }
    }
}

fn unlink(language: Language, has_password: bool, wrong: bool) -> impl IntoView + use<> {
    if !has_password {
        return view! { <p class="quiet">{text!(language, provider.only_way)}</p> }.into_any();
    }
    view! {
        <details open=wrong>
            <summary>{text!(language, provider.unlink)}</summary>
            <p>{text!(language, provider.unlink_what)}</p>
            <form class="stack narrow" method="post" action="/account/provider/off">
                {password(language, "unlink-password", wrong)}
                <button class="button danger">{text!(language, provider.unlink)}</button>
            </form>
        </details>
    }
    .into_any()
}

fn password(language: Language, id: &str, wrong: bool) -> impl IntoView + use<> {
    let wrong = wrong.then(|| text!(language, account.current_wrong).to_owned());
    let field = Field::password("password", text!(language, account.current), "current-password");
    field.called(id.to_owned()).wrong(wrong).view()
}

impl Page for ProviderLinkPage {
    const AUDIENCE: Audience = Audience::Staff;

    fn title(&self, language: Language) -> String {
        text!(language, provider.confirm_title, name = self.provider.as_str())
    }

    fn view(self, shell: &Shell) -> AnyView {
        let language = shell.language;
        let (provider, account) = (self.provider.as_str(), self.account.as_str());
        view! {
            {way_back("/account", text!(language, provider.back))}
            <h1>{text!(language, provider.confirm_title, name = provider)}</h1>
            {self.wrong.then(|| alert(text!(language, provider.nothing_yet)))}
            <p>{text!(language, provider.confirm_what, name = provider, account = account)}</p>
            <form class="card stack narrow" method="post" action="/account/provider">
                {self.has_password.then(|| password(language, "password", self.wrong))}
                <button class="button">{text!(language, provider.confirm)}</button>
            </form>
        }
        .into_any()
    }
}
