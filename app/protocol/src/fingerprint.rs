use crate::{Place, ReleasePublicKey, TokenPublicKey};
use sha2::{Digest, Sha256};
use std::fmt;
use uuid::Uuid;

/// 80 bits of SHA-256 over what must be the same for many tablets: a server that hands one of them
/// something else is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint([u8; 10]);

impl Fingerprint {
    /// A wave's id and public keys, for people to compare: the same on slips, tablets and the
    /// teacher's screen.
    pub fn of(wave: Uuid, token: &TokenPublicKey, release: &ReleasePublicKey) -> Self {
        let keys = [&token.to_bytes()[..], &release.to_bytes()].concat();
        Self::over(&[b"senim wave keys 1", wave.as_bytes(), &keys])
    }

    /// For tablets to compare: the keys, and also the class and the length, because every response
    /// carries them in the clear. One tablet that is told others is marked as by another key.
    pub fn of_class(
        place: Place,
        packed_length: usize,
        token: &TokenPublicKey,
        release: &ReleasePublicKey,
    ) -> Self {
        let length = (packed_length as u64).to_be_bytes();
        let keys = [&token.to_bytes()[..], &release.to_bytes()].concat();
        Self::over(&[b"senim class keys 1", &place.to_bytes(), &length, &keys])
    }

    /// What stands behind the `#` of an address that people scan or open: the slip's code, or
    /// nothing, then a dot and the digits. A browser sends none of it.
    pub fn fragment(&self, code: &str) -> String {
        format!("{code}.{}", self.digits())
    }

    /// Whether these are its digits, as [`Fingerprint::fragment`] writes them.
    pub fn is(&self, digits: &str) -> bool {
        self.digits().eq_ignore_ascii_case(digits)
    }

    fn digits(&self) -> String {
        self.to_string().replace(' ', "")
    }

    /// Every part but the first has one length, so no two lists read the same.
    fn over(parts: &[&[u8]]) -> Self {
        let digest = Sha256::digest(parts.concat());
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
