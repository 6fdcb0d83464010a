use tests::{Browser, ClassPlan, Database, Exchange, FirstVisit, OpenWave, Recorder, measured};

/// Bytes that a tablet may have to load before anything can be answered.
const MOST: usize = 150_000;

/// As a plan says them; the class's own is Kazakh, so another one is loaded on top of it.
const LANGUAGES: [&str; 3] = ["kk", "ru", "en"];

#[tokio::test]
async fn the_first_item_can_be_answered_after_150_kilobytes() {
    let mut heaviest = 0;
    for form in ["senior", "junior"] {
        let definition = format!("senim_pupil_{form}");
        let wave = OpenWave::start(Database::Sqlite, &definition, &[ClassPlan::of(12)]).await;
        for (slip, language) in LANGUAGES.into_iter().enumerate() {
            let recorder = Recorder::before(&wave.server).await;
            let link = format!("{}/c/{}", recorder.url(), wave.classes[0].part());
            let browser = Browser::open().await;
            let visit = FirstVisit::make(&browser, &link, &wave.slip(0, slip), language).await;
            let loaded: Vec<usize> =
                visit.asked_for.iter().map(|path| weight(&recorder.exchanges(), path)).collect();
            let bytes = loaded.iter().sum();
            measured(&format!("before first item {form} {language}"), bytes as u64, "bytes");
            heaviest = heaviest.max(bytes);
        }
    }
    assert!(heaviest <= MOST, "{heaviest} bytes before anything can be answered");
}

/// What the body of this path's reply weighed on the wire.
fn weight(exchanges: &[Exchange], path: &str) -> usize {
    let found = exchanges.iter().find(|exchange| exchange.path == path);
    let found = found.unwrap_or_else(|| panic!("{path} did not come over the network"));
    found.reply.as_ref().unwrap().received.body
}
