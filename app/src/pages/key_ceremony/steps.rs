use super::blank;
use crate::{Language, language::text};
use leptos::prelude::*;

/// What is typed, the same in every language.
pub mod commands {
    pub const PROGRAM: &str = "sha256sum senim";
    pub const NEW: &str = "senim keys new --out release-key";
    pub const SHOW: &str = "senim keys show release-key";
    pub const SPLIT: &str = "senim keys split release-key --shares 5 --needed 3 --out shares";
    pub const CHECK: &str = "senim keys check shares/share-1-of-5 shares/share-3-of-5 \
                             shares/share-5-of-5 --public PRINTED";
    pub const DESTROY: &str = "shred --remove release-key shares/share-*";
    pub const ENVELOPES: &str = "senim envelopes --wave ID --out wave.envelopes";
    /// A shell reads the two lines as one.
    pub const RELEASE: &str = "senim release --envelopes wave.envelopes --out wave.release \\\n\
                               --release-key share-1-of-5 --release-key share-3-of-5 \
                               --release-key share-5-of-5";
    pub const PUBLISH: &str = "senim publish wave.release --wave ID";
    pub const FORGET: &str = "senim forget --wave ID";

    /// Those of Senim, for the test that the program takes them.
    pub const OF_SENIM: [&str; 8] = [NEW, SHOW, SPLIT, CHECK, ENVELOPES, RELEASE, PUBLISH, FORGET];
}

/// One thing to do, what is typed for it and what is written down.
struct Step {
    words: &'static str,
    command: Option<&'static str>,
    blank: Option<&'static str>,
}

impl Step {
    fn new(words: &'static str, command: Option<&'static str>) -> Self {
        Self { words, command, blank: None }
    }

    fn typed(words: &'static str, command: &'static str) -> Self {
        Self::new(words, Some(command))
    }

    fn writing(self, blank: &'static str) -> Self {
        Self { blank: Some(blank), ..self }
    }

    fn view(self) -> impl IntoView {
        view! {
            <li>
                <p>{self.words}</p>
                {self.command.map(typed)}
                {self.blank.map(blank)}
            </li>
        }
    }
}

/// Each word in one piece: a browser would part `--out` behind its first hyphen.
fn typed(command: &'static str) -> impl IntoView {
    let words = command.split(' ').enumerate().map(|(at, word)| {
        view! {
            {(at > 0).then_some(" ")}
            <span>{word}</span>
        }
    });
    view! { <pre>{words.collect_view()}</pre> }
}

/// From the program to a wave that is sealed to the key.
pub(super) fn before(language: Language) -> impl IntoView {
    let steps = [
        Step::typed(text!(language, key_ceremony.step_program), commands::PROGRAM)
            .writing(text!(language, key_ceremony.sum)),
        Step::typed(text!(language, key_ceremony.step_new), commands::NEW),
        Step::typed(text!(language, key_ceremony.step_show), commands::SHOW)
            .writing(text!(language, key_ceremony.public_key)),
        Step::typed(text!(language, key_ceremony.step_split), commands::SPLIT),
        Step::typed(text!(language, key_ceremony.step_check), commands::CHECK),
        Step::typed(text!(language, key_ceremony.step_share), commands::DESTROY),
        Step::new(text!(language, key_ceremony.step_wave), None)
            .writing(text!(language, key_ceremony.fingerprint)),
    ];
    view! { <ol class="steps">{steps.map(Step::view).collect_view()}</ol> }
}

/// From the closed wave to its release and the end of the key. Numbered on.
pub(super) fn after(language: Language) -> impl IntoView {
    let steps = [
        Step::typed(text!(language, key_ceremony.step_envelopes), commands::ENVELOPES),
        Step::typed(text!(language, key_ceremony.step_release), commands::RELEASE),
        Step::typed(text!(language, key_ceremony.step_publish), commands::PUBLISH),
        Step::typed(text!(language, key_ceremony.step_forget), commands::FORGET),
    ];
    view! {
        <ol class="steps" start="8">
            {steps.map(Step::view).collect_view()}
        </ol>
    }
}
