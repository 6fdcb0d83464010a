//! What a tab keeps between two screens or over a reload, sealed under the slip's code: the next
//! pupil on the tablet has another slip and can do nothing with it.

use crate::SlipCode;
use chacha20poly1305::{AeadCore, ChaCha20Poly1305, Key, KeyInit, Nonce, aead::Aead};
use pbkdf2::pbkdf2_hmac;
use rand_core::{CryptoRng, RngCore};
use sha2::Sha256;
use std::fmt;
use zeroize::Zeroizing;

const SALT: usize = 16;
const NONCE: usize = 12;
/// A code has 40 random bits; with this many rounds a copied tab costs years of guessing, and
/// typing the code again a tenth of a second.
const ROUNDS: u32 = 20_000;

/// The key of one slip and one salt. Deriving it is slow on purpose, so a tab does it once.
#[derive(Clone)]
pub struct KeepingKey {
    salt: [u8; SALT],
    key: Zeroizing<[u8; 32]>,
}

impl KeepingKey {
    /// With a salt of its own.
    pub fn new(slip: &SlipCode, rng: &mut (impl RngCore + CryptoRng)) -> Self {
        let mut salt = [0; SALT];
        rng.fill_bytes(&mut salt);
        Self::derived(slip, salt)
    }

    /// What was kept, and the key to keep more; `None` if it was kept under another slip.
    pub fn open(slip: &SlipCode, kept: &[u8]) -> Option<(Self, Vec<u8>)> {
        let (salt, rest) = kept.split_at_checked(SALT)?;
        let (nonce, sealed) = rest.split_at_checked(NONCE)?;
        let key = Self::derived(slip, salt.try_into().ok()?);
        let plain = key.cipher().decrypt(Nonce::from_slice(nonce), sealed).ok()?;
        Some((key, plain))
    }

    /// Salt, nonce and ciphertext. The nonce is random: a pupil keeps some hundred times. `None`
    /// only if the library refuses, which it does for gigabytes.
    pub fn seal(&self, rng: &mut (impl RngCore + CryptoRng), plain: &[u8]) -> Option<Vec<u8>> {
        let nonce = ChaCha20Poly1305::generate_nonce(rng);
        let sealed = self.cipher().encrypt(&nonce, plain).ok()?;
        Some([&self.salt[..], &nonce[..], &sealed[..]].concat())
    }

    fn derived(slip: &SlipCode, salt: [u8; SALT]) -> Self {
        let mut key = Zeroizing::new([0; 32]);
        let code = Zeroizing::new(slip.to_string());
        pbkdf2_hmac::<Sha256>(code.as_bytes(), &salt, ROUNDS, key.as_mut());
        Self { salt, key }
    }

    fn cipher(&self) -> ChaCha20Poly1305 {
        ChaCha20Poly1305::new(Key::from_slice(self.key.as_ref()))
    }
}

impl fmt::Debug for KeepingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeepingKey")
    }
}
