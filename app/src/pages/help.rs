use crate::{
    Help, Language,
    language::text,
    parts::help_cards::{ReadOn, help_cards},
    shell::{Audience, Page, Shell},
};
use leptos::prelude::*;

/// Where to find help, without answering anything.
#[derive(Debug, Clone)]
pub struct HelpPage {
    pub help: Help,
}

/// The same on one sheet, to print and hang up.
#[derive(Debug, Clone)]
pub struct HelpPrintPage {
    pub school: String,
    pub help: Help,
}

impl Page for HelpPage {
    const AUDIENCE: Audience = Audience::Everybody;

    fn title(&self, language: Language) -> String {
        text!(language, help.title).to_owned()
    }

    fn view(self, shell: &Shell) -> AnyView {
        let language = shell.language;
        view! {
            <h1>{text!(language, help.title)}</h1>
            {help_cards(language, &self.help, ReadOn::OwnDevice)}
        }
        .into_any()
    }
}

impl Page for HelpPrintPage {
    const AUDIENCE: Audience = Audience::Everybody;

    fn title(&self, language: Language) -> String {
        text!(language, help.title).to_owned()
    }

    fn view(self, shell: &Shell) -> AnyView {
        let language = shell.language;
        view! {
            <p class="notice screen-only">{text!(language, help.print_hint)}</p>
            <div class="poster">
                <h1>{text!(language, help.title)}</h1>
                <p class="quiet">{self.school}</p>
                {help_cards(language, &self.help, ReadOn::Paper)}
            </div>
        }
        .into_any()
    }
}
