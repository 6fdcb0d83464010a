use crate::camera::Camera;
use std::collections::HashSet;
use tests::{Browser, ClassPlan, Database, OpenWave, Settings, text_in, wait_until};

/// How a kind of screen is told; the first that is found counts.
const KINDS: [(&str, &str); 5] = [
    ("main article", "reading"),
    ("main .choice.number", "number"),
    ("main .choice [type=checkbox]", "many_of_them"),
    ("main .choice [type=radio]", "one_of_them"),
    ("main #screen-title", "last_step"),
];
const LAST: &str = "last_step";

/// The first option of every item on the screen.
const ANSWER: &str = "
    const first = new Map();
    for (const input of document.querySelectorAll('main .choice input')) {
        if (!first.has(input.name)) first.set(input.name, input);
    }
    for (const input of first.values()) if (!input.checked) input.click();";

/// Passes a screen.
const SKIP: &str = "
    document.querySelector('.button.skip-item')?.click() ??
        document.querySelector('button.next').click()";

/// One pupil a language, from the class link to the thanks; a picture of each kind of screen.
pub(crate) async fn walk(camera: &mut Camera, form: &str, languages: &[&str]) {
    let definition = format!("senim_pupil_{form}");
    let wave = OpenWave::start(Database::Sqlite, &definition, &[ClassPlan::of(12)]).await;
    let link = format!("{}/c/{}", wave.server.url(), wave.classes[0].part());
    for (number, language) in languages.iter().enumerate() {
        let code = wave.slip(0, number).own_part();
        let browser = Browser::open_as(Settings::TABLET).await;
        let mut walk = Walk { camera: &mut *camera, browser, form, language };
        walk.enter(&link, &code).await;
        walk.answer().await;
    }
}

pub(crate) struct Walk<'a> {
    pub(crate) camera: &'a mut Camera,
    pub(crate) browser: Browser,
    pub(crate) form: &'a str,
    pub(crate) language: &'a str,
}

impl Walk<'_> {
    pub(crate) async fn take(&mut self, kind: &str) {
        self.camera.take(&self.browser, kind, self.form, self.language).await;
    }

    async fn enter(&mut self, link: &str, code: &str) {
        self.open(link).await;
        self.take("start").await;
        // One character wrong, so that the last one, which checks the others, does not fit.
        let other = if code.starts_with('0') { "1" } else { "0" };
        self.begin(&code.replacen(|_| true, other, 1)).await;
        self.browser.wait_for("#code[aria-invalid=true]").await;
        self.take("wrong_code").await;
        self.begin(code).await;
    }

    /// The slip page in this walk's language.
    pub(crate) async fn open(&self, link: &str) {
        self.browser.go(link).await;
        self.browser.wait_for("#code").await;
        let language = format!(".language[lang={}]", self.language);
        self.browser.wait_for(&language).await.click().await.unwrap();
    }

    pub(crate) async fn begin(&self, code: &str) {
        self.browser.fill("#code", code).await;
        self.press("begin").await;
    }

    /// Presses the button with a pupil's text.
    pub(crate) async fn press(&self, key: &str) {
        self.browser.press(&text_in(self.language, "pupil", key)).await;
    }

    /// Waits until a pupil's text is shown.
    pub(crate) async fn wait_for(&self, key: &str) {
        self.browser.wait_for_text(&text_in(self.language, "pupil", key)).await;
    }

    async fn answer(&mut self) {
        let mut taken = HashSet::new();
        let mut before = String::new();
        loop {
            before = self.next_screen(&before).await;
            let kind = self.kind().await;
            if taken.insert(kind) {
                self.take(kind).await;
            }
            if kind == LAST {
                break;
            }
            self.browser.run(ANSWER, Vec::new()).await;
            self.browser.wait_for("button.next").await.click().await.unwrap();
        }
        self.press("send").await;
        self.browser.wait_for_text("111").await;
        self.take("thanks").await;
    }

    /// Presses on to the last screen without a choice.
    pub(crate) async fn skip_to_the_end(&self) {
        while self.browser.count(".steps .next").await > 0 && self.kind().await != LAST {
            let before = self.browser.text_of(".progress-words").await;
            self.browser.run(SKIP, Vec::new()).await;
            self.next_screen(&before).await;
        }
    }

    /// Waits for the screen after the one with this progress line; its own line.
    async fn next_screen(&self, before: &str) -> String {
        let there = async || {
            let now = self.browser.text_of(".progress-words").await;
            (!now.is_empty() && now != before).then_some(now)
        };
        wait_until(&format!("the screen after {before:?}"), 20, there).await
    }

    async fn kind(&self) -> &'static str {
        for (selector, kind) in KINDS {
            if self.browser.count(selector).await > 0 {
                return kind;
            }
        }
        panic!("an unknown kind of screen: {}", self.browser.text().await)
    }
}
