//! How a pupil wants to see the pages: letters, colours, motion.

use crate::tablet::{Tablet, Way};
use serde_json::{Value, json};
use tests::{Browser, ClassPlan, Database, Motion, OpenWave, Settings, Theme, wait_until};

/// Beyond the idle time of a server as it is shipped, in milliseconds.
const AN_HOUR: u64 = 3_600_000;

/// Puts a clock into the pages opened from now on that [`pass`] can put forward.
pub(crate) async fn have_clock(browser: &Browser) {
    let script = "
        self.senimPassed = 0;
        const now = Date.now;
        Date.now = () => now() + self.senimPassed;";
    let script = json!({ "source": format!("{{ {script} }}") });
    browser.devtools("Page.addScriptToEvaluateOnNewDocument", script).await;
}

/// Puts the page's clock forward.
pub(crate) async fn pass(browser: &Browser, milliseconds: u64) {
    browser.run("self.senimPassed += arguments[0]", vec![json!(milliseconds)]).await;
}

/// Letter size in pixels, and the colours of letters and ground.
async fn shown(tablet: &Tablet) -> (f64, Value, Value) {
    let script = "
        const { fontSize, color, backgroundColor } = getComputedStyle(document.body);
        return [parseFloat(fontSize), color, backgroundColor];";
    serde_json::from_value(tablet.browser.run(script, Vec::new()).await).unwrap()
}

/// Presses a button of the settings by its place.
async fn set(tablet: &Tablet, place: usize) {
    tablet.press(&format!(".look .language:nth-of-type({place})")).await;
}

const LARGEST: usize = 3;
const CONTRAST: usize = 4;

#[tokio::test]
async fn letters_grow_and_colours_get_stronger_on_every_screen_until_the_next_pupil() {
    let wave = OpenWave::start(Database::Sqlite, "senim_pupil_junior", &[ClassPlan::of(12)]).await;
    let tablet = Tablet::open(Way::Touch).await;
    tablet.arrive(&wave, 0).await;
    let usual = shown(&tablet).await;
    tablet.press(".look summary").await;
    let mut sizes = vec![usual.0];
    for size in [2, LARGEST] {
        set(&tablet, size).await;
        sizes.push(shown(&tablet).await.0);
    }
    assert!(sizes[1] >= 1.15 * sizes[0] && sizes[2] >= 1.15 * sizes[1], "{sizes:?}");
    set(&tablet, CONTRAST).await;
    let strong = (sizes[2], json!("rgb(0, 0, 0)"), json!("rgb(255, 255, 255)"));
    assert_eq!(shown(&tablet).await, strong);
    assert_eq!(tablet.browser.count(".look [aria-pressed=true]").await, 2);

    tablet.begin("ru", &wave.slip(0, 0)).await;
    assert_eq!(shown(&tablet).await, strong);
    tablet.browser.answer_until(wave.survey.pages.len() + 1, 0).await;
    tablet.next_screen().await;
    let dark = Settings { theme: Theme::Dark, ..Settings::TABLET };
    tablet.browser.emulate(dark).await;
    let white_on_black = (strong.0, strong.2.clone(), strong.1.clone());
    assert_eq!(shown(&tablet).await, white_on_black);
    tablet.browser.emulate_nothing_else().await;
    tablet.next().await;
    tablet.next_screen().await;
    assert_eq!(shown(&tablet).await, strong);

    tablet.press(".next-pupil .button").await;
    wait_until("the next pupil", 20, async || {
        let there = tablet.browser.client.find(fantoccini::Locator::Css("#code")).await;
        there.is_ok().then_some(())
    })
    .await;
    assert_eq!(shown(&tablet).await, usual);
    tablet.browser.close().await;
}

#[tokio::test]
async fn a_tablet_that_was_left_is_shown_as_usual_to_whoever_comes() {
    let wave = OpenWave::start(Database::Sqlite, "senim_pupil_junior", &[ClassPlan::of(12)]).await;
    let tablet = Tablet::open(Way::Script).await;
    have_clock(&tablet.browser).await;
    tablet.enter(&wave, 0, 0).await;
    let usual = shown(&tablet).await;
    set(&tablet, LARGEST).await;
    set(&tablet, CONTRAST).await;
    assert_ne!(shown(&tablet).await, usual);
    pass(&tablet.browser, AN_HOUR).await;
    tablet.next_screen().await;
    assert_eq!(shown(&tablet).await, usual);
    tablet.browser.close().await;
}

#[tokio::test]
async fn nothing_moves_for_who_prefers_that() {
    let wave = OpenWave::start(Database::Sqlite, "senim_pupil_junior", &[ClassPlan::of(12)]).await;
    let tablet = Tablet::open(Way::Script).await;
    tablet.enter(&wave, 0, 0).await;
    assert!(moving(&tablet).await > 0, "nothing moves for anybody");
    let still = Settings { motion: Motion::Reduced, ..Settings::default() };
    tablet.browser.emulate(still).await;
    assert_eq!(moving(&tablet).await, 0);
    tablet.browser.close().await;
}

/// How many elements have a transition or an animation.
async fn moving(tablet: &Tablet) -> u64 {
    let script = "
        const moves = (element) => {
            const { transitionDuration, animationName } = getComputedStyle(element);
            return animationName !== 'none' || transitionDuration.split(',').some((time) => parseFloat(time) > 0);
        };
        return [...document.querySelectorAll('*')].filter(moves).length;";
    tablet.browser.run(script, Vec::new()).await.as_u64().unwrap()
}
