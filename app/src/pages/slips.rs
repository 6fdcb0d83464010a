use crate::{
    Language,
    language::text,
    parts::qr::qr,
    shell::{Audience, Page, Shell},
};
use leptos::prelude::*;

/// A sheet of slips to print and cut, shown once.
#[derive(Debug, Clone)]
pub struct SlipsPage {
    pub class_id: String,
    pub school: String,
    pub class: String,
    pub wave: String,
    pub fingerprint: String,
    /// The class link without a code, for those who type.
    pub link: String,
    /// Already shuffled.
    pub slips: Vec<SlipCard>,
}

/// One slip. Debug hides it: whoever has it can answer.
#[derive(Clone)]
pub struct SlipCard {
    /// The pupil's own part: `ABC-DEF-GHJ`.
    pub code: String,
    /// The class link with the code and what tablets compare in its fragment.
    pub url: String,
}

impl std::fmt::Debug for SlipCard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SlipCard")
    }
}

impl Page for SlipsPage {
    const AUDIENCE: Audience = Audience::Staff;

    fn title(&self, language: Language) -> String {
        text!(language, slips.title, class = self.class.as_str())
    }

    fn view(self, shell: &Shell) -> AnyView {
        let language = shell.language;
        let back = format!("/classes/{}", self.class_id);
        let cards = self.slips.iter().map(|slip| self.card(language, slip)).collect_view();
        let note = if self.slips.is_empty() {
            text!(language, slips.none)
        } else {
            text!(language, slips.once)
        };
        view! {
            <div class="screen-only">
                <p>
                    <a href=back>{self.class.clone()}</a>
                </p>
                <h1>{text!(language, slips.title, class = self.class.as_str())}</h1>
                <p class="notice">{note}</p>
                <p>{text!(language, slips.how)}</p>
                <p class="quiet">{text!(language, slips.print_hint)}</p>
                <p>{text!(language, slips.count, count = self.slips.len())}</p>
            </div>
            <ul class="slips">{cards}</ul>
        }
        .into_any()
    }
}

impl SlipsPage {
    fn card(&self, language: Language, slip: &SlipCard) -> impl IntoView + use<> {
        view! {
            <li class="slip">
                <p class="slip-head">{format!("{} · {}", self.school, self.class)}</p>
                <div class="qr" inner_html=qr(text!(language, slips.qr), &slip.url)></div>
                <p>{text!(language, slips.instruction)}</p>
                <p class="slip-link">{short_link(&self.link)}</p>
                <p class="slip-code">{slip.code.clone()}</p>
                <p>{text!(language, slips.secret)}</p>
                <p class="slip-foot">
                    {format!("{}: {}", text!(language, slips.fingerprint), self.fingerprint)}
                </p>
            </li>
        }
    }
}

/// Without the scheme, which nobody needs to type.
fn short_link(link: &str) -> String {
    link.trim_start_matches("https://").trim_start_matches("http://").to_owned()
}
