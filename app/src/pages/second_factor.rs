use crate::{
    Language,
    language::text,
    parts::{field::Field, qr::qr},
    shell::{Audience, Page, Shell},
};
use leptos::prelude::*;
use std::fmt;

/// Sets one-time codes up. `POST /account/second-factor` with `sealed`, `code`.
#[derive(Clone)]
pub struct SecondFactorPage {
    /// The key in groups, to be typed.
    pub key: String,
    /// What the QR code says.
    pub address: String,
    /// The key as only the server can read it.
    pub sealed: String,
    /// The code before did not fit.
    pub wrong: bool,
    /// A role asks for it: nothing else is to be reached before.
    pub must: bool,
}

/// One-time codes are on; the codes for when the phone is gone, shown this once.
#[derive(Clone)]
pub struct RecoveryCodesPage {
    pub codes: Vec<String>,
    /// There were others before.
    pub renewed: bool,
    pub go_on: &'static str,
}

impl fmt::Debug for SecondFactorPage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecondFactorPage")
    }
}

impl fmt::Debug for RecoveryCodesPage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryCodesPage")
    }
}

impl Page for SecondFactorPage {
    const AUDIENCE: Audience = Audience::Staff;

    fn title(&self, language: Language) -> String {
        text!(language, account.factor_set_up).to_owned()
    }

    fn view(self, shell: &Shell) -> AnyView {
        let language = shell.language;
        let why = match self.must {
            true => text!(language, account.factor_must),
            false => text!(language, account.factor_off),
        };
        let wrong = self.wrong.then(|| text!(language, account.factor_wrong).to_owned());
        let field = Field::text("code", text!(language, account.code), String::new());
        let field = Field { autocomplete: "one-time-code", ..field }.wrong(wrong);
        let qr = qr(text!(language, account.factor_qr), &self.address);
        view! {
            <h1>{text!(language, account.factor_set_up)}</h1>
            <p class="lead">{why}</p>
            <ol class="steps">
                <li>
                    <p>{text!(language, account.factor_app)}</p>
                    <div class="qr" inner_html=qr></div>
                    <p>{text!(language, account.factor_text)}</p>
                    <p class="link-code">{self.key}</p>
                </li>
                <li>
                    <p>{text!(language, account.factor_confirm)}</p>
                    <form class="stack narrow" method="post" action="/account/second-factor">
                        <input type="hidden" name="sealed" value=self.sealed />
                        {field.view()}
                        <button class="button">{text!(language, account.confirm)}</button>
                    </form>
                </li>
            </ol>
        }
        .into_any()
    }
}

impl Page for RecoveryCodesPage {
    const AUDIENCE: Audience = Audience::Staff;

    fn title(&self, language: Language) -> String {
        text!(language, account.recovery_title).to_owned()
    }

    fn view(self, shell: &Shell) -> AnyView {
        let language = shell.language;
        let codes = self.codes.into_iter().map(|code| view! { <li class="link-code">{code}</li> });
        view! {
            <h1>{text!(language, account.recovery_title)}</h1>
            <p class="notice">
                {match self.renewed {
                    true => text!(language, account.recovery_renewed),
                    false => text!(language, account.recovery_what),
                }}
            </p>
            <ol>{codes.collect_view()}</ol>
            <p class="screen-only">
                <a class="button" href=self.go_on>
                    {text!(language, account.go_on)}
                </a>
            </p>
        }
        .into_any()
    }
}
