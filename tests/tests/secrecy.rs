//! With the database and the server's log in hand, but not the release key: no answer, no slip,
//! no token.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use protocol::{EnvelopeError, ReleaseKey};
use rand_core::OsRng;
use survey_definitions::Response;
use tests::{
    ClassPlan, Database, OpenWave, Secrets, Server, answers, new_release_key, on_both_databases,
    packed_text,
};

on_both_databases! {
    neither_database_nor_log_holds_an_answer_a_slip_or_a_token,
    no_other_key_opens_an_envelope,
    a_release_with_another_key_is_refused_before_anything_is_touched,
    envelopes_that_cannot_be_read_are_counted,
}

const DEFINITION: &str = "senim_pupil_senior";
const RESPONSES: usize = 12;

/// A wave whose server logs everything it can.
async fn logging_wave(database: Database) -> OpenWave {
    let server = Server::start_with(database, &[("SENIM_LOG", "trace")]).await;
    OpenWave::start_on(server, DEFINITION, &[ClassPlan::of(20)]).await
}

async fn neither_database_nor_log_holds_an_answer_a_slip_or_a_token(database: Database) {
    let mut wave = logging_wave(database).await;
    let mut secrets = Secrets::default();
    let mut envelopes = Vec::new();
    let pupil = wave.pupil(0);
    for number in 0..RESPONSES {
        let (slip, pending) = (wave.slip(0, number), pupil.pending());
        let response = match number {
            0 => Response::Declined,
            _ => answers(&wave.survey, number),
        };
        secrets.slip(&slip);
        secrets.bytes("blinded value", &pending.blinded().0);
        secrets.text("answers", packed_text(&wave.survey, &response));
        let evaluation = pupil.ask(&slip, &pending).await.unwrap();
        secrets.bytes("evaluation", &evaluation.element.0);
        let request = pupil.sealed(pupil.finish(&pending, &evaluation), &wave.survey, &response);
        secrets.sent(&request);
        pupil.send(&request).await.unwrap();
        // What is refused is logged no more than what is granted.
        pupil.ask(&slip, &pupil.pending()).await.unwrap_err();
        let mut cut = request.clone();
        cut.envelope.pop();
        pupil.send(&cut).await.unwrap_err();
        envelopes.push(request.envelope);
    }
    for unused in &wave.classes[0].slips[RESPONSES..] {
        secrets.slip(unused);
    }
    let content = wave.server.database.content().await;
    let content: String = content.into_values().flatten().collect::<Vec<_>>().join("\n");
    assert!(envelopes.iter().all(|envelope| content.contains(envelope)), "an envelope is missing");
    assert!(
        !secrets.found_in(wave.slip(0, 0).to_string().as_bytes()).is_empty(),
        "nothing would be found"
    );
    assert_eq!(secrets.found_in(content.as_bytes()), [""; 0], "in the tables");
    assert_eq!(secrets.found_in(&wave.server.database.files()), [""; 0], "in the files");
    wave.server.stop();
    assert_eq!(secrets.found_in(&wave.server.database.files()), [""; 0], "in the stopped files");
    let log = wave.server.log();
    assert!(log.contains("\"level\":\"TRACE\""), "the server does not log everything: {log}");
    assert_eq!(secrets.found_in(log.as_bytes()), [""; 0], "in the log");
    assert!(!envelopes.iter().any(|envelope| log.contains(envelope)), "the log has an envelope");
}

async fn no_other_key_opens_an_envelope(database: Database) {
    let wave = OpenWave::start(database, DEFINITION, &[ClassPlan::of(10)]).await;
    let response = answers(&wave.survey, 1);
    wave.answer(0, 0, &response).await;
    let place = wave.classes[0].place();
    let rows = wave.server.database.content().await.remove("envelopes").unwrap();
    let sealed = URL_SAFE_NO_PAD.decode(rows[0].rsplit(' ').next().unwrap()).unwrap();
    for _ in 0..10 {
        let other = ReleaseKey::new(&mut OsRng);
        assert_eq!(other.open(place, &sealed), Err(EnvelopeError::Sealed));
    }
    let file = std::fs::read_to_string(&wave.release_key).unwrap();
    let secret = file.lines().find_map(|line| line.strip_prefix("unprotected: ")).unwrap();
    let bytes = protocol::Base64::<32>::decode(secret).unwrap().0;
    let opened = ReleaseKey::from_bytes(&bytes).unwrap().open(place, &sealed).unwrap();
    assert!(String::from_utf8_lossy(&opened).starts_with(&packed_text(&wave.survey, &response)));
}

async fn a_release_with_another_key_is_refused_before_anything_is_touched(database: Database) {
    let wave = OpenWave::start(database, DEFINITION, &[ClassPlan::of(20)]).await;
    for number in 0..RESPONSES {
        wave.answer(0, number, &answers(&wave.survey, number)).await;
    }
    let open = wave.with_key("release").expect_failure();
    assert!(open.contains("is open; close it first; nothing was changed"), "{open}");
    wave.close().await;
    let other = wave.server.path().join("other-key").display().to_string();
    new_release_key(&other);
    let before = wave.server.database.content().await;
    for subcommand in ["release", "tallies"] {
        let refused = wave.with_other_key(subcommand, &other).expect_failure();
        assert!(refused.contains("this release key does not belong to wave"), "{refused}");
        assert!(refused.contains("nothing was changed"), "{refused}");
    }
    assert_eq!(wave.server.database.content().await, before);

    let released = wave.with_key("release").expect_success().stderr;
    assert!(released.contains(&format!("released: {RESPONSES} responses")), "{released}");
    let again = wave.with_key("release").expect_failure();
    assert!(again.contains("was released already"), "{again}");
}

async fn envelopes_that_cannot_be_read_are_counted(database: Database) {
    let wave = OpenWave::start(database, DEFINITION, &[ClassPlan::of(20)]).await;
    let pupil = wave.pupil(0);
    for number in 0..RESPONSES {
        wave.answer(0, number, &answers(&wave.survey, number)).await;
    }
    let length = pupil.lesson.packed_length;
    let mut other_definition = b"senim_pupil_junior,1,declined".to_vec();
    other_definition.resize(length, 0);
    let noise = vec![0xff; length];
    let never_sealed = vec![7; length + protocol::ENVELOPE_OVERHEAD];
    for (number, envelope) in
        [pupil.seal(&other_definition), pupil.seal(&noise), URL_SAFE_NO_PAD.encode(never_sealed)]
            .into_iter()
            .enumerate()
    {
        let token = pupil.token(&wave.slip(0, RESPONSES + number)).await;
        let mut request = pupil.sealed(token, &wave.survey, &Response::Declined);
        request.envelope = envelope;
        assert_eq!(pupil.send(&request).await, Ok(()), "the server cannot know");
    }
    wave.close().await;
    let tallies = wave.with_key("tallies").expect_success();
    assert!(tallies.stderr.contains("3 envelopes could not be read"), "{}", tallies.stderr);
    assert!(tallies.stdout.contains(&format!("nation,nation,status,answered,{RESPONSES}\n")));
    let released = wave.with_key("release").expect_success().stderr;
    assert!(released.contains("3 envelopes could not be read"), "{released}");
}
