//! Shamir's scheme (A. Shamir, How to share a secret, 1979) over GF(256), byte by byte: any
//! `needed` shares give the key, fewer give no knowledge of it.

use super::KeyError;
use crate::random::Random;
use rand_core::RngCore;
use rand_core_next::{TryCryptoRng, TryRng};
use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;
use vsss_rs::Gf256;
use zeroize::{Zeroize, Zeroizing};

/// Shares that a key is split into at most.
pub const LARGEST_SPLIT: u8 = 16;

/// Which share of how many, and how many of them open the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShareOf {
    /// From 1.
    pub number: u8,
    pub of: u8,
    pub needed: u8,
}

/// One share; Debug hides the secret part, drop wipes it.
#[derive(Clone)]
pub struct Share {
    pub which: ShareOf,
    pub(super) bytes: Zeroizing<[u8; 32]>,
}

impl Share {
    /// The secret part.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.bytes
    }
}

impl ShareOf {
    fn is_possible(self) -> bool {
        let Self { number, of, needed } = self;
        (2..=LARGEST_SPLIT).contains(&of)
            && (2..=of).contains(&needed)
            && (1..=of).contains(&number)
    }
}

/// `2 of 5, 3 needed`.
impl FromStr for ShareOf {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (number, rest) = text.split_once(" of ").ok_or(())?;
        let (of, needed) = rest.split_once(", ").ok_or(())?;
        let needed = needed.strip_suffix(" needed").ok_or(())?;
        let read = |text: &str| text.parse::<u8>().map_err(drop);
        let share = Self { number: read(number)?, of: read(of)?, needed: read(needed)? };
        share.is_possible().then_some(share).ok_or(())
    }
}

impl fmt::Display for ShareOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { number, of, needed } = self;
        write!(f, "share {number} of {of}, {needed} needed")
    }
}

impl fmt::Debug for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Share").field("which", &self.which).finish()
    }
}

/// `shares` shares of a secret, of which `needed` open it.
///
/// # Errors
/// Not 2 <= `needed` <= `shares` <= [`LARGEST_SPLIT`].
pub fn split(
    secret: &[u8; 32],
    shares: u8,
    needed: u8,
    random: &Random,
) -> Result<Vec<Share>, KeyError> {
    if !(ShareOf { number: 1, of: shares, needed }).is_possible() {
        return Err(KeyError::Split { shares, needed });
    }
    let made = Gf256::split_bytes(needed.into(), shares.into(), secret, Drawing(random));
    let made = made.map_err(|error| KeyError::Library(format!("split: {error}")))?;
    let share = |made: Vec<u8>| {
        let mut made = Zeroizing::new(made);
        // The library puts the number before the 32 bytes.
        let (number, bytes) = made.split_first_mut()?;
        let bytes = Zeroizing::new(<[u8; 32]>::try_from(&*bytes).ok()?);
        Some(Share { which: ShareOf { number: *number, of: shares, needed }, bytes })
    };
    let made: Option<Vec<_>> = made.into_iter().map(share).collect();
    made.ok_or_else(|| KeyError::Library("split: shares of another length".to_owned()))
}

/// The secret of shares that are enough and of different numbers; of too few or of different
/// splits any 32 bytes.
pub fn join(shares: &[Share]) -> Result<Zeroizing<[u8; 32]>, KeyError> {
    let mut numbered: Vec<Vec<u8>> = shares
        .iter()
        .map(|share| [&[share.which.number][..], share.bytes.as_ref()].concat())
        .collect();
    let joined = Gf256::combine_bytes(&numbered).map(Zeroizing::new);
    numbered.zeroize();
    let joined = joined.map_err(|error| KeyError::Library(format!("joined: {error}")))?;
    let bytes = <[u8; 32]>::try_from(joined.as_slice()).map(Zeroizing::new);
    bytes.map_err(|_| KeyError::Library("joined: a key of another length".to_owned()))
}

/// Our randomness as the library asks for it.
struct Drawing<'a>(&'a Random);

impl TryRng for Drawing<'_> {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(self.0.draw(RngCore::next_u32))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(self.0.draw(RngCore::next_u64))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        self.0.draw(|rng| rng.fill_bytes(bytes));
        Ok(())
    }
}

impl TryCryptoRng for Drawing<'_> {}
