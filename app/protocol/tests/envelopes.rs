//! Envelopes: the suite against RFC 9180, then what only ours promise.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod hex;

use hex::hex;
use hpke::{
    Deserializable, Kem as _, OpModeR, aead::ChaCha20Poly1305, kdf::HkdfSha256,
    kem::X25519HkdfSha256,
};
use protocol::{Base64, ENVELOPE_OVERHEAD, EnvelopeError, Place, ReleaseKey, ReleasePublicKey};
use rand_core::OsRng;
use uuid::Uuid;

type Kem = X25519HkdfSha256;

/// RFC 9180, A.2.1: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20Poly1305, base mode.
#[test]
fn the_suite_opens_the_vector_of_rfc_9180() {
    let recipient_seed = hex("1ac01f181fdf9f352797655161c58b75c656a6cc2716dcb66372da835542e1df");
    let (private, public) = Kem::derive_keypair(&recipient_seed);
    assert_eq!(
        hpke::Serializable::to_bytes(&public).to_vec(),
        hex("4310ee97d88cc1f088a5576c77ab0cf5c3ac797f3d95139c6c84b5429c59662a")
    );
    let encapsulated = hex("1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a");
    let opened = hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, Kem>(
        &OpModeR::Base,
        &private,
        &<Kem as hpke::Kem>::EncappedKey::from_bytes(&encapsulated).unwrap(),
        &hex("4f6465206f6e2061204772656369616e2055726e"),
        &hex("1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db\
              21993c62ce81883d2dd1b51a28"),
        &hex("436f756e742d30"),
    );
    assert_eq!(opened.unwrap(), b"Beauty is truth, truth beauty");
}

fn place() -> Place {
    Place { wave: Uuid::new_v4(), class: Uuid::new_v4() }
}

/// A key, a place, what is sealed and the envelope.
fn sealed() -> (ReleaseKey, Place, Vec<u8>, Vec<u8>) {
    let (key, place) = (ReleaseKey::new(&mut OsRng), place());
    let packed = b"senim_pupil_senior,1,answered,1,2,3".repeat(3);
    let envelope = key.public_key().seal(&mut OsRng, place, &packed).unwrap();
    (key, place, packed, envelope)
}

#[test]
fn the_release_key_opens_what_was_sealed() {
    let (key, place, packed, envelope) = sealed();
    assert_eq!(key.open(place, &envelope), Ok(packed));
    let again = ReleaseKey::from_bytes(&key.to_bytes()).unwrap();
    assert!(again.fits(&key.public_key()));
    assert!(again.open(place, &envelope).is_ok());
}

#[test]
fn an_envelope_is_as_long_as_what_is_in_it_and_48_bytes() {
    assert_eq!(ENVELOPE_OVERHEAD, 48);
    let key = ReleaseKey::new(&mut OsRng).public_key();
    for length in [0, 1, 64, 256, 1000] {
        let envelope = key.seal(&mut OsRng, place(), &vec![7; length]).unwrap();
        assert_eq!(envelope.len(), length + ENVELOPE_OVERHEAD);
    }
}

#[test]
fn the_same_answers_sealed_twice_look_different() {
    let (key, place, packed, envelope) = sealed();
    let again = key.public_key().seal(&mut OsRng, place, &packed).unwrap();
    assert_ne!(again[..32], envelope[..32]);
    assert_ne!(again[32..], envelope[32..]);
}

#[test]
fn another_key_opens_nothing() {
    let (key, place, _, envelope) = sealed();
    let other = ReleaseKey::new(&mut OsRng);
    assert!(!other.fits(&key.public_key()));
    assert_eq!(other.open(place, &envelope), Err(EnvelopeError::Sealed));
}

#[test]
fn another_class_or_wave_opens_nothing() {
    let (key, at, _, envelope) = sealed();
    for elsewhere in [Place { class: at.wave, ..at }, Place { wave: at.class, ..at }, place()] {
        assert_eq!(key.open(elsewhere, &envelope), Err(EnvelopeError::Sealed));
    }
}

#[test]
fn any_changed_byte_is_seen() {
    let (key, place, _, envelope) = sealed();
    for at in 0..envelope.len() {
        // The highest bit of an X25519 public key is ignored by RFC 7748.
        let flipped = if at == 31 { 1 } else { 0x80 };
        let mut changed = envelope.clone();
        changed[at] ^= flipped;
        assert_eq!(key.open(place, &changed), Err(EnvelopeError::Sealed), "byte {at}");
    }
}

#[test]
fn a_cut_envelope_is_refused() {
    let (key, place, _, envelope) = sealed();
    for length in 0..envelope.len() {
        assert!(key.open(place, &envelope[..length]).is_err(), "{length} bytes");
    }
    assert_eq!(key.open(place, &envelope[..47]), Err(EnvelopeError::Length));
}

#[test]
fn a_public_key_of_low_order_is_not_sealed_to() {
    let zero = ReleasePublicKey(Base64([0; 32]));
    assert_eq!(zero.seal(&mut OsRng, place(), b"answers"), Err(EnvelopeError::PublicKey));
}

#[test]
fn debug_shows_no_key() {
    let key = ReleaseKey::new(&mut OsRng);
    assert_eq!(format!("{key:?}"), "ReleaseKey");
}
