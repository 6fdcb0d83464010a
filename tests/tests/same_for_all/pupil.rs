use serde::Deserialize;
use serde_json::{Value, json};
use tests::{Browser, OpenWave, Recorder, wait_until};

const WALK: &str = include_str!("walk.js");
const PATIENCE: u64 = 60;

/// What a pupil is inclined to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Manner {
    /// The share of screens on which "I do not want to answer" is pressed.
    skips: f64,
    /// After which share of the screens the pupil stops taking part; `None` takes part.
    stops_at: Option<f64>,
    /// How often, at most, the pupil goes back, changes an answer or the language, stops or takes
    /// part again.
    detours: u32,
}

impl Manner {
    pub(crate) const ANSWERS: Self = Self { skips: 0.0, stops_at: None, detours: 0 };
    pub(crate) const SKIPS: Self = Self { skips: 1.0, ..Self::ANSWERS };
    pub(crate) const REFUSES: Self = Self { stops_at: Some(0.0), ..Self::ANSWERS };
    const CHOOSES: Self = Self { skips: 0.3, ..Self::ANSWERS };
    pub(crate) const STOPS_LATE: Self = Self { stops_at: Some(0.97), ..Self::CHOOSES };
    const WANDERS: Self = Self { detours: 12, ..Self::CHOOSES };
    const KINDS: usize = 7;

    /// Each kind in turn.
    pub(crate) fn of(seed: usize) -> Self {
        // Spread evenly over the screens, whatever the number of pupils.
        let anywhere = (seed as f64 * 0.618_034).fract();
        let kinds: [Self; Self::KINDS] = [
            Self::ANSWERS,
            Self::SKIPS,
            Self::REFUSES,
            Self::CHOOSES,
            Self { stops_at: Some(anywhere), ..Self::CHOOSES },
            Self::STOPS_LATE,
            Self::WANDERS,
        ];
        kinds[seed % Self::KINDS]
    }

    /// Whether every screen is seen once.
    pub(crate) fn is_straight(self) -> bool {
        self.detours == 0
    }

    pub(crate) fn stops(self) -> bool {
        self.stops_at.is_some()
    }
}

/// What a pupil went through, as the page counted it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Way {
    /// The number of each screen, in the order in which they were seen.
    pub(crate) seen: Vec<usize>,
    /// How many there were said to be.
    pub(crate) total: usize,
    pub(crate) declined: bool,
}

/// A tablet whose every request is seen.
pub(crate) struct Tablet<'a> {
    pub(crate) wave: &'a OpenWave,
    pub(crate) recorder: &'a Recorder,
    pub(crate) browser: &'a Browser,
}

impl Tablet<'_> {
    /// Opens the class link.
    pub(crate) async fn open(&self) {
        self.browser.go(&self.link()).await;
    }

    pub(crate) fn link(&self) -> String {
        format!("{}/c/{}", self.recorder.url(), self.wave.classes[0].part())
    }

    /// Waits until the page has loaded the questions in its first language.
    pub(crate) async fn has_questions(&self) {
        let script = format!(
            "return performance.getEntriesByType('resource').some(({{ name }}) => \
             name.includes('/{}.'))",
            self.wave.survey.id
        );
        self.wait_for("the questions", &script).await;
    }

    /// Presses "next pupil"; the page is loaded afresh.
    pub(crate) async fn hand_on(&self) {
        let press = "document.querySelector('.next-pupil button').click()";
        self.browser.run(press, Vec::new()).await;
        self.wait_for("the field for the code", "return document.querySelector('#code') !== null")
            .await;
    }

    /// Waits until a script returns `true`. The page may be replaced meanwhile.
    async fn wait_for(&self, what: &str, script: &str) {
        wait_until(what, PATIENCE, async || {
            let said = self.browser.client.execute(script, Vec::new()).await;
            (said.ok()? == json!(true)).then_some(())
        })
        .await;
    }

    /// From the slip to the first screen, in the language of the class or another one.
    pub(crate) async fn enter(&self, slip: usize, language: Option<&str>) {
        let code = self.wave.slip(0, slip).own_part();
        let wishes = json!({ "code": code, "language": language, "seed": 0 });
        self.browser.run(WALK, vec![json!("enter"), wishes]).await;
    }

    /// From the first screen to the thanks.
    pub(crate) async fn walk(&self, manner: Manner, seed: usize) -> Way {
        let Manner { skips, stops_at, detours } = manner;
        let wishes =
            json!({ "skips": skips, "stops_at": stops_at, "detours": detours, "seed": seed });
        let way: Value = self.browser.run(WALK, vec![json!("walk"), wishes]).await;
        serde_json::from_value(way).unwrap()
    }
}
