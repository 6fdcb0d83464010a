//! The document around a page.

use crate::{
    Language,
    language::text,
    parts::{footer::footer, header::header},
};
use leptos::prelude::*;

/// What every document needs, whatever is on it.
#[derive(Debug, Clone)]
pub struct Shell {
    pub language: Language,
    /// The nonce of the Content-Security-Policy, for the inline scripts.
    pub nonce: String,
    pub assets: Assets,
    /// The display name of who is signed in.
    pub staff: Option<String>,
    pub ways: StaffWays,
    /// Release key and database are on one machine: every staff page says so.
    pub pilot: bool,
    /// Where the language switch comes back to.
    pub path: String,
}

/// Where the roles of who is signed in lead, beside the classes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct StaffWays {
    /// Classes of one's own or of one's school; else `/classes` is where work begins.
    pub classes: bool,
    pub people: bool,
    pub audit: bool,
}

/// URLs of the browser's files.
#[derive(Debug, Clone)]
pub struct Assets {
    pub style: String,
    pub pupil_style: String,
    pub script: String,
    pub wasm: String,
    /// Those of [`crate::TABLET_SCRIPTS`].
    pub tablet_scripts: Vec<String>,
}

/// Who a page is for; decides what stands around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// On a shared tablet: nothing leads away.
    Pupil,
    Everybody,
    Staff,
    /// On the wall of a classroom: nothing stands around it.
    Classroom,
}

/// A component over one plain struct.
pub trait Page: Sized {
    const AUDIENCE: Audience;
    /// Whether the page needs the wasm.
    const ISLANDS: bool = false;
    fn title(&self, language: Language) -> String;
    /// After how many seconds a browser asks for the page again: while something is going on.
    fn refresh_seconds(&self) -> Option<u32> {
        None
    }
    fn view(self, shell: &Shell) -> AnyView;
}

/// The whole document.
pub fn render<P: Page>(shell: &Shell, page: P) -> String {
    let owner = Owner::new_root(None);
    let html = owner.with(|| document(shell, page).to_html());
    drop(owner);
    format!("<!doctype html>\n{html}\n")
}

fn document<P: Page>(shell: &Shell, page: P) -> impl IntoView + use<P> {
    let language = shell.language;
    let title = format!("{} · {}", page.title(language), text!(language, common.product));
    let alone = P::AUDIENCE == Audience::Classroom;
    let header = (!alone).then(|| header(shell, P::AUDIENCE));
    let footer = (!alone && P::AUDIENCE != Audience::Pupil).then(|| footer(language));
    let scripts = P::ISLANDS.then(|| scripts(shell, P::AUDIENCE));
    let style = match P::AUDIENCE {
        Audience::Pupil => shell.assets.pupil_style.clone(),
        Audience::Everybody | Audience::Staff | Audience::Classroom => shell.assets.style.clone(),
    };
    let refresh = page.refresh_seconds().map(|seconds| {
        view! { <meta http-equiv="refresh" content=seconds.to_string() /> }
    });
    let content = page.view(shell);
    view! {
        <html lang=language.code()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <meta name="referrer" content="no-referrer" />
                {refresh}
                <title>{title}</title>
                <link rel="icon" href="data:," />
                <link rel="stylesheet" href=style />
                {scripts}
            </head>
            <body>
                <a class="skip" href="#content">{text!(language, common.skip_to_content)}</a>
                {header}
                {P::ISLANDS.then(|| warnings(language))}
                <main id="content" tabindex="-1">
                    {content}
                </main>
                {footer}
            </body>
        </html>
    }
}

fn scripts(shell: &Shell, audience: Audience) -> impl IntoView + use<> {
    let Assets { script, wasm, tablet_scripts, .. } = &shell.assets;
    let pupil = audience == Audience::Pupil;
    let addresses = format!(
        "const SCRIPT = {}, WASM = {}, TABLET = {};\n",
        script_value(script.as_str()),
        script_value(wasm.as_str()),
        script_value(if pupil { tablet_scripts.clone() } else { Vec::new() }),
    );
    let module = addresses + include_str!("../scripts/start_islands.js");
    let first = |script: &'static str| {
        view! { <script nonce=shell.nonce.clone() inner_html=script></script> }
    };
    view! {
        {pupil.then(|| first(include_str!("../scripts/past_deadline.js")))}
        {first(include_str!("../scripts/too_old.js"))}
        <script type="module" nonce=shell.nonce.clone() inner_html=module></script>
    }
}

fn warnings(language: Language) -> impl IntoView {
    view! {
        <noscript>
            <p class="notice bad">{text!(language, common.no_script)}</p>
        </noscript>
        <p id="too-old" class="notice bad" role="alert" hidden>
            {text!(language, common.old_browser)}
        </p>
    }
}

/// A JavaScript value that cannot end its script element.
fn script_value(value: impl Into<serde_json::Value>) -> String {
    value.into().to_string().replace('<', "\\u003c")
}
