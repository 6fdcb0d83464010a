mod audit;
mod chromium;
mod commands;
mod emulation;
mod files;
mod input;
mod picture;
mod storage;
mod survey;
mod visitors;

pub use audit::{audit, findings};
pub use emulation::{Device, Motion, Network, Settings, Theme};
pub use fantoccini::key::Key;
pub use visitors::SignedIn;

use chromium::{Driver, Launch, Process, Profile};
use commands::{CONSOLE, DevTools, Log, NETWORK};
use fantoccini::{Client, Locator, elements::Element};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;

/// How long something may take to appear; responses are counted every 15 seconds.
const SECONDS: u64 = 40;

/// A real Chromium with a profile of its own.
pub struct Browser {
    pub client: Client,
    settings: Settings,
    profile: Profile,
    driver: Arc<Driver>,
    _process: Process,
}

impl Browser {
    /// As on a desk: see [`Settings::default`].
    pub async fn open() -> Self {
        Self::open_as(Settings::default()).await
    }

    pub async fn open_as(settings: Settings) -> Self {
        let driver = Arc::new(Driver::start());
        Self::launch(driver, Profile::empty(), settings, Launch::Empty).await
    }

    /// As on a desk, for [`Self::requested`].
    pub async fn open_listening() -> Self {
        let driver = Arc::new(Driver::start());
        Self::launch(driver, Profile::empty(), Settings::default(), Launch::Listening).await
    }

    /// So many browsers at once, each with a profile of its own, under one driver.
    pub async fn open_many(number: usize, settings: Settings) -> Vec<Self> {
        let driver = Arc::new(Driver::start());
        let mut browsers = Vec::new();
        for _ in 0..number {
            let launch =
                Self::launch(driver.clone(), Profile::empty(), settings, Launch::Empty).await;
            browsers.push(launch);
        }
        browsers
    }

    async fn launch(
        driver: Arc<Driver>,
        profile: Profile,
        settings: Settings,
        launch: Launch,
    ) -> Self {
        let (client, _process) = driver.launch(&profile, launch).await;
        let browser = Self { client, settings, profile, driver, _process };
        browser.emulate(settings).await;
        browser
    }

    /// Closes the window and opens it again on the same profile with the tab that it had, as
    /// "reopen closed tab" does. What the console has said is lost.
    pub async fn reopen(self) -> Self {
        self.restart(Launch::WithTabs).await
    }

    /// Closes the window and opens an empty one on the same profile: the next pupil's.
    pub async fn start_again(self) -> Self {
        self.restart(Launch::Empty).await
    }

    async fn restart(self, launch: Launch) -> Self {
        self.client.clone().close().await.unwrap();
        Self::launch(self.driver.clone(), self.profile.clone(), self.settings, launch).await
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
        let path = button(text);
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

    /// Sends a form of this site and waits for the page that comes of it.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) {
        let script = "
            window.left = true;
            const form = document.createElement('form');
            form.method = 'post';
            form.action = arguments[0];
            for (const [name, value] of arguments[1]) {
                const field = document.createElement('input');
                field.name = name;
                field.value = value;
                form.append(field);
            }
            document.body.append(form);
            form.submit();";
        self.run(script, vec![json!(path), json!(fields)]).await;
        let script = "return window.left === undefined && document.readyState === 'complete'";
        let there = async || {
            let there = self.client.execute(script, Vec::new()).await.ok()?;
            (there == json!(true)).then_some(())
        };
        crate::wait_until(path, SECONDS, there).await;
    }

    /// What a script returns; a promise is awaited.
    pub async fn run(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.client.execute(script, arguments).await.unwrap()
    }

    /// A command of the DevTools protocol to this tab.
    pub async fn devtools(&self, command: &'static str, parameters: Value) -> Value {
        self.client.issue_cmd(DevTools { command, parameters }).await.unwrap()
    }

    /// What the console has said since the last call.
    pub async fn console(&self) -> Vec<String> {
        self.log(CONSOLE).await.iter().map(ToString::to_string).collect()
    }

    /// Every address that a page has asked the network for since the last call, whether or not it
    /// was let.
    pub async fn requested(&self) -> Vec<String> {
        let said = self.log(NETWORK).await;
        let said = said.iter().filter_map(|entry| entry["message"].as_str());
        let said = said.filter_map(|text| serde_json::from_str::<Value>(text).ok());
        let address = |event: Value| {
            let of_network = event["message"]["method"].as_str()?.starts_with("Network.");
            let about = &event["message"]["params"];
            let address = about["request"]["url"].as_str().or(about["url"].as_str());
            address.filter(|_| of_network).map(str::to_owned)
        };
        said.filter_map(address).collect()
    }

    async fn log(&self, which: Log) -> Vec<Value> {
        let entries = self.client.issue_cmd(which).await.unwrap();
        entries.as_array().cloned().unwrap_or_default()
    }

    /// Closes the window; its console must have stayed empty.
    pub async fn close(self) {
        assert_eq!(self.console().await, Vec::<String>::new());
        self.client.clone().close().await.unwrap();
    }
}

/// Where the button with this text is, as XPath.
fn button(text: &str) -> String {
    format!("//button[normalize-space()='{text}']")
}
