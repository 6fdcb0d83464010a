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

/// A real Chromium with a profile of its own.
pub struct Browser {
    pub client: Client,
    driver: Child,
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
        Self { client, driver, _profile: profile }
    }

    pub async fn go(&self, url: &str) {
        self.client.goto(url).await.unwrap();
    }

    /// Waits for what a CSS selector finds.
    pub async fn wait_for(&self, selector: &str) -> Element {
        let wait = self.client.wait().at_most(Duration::from_secs(30));
        let found = wait.for_element(Locator::Css(selector)).await;
        found.unwrap_or_else(|error| panic!("{selector}: {error}"))
    }

    /// Waits for a button with this text.
    pub async fn button(&self, text: &str) -> Element {
        let path = format!("//button[normalize-space()='{text}']");
        let wait = self.client.wait().at_most(Duration::from_secs(30));
        let found = wait.for_element(Locator::XPath(&path)).await;
        found.unwrap_or_else(|error| panic!("button {text}: {error}"))
    }

    pub async fn press(&self, text: &str) {
        self.button(text).await.click().await.unwrap();
    }

    pub async fn fill(&self, selector: &str, text: &str) {
        let field = self.wait_for(selector).await;
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// Everything that the page shows.
    pub async fn text(&self) -> String {
        self.wait_for("body").await.text().await.unwrap()
    }

    /// Waits until the page shows the text.
    pub async fn wait_for_text(&self, text: &str) {
        let what = format!("the text {text:?}");
        crate::wait_until(&what, 40, async || self.text().await.contains(text).then_some(())).await;
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
    pub async fn close(mut self) {
        assert_eq!(self.console().await, Vec::<String>::new());
        self.client.clone().close().await.unwrap();
        self.end_driver();
    }

    fn end_driver(&mut self) {
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        self.end_driver();
    }
}

/// Starts the driver on a free port of its choice.
fn start_driver() -> (Child, u16) {
    let mut driver = Command::new(environment("CHROMEDRIVER"))
        .arg("--port=0")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let said = BufReader::new(driver.stdout.take().unwrap());
    let port = said.lines().map_while(Result::ok).find_map(|line| {
        let (_, port) = line.split_once("started successfully on port ")?;
        port.trim_end_matches('.').parse().ok()
    });
    (driver, port.expect("the driver does not start"))
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
