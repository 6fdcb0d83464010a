//! What a token is good for, and what it is not.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use protocol::{
    Base64, Blinded, Evaluation, Fingerprint, Issuer, PendingToken, Place, ReleaseKey,
    ReleasePublicKey, Token, TokenError, TokenPublicKey, TokenRequest, Value,
};
use rand_core::OsRng;
use uuid::Uuid;

fn place() -> Place {
    Place { wave: Uuid::new_v4(), class: Uuid::new_v4() }
}

fn pending() -> PendingToken {
    PendingToken::new(&mut OsRng).unwrap()
}

fn issuer() -> Issuer {
    Issuer::new(&mut OsRng).unwrap()
}

/// A token as an honest pupil gets it.
fn bought(issuer: &Issuer, place: Place) -> (Value, Token) {
    let pending = pending();
    let evaluation = issuer.evaluate(&pending.blinded(), place).unwrap();
    pending.finish(&evaluation, &issuer.public_key(), place).unwrap()
}

#[test]
fn a_token_is_good_for_its_value_wave_and_class_alone() {
    let (issuer, at) = (issuer(), place());
    let (value, token) = bought(&issuer, at);
    assert!(issuer.verify(&value, &token, at));
    assert!(!issuer.verify(&value, &token, Place { wave: Uuid::new_v4(), ..at }));
    assert!(!issuer.verify(&value, &token, Place { class: Uuid::new_v4(), ..at }));
    let (other_value, other_token) = bought(&issuer, at);
    assert!(!issuer.verify(&other_value, &token, at));
    assert!(!issuer.verify(&value, &other_token, at));
}

#[test]
fn a_token_of_another_key_is_refused() {
    let at = place();
    let (value, token) = bought(&issuer(), at);
    assert!(!issuer().verify(&value, &token, at));
}

#[test]
fn a_forged_token_is_refused() {
    let (issuer, at) = (issuer(), place());
    let (value, token) = bought(&issuer, at);
    for byte in 0..64 {
        let mut changed = token;
        changed.0.0[byte] ^= 1;
        assert!(!issuer.verify(&value, &changed, at), "byte {byte}");
    }
    assert!(!issuer.verify(&value, &Token(Base64([0; 64])), at));
}

#[test]
fn a_tablet_refuses_another_keys_proof() {
    let (wave, tagging, at, pending) = (issuer(), issuer(), place(), pending());
    let evaluation = tagging.evaluate(&pending.blinded(), at).unwrap();
    let finished = pending.finish(&evaluation, &wave.public_key(), at);
    assert_eq!(finished.unwrap_err(), TokenError::Proof);
}

#[test]
fn a_tablet_refuses_an_evaluation_for_another_class() {
    let (issuer, at, pending) = (issuer(), place(), pending());
    let evaluation = issuer.evaluate(&pending.blinded(), place()).unwrap();
    let finished = pending.finish(&evaluation, &issuer.public_key(), at);
    assert_eq!(finished.unwrap_err(), TokenError::Proof);
}

#[test]
fn a_tablet_refuses_a_changed_evaluation() {
    let (issuer, at, first, second) = (issuer(), place(), pending(), pending());
    let right = issuer.evaluate(&first.blinded(), at).unwrap();
    let of_another = issuer.evaluate(&second.blinded(), at).unwrap();
    let swapped = Evaluation { element: of_another.element, ..right };
    let unproven = Evaluation { proof: Base64([0; 64]), ..right };
    let no_element = Evaluation { element: Base64([0xff; 32]), ..right };
    for changed in [swapped, unproven, no_element] {
        assert!(first.finish(&changed, &issuer.public_key(), at).is_err());
    }
    assert!(first.finish(&right, &issuer.public_key(), at).is_ok());
}

#[test]
fn what_is_no_element_is_not_evaluated() {
    let not_canonical: Blinded = Base64([0xff; 32]);
    let identity: Blinded = Base64([0; 32]);
    for blinded in [not_canonical, identity] {
        let evaluated = issuer().evaluate(&blinded, place());
        assert_eq!(evaluated.unwrap_err(), TokenError::Encoding);
    }
}

#[test]
fn the_same_request_gets_the_same_bytes() {
    let (issuer, at, pending) = (issuer(), place(), pending());
    let first = issuer.evaluate(&pending.blinded(), at).unwrap();
    let restarted = Issuer::from_secret(*issuer.secret()).unwrap();
    assert_eq!(restarted.public_key(), issuer.public_key());
    assert_eq!(restarted.evaluate(&pending.blinded(), at).unwrap(), first);
    let elsewhere = issuer.evaluate(&pending.blinded(), place()).unwrap();
    assert_ne!(elsewhere.element, first.element);
    assert_ne!(elsewhere.proof, first.proof);
}

#[test]
fn a_pending_token_survives_a_reload() {
    let (issuer, at, pending) = (issuer(), place(), pending());
    let evaluation = issuer.evaluate(&pending.blinded(), at).unwrap();
    let kept = pending.to_bytes();
    let reloaded = PendingToken::from_bytes(&kept).unwrap();
    assert_eq!(reloaded.blinded(), pending.blinded());
    let key = issuer.public_key();
    let before = pending.finish(&evaluation, &key, at).unwrap();
    assert_eq!(reloaded.finish(&evaluation, &key, at).unwrap(), before);
    for length in 0..kept.len() {
        assert!(PendingToken::from_bytes(&kept[..length]).is_err(), "{length} bytes");
    }
}

#[test]
fn neither_value_nor_token_is_in_what_the_server_saw_before() {
    let (issuer, at, pending) = (issuer(), place(), pending());
    let evaluation = issuer.evaluate(&pending.blinded(), at).unwrap();
    let (value, token) = pending.finish(&evaluation, &issuer.public_key(), at).unwrap();
    assert_ne!(value, pending.blinded());
    assert_ne!(value, evaluation.element);
    assert_ne!(token.0, evaluation.proof);
    assert_ne!(value.spent(), value);
}

#[test]
fn a_fingerprint_is_of_the_wave_and_both_keys() {
    let (wave, token, release) =
        (Uuid::new_v4(), issuer().public_key(), ReleaseKey::new(&mut OsRng).public_key());
    let right = Fingerprint::of(wave, &token, &release);
    assert_eq!(right.to_string().split(' ').map(str::len).collect::<Vec<_>>(), [4; 5]);
    let other_release = ReleaseKey::new(&mut OsRng).public_key();
    assert_ne!(Fingerprint::of(Uuid::new_v4(), &token, &release), right);
    assert_ne!(Fingerprint::of(wave, &issuer().public_key(), &release), right);
    assert_ne!(Fingerprint::of(wave, &token, &other_release), right);
}

#[test]
fn what_tablets_compare_is_of_both_keys_the_class_and_the_length() {
    let (at, token, release) =
        (place(), issuer().public_key(), ReleaseKey::new(&mut OsRng).public_key());
    let right = Fingerprint::of_class(at, 512, &token, &release);
    let others = [
        Fingerprint::of_class(at, 512, &issuer().public_key(), &release),
        Fingerprint::of_class(at, 512, &token, &ReleaseKey::new(&mut OsRng).public_key()),
        Fingerprint::of_class(at, 513, &token, &release),
        Fingerprint::of_class(Place { class: Uuid::new_v4(), ..at }, 512, &token, &release),
        Fingerprint::of_class(Place { wave: Uuid::new_v4(), ..at }, 512, &token, &release),
        Fingerprint::of(at.wave, &token, &release),
    ];
    assert!(others.iter().all(|other| *other != right));
    let fragment = right.fragment("ABCDEFGHJ");
    let (code, digits) = fragment.split_once('.').unwrap();
    assert_eq!((code, digits.len()), ("ABCDEFGHJ", 20));
    assert_eq!(
        digits,
        Fingerprint::of_class(at, 512, &token, &release).to_string().replace(' ', "")
    );
    assert!(right.is(digits) && right.is(&digits.to_lowercase()));
    assert!(!right.is("") && !right.is(&digits[1..]) && !right.is(&format!("{digits}0")));
    assert!(!others.iter().any(|other| other.is(digits)));
}

/// What is printed on paper may be read by a later version.
#[test]
fn fingerprints_stay_what_they_were() {
    let (token, release) = (TokenPublicKey(Base64([1; 32])), ReleasePublicKey(Base64([2; 32])));
    let at = Place { wave: Uuid::from_bytes([3; 16]), class: Uuid::from_bytes([4; 16]) };
    let people = Fingerprint::of(at.wave, &token, &release).to_string();
    assert_eq!(people, "8160 2CDC A6D8 3BC8 8CB3");
    let tablets = Fingerprint::of_class(at, 512, &token, &release).to_string();
    assert_eq!(tablets, "ABFF ED74 CC3F B8E3 8C51");
}

#[test]
fn every_token_request_has_one_length() {
    let length = |slip: &str| {
        let request = TokenRequest { slip: slip.to_owned(), blinded: pending().blinded() };
        serde_json::to_string(&request).unwrap().len()
    };
    assert_eq!(length("ABCD234567890"), length("ZZZZZZZZZZZZZ"));
}

#[test]
fn debug_shows_no_secret() {
    let (issuer, at) = (issuer(), place());
    let (value, token) = bought(&issuer, at);
    assert_eq!(format!("{issuer:?}"), "Issuer");
    assert_eq!(format!("{:?}", pending()), "PendingToken");
    assert_eq!(format!("{value:?}"), "[32 bytes]");
    assert_eq!(format!("{token:?}"), "Token([64 bytes])");
}
