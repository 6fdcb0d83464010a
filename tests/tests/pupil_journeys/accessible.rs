//! Everybody can use every kind of screen: axe-core finds nothing, nothing scrolls sideways, and
//! fingers hit what they want.

use crate::look::{have_clock, pass};
use crate::tablet::{Tablet, Way};
use crate::voices::on_the_device;
use serde_json::json;
use std::collections::HashSet;
use tests::{ClassPlan, Database, Device, OpenWave, Settings, findings};

/// The narrowest screen that is held against these rules.
const NARROW: Device = Device { touch: true, ..Device::window(320, 640) };

/// Of a server as it is shipped, in milliseconds.
const IDLE: u64 = 300_000;

/// How a kind of screen is told; the first that is found counts.
const KINDS: [(&str, &str); 6] = [
    ("main [name=task]", "neutral task"),
    ("main article", "reading"),
    ("main .choice.number", "number"),
    ("main .choice [type=checkbox]", "many of them"),
    ("main .choice [type=radio]", "one of them"),
    ("main #screen-title", "last step"),
];

/// Looks at screens and gathers what is wrong with them.
struct Inspection {
    tablet: Tablet,
    wave: OpenWave,
    language: &'static str,
    /// Largest letters and strongest colours.
    strong: bool,
    found: Vec<String>,
    seen: HashSet<&'static str>,
    slip: usize,
}

impl Inspection {
    async fn begin(definition: &str, language: &'static str, strong: bool) -> Self {
        let wave = OpenWave::start(Database::Sqlite, definition, &[ClassPlan::of(12)]).await;
        let tablet = Tablet::open(Way::Script).await;
        tablet.have_voices(&["kk", "ru"].map(on_the_device)).await;
        have_clock(&tablet.browser).await;
        let (found, seen) = (Vec::new(), HashSet::new());
        Self { tablet, wave, language, strong, found, seen, slip: 0 }
    }

    /// Opens the class link as the pupil with the next slip.
    async fn arrive(&mut self) {
        self.slip += 1;
        self.tablet.arrive(&self.wave, 0).await;
        if self.strong {
            for place in [3, 4] {
                self.tablet.press(&format!(".look .language:nth-of-type({place})")).await;
            }
        }
        self.tablet.speak(self.language).await;
    }

    /// Arrives and begins.
    async fn enter(&mut self) {
        self.arrive().await;
        self.tablet.begin(self.language, &self.wave.slip(0, self.slip)).await;
    }

    /// Looks at the screen as it stands, once a kind.
    async fn look_at(&mut self, kind: &'static str) {
        if !self.seen.insert(kind) {
            return;
        }
        let browser = &self.tablet.browser;
        let of = if self.strong { "strong" } else { "usual" };
        let name = format!("{kind}, {}, {of}", self.language);
        self.found.extend(findings(browser, &name).await);
        browser.emulate(Settings::on(NARROW)).await;
        let wanting = browser.run(include_str!("touchable.js"), Vec::new()).await;
        browser.emulate_nothing_else().await;
        let wanting: Vec<String> = serde_json::from_value(wanting).unwrap();
        self.found.extend(wanting.iter().map(|what| format!("{name}: {what}")));
    }

    /// Every kind of screen from this one to the last step.
    async fn look_at_all(&mut self) {
        let (now, total) = self.tablet.browser.screen().await.unwrap();
        for number in now..=total {
            self.tablet.browser.answer_until(number, 0).await;
            let kind = self.kind().await;
            self.look_at(kind).await;
        }
    }

    async fn kind(&self) -> &'static str {
        for (selector, kind) in KINDS {
            if self.tablet.browser.count(selector).await > 0 {
                return kind;
            }
        }
        panic!("an unknown kind of screen: {}", self.tablet.browser.text().await)
    }

    fn end(self) {
        assert!(self.found.is_empty(), "{}", self.found.join("\n"));
    }
}

#[tokio::test]
async fn screens_of_juniors_bar_nobody() {
    for (language, strong) in [("kk", false), ("ru", true)] {
        let mut inspection = Inspection::begin("senim_pupil_junior", language, strong).await;
        inspection.enter().await;
        inspection.tablet.press(".item > .hear").await;
        inspection.look_at("being read").await;
        inspection.look_at_all().await;
        inspection.enter().await;
        opt_out(&mut inspection).await;
        inspection.end();
    }
}

#[tokio::test]
async fn screens_of_seniors_bar_nobody() {
    every_kind_bars_nobody("kk", false).await;
}

#[tokio::test]
async fn screens_of_seniors_with_large_letters_and_strong_colours_bar_nobody() {
    every_kind_bars_nobody("ru", true).await;
}

async fn every_kind_bars_nobody(language: &'static str, strong: bool) {
    let mut inspection = Inspection::begin("senim_pupil_senior", language, strong).await;
    before_the_first_screen(&mut inspection).await;
    on_the_way(&mut inspection).await;
    after_the_last_screen(&mut inspection).await;
    inspection.end();
}

/// A neutral task, and the words behind "taking part" as they then are.
async fn opt_out(inspection: &mut Inspection) {
    inspection.tablet.press("details.stop .danger").await;
    inspection.tablet.next_screen().await;
    inspection.look_at("neutral task").await;
}

async fn before_the_first_screen(inspection: &mut Inspection) {
    inspection.arrive().await;
    inspection.look_at("start").await;
    // One character wrong, so that the last one, which checks the others, does not fit.
    let code = inspection.wave.slip(0, 1).own_part();
    let wrong = code.replacen(|_| true, if code.starts_with('0') { "1" } else { "0" }, 1);
    inspection.tablet.browser.fill("#code", &wrong).await;
    inspection.tablet.press("form .button").await;
    inspection.tablet.browser.wait_for("#code[aria-invalid=true]").await;
    inspection.look_at("wrong code").await;
    inspection.enter().await;
    inspection.arrive().await;
    inspection.tablet.browser.wait_for("form .notice").await;
    inspection.look_at("unfinished survey").await;
    let kiosk = format!("{}/kiosk", inspection.wave.class_link(0));
    inspection.tablet.browser.go(&kiosk).await;
    inspection.tablet.browser.wait_for("#code").await;
    inspection.look_at("kiosk").await;
    keys_differ(inspection).await;
    proof_fails(inspection).await;
}

/// A slip is scanned whose keys are others.
async fn keys_differ(inspection: &mut Inspection) {
    inspection.arrive().await;
    inspection.tablet.browser.run("location.hash = '.0'", Vec::new()).await;
    inspection.tablet.next_screen().await;
    inspection.look_at("other keys").await;
}

/// The server answers with what it gave to another tablet.
async fn proof_fails(inspection: &mut Inspection) {
    inspection.arrive().await;
    let pupil = inspection.wave.pupil(0);
    let other = pupil.ask(&inspection.wave.slip(0, 0), &pupil.pending()).await.unwrap();
    let script = "
        const real = self.fetch;
        const reply = JSON.stringify(arguments[0]);
        self.fetch = (url, ...rest) => url === '/c/token' ? Promise.resolve(new Response(reply)) : real(url, ...rest);";
    inspection.tablet.browser.run(script, vec![json!(other)]).await;
    let slip = inspection.wave.slip(0, inspection.slip);
    inspection.tablet.begin(inspection.language, &slip).await;
    inspection.look_at("failed proof").await;
}

async fn on_the_way(inspection: &mut Inspection) {
    inspection.enter().await;
    inspection.tablet.next().await;
    inspection.tablet.browser.wait_for("[role=alert] .notice").await;
    inspection.look_at("answer first").await;
    inspection.look_at_all().await;
    inspection.enter().await;
    opt_out(inspection).await;
    pass(&inspection.tablet.browser, IDLE).await;
    inspection.tablet.browser.wait_for("[role=alertdialog]").await;
    inspection.look_at("idle warning").await;
    pass(&inspection.tablet.browser, IDLE).await;
    inspection.tablet.browser.wait_for("#code").await;
    inspection.look_at("after idle").await;
}

async fn after_the_last_screen(inspection: &mut Inspection) {
    to_the_last_step(inspection).await;
    inspection.tablet.next().await;
    inspection.tablet.next_screen().await;
    inspection.look_at("thanks").await;

    to_the_last_step(inspection).await;
    inspection.wave.server.kill();
    inspection.tablet.next().await;
    inspection.tablet.next_screen().await;
    inspection.look_at("thanks, queued").await;
    inspection.wave.server.restart();

    to_the_last_step(inspection).await;
    inspection.wave.close().await;
    inspection.tablet.next().await;
    inspection.tablet.next_screen().await;
    inspection.look_at("failed").await;
}

async fn to_the_last_step(inspection: &mut Inspection) {
    inspection.enter().await;
    inspection.tablet.browser.answer_until(inspection.wave.survey.pages.len() + 1, 0).await;
    inspection.tablet.next_screen().await;
}
