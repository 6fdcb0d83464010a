//! What a tab keeps between two screens or over a reload, sealed under the slip's code: the next
//! pupil on the tablet has another slip and can do nothing with it.

use crate::SlipCode;
use chacha20poly1305::{ChaCha20Poly1305, Key, KeyInit, Nonce, aead::Aead};
use pbkdf2::pbkdf2_hmac;
use rand_core::{CryptoRng, RngCore};
use sha2::Sha256;
use zeroize::Zeroizing;

const SALT: usize = 16;
/// A code has 40 random bits; with this many rounds a copied tab costs years of guessing, and
/// typing the code again a tenth of a second.
const ROUNDS: u32 = 20_000;

/// Salt and ciphertext. `None` only if the library refuses, which it does for gigabytes.
pub fn keep_under(
    slip: &SlipCode,
    rng: &mut (impl RngCore + CryptoRng),
    plain: &[u8],
) -> Option<Vec<u8>> {
    let mut kept = vec![0; SALT];
    rng.fill_bytes(&mut kept);
    let sealed = cipher(slip, &kept).encrypt(&nonce(), plain).ok()?;
    kept.extend(sealed);
    Some(kept)
}

/// What was kept, if it was kept under this slip.
pub fn kept_under(slip: &SlipCode, kept: &[u8]) -> Option<Vec<u8>> {
    let (salt, sealed) = kept.split_at_checked(SALT)?;
    cipher(slip, salt).decrypt(&nonce(), sealed).ok()
}

fn cipher(slip: &SlipCode, salt: &[u8]) -> ChaCha20Poly1305 {
    let mut key = Zeroizing::new([0; 32]);
    let code = Zeroizing::new(slip.to_string());
    pbkdf2_hmac::<Sha256>(code.as_bytes(), salt, ROUNDS, key.as_mut());
    ChaCha20Poly1305::new(Key::from_slice(key.as_ref()))
}

/// Each salt gives a key that seals once.
fn nonce() -> Nonce {
    Nonce::default()
}
