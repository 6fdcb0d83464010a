use crate::{
    Language,
    language::text,
    parts::help::help_places,
    shell::{Audience, Page, Shell},
};
use leptos::prelude::*;

/// Where to find help, without answering anything.
#[derive(Debug, Clone, Copy)]
pub struct HelpPage {}

impl Page for HelpPage {
    const AUDIENCE: Audience = Audience::Everybody;

    fn title(&self, language: Language) -> String {
        text!(language, help.title_only).to_owned()
    }

    fn view(self, shell: &Shell) -> AnyView {
        let language = shell.language;
        view! {
            <h1>{text!(language, help.title_only)}</h1>
            {help_places(language)}
        }
        .into_any()
    }
}
