use crate::{
    Language,
    language::{own_name, text},
    shell::{Audience, Shell},
};
use leptos::prelude::*;

/// What stands above a page.
pub(crate) fn header(shell: &Shell, audience: Audience) -> impl IntoView + use<> {
    let pilot = (shell.pilot && audience == Audience::Staff)
        .then(|| view! { <p class="pilot" role="note">{text!(shell.language, common.pilot)}</p> });
    let brand = view! {
        {logo()}
        <span>{text!(shell.language, common.product)}</span>
    };
    let brand = if audience == Audience::Pupil {
        view! { <span class="brand">{brand}</span> }.into_any()
    } else {
        view! { <a class="brand" href="/">{brand}</a> }.into_any()
    };
    let links = (audience != Audience::Pupil).then(|| {
        view! {
            {staff_links(shell)}
            {language_links(shell)}
        }
    });
    view! {
        <header>
            {pilot} <div class="top">{brand} {links}</div>
        </header>
    }
}

fn staff_links(shell: &Shell) -> Option<impl IntoView + use<>> {
    let (language, ways) = (shell.language, shell.ways);
    let first = match ways.classes {
        true => text!(language, common.my_classes),
        false => text!(language, staff.start_title),
    };
    shell.staff.clone().map(|name| {
        view! {
            <nav class="staff">
                <a href="/classes">{first}</a>
                {ways.people.then(|| view! { <a href="/people">{text!(language, people.link)}</a> })}
                {ways.audit.then(|| view! { <a href="/audit">{text!(language, audit.link)}</a> })}
                <form method="post" action="/sign-out">
                    <a class="quiet" href="/account">
                        {name}
                    </a>
                    <button class="plain">{text!(language, common.sign_out)}</button>
                </form>
            </nav>
        }
    })
}

fn language_links(shell: &Shell) -> impl IntoView + use<> {
    let current = shell.language;
    let back = query_value(&shell.path);
    let links = Language::ALL.map(|language| {
        let address = format!("/language/{}?back={back}", language.code());
        let chosen = (language == current).then_some("true");
        view! {
            <a href=address lang=language.code() hreflang=language.code() aria-current=chosen>
                {own_name(language)}
            </a>
        }
    });
    view! {
        <nav class="languages" aria-label=text!(current, common.languages)>
            {links.collect_view()}
        </nav>
    }
}

/// Two hands that hold a leaf: trust.
fn logo() -> impl IntoView {
    view! {
        <svg class="logo" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true">
            <circle class="logo-ground" cx="16" cy="16" r="16" />
            <path class="logo-leaf" d="M16 17c-4-3-4-8 0-11 4 3 4 8 0 11z" />
            <path
                class="logo-hands"
                d="M7 15c1 6 4 9 9 11 5-2 8-5 9-11"
                fill="none"
                stroke-width="3"
                stroke-linecap="round"
            />
        </svg>
    }
}

/// Everything but letters, digits and `-._/` as %XX.
pub(crate) fn query_value(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
        out
    })
}
