use super::qr::qr;
use crate::{Help, HelpContact, HelpWay, Language, SchoolHelp, language::text};
use leptos::prelude::*;

/// What a help page is read on. Only one's own device gets links: on a shared tablet a call or a
/// visit would stay in its history for the next pupil.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ReadOn {
    OwnDevice,
    SharedTablet,
    Paper,
}

/// Where to find help: the same for every pupil, whatever was answered.
pub(crate) fn help_cards(
    language: Language,
    help: &Help,
    read_on: ReadOn,
) -> impl IntoView + use<> {
    let cards = |emergency: bool| {
        let wanted = help
            .contacts
            .iter()
            .filter(|contact| matches!(contact.way, HelpWay::Emergency { .. }) == emergency);
        wanted.map(|contact| contact_card(language, contact, read_on)).collect_view()
    };
    let same_for_all = (read_on != ReadOn::Paper)
        .then(|| view! { <p class="quiet">{text!(language, help.same_for_all)}</p> });
    view! {
        <p>{text!(language, help.intro)}</p>
        <ul class="cards">
            {cards(false)} {psychologist_card(language, &help.school)}
            <li class="card">
                <h2>{text!(language, help.adult)}</h2>
                <p>{text!(language, help.adult_text)}</p>
            </li> {cards(true)}
        </ul>
        {same_for_all}
    }
}

fn contact_card(
    language: Language,
    contact: &HelpContact,
    read_on: ReadOn,
) -> impl IntoView + use<> {
    let class = if contact.number().is_some() { "card warm" } else { "card" };
    view! {
        <li class=class id=format!("help-{}", contact.id)>
            <h2>{contact.name(language)}</h2>
            <p>{contact.text(language)}</p>
            {way(language, contact, read_on)}
        </li>
    }
}

fn way(language: Language, contact: &HelpContact, read_on: ReadOn) -> AnyView {
    match &contact.way {
        HelpWay::Phone { number } => {
            let address = telephone(number);
            let name = text!(language, help.qr_call, number = number.as_str());
            view! {
                {call(language, number, read_on)}
                <div class="qr" inner_html=qr(&name, &address)></div>
            }
            .into_any()
        }
        HelpWay::Emergency { number } => call(language, number, read_on).into_any(),
        HelpWay::Web { url: Some(url) } => {
            let name = text!(language, help.qr_web, name = contact.name(language));
            let words = text!(language, help.open_site);
            view! {
                <p class="link-code">{url.clone()}</p>
                {link(url.clone(), words.to_owned(), read_on)}
                <div class="qr" inner_html=qr(&name, url)></div>
            }
            .into_any()
        }
        HelpWay::Web { url: None } => ().into_any(),
    }
}

fn call(language: Language, number: &str, read_on: ReadOn) -> impl IntoView + use<> {
    let words = text!(language, help.call, number = number);
    view! {
        <p class="help-number">{number.to_owned()}</p>
        {link(telephone(number), words, read_on)}
    }
}

fn link(address: String, words: String, read_on: ReadOn) -> Option<impl IntoView + use<>> {
    (read_on == ReadOn::OwnDevice).then(|| {
        view! {
            <p>
                <a class="button" href=address>
                    {words}
                </a>
            </p>
        }
    })
}

/// RFC 3966: digits and a leading plus; what parts them for the eye is left out.
fn telephone(number: &str) -> String {
    let digits = number.chars().filter(|c| c.is_ascii_digit() || *c == '+');
    std::iter::once("tel:".to_owned()).chain(digits.map(String::from)).collect()
}

fn psychologist_card(language: Language, school: &SchoolHelp) -> impl IntoView + use<> {
    let SchoolHelp { psychologist, room, times } = school;
    let own = [
        psychologist.clone(),
        said(room, || text!(language, help.room, room = room.as_str())),
        said(times, || text!(language, help.times, times = times.as_str())),
    ];
    let own = own.into_iter().filter(|line| !line.is_empty());
    view! {
        <li class="card">
            <h2>{text!(language, help.psychologist)}</h2>
            {own.map(|line| view! { <p class="link-code">{line}</p> }).collect_view()}
            <p>{text!(language, help.psychologist_text)}</p>
        </li>
    }
}

/// The line, or nothing where the school says nothing.
fn said(text: &str, line: impl FnOnce() -> String) -> String {
    if text.is_empty() { String::new() } else { line() }
}
