mod steps;

use crate::{
    Language,
    language::text,
    shell::{Audience, Page, Shell},
};
use leptos::prelude::*;
pub use steps::commands as key_ceremony_commands;

/// How many people hold a share of the release key.
const HOLDERS: usize = 5;

/// The record of how a ministry makes a release key and uses it, on one sheet to print and fill
/// in. It holds nothing secret.
#[derive(Debug, Clone, Copy)]
pub struct KeyCeremonyPage {}

impl Page for KeyCeremonyPage {
    const AUDIENCE: Audience = Audience::Everybody;

    fn title(&self, language: Language) -> String {
        text!(language, key_ceremony.title).to_owned()
    }

    fn view(self, shell: &Shell) -> AnyView {
        let language = shell.language;
        view! {
            <p class="notice screen-only">{text!(language, key_ceremony.print_hint)}</p>
            <div class="sheet">
                <h1>{text!(language, key_ceremony.title)}</h1>
                <p>{text!(language, key_ceremony.what)}</p>
                {occasion(language)}
                <h2>{text!(language, key_ceremony.people)}</h2>
                {people(language)}
                <h2>{text!(language, key_ceremony.needed)}</h2>
                <p>{text!(language, key_ceremony.needed_text)}</p>
                <p>{text!(language, key_ceremony.placeholders)}</p>
                <h2>{text!(language, key_ceremony.before)}</h2>
                {steps::before(language)}
                <h2>{text!(language, key_ceremony.after)}</h2>
                {steps::after(language)}
            </div>
        }
        .into_any()
    }
}

/// Which wave, where and when.
fn occasion(language: Language) -> impl IntoView {
    let labels = [
        text!(language, key_ceremony.wave),
        text!(language, key_ceremony.wave_id),
        text!(language, key_ceremony.begun),
        text!(language, key_ceremony.ended),
        text!(language, key_ceremony.place),
    ];
    view! { <div class="blanks">{labels.map(blank).collect_view()}</div> }
}

/// A label and a line to write on.
fn blank(label: &'static str) -> impl IntoView {
    view! {
        <p class="blank">
            <span>{label} ":"</span>
            <span class="line"></span>
        </p>
    }
}

fn people(language: Language) -> impl IntoView {
    let leaders = [text!(language, key_ceremony.leader), text!(language, key_ceremony.witness)];
    let leaders = leaders.map(str::to_owned).into_iter();
    let holder = |number| text!(language, key_ceremony.holder, number = number);
    let rows = leaders.chain((1..=HOLDERS).map(holder)).map(|role| {
        view! {
            <tr>
                <th scope="row">{role}</th>
                <td></td>
                <td></td>
                <td></td>
            </tr>
        }
    });
    view! {
        <div
            class="scroll"
            role="region"
            aria-label=text!(language, key_ceremony.people)
            tabindex="0"
        >
            <table>
                <thead>
                    <tr>
                        <th scope="col">{text!(language, key_ceremony.role)}</th>
                        <th scope="col">{text!(language, key_ceremony.name)}</th>
                        <th scope="col">{text!(language, key_ceremony.signature_begun)}</th>
                        <th scope="col">{text!(language, key_ceremony.signature_ended)}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
}
