use crate::{ReleasePublicKey, TokenPublicKey};
use sha2::{Digest, Sha256};
use std::fmt;
use uuid::Uuid;

/// 80 bits of SHA-256 over a wave's id and public keys, the same on slips, tablets and the
/// teacher's screen: a server that hands one tablet another key is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint([u8; 10]);

impl Fingerprint {
    pub fn of(wave: Uuid, token: &TokenPublicKey, release: &ReleasePublicKey) -> Self {
        let digest = Sha256::new()
            .chain_update(b"senim wave keys 1")
            .chain_update(wave.as_bytes())
            .chain_update(token.to_bytes())
            .chain_update(release.to_bytes())
            .finalize();
        let mut bytes = [0; 10];
        bytes.copy_from_slice(&digest[..10]);
        Self(bytes)
    }
}

/// Five groups of four hexadecimal digits.
impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, pair) in self.0.chunks(2).enumerate() {
            if index > 0 {
                f.write_str(" ")?;
            }
            pair.iter().try_for_each(|byte| write!(f, "{byte:02X}"))?;
        }
        Ok(())
    }
}
