//! A database that does not keep up: nobody waits without end, nothing that was acknowledged is
//! missing, and whoever comes again as asked is stored once.

use std::time::{Duration, Instant};
use tests::{ClassPlan, Database, OpenWave, Reply, Server, answers, on_both_databases};

/// How many responses may wait, and how many come.
const WAITING: &str = "4";
const PUPILS: usize = 24;
/// Less than a tablet waits for a reply.
const LONGEST: Duration = Duration::from_secs(19);

on_both_databases! {
    whoever_finds_the_queue_full_or_waits_long_is_asked_to_come_again,
}

async fn whoever_finds_the_queue_full_or_waits_long_is_asked_to_come_again(database: Database) {
    let server = Server::start_with(database, &[("SENIM_WAITING", WAITING)]).await;
    let classes = [ClassPlan::of(PUPILS as u32)];
    let wave = OpenWave::start_on(server, "senim_pupil_senior", &classes).await;
    let pupil = wave.pupil(0);
    let mut requests = Vec::new();
    for slip in 0..PUPILS {
        let token = pupil.token(&wave.slip(0, slip)).await;
        requests.push(pupil.sealed(token, &wave.survey, &answers(&wave.survey, slip)));
    }
    let send_all = async || {
        let began = Instant::now();
        let sending = requests.iter().map(|request| {
            let (pupil, request) = (pupil.clone(), request.clone());
            tokio::spawn(async move {
                let reply = pupil.post("/c/response", &request).await;
                (reply, began.elapsed())
            })
        });
        let mut replies = Vec::new();
        for sent in sending.collect::<Vec<_>>() {
            replies.push(sent.await.unwrap());
        }
        replies
    };

    let held = wave.server.database.hold_responses().await;
    let replies = send_all().await;
    for (reply, took) in &replies {
        assert!(asks_to_come_again(reply), "{reply:?}");
        assert!(*took < LONGEST, "{took:?}");
    }
    let at_once = replies.iter().filter(|(_, took)| *took < Duration::from_secs(10)).count();
    assert!((1..PUPILS).contains(&at_once), "{at_once} were told at once");
    assert_eq!(wave.stored().await, 0);
    held.let_go().await;

    let mut acknowledged = 0;
    while acknowledged < PUPILS {
        let replies = send_all().await;
        assert!(
            replies.iter().all(|(reply, _)| reply.status.is_success() || asks_to_come_again(reply))
        );
        let now = replies.iter().filter(|(reply, _)| reply.status.is_success()).count();
        assert!(now as i64 <= wave.stored().await);
        acknowledged = acknowledged.max(now);
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    assert_eq!(wave.stored().await, PUPILS as i64);
    assert_eq!(wave.server.database.count("spent_values").await, PUPILS as i64);
    assert!(!wave.server.log().contains("could not be carried out"), "each would be a moment");
}

fn asks_to_come_again(reply: &Reply) -> bool {
    let seconds = reply.headers.get("retry-after").and_then(|value| value.to_str().ok());
    let seconds = seconds.and_then(|text| text.parse::<u32>().ok());
    (reply.status.as_u16(), reply.text.as_str()) == (503, r#"{"refused":"busy"}"#)
        && seconds.is_some_and(|seconds| (1..=60).contains(&seconds))
}
