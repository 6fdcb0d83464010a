//! One pupil after the other at one tablet.

use protocol::SlipCode;
use serde::Deserialize;
use serde_json::json;
use tests::{Browser, Device, Key, OpenWave, Settings, wait_until};

/// More elements than any screen has.
const LONGEST_WAY: usize = 40;

/// How a pupil uses the tablet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    Touch,
    Keyboard,
    /// A script clicks: the fastest, for tests that are about something else.
    Script,
}

/// A tablet and how it is used.
pub(crate) struct Tablet {
    pub(crate) browser: Browser,
    way: Way,
}

/// What is on a screen that has just appeared.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Screen {
    pub(crate) title: String,
    /// Whether the title is in sight.
    seen: bool,
    /// Which screen of how many; none before the first and after the last one.
    pub(crate) progress: Option<(usize, usize)>,
    /// Nothing on a screen to read; one without an index is a neutral task.
    pub(crate) items: Vec<ItemShown>,
}

/// An item as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct ItemShown {
    /// What its inputs share.
    pub(crate) name: String,
    pub(crate) codes: Vec<i16>,
    pub(crate) chosen: Vec<i16>,
}

#[derive(Deserialize)]
struct Focus {
    wanted: bool,
    seen: bool,
    what: String,
}

impl ItemShown {
    /// Its index in the survey; none of a neutral task.
    pub(crate) fn index(&self) -> Option<usize> {
        self.name.strip_prefix("item-").map(|index| index.parse().unwrap())
    }
}

impl Screen {
    pub(crate) fn number(&self) -> usize {
        self.progress.unwrap().0
    }

    pub(crate) fn is_last(&self) -> bool {
        self.progress.is_some_and(|(now, total)| now == total)
    }
}

impl Tablet {
    pub(crate) async fn open(way: Way) -> Self {
        let settings = match way {
            // One pixel to each of CSS is drawn in a quarter of the time.
            Way::Touch => Settings::on(Device { pixels: 1.0, ..Device::TABLET }),
            Way::Keyboard | Way::Script => Settings::default(),
        };
        Self { browser: Browser::open_as(settings).await, way }
    }

    /// Goes to the class link and waits for the page to be alive.
    pub(crate) async fn arrive(&self, wave: &OpenWave, class: usize) {
        self.browser.go(&wave.class_link(class)).await;
        self.browser.wait_for("#code").await;
    }

    /// From the slip to the first screen of the survey.
    pub(crate) async fn begin(&self, language: &str, slip: &SlipCode) -> Screen {
        self.speak(language).await;
        match self.way {
            Way::Touch => {
                self.browser.tap("#code").await;
                self.browser.type_text(&slip.own_part()).await;
                self.browser.tap("form .button").await;
            }
            Way::Keyboard => {
                self.tab_to("#code").await;
                self.browser.type_text(&slip.own_part()).await;
                self.browser.keys(&[Key::Enter]).await;
            }
            Way::Script => {
                self.browser.fill("#code", &slip.own_part()).await;
                self.press("form .button").await;
            }
        }
        self.next_screen().await
    }

    /// The first screen of the survey, in Kazakh and from the class link on.
    pub(crate) async fn enter(&self, wave: &OpenWave, class: usize, slip: usize) -> Screen {
        self.arrive(wave, class).await;
        self.begin("kk", &wave.slip(class, slip)).await
    }

    /// Changes the language; the screen, if that makes a new one.
    pub(crate) async fn speak(&self, language: &str) -> Option<Screen> {
        if self.language().await == language {
            return None;
        }
        self.press(&format!(".language[lang={language}]")).await;
        let screen = self.next_screen().await;
        assert_eq!(self.language().await, language);
        Some(screen)
    }

    /// Of the whole document.
    pub(crate) async fn language(&self) -> String {
        let language = self.browser.run("return document.documentElement.lang", Vec::new()).await;
        language.as_str().unwrap().to_owned()
    }

    /// Waits for the next screen: it has the focus on its title, and the title is in sight.
    pub(crate) async fn next_screen(&self) -> Screen {
        let screen = self.browser.run(include_str!("screen.js"), Vec::new()).await;
        let screen: Screen = serde_json::from_value(screen).unwrap();
        assert!(screen.seen, "the title is out of sight: {screen:?}");
        screen
    }

    /// Presses what a CSS selector finds first.
    pub(crate) async fn press(&self, selector: &str) {
        match self.way {
            Way::Touch => self.browser.tap(selector).await,
            Way::Keyboard => {
                self.tab_to(selector).await;
                self.browser.keys(&[Key::Enter]).await;
            }
            Way::Script => self.click(selector).await,
        }
    }

    async fn click(&self, selector: &str) {
        let script = "
            const found = document.querySelector(arguments[0]);
            found?.click();
            return found !== null;";
        let click = async || {
            let clicked = self.browser.run(script, vec![json!(selector)]).await;
            (clicked == json!(true)).then_some(())
        };
        wait_until(selector, 20, click).await;
    }

    /// Chooses an option, by its code.
    pub(crate) async fn choose(&self, item: &ItemShown, code: i16) {
        let ItemShown { name, codes, .. } = item;
        let input = format!("input[name='{name}'][value='{code}']");
        match self.way {
            Way::Touch => self.browser.tap(&format!(".choice:has({input})")).await,
            Way::Script => self.click(&input).await,
            Way::Keyboard if self.browser.count(&format!("{input}[type=checkbox]")).await > 0 => {
                self.tab_to(&input).await;
                self.browser.keys(&[Key::Space]).await;
            }
            Way::Keyboard => {
                self.tab_to(&format!("input[name='{name}']")).await;
                match codes.iter().position(|other| *other == code).unwrap() {
                    0 => self.browser.keys(&[Key::Space]).await,
                    place => self.browser.keys(&vec![Key::Down; place]).await,
                }
            }
        }
    }

    pub(crate) async fn next(&self) {
        self.press("button.next").await;
    }

    /// Moves the focus on until it is on what is wanted; wherever it is, one can see it.
    pub(crate) async fn tab_to(&self, selector: &str) {
        for _ in 0..LONGEST_WAY {
            self.browser.keys(&[Key::Tab]).await;
            let focus = self.browser.run(include_str!("focus.js"), vec![json!(selector)]).await;
            let focus: Focus = serde_json::from_value(focus).unwrap();
            assert!(focus.seen, "nobody sees that the focus is on {}", focus.what);
            if focus.wanted {
                return;
            }
        }
        panic!("the focus does not come to {selector}");
    }
}
