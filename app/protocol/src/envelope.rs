//! Envelopes: HPKE of RFC 9180, base mode, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256,
//! ChaCha20-Poly1305, with the class of the wave as associated data.

use crate::{Base64, Place};
use hpke::{
    Deserializable, Kem as _, OpModeR, OpModeS, Serializable, aead::ChaCha20Poly1305,
    kdf::HkdfSha256, kem::X25519HkdfSha256,
};
use rand_core::{CryptoRng, RngCore};
use std::fmt;
use subtle::ConstantTimeEq;

type Kem = X25519HkdfSha256;

const INFO: &[u8] = b"senim response envelope 1";
const ENCAPSULATED: usize = 32;
const TAG: usize = 16;
/// Bytes that an envelope has more than what is sealed in it.
pub const ENVELOPE_OVERHEAD: usize = ENCAPSULATED + TAG;

/// The public half of a wave's release key: the tablet seals to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct ReleasePublicKey(pub Base64<32>);

/// The private half: opens every response of its waves. Debug hides it, drop wipes it.
#[derive(Clone)]
pub struct ReleaseKey(<Kem as hpke::Kem>::PrivateKey);

/// Why an envelope stays closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EnvelopeError {
    #[error("the public key is not a valid X25519 key")]
    PublicKey,
    #[error("shorter than an empty envelope")]
    Length,
    #[error("sealed to another key, for another class or wave, or changed")]
    Sealed,
}

impl ReleasePublicKey {
    pub fn to_bytes(&self) -> [u8; 32] {
        self.0.0
    }

    /// `packed.len() + ENVELOPE_OVERHEAD` bytes that only the release key opens.
    pub fn seal(
        &self,
        rng: &mut (impl RngCore + CryptoRng),
        place: Place,
        packed: &[u8],
    ) -> Result<Vec<u8>, EnvelopeError> {
        let key = <Kem as hpke::Kem>::PublicKey::from_bytes(&self.0.0)
            .map_err(|_| EnvelopeError::PublicKey)?;
        let (encapsulated, sealed) =
            hpke::single_shot_seal::<ChaCha20Poly1305, HkdfSha256, Kem, _>(
                &OpModeS::Base,
                &key,
                INFO,
                packed,
                &place.to_bytes(),
                rng,
            )
            .map_err(|_| EnvelopeError::PublicKey)?;
        let mut envelope = encapsulated.to_bytes().to_vec();
        envelope.extend(sealed);
        Ok(envelope)
    }
}

impl ReleaseKey {
    pub fn new(rng: &mut (impl RngCore + CryptoRng)) -> Self {
        Self(Kem::gen_keypair(rng).0)
    }

    /// `None` when the bytes are not an X25519 private key.
    pub fn from_bytes(bytes: &[u8; 32]) -> Option<Self> {
        <Kem as hpke::Kem>::PrivateKey::from_bytes(bytes).ok().map(Self)
    }

    /// For the key file; the caller wipes it.
    pub fn to_bytes(&self) -> [u8; 32] {
        self.0.to_bytes().into()
    }

    pub fn public_key(&self) -> ReleasePublicKey {
        ReleasePublicKey(Base64(Kem::sk_to_pk(&self.0).to_bytes().into()))
    }

    /// Whether this is the private half of `public`.
    pub fn fits(&self, public: &ReleasePublicKey) -> bool {
        self.public_key().to_bytes().ct_eq(&public.to_bytes()).into()
    }

    /// The packed response inside.
    pub fn open(&self, place: Place, envelope: &[u8]) -> Result<Vec<u8>, EnvelopeError> {
        let (encapsulated, sealed) = envelope
            .split_first_chunk::<ENCAPSULATED>()
            .filter(|(_, sealed)| sealed.len() >= TAG)
            .ok_or(EnvelopeError::Length)?;
        let encapsulated = <Kem as hpke::Kem>::EncappedKey::from_bytes(encapsulated)
            .map_err(|_| EnvelopeError::Sealed)?;
        hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, Kem>(
            &OpModeR::Base,
            &self.0,
            &encapsulated,
            INFO,
            sealed,
            &place.to_bytes(),
        )
        .map_err(|_| EnvelopeError::Sealed)
    }
}

impl fmt::Debug for ReleaseKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReleaseKey")
    }
}
