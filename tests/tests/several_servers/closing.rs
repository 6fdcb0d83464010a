use crate::two_servers;
use protocol::Refusal;
use std::thread;
use tests::{Pupil, Refused, answers};

#[tokio::test]
async fn a_wave_that_both_close_at_once_is_closed_once() {
    let (wave, other) = two_servers(12).await;
    let pupil = Pupil::new(&other, &wave.classes[0].lesson);
    let late = pupil.token(&wave.slip(0, 11)).await;
    wave.answer(0, 0, &answers(&wave.survey, 0)).await;
    let path = format!("/api/waves/{}/close", wave.id);
    let visitor = wave.coordinator.visitor();
    let closing = [wave.server.url(), other.url()].map(|url| {
        let (visitor, url) = (visitor.clone(), format!("{url}{path}"));
        tokio::spawn(async move { visitor.post_at(&url).await })
    });
    for closed in closing {
        closed.await.unwrap().expect_success();
    }
    assert_eq!(wave.server.database.count("jobs where kind = 'close'").await, 1);
    for server in [&wave.server, &other] {
        let pupil = Pupil::new(server, &wave.classes[0].lesson);
        let request = pupil.sealed(late, &wave.survey, &answers(&wave.survey, 1));
        assert_eq!(pupil.send(&request).await, Err(Refused(409, Refusal::IntakeEnded)));
        let asked = pupil.ask(&wave.slip(0, 10), &pupil.pending()).await;
        assert_eq!(asked.err(), Some(Refused(409, Refusal::IntakeEnded)));
    }
    assert_eq!(wave.stored().await, 1);
}

/// While pupils send to both: what was acknowledged before the close is in the count of the close.
#[tokio::test]
async fn what_was_acknowledged_while_one_closes_is_stored() {
    let (wave, other) = two_servers(40).await;
    let pupil = Pupil::new(&other, &wave.classes[0].lesson);
    let mut requests = Vec::new();
    for slip in 0..40 {
        let token = pupil.token(&wave.slip(0, slip)).await;
        requests.push(pupil.sealed(token, &wave.survey, &answers(&wave.survey, slip)));
    }
    let sending = requests.into_iter().map(|request| {
        let pupil = pupil.clone();
        tokio::spawn(async move { pupil.send(&request).await })
    });
    let sending: Vec<_> = sending.collect();
    wave.close().await;
    let counted = wave.stored().await;
    let mut acknowledged = 0;
    for sent in sending {
        match sent.await.unwrap() {
            Ok(()) => acknowledged += 1,
            Err(refused) => assert_eq!(refused, Refused(409, Refusal::IntakeEnded)),
        }
    }
    assert_eq!((wave.stored().await, acknowledged), (counted, counted));
}

/// Two release jobs at once: one makes the release, the other changes nothing.
#[tokio::test]
async fn a_wave_is_released_once() {
    let (wave, other) = two_servers(12).await;
    for slip in 0..12 {
        wave.answer(0, slip, &answers(&wave.survey, slip)).await;
    }
    wave.close().await;
    let release = || wave.with_key("release").succeeded;
    let released = thread::scope(|scope| {
        let both = [scope.spawn(release), scope.spawn(release)];
        both.map(|one| one.join().unwrap())
    });
    assert_eq!(released.into_iter().filter(|released| *released).count(), 1);
    assert_eq!(wave.server.database.count("releases").await, 1);
    assert_eq!(wave.server.database.text("select state from waves").await, "released");
    drop(other);
}
