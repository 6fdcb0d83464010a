//! What is fed with bytes from outside: each reads them, and panics when what came out of them is
//! not what it must be. A fuzzer calls them with what it invents (`fuzz_targets/`), the test
//! `server/tests/fuzz_corpus.rs` with what it found worth keeping (`corpus/`).

use protocol::{
    ClassPart, Issuer, KeepingKey, Place, ReleaseKey, ResponseRequest, SlipCode, TokenReply,
    TokenRequest,
};
use std::sync::LazyLock;
use survey_definitions::{
    AnswerLayout, Language, NextSteps, Survey, pack, packed_length, shipped, unpack,
};
use uuid::Uuid;

const DEFINITION: &str = "senim_pupil_senior";

/// The text of a survey definition, and of the next steps beside one.
pub fn definition(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Ok(survey) = Survey::parse(text) {
        let layout = survey.answer_layout();
        for language in [Language::Kk, Language::Ru, Language::En] {
            let asked = survey.questionnaire(language);
            assert_eq!(packed_length(&asked.answer_layout()), packed_length(&layout));
        }
        let again = serde_json::to_string(&survey).unwrap();
        Survey::parse(&again).expect("what was read cannot be read again");
        let _ = NextSteps::parse(text, &survey);
    }
}

/// A packed response, as the release job finds it in an envelope.
pub fn unpacking(bytes: &[u8]) {
    // Read once: it takes longer than a thousand responses.
    static LAYOUT: LazyLock<AnswerLayout> =
        LazyLock::new(|| Survey::parse(shipped(DEFINITION, 1).unwrap()).unwrap().answer_layout());
    if let Ok(response) = unpack(&LAYOUT, bytes) {
        // Two ways to write the same response would let a tablet mark it.
        assert_eq!(pack(&LAYOUT, &response, bytes.len()).as_deref(), Some(bytes));
    }
}

/// The bodies of a pupil's two requests and of the reply, and what a tablet keeps.
pub fn protocol_bodies(bytes: &[u8]) {
    let issuer = Issuer::from_secret([7; 32]).unwrap();
    let place = Place { wave: Uuid::nil(), class: Uuid::nil() };
    if let Ok(request) = serde_json::from_slice::<TokenRequest>(bytes) {
        if let Ok(slip) = request.slip.parse::<SlipCode>() {
            assert_eq!(slip.to_string().parse::<SlipCode>().unwrap(), slip);
            assert!(KeepingKey::open(&slip, bytes).is_none());
        }
        let _ = issuer.evaluate(&request.blinded, place);
    }
    if let Ok(request) = serde_json::from_slice::<ResponseRequest>(bytes) {
        assert!(!issuer.verify(&request.value, &request.token, request.place));
        let again = serde_json::to_vec(&request).unwrap();
        assert!(serde_json::from_slice::<ResponseRequest>(&again).unwrap() == request);
    }
    let _ = serde_json::from_slice::<TokenReply>(bytes);
    let key = ReleaseKey::from_bytes(&[9; 32]).unwrap();
    assert!(key.open(place, bytes).is_err());
    if let Ok(text) = std::str::from_utf8(bytes) {
        let _ = text.parse::<ClassPart>();
    }
}
