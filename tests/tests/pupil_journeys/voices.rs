//! What a pupil hears, by voices that stand in for the browser's.

use crate::tablet::Tablet;
use serde::Deserialize;
use serde_json::{Value, json};

/// Speaks without a network.
pub(crate) fn on_the_device(language: &str) -> Value {
    json!({ "name": "near", "lang": language, "localService": true })
}

/// Would tell somebody else what is read.
pub(crate) fn on_the_network(language: &str) -> Value {
    json!({ "name": "far", "lang": language, "localService": false })
}

/// Everything that was said so far, and what is being said.
#[derive(Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Heard {
    pub(crate) said: Vec<Said>,
    pub(crate) speaking: bool,
    /// How often a voice was cut off.
    pub(crate) stopped: usize,
    /// The texts that are marked as being read.
    pub(crate) marked: Vec<String>,
    /// Buttons that say that they are reading.
    pub(crate) pressed: usize,
}

#[derive(Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Said {
    pub(crate) text: String,
    pub(crate) voice: String,
    pub(crate) language: String,
}

impl Heard {
    pub(crate) fn texts(&self) -> Vec<&str> {
        self.said.iter().map(|said| said.text.as_str()).collect()
    }

    /// That nothing is read or says so.
    pub(crate) fn assert_silence(&self) {
        let silent = !self.speaking && self.marked.is_empty() && self.pressed == 0;
        assert!(silent, "{self:?}");
    }
}

impl Tablet {
    /// Gives the pages that are opened from now on a browser with these voices.
    pub(crate) async fn have_voices(&self, voices: &[Value]) {
        let script = include_str!("voices.js").replace("VOICES;", &format!("{};", json!(voices)));
        let script = json!({ "source": script });
        self.browser.devtools("Page.addScriptToEvaluateOnNewDocument", script).await;
    }

    /// Voices that come or go while the page is open.
    pub(crate) async fn change_voices(&self, voices: &[Value]) {
        self.browser.run("senimVoices.change(arguments[0])", vec![json!(voices)]).await;
    }

    pub(crate) async fn heard(&self) -> Heard {
        let heard = self.browser.run("return senimVoices.heard()", Vec::new()).await;
        serde_json::from_value(heard).unwrap()
    }

    /// Ends what is being said.
    pub(crate) async fn finish_speaking(&self) {
        self.browser.run("senimVoices.finish()", Vec::new()).await;
    }

    /// How many of the buttons for reading aloud are to be seen.
    pub(crate) async fn hear_buttons(&self) -> usize {
        let script = "
            const buttons = [...document.querySelectorAll('main .hear')];
            return buttons.filter((button) => button.checkVisibility()).length;";
        self.browser.run(script, Vec::new()).await.as_u64().unwrap() as usize
    }
}
