use crate::{
    Language,
    language::{own_name, text},
    printed::{Letter, Letters},
    shell::{Audience, Page, Shell},
};
use leptos::prelude::*;

/// Room to write.
const LINE: &str = "______________________________";

/// What a school hands out before a wave, to read, print or download. It is in the letters' own
/// language, whatever the reader's is.
#[derive(Debug, Clone)]
pub struct LettersPage {
    /// Where it is in a language, without its code: `/waves/ID/letters`.
    pub address: String,
    pub language: Language,
    pub letters: Letters,
}

impl Page for LettersPage {
    const AUDIENCE: Audience = Audience::Staff;

    fn title(&self, language: Language) -> String {
        text!(language, letters.link).to_owned()
    }

    fn view(self, shell: &Shell) -> AnyView {
        let language = shell.language;
        let pdf = format!("{}/{}/file", self.address, self.language.code());
        let others = Language::ALL.into_iter().filter(|other| *other != self.language);
        let others = others.map(|other| {
            let address = format!("{}/{}", self.address, other.code());
            view! {
                <a class="row-link" href=address lang=other.code()>
                    {own_name(other)}
                </a>
            }
        });
        let letters = self.letters.all().iter().map(|letter| self.letter(letter)).collect_view();
        view! {
            <div class="screen-only">
                <h1>{text!(language, letters.link)}</h1>
                <p>{text!(language, letters.what)}</p>
                <p class="row">
                    <a class="button" href=pdf>
                        {text!(language, letters.download)}
                    </a>
                    <span>{text!(language, letters.other)} ": "</span>
                    {others.collect_view()}
                </p>
            </div>
            {letters}
        }
        .into_any()
    }
}

impl LettersPage {
    fn letter(&self, letter: &Letter) -> impl IntoView + use<> {
        let parts = letter.parts.iter().map(|part| {
            view! {
                <h3>{part.heading}</h3>
                <p>{part.text.clone()}</p>
            }
        });
        let blanks = letter.blanks.iter().map(|blank| {
            let line = if blank.value.is_empty() { LINE } else { &blank.value };
            view! { <p>{format!("{}: {line}", blank.label)}</p> }
        });
        let thanks = (!letter.thanks.is_empty()).then(|| view! { <p>{letter.thanks}</p> });
        view! {
            <section class="card letter" lang=self.language.code()>
                <h2>{letter.heading}</h2>
                <p class="lead">{letter.greeting}</p>
                {parts.collect_view()}
                {blanks.collect_view()}
                {thanks}
            </section>
        }
    }
}
