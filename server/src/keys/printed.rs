use super::checksum::{as_written, checksum};
use protocol::{Base64, ReleasePublicKey};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::fmt;
use std::str::FromStr;

const DOMAIN: &str = "senim release public key 1";
const KEY_CHARACTERS: usize = 43;

/// A release public key as people pass it on: 43 characters of base64url, a hyphen and eight check
/// characters (the first 40 bits of SHA-256 over `senim release public key 1` and the key, in
/// Crockford's base32). A wave sealed to a mistyped key could never be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PrintedKey(pub ReleasePublicKey);

/// Why a text is not a printed release public key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PrintedKeyError {
    #[error(
        "a release public key is 43 characters, a hyphen and 8 check characters, as `senim keys \
         show FILE` prints it"
    )]
    Shape,
    #[error(
        "the release public key is mistyped: its check characters do not fit; copy again what \
         `senim keys show FILE` prints"
    )]
    Mistyped,
}

impl fmt::Display for PrintedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.0.0.encode(), checksum(DOMAIN, &[&self.0.to_bytes()]))
    }
}

impl FromStr for PrintedKey {
    type Err = PrintedKeyError;

    fn from_str(typed: &str) -> Result<Self, PrintedKeyError> {
        // The key itself may hold hyphens, the check characters may not.
        let (key, check) = typed.trim().rsplit_once('-').ok_or(PrintedKeyError::Shape)?;
        if key.chars().count() != KEY_CHARACTERS || check.chars().count() != 8 {
            return Err(PrintedKeyError::Shape);
        }
        let key = Base64::decode(key).ok_or(PrintedKeyError::Mistyped)?;
        let right = checksum(DOMAIN, &[&key.0]) == as_written(check);
        right.then_some(Self(ReleasePublicKey(key))).ok_or(PrintedKeyError::Mistyped)
    }
}

impl Serialize for PrintedKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PrintedKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}
