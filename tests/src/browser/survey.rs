use super::{Browser, SECONDS};
use crate::texts::kazakh;
use protocol::SlipCode;
use serde_json::json;

/// The survey's page, in Kazakh.
impl Browser {
    /// Opens a class link, chooses Kazakh and enters a slip.
    pub async fn enter(&self, link: &str, slip: &SlipCode) {
        self.go(link).await;
        self.wait_for("#code").await;
        self.press("Қазақша").await;
        self.begin(&slip.own_part()).await;
    }

    /// Types a code on the first screen and begins.
    pub async fn begin(&self, code: &str) {
        self.fill("#code", code).await;
        self.press(&kazakh("pupil", "begin")).await;
    }

    /// Which screen of how many; `None` before the first and after the last one.
    pub async fn screen(&self) -> Option<(usize, usize)> {
        let script = "
            const progress = document.querySelector('.survey-top progress');
            return progress && [progress.value, progress.max];";
        serde_json::from_value(self.client.execute(script, Vec::new()).await.ok()?).ok()?
    }

    /// Waits until the screen has this number; how many screens there are.
    pub async fn reach(&self, number: usize) -> usize {
        let what = format!("screen {number}");
        let there = async || self.screen().await.filter(|(now, _)| *now == number);
        crate::wait_until(&what, SECONDS, there).await.1
    }

    /// Chooses the option at `choice`, counted round, of the item on the screen; nothing on a
    /// screen to read.
    pub async fn choose(&self, choice: usize) {
        let options = self.client.find_all(fantoccini::Locator::Css("main .choice")).await.unwrap();
        if !options.is_empty() {
            options[choice % options.len()].click().await.unwrap();
        }
    }

    /// Goes on to the screen with this number as fast as the page can; of each item that is open
    /// the option at `choice` is chosen, counted round.
    pub async fn answer_until(&self, number: usize, choice: usize) {
        let script = format!("return (async () => {{ {} }})()", include_str!("answer.js"));
        self.run(&script, vec![json!(number), json!(choice)]).await;
    }

    /// All screens from this one to the last one, and sends.
    pub async fn answer_and_send(&self, choice: usize) {
        let (_, total) = self.screen().await.unwrap();
        self.answer_until(total, choice).await;
        self.press(&kazakh("pupil", "send")).await;
    }

    /// What is chosen on the screen, as names and values.
    pub async fn chosen(&self) -> Vec<String> {
        let script = "
            const chosen = document.querySelectorAll('main input:checked');
            return [...chosen].map((input) => `${input.name} ${input.value}`);";
        serde_json::from_value(self.run(script, Vec::new()).await).unwrap()
    }

    /// Waits until the tablet holds what this class needs without a network.
    pub async fn wait_until_kept(&self) {
        let script = "
            const part = location.pathname.split('/')[2];
            const wanted = [location.pathname, `/c/${part}/help`];
            return Promise.all(wanted.map((path) => caches.match(path)))
                .then((found) => found.every(Boolean));";
        let kept = async || (self.run(script, Vec::new()).await == json!(true)).then_some(());
        crate::wait_until("the files of the class", SECONDS, kept).await;
    }
}
