use crate::surroundings::environment;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder, Locator, elements::Element};
use http::Method;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, Value, json};
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;
use url::{ParseError, Url};

const CHROMIUM_FLAGS: [&str; 9] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=900,1000",
];

const ATTEMPTS: usize = 5;
/// How long something may take to appear; responses are counted every 15 seconds.
const SECONDS: u64 = 40;

/// A real Chromium with a profile of its own.
pub struct Browser {
    pub client: Client,
    driver: Child,
    /// The browser's process, which outlives a driver that is killed.
    chromium: u64,
    _profile: TempDir,
}

impl Browser {
    pub async fn open() -> Self {
        let (driver, port) = start_driver();
        let profile = tempfile::tempdir().unwrap();
        let mut flags: Vec<String> = CHROMIUM_FLAGS.map(str::to_owned).to_vec();
        flags.push(format!("--user-data-dir={}", profile.path().display()));
        let mut capabilities = Map::new();
        let options = json!({ "binary": environment("CHROMIUM"), "args": flags });
        capabilities.insert("goog:chromeOptions".to_owned(), options);
        capabilities.insert("goog:loggingPrefs".to_owned(), json!({ "browser": "ALL" }));
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .unwrap();
        let session = client.capabilities().unwrap();
        let chromium = session["goog:processID"].as_u64().unwrap();
        Self { client, driver, chromium, _profile: profile }
    }

    pub async fn go(&self, url: &str) {
        self.client.goto(url).await.unwrap();
    }

    /// Waits for what a CSS selector finds.
    pub async fn wait_for(&self, selector: &str) -> Element {
        self.wait(Locator::Css(selector)).await
    }

    /// Presses the button with this text as soon as there is one. A screen may be replaced
    /// between finding and pressing; then it is looked for again.
    pub async fn press(&self, text: &str) {
        let path = format!("//button[normalize-space()='{text}']");
        let press = async || {
            let button = self.wait(Locator::XPath(&path)).await;
            button.click().await.ok()
        };
        crate::wait_until(text, SECONDS, press).await;
    }

    async fn wait(&self, locator: Locator<'_>) -> Element {
        let wait = self.client.wait().at_most(Duration::from_secs(SECONDS));
        match wait.for_element(locator).await {
            Ok(found) => found,
            Err(error) => {
                let (at, page) = (self.client.current_url().await, self.client.source().await);
                panic!("{locator:?}: {error:?} at {at:?}: {page:?}");
            }
        }
    }

    /// Types into a field, again when it is replaced meanwhile.
    pub async fn fill(&self, selector: &str, text: &str) {
        let fill = async || {
            let field = self.wait_for(selector).await;
            field.clear().await.ok()?;
            field.send_keys(text).await.ok()?;
            let typed = field.prop("value").await.ok().flatten();
            (typed.as_deref() == Some(text)).then_some(())
        };
        crate::wait_until(selector, SECONDS, fill).await;
    }

    /// Everything that the page shows; nothing between two pages.
    pub async fn text(&self) -> String {
        self.text_of("body").await
    }

    /// What an element shows; nothing where there is none.
    pub async fn text_of(&self, selector: &str) -> String {
        let script = "return document.querySelector(arguments[0])?.innerText ?? ''";
        let text = self.client.execute(script, vec![json!(selector)]).await;
        text.ok().and_then(|text| text.as_str().map(str::to_owned)).unwrap_or_default()
    }

    /// Waits until the page shows the text.
    pub async fn wait_for_text(&self, text: &str) {
        let what = format!("the text {text:?}");
        crate::wait_until(&what, SECONDS, async || self.text().await.contains(text).then_some(()))
            .await;
    }

    /// How many elements a CSS selector finds.
    pub async fn count(&self, selector: &str) -> usize {
        self.client.find_all(Locator::Css(selector)).await.unwrap().len()
    }

    /// Signs a member of staff in through the form.
    pub async fn sign_in(&self, url: &str, name: &str, password: &str) {
        self.go(&format!("{url}/sign-in")).await;
        self.fill("input[name=name]", name).await;
        self.fill("input[name=password]", password).await;
        self.wait_for("form[action='/sign-in'] button").await.click().await.unwrap();
        self.wait_for("form[action='/sign-out']").await;
    }

    /// What the console has said since the last call.
    pub async fn console(&self) -> Vec<String> {
        let entries = self.client.issue_cmd(ConsoleLog).await.unwrap();
        let entries = entries.as_array().cloned().unwrap_or_default();
        entries.iter().map(ToString::to_string).collect()
    }

    /// Closes the window; its console must have stayed empty.
    pub async fn close(self) {
        assert_eq!(self.console().await, Vec::<String>::new());
        self.client.clone().close().await.unwrap();
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.driver.kill();
        let _ = self.driver.wait();
        let id = self.chromium.to_string();
        let _ = Command::new("kill").args(["-KILL", &id]).stderr(Stdio::null()).status();
    }
}

/// Starts the driver on a port of its choice, again when somebody took that port meanwhile.
fn start_driver() -> (Child, u16) {
    for _ in 0..ATTEMPTS {
        let mut command = Command::new(environment("CHROMEDRIVER"));
        let command = command.arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null());
        let mut driver = command.spawn().unwrap();
        let said = BufReader::new(driver.stdout.take().unwrap());
        let port = said.lines().map_while(Result::ok).find_map(|line| {
            let (_, port) = line.split_once("started successfully on port ")?;
            port.trim_end_matches('.').parse().ok()
        });
        match port {
            Some(port) => return (driver, port),
            None => drop(driver.wait()),
        }
    }
    panic!("the driver does not start")
}

/// Chromium's own command for its console log.
#[derive(Debug)]
struct ConsoleLog;

impl WebDriverCompatibleCommand for ConsoleLog {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/se/log", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(json!({ "type": "browser" }).to_string()))
    }
}

/// A text of the interface in Kazakh, as the pages have it.
pub fn kazakh(file: &str, key: &str) -> String {
    let directory = concat!(env!("CARGO_MANIFEST_DIR"), "/../app/locales/kk");
    let text = std::fs::read_to_string(format!("{directory}/{file}.json")).unwrap();
    let texts: Value = serde_json::from_str(&text).unwrap();
    texts[key].as_str().unwrap_or_else(|| panic!("no text {file}.{key}")).to_owned()
}
