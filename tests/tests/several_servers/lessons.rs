use crate::two_servers;
use protocol::Refusal;
use tests::{PASSWORD, Pupil, Refused, Visitor, answers, wait_until};

/// Seconds within which a count is made, and some more.
const NEXT_COUNT: u64 = 25;

#[tokio::test]
async fn a_journey_may_change_servers() {
    let (wave, other) = two_servers(12).await;
    let lesson = &wave.classes[0].lesson;
    let (here, there) = (Pupil::new(&wave.server, lesson), Pupil::new(&other, lesson));
    for (slip, (first, second)) in [(&here, &there), (&there, &here)].into_iter().enumerate() {
        let token = first.token(&wave.slip(0, slip)).await;
        let request = second.sealed(token, &wave.survey, &answers(&wave.survey, slip));
        assert_eq!(second.send(&request).await, Ok(()));
        assert_eq!(first.send(&request).await, Ok(()), "stored on the other server");
        assert_eq!(wave.stored().await, slip as i64 + 1);
    }
}

/// Fifty requests with one slip, half of them to each server, buy one token; fifty with one value
/// store one response.
#[tokio::test]
async fn a_slip_buys_one_token_and_a_value_is_spent_once_on_both_together() {
    let (wave, other) = two_servers(12).await;
    let (lesson, slip) = (&wave.classes[0].lesson, wave.slip(0, 0));
    let pupils = (0..50).map(|number| match number % 2 {
        0 => Pupil::new(&wave.server, lesson),
        _ => Pupil::new(&other, lesson),
    });
    let asking = pupils.clone().map(|pupil| {
        tokio::spawn(async move {
            let pending = pupil.pending();
            let evaluation = pupil.ask(&slip, &pending).await;
            evaluation.map(|evaluation| pupil.finish(&pending, &evaluation))
        })
    });
    let mut tokens = Vec::new();
    for asked in asking.collect::<Vec<_>>() {
        match asked.await.unwrap() {
            Ok(token) => tokens.push(token),
            Err(refused) => assert_eq!(refused, Refused(409, Refusal::SlipUsed)),
        }
    }
    assert_eq!(tokens.len(), 1);
    let request = wave.pupil(0).sealed(tokens[0], &wave.survey, &answers(&wave.survey, 0));
    let sending = pupils.map(|pupil| {
        let request = request.clone();
        tokio::spawn(async move { pupil.send(&request).await })
    });
    for sent in sending.collect::<Vec<_>>() {
        assert_eq!(sent.await.unwrap(), Ok(()));
    }
    assert_eq!(wave.stored().await, 1);
}

/// What a server has kept of a class for a moment lets nobody in whom another has shut out.
#[tokio::test]
async fn a_lesson_that_one_server_closes_is_closed_on_the_other() {
    let (wave, other) = two_servers(12).await;
    let there = Pupil::new(&other, &wave.classes[0].lesson);
    for slip in 0..6 {
        wave.coordinator.open_session(wave.id, wave.classes[0].id).await;
        there.token(&wave.slip(0, 2 * slip)).await;
        wave.coordinator.close_session(wave.classes[0].id).await;
        let asked = there.ask(&wave.slip(0, 2 * slip + 1), &there.pending()).await;
        assert_eq!(asked.err(), Some(Refused(409, Refusal::SessionClosed)));
    }
}

/// One sign-in holds on both, and both count the same.
#[tokio::test]
async fn both_servers_know_who_is_signed_in_and_how_many_are_done() {
    let (wave, other) = two_servers(12).await;
    let class = wave.classes[0].id;
    wave.server.add_account("teacher", "teacher", &format!("class:{class}"), PASSWORD);
    let teacher = Visitor::of(&wave.server);
    teacher.sign_in("teacher", PASSWORD).await;
    for slip in 0..3 {
        wave.answer(0, slip, &answers(&wave.survey, slip)).await;
    }
    for server in [&wave.server, &other] {
        let counter = format!("{}/classes/{class}/done", server.url());
        let done = async || {
            let reply = teacher.get_at(&counter).await;
            (reply.json::<serde_json::Value>()["done"] == 3).then_some(())
        };
        wait_until("the count", NEXT_COUNT, done).await;
    }
}
