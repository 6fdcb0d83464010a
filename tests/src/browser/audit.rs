use super::{Browser, Device, Motion, Settings, Theme};
use crate::surroundings::environment;
use serde_json::{Value, json};

/// What axe-core looks for: WCAG 2.2, A and AA, and its own good practice.
const RULES: [&str; 6] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

const NARROW: Device = Device::window(320, 640);
const WIDE: Device = Device::window(1280, 800);
/// The wide window at 200 %.
const ENLARGED: Device = Device { pixels: 2.0, ..Device::window(640, 400) };

const UNFOLD: &str = "
    window.folded = [...document.querySelectorAll('details:not([open])')];
    for (const one of window.folded) one.open = true;";
const FOLD: &str = "for (const one of window.folded) one.open = false;";

/// Panics with everything that [`findings`] finds.
pub async fn audit(browser: &Browser, name: &str) {
    let found = findings(browser, name).await;
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// What is wrong with the page as it stands, with everything on it unfolded: what axe-core finds
/// in the light and the dark theme at both widths, and what makes a narrow or enlarged page scroll
/// sideways. Nothing is pressed and nothing loaded again; afterwards the browser is as it was
/// opened and folded again what was.
pub async fn findings(browser: &Browser, name: &str) -> Vec<String> {
    load_axe(browser).await;
    browser.run(UNFOLD, Vec::new()).await;
    let mut found = Vec::new();
    for (device, width) in [(NARROW, "320"), (ENLARGED, "200 %"), (WIDE, "1280")] {
        // Reduced: a colour on its way to another one has no contrast to speak of.
        let settings = Settings { motion: Motion::Reduced, ..Settings::on(device) };
        browser.emulate(settings).await;
        found.extend(too_wide(browser).await.map(|what| format!("{name}, {width}: {what}")));
        if device == ENLARGED {
            continue;
        }
        for theme in [Theme::Light, Theme::Dark] {
            browser.emulate(Settings { theme, ..settings }).await;
            let violations = violations(browser).await.into_iter();
            found.extend(violations.map(|what| format!("{name}, {width}, {theme:?}: {what}")));
        }
    }
    browser.run(FOLD, Vec::new()).await;
    browser.emulate_nothing_else().await;
    found
}

async fn load_axe(browser: &Browser) {
    if browser.run("return window.axe === undefined", Vec::new()).await == json!(true) {
        let path = environment("AXE_CORE");
        let script =
            std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
        browser.run(&script, Vec::new()).await;
    }
}

/// One line an element and rule.
async fn violations(browser: &Browser) -> Vec<String> {
    let script = "
        const runOnly = { type: 'tag', values: arguments[0] };
        return axe.run(document, { runOnly, resultTypes: ['violations'] }).then((all) =>
            all.violations.flatMap((rule) => rule.nodes.map((node) =>
                `${rule.id}: ${node.target.join(' ')}: ${node.failureSummary}`)));";
    let lines = browser.run(script, vec![json!(RULES)]).await;
    let lines = lines.as_array().unwrap().iter();
    lines.map(|line| line.as_str().unwrap().replace('\n', " ")).collect()
}

/// The page must not scroll sideways; what lies in a `.scroll` may.
async fn too_wide(browser: &Browser) -> Option<String> {
    let script = "
        const page = document.documentElement;
        if (page.scrollWidth <= page.clientWidth) return null;
        const wide = [...document.body.querySelectorAll('*')].filter((element) =>
            !element.closest('.scroll, svg *') && element.getBoundingClientRect().right > page.clientWidth + 0.5);
        const named = wide.map((element) => `${element.localName}.${element.getAttribute('class')}`);
        return `${page.scrollWidth} wide in ${page.clientWidth}: ${named.join(', ')}`;";
    match browser.run(script, Vec::new()).await {
        Value::String(what) => Some(what),
        _ => None,
    }
}
