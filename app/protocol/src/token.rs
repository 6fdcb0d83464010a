//! Tokens: the POPRF mode of RFC 9497 with ristretto255-SHA512 and the class of the wave as
//! public input. Both ends are here because they must agree to the byte.

use crate::{Base64, Place};
use hmac::{Hmac, Mac};
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};
use rand_core::{CryptoRng, RngCore};
use sha2::{Digest, Sha256};
use std::fmt;
use subtle::ConstantTimeEq;
use voprf::{
    BlindedElement, EvaluationElement, Group, PoprfClient, PoprfServer, Proof, Ristretto255,
};
use zeroize::{Zeroize, ZeroizeOnDrop};

/// What the tablet draws and later spends; only then does the server see it.
pub type Value = Base64<32>;
/// The blinded value: all that the server sees beside the slip.
pub type Blinded = Base64<32>;
/// What the server keeps of a spent value.
pub type Spent = Base64<32>;

/// The permission to submit one response, not linkable to the slip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Token(pub Base64<64>);

/// The server's answer to a blinded value, with the proof that the wave's one key was used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Evaluation {
    pub element: Base64<32>,
    pub proof: Base64<64>,
}

/// The public half of a wave's token key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct TokenPublicKey(pub Base64<32>);

/// Why a step of the token protocol fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    #[error("not a valid group element or scalar")]
    Encoding,
    #[error("the proof does not fit the wave's public key")]
    Proof,
    #[error("the protocol cannot be carried out with this key and input")]
    Protocol,
}

/// A token that has been asked for but not yet given: kept in the tab until the reply is there.
pub struct PendingToken {
    value: Value,
    client: PoprfClient<Ristretto255>,
    blinded: Blinded,
}

impl PendingToken {
    /// Draws the value and blinds it.
    pub fn new(rng: &mut (impl RngCore + CryptoRng)) -> Result<Self, TokenError> {
        let mut value = [0; 32];
        rng.fill_bytes(&mut value);
        let blind = PoprfClient::blind(&value, rng).map_err(|_| TokenError::Protocol)?;
        let blinded = Base64(blind.message.serialize().into());
        Ok(Self { value: Base64(value), client: blind.state, blinded })
    }

    pub fn blinded(&self) -> Blinded {
        self.blinded
    }

    /// Value and blind, to survive a reload: `from_bytes` gives the same token again.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.value.0.to_vec();
        bytes.extend_from_slice(&self.client.serialize());
        bytes
    }

    pub fn from_bytes(bytes: &[u8]) -> Result<Self, TokenError> {
        let (value, state) = bytes.split_first_chunk::<32>().ok_or(TokenError::Encoding)?;
        let client = PoprfClient::deserialize(state).map_err(|_| TokenError::Encoding)?;
        let blinded = state.last_chunk::<32>().ok_or(TokenError::Encoding)?;
        Ok(Self { value: Base64(*value), client, blinded: Base64(*blinded) })
    }

    /// Checks the proof against the wave's public key and unblinds.
    pub fn finish(
        &self,
        evaluation: &Evaluation,
        key: &TokenPublicKey,
        place: Place,
    ) -> Result<(Value, Token), TokenError> {
        let element = EvaluationElement::<Ristretto255>::deserialize(&evaluation.element.0)
            .map_err(|_| TokenError::Encoding)?;
        let proof = Proof::deserialize(&evaluation.proof.0).map_err(|_| TokenError::Encoding)?;
        let key = <Ristretto255 as Group>::deserialize_elem(&key.0.0)
            .map_err(|_| TokenError::Encoding)?;
        let output = self
            .client
            .finalize(&self.value.0, &element, &proof, key, Some(&place.to_bytes()))
            .map_err(|error| match error {
                voprf::Error::ProofVerification => TokenError::Proof,
                _ => TokenError::Protocol,
            })?;
        Ok((self.value, Token(Base64(output.into()))))
    }
}

impl fmt::Debug for PendingToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PendingToken")
    }
}

/// The server's half: one secret a wave.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct Issuer {
    secret: [u8; 32],
    #[zeroize(skip)]
    server: PoprfServer<Ristretto255>,
    #[zeroize(skip)]
    public: TokenPublicKey,
}

impl Issuer {
    /// A new key. The secret is the seed of RFC 9497's DeriveKeyPair.
    pub fn new(rng: &mut (impl RngCore + CryptoRng)) -> Result<Self, TokenError> {
        let mut secret = [0; 32];
        rng.fill_bytes(&mut secret);
        Self::from_secret(secret)
    }

    pub fn from_secret(secret: [u8; 32]) -> Result<Self, TokenError> {
        let server = PoprfServer::new_from_seed(&secret, b"senim token key 1")
            .map_err(|_| TokenError::Protocol)?;
        let element = <Ristretto255 as Group>::serialize_elem(server.get_public_key());
        Ok(Self { secret, server, public: TokenPublicKey(Base64(element.into())) })
    }

    /// For the file that keeps the wave's token secret outside the database.
    pub fn secret(&self) -> &[u8; 32] {
        &self.secret
    }

    pub fn public_key(&self) -> TokenPublicKey {
        self.public
    }

    /// Evaluates a blinded value. The proof's nonce is derived from the secret and the request,
    /// so that the same request again gets the same bytes and nothing need be stored.
    pub fn evaluate(&self, blinded: &Blinded, place: Place) -> Result<Evaluation, TokenError> {
        let element = BlindedElement::deserialize(&blinded.0).map_err(|_| TokenError::Encoding)?;
        let mut rng = self.nonce(blinded, place)?;
        let result = self
            .server
            .blind_evaluate(&mut rng, &element, Some(&place.to_bytes()))
            .map_err(|_| TokenError::Protocol)?;
        let mut proof = [0; 64];
        proof.copy_from_slice(&result.proof.serialize());
        Ok(Evaluation { element: Base64(result.message.serialize().into()), proof: Base64(proof) })
    }

    /// Whether the token belongs to this value, wave and class. Compares in constant time.
    pub fn verify(&self, value: &Value, token: &Token, place: Place) -> bool {
        self.server
            .evaluate(&value.0, Some(&place.to_bytes()))
            .is_ok_and(|expected| expected.ct_eq(&token.0.0).into())
    }

    fn nonce(&self, blinded: &Blinded, place: Place) -> Result<ChaCha20Rng, TokenError> {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(&self.secret).map_err(|_| TokenError::Protocol)?;
        mac.update(b"senim proof nonce 1");
        mac.update(&place.to_bytes());
        mac.update(&blinded.0);
        Ok(ChaCha20Rng::from_seed(mac.finalize().into_bytes().into()))
    }
}

impl fmt::Debug for Issuer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Issuer")
    }
}

impl TokenPublicKey {
    pub fn to_bytes(&self) -> [u8; 32] {
        self.0.0
    }
}

impl Base64<32> {
    /// What the server keeps of a spent value.
    pub fn spent(&self) -> Spent {
        Base64(Sha256::new().chain_update(b"senim spent 1").chain_update(self.0).finalize().into())
    }
}
