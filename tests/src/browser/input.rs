use super::{Browser, Key, SECONDS, button};
use fantoccini::Locator;
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use serde_json::{Value, json};

impl Browser {
    /// Presses the link with this text.
    pub async fn press_link(&self, text: &str) {
        let path = format!("//a[normalize-space()='{text}']");
        self.wait(Locator::XPath(&path)).await.click().await.unwrap();
    }

    /// Chooses a file of this machine in a form.
    pub async fn choose_file(&self, selector: &str, path: &str) {
        self.wait_for(selector).await.send_keys(path).await.unwrap();
    }

    /// Taps with a finger in the middle of what a CSS selector finds first.
    pub async fn tap(&self, selector: &str) {
        self.tap_on(Locator::Css(selector)).await;
    }

    /// Taps on the button with this text.
    pub async fn tap_button(&self, text: &str) {
        self.tap_on(Locator::XPath(&button(text))).await;
    }

    /// The finger comes down where the element is at that moment, on whatever lies over it.
    async fn tap_on(&self, locator: Locator<'_>) {
        let script = "
            arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' });
            const box = arguments[0].getBoundingClientRect();
            return { x: box.x + box.width / 2, y: box.y + box.height / 2 };";
        let middle = async || {
            let element = serde_json::to_value(self.wait(locator).await).unwrap();
            // Replaced meanwhile: looked for again.
            self.client.execute(script, vec![element]).await.ok()
        };
        let middle: Value = crate::wait_until("something to tap", SECONDS, middle).await;
        for (kind, points) in [("touchStart", json!([middle])), ("touchEnd", json!([]))] {
            let touch = json!({ "type": kind, "touchPoints": points });
            self.devtools("Input.dispatchTouchEvent", touch).await;
        }
    }

    /// Presses keys one after the other, wherever the focus is.
    pub async fn keys(&self, keys: &[Key]) {
        self.type_out(keys.iter().map(|key| char::from(*key))).await;
    }

    /// Types a text, wherever the focus is.
    pub async fn type_text(&self, text: &str) {
        self.type_out(text.chars()).await;
    }

    async fn type_out(&self, characters: impl Iterator<Item = char>) {
        let strokes =
            characters.flat_map(|value| [KeyAction::Down { value }, KeyAction::Up { value }]);
        let keyboard = KeyActions::new("keyboard".to_owned());
        let keyboard = strokes.fold(keyboard, |keyboard, stroke| keyboard.then(stroke));
        self.client.perform_actions(keyboard).await.unwrap();
    }

    /// What has the focus: `tag#id.class`, then its text or that of its label.
    pub async fn focused(&self) -> String {
        let script = "
            const at = document.activeElement;
            const name = [at.localName, at.id && '#' + at.id, ...[...at.classList].map((c) => '.' + c)];
            const label = at.labels?.[0]?.innerText ?? at.innerText ?? '';
            return name.join('') + ' ' + label.trim();";
        self.run(script, Vec::new()).await.as_str().unwrap_or_default().to_owned()
    }
}
