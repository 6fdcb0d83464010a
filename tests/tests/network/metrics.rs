use super::DEFINITION;
use std::collections::BTreeSet;
use std::net::TcpListener;
use std::time::Instant;
use tests::{ClassPlan, Database, OpenWave, Pupil, Server, Visitor, answers, wait_until};

/// Every number that there is: one that is added must say in `server/src/metrics` why it tells
/// nothing of a pupil.
const NAMES: [&str; 12] = [
    "process_cpu_seconds_total",
    "process_open_fds",
    "process_resident_memory_bytes",
    "process_threads",
    "senim_build_info",
    "senim_connections",
    "senim_connections_closed_total",
    "senim_database_up",
    "senim_failures_total",
    "senim_jobs",
    "senim_ready",
    "senim_waves",
];

fn names(page: &str) -> BTreeSet<&str> {
    let lines = page.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| line.split([' ', '{']).next().unwrap()).collect()
}

#[tokio::test]
async fn metrics_are_on_their_own_address_and_stand_still_while_pupils_come() {
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let settings = [("SENIM_METRICS_ADDRESS", address.as_str())];
    let server = Server::start_with(Database::Sqlite, &settings).await;
    let wave = OpenWave::start_on(server, DEFINITION, &[ClassPlan::of(20)]).await;
    let collector = Visitor::at(&format!("http://{address}"));
    let page = async || collector.get("/metrics").await.expect_success().text;
    let opened = wait_until("a page with the open wave", 40, async || {
        Some(page().await).filter(|page| page.contains("senim_waves{state=\"open\"} 1"))
    });
    let before = opened.await;
    let known: BTreeSet<_> = NAMES.into_iter().collect();
    assert!(names(&before).is_subset(&known), "{:?}", names(&before).difference(&known));
    for expected in ["senim_ready 1", "senim_database_up 1", "senim_failures_total 0", "# EOF"] {
        assert!(before.contains(expected), "{expected}: {before}");
    }
    // Ten pupils come within one count: nothing moves until the next, and then once.
    let (mut pages, began) = (BTreeSet::from([before]), Instant::now());
    for number in 0..10 {
        let pupil = Pupil::new(&wave.server, &wave.classes[0].lesson);
        pupil.answer(&wave.slip(0, number), &wave.survey, &answers(&wave.survey, number)).await;
        pages.insert(page().await);
    }
    let counts = began.elapsed().as_secs() as usize / 15 + 1;
    assert!(pages.len() <= 1 + counts, "it moved with the pupils: {pages:?}");
    for page in &pages {
        for secret in [wave.id.to_string(), wave.classes[0].id.to_string(), "slip".to_owned()] {
            assert!(!page.contains(&secret), "{page}");
        }
    }
    assert_eq!(Visitor::of(&wave.server).get("/metrics").await.status.as_u16(), 404);
}
