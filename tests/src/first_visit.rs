use crate::browser::Browser;
use crate::surroundings::wait_until;
use protocol::SlipCode;
use serde_json::json;
use std::time::Duration;

const HURRY: &str = include_str!("first_visit.js");

/// From opening the class link to the first item, as fast as the page lets anybody.
pub struct FirstVisit {
    /// From opening the link until the first option of the first item was drawn and could be
    /// chosen.
    pub took: Duration,
    /// The path of everything that was loaded or asked for until then, as often as it was.
    pub asked_for: Vec<String>,
}

impl FirstVisit {
    /// In a browser that has not been here before. `link` is the class link.
    pub async fn make(browser: &Browser, link: &str, slip: &SlipCode, language: &str) -> Self {
        let script = format!("{{ const LANGUAGE = {}; {HURRY} }}", json!(language));
        let script = json!({ "source": script });
        browser.devtools("Page.addScriptToEvaluateOnNewDocument", script).await;
        browser.go(&format!("{link}#{}", slip.own_part())).await;
        let noted = wait_until("the first item", 60, async || {
            let noted = browser.run("return self.senimFirstItem ?? null", Vec::new()).await;
            Some((noted["there"].as_f64()?, noted["drawn"].as_f64()?))
        });
        let (there, drawn) = noted.await;
        let asked_for = asked_for_until(browser, there).await;
        Self { took: Duration::from_secs_f64(drawn / 1000.0), asked_for }
    }
}

/// A browser lists what has come whole. What a pupil may need later comes one after the other, the
/// help last: by then everything that was asked for before is there.
async fn asked_for_until(browser: &Browser, milliseconds: f64) -> Vec<String> {
    let script = "
        const entries = ['navigation', 'resource']
            .flatMap((type) => performance.getEntriesByType(type))
            .filter(({ name }) => name.startsWith(location.origin));
        const path = ({ name }) => new URL(name).pathname;
        if (!entries.some((entry) => path(entry).endsWith('/help'))) return null;
        return entries.filter(({ startTime }) => startTime <= arguments[0]).map(path);";
    wait_until("the help", 60, async || {
        let paths = browser.run(script, vec![json!(milliseconds)]).await;
        serde_json::from_value::<Option<Vec<String>>>(paths).unwrap()
    })
    .await
}
