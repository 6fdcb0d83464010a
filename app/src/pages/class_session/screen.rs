use crate::{
    Language,
    language::text,
    parts::qr::qr,
    shell::{Audience, Page, Shell},
};
use leptos::prelude::*;

/// The class link on the wall, for the tablets to scan: nothing else.
#[derive(Debug, Clone)]
pub struct SessionScreenPage {
    pub label: String,
    pub school: String,
    /// Without a fragment: what is typed.
    pub class_link: String,
    /// What its tablets compare.
    pub link_fragment: String,
    pub fingerprint: String,
}

impl Page for SessionScreenPage {
    const AUDIENCE: Audience = Audience::Classroom;

    fn title(&self, language: Language) -> String {
        format!("{} · {}", text!(language, staff.class_link), self.label)
    }

    fn view(self, shell: &Shell) -> AnyView {
        let language = shell.language;
        let scanned = format!("{}#{}", self.class_link, self.link_fragment);
        let (host, part) = in_groups(&self.class_link);
        let picture = qr(text!(language, class_session.qr), &scanned);
        view! {
            <div class="wall">
                <h1>{format!("{} · {}", self.label, self.school)}</h1>
                <div class="qr" inner_html=picture></div>
                <p class="wall-link">
                    <span>{host}</span>
                    <wbr />
                    <strong>{part}</strong>
                </p>
                <p>
                    {text!(language, pupil.fingerprint)} ": "
                    <span class="fingerprint">{self.fingerprint}</span>
                </p>
            </div>
        }
        .into_any()
    }
}

/// Where it leads, without the scheme that nobody needs to type, and the class part at its end.
fn in_groups(link: &str) -> (String, String) {
    let link = link.trim_start_matches("https://").trim_start_matches("http://");
    match link.rsplit_once('/') {
        Some((place, part)) => (format!("{place}/"), part.to_owned()),
        None => (String::new(), link.to_owned()),
    }
}
