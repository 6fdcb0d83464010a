//! A server that hands one tablet other keys than the rest of its class, with proofs that are right
//! under them, would know that tablet's responses. The tablet sees it before a slip is sent: by what
//! the slip's QR says, and by what it was told itself the first time.

mod keys;
mod printed;
mod remembered;
mod scanned;

use keys::Keys;
use protocol::{Fingerprint, Lesson};
use tests::{Browser, ClassPlan, Database, OpenWave, Recorder, Server, Settings, kazakh};

/// A lesson, its honest keys, and a tablet that has not been in it.
struct Class {
    wave: OpenWave,
    honest: Keys,
    recorder: Recorder,
    tablet: Browser,
}

impl Class {
    async fn open() -> Self {
        Self::open_with(&[]).await
    }

    /// With settings of the server.
    async fn open_with(settings: &[(&'static str, &str)]) -> Self {
        let server = Server::start_with(Database::Sqlite, settings).await;
        let wave = OpenWave::start_on(server, "senim_pupil_junior", &[ClassPlan::of(12)]).await;
        let recorder = Recorder::before(&wave.server).await;
        let tablet = Browser::open_as(Settings::TABLET).await;
        Self { honest: Keys::of(&wave), wave, recorder, tablet }
    }

    /// Where the tablets of the class go; the recorder stands between.
    fn link(&self) -> String {
        format!("{}/c/{}", self.recorder.url(), self.wave.classes[0].part())
    }

    /// What the QR of a slip says that was printed before anything changed.
    fn printed(&self, slip: usize) -> String {
        format!("{}#{}", self.link(), self.fragment(slip))
    }

    fn fragment(&self, slip: usize) -> String {
        told(&self.wave.classes[0].lesson).fragment(&self.code(slip))
    }

    /// As a QR writes it.
    fn code(&self, slip: usize) -> String {
        self.wave.slip(0, slip).own_part().replace('-', "")
    }

    /// As a camera does that opens a page of its own.
    async fn scan(&self, slip: usize) {
        self.tablet.go("about:blank").await;
        self.tablet.go(&self.printed(slip)).await;
    }

    async fn opens_with(&self, slip: usize) {
        self.tablet.wait_for("#code").await;
        self.tablet.begin(&self.code(slip)).await;
        self.tablet.reach(1).await;
    }

    /// The code needs no typing.
    async fn opens_as_scanned(&self) {
        self.tablet.wait_for("#code").await;
        self.tablet.press(&kazakh("pupil", "begin")).await;
        self.tablet.reach(1).await;
    }

    /// Says why, and there is nothing to type a code into.
    async fn refuses(&self) {
        self.tablet.wait_for_text(&kazakh("pupil", "keys_text")).await;
        assert_eq!(self.tablet.count("#code").await, 0);
    }

    /// The console has said nothing but that the server was away while its keys were changed.
    async fn end(self) {
        let unheard = ["net::ERR_", "error occurred when fetching the script"];
        let is_of_network = |line: &String| unheard.iter().any(|words| line.contains(words));
        let said = self.tablet.console().await;
        assert!(said.iter().all(is_of_network), "{said:?}");
        self.tablet.close().await;
    }

    /// So many requests have reached the server that say anything.
    fn has_sent(&self, number: usize) {
        let exchanges = self.recorder.exchanges();
        let sent: Vec<_> = exchanges.iter().filter(|one| one.method == "POST").collect();
        assert_eq!(sent.len(), number, "{sent:?}");
    }
}

/// What a tablet compares.
fn told(lesson: &Lesson) -> Fingerprint {
    let Lesson { place, packed_length, token_key, release_key, .. } = lesson;
    Fingerprint::of_class(*place, *packed_length, token_key, release_key)
}
