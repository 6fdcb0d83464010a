//! Slip codes: 4 characters for the class, 8 random ones (40 bits), one check character, in
//! Crockford's base32, which has no I, L, O, U and reads what people type for them.

use rand_core::{CryptoRng, RngCore};
use std::{fmt, str::FromStr};

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CLASS_CHARACTERS: usize = 4;
const RANDOM_CHARACTERS: usize = 8;
/// Characters of a slip code without separators.
pub const CODE_CHARACTERS: usize = CLASS_CHARACTERS + RANDOM_CHARACTERS + 1;

/// The part of a slip code that names a class of a wave; also the end of the class link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ClassPart([u8; CLASS_CHARACTERS]);

/// A slip code whose check character is right. Debug hides it: whoever has it can answer.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct SlipCode {
    class_part: ClassPart,
    random: [u8; RANDOM_CHARACTERS],
}

/// Why a text is not a slip code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SlipCodeError {
    #[error("a character that no code has")]
    Character,
    #[error("the wrong number of characters")]
    Length,
    #[error("the check character does not fit: one character is wrong or two are swapped")]
    Check,
}

impl ClassPart {
    pub fn random(rng: &mut (impl RngCore + CryptoRng)) -> Self {
        Self(random_digits(rng))
    }
}

impl SlipCode {
    pub fn random(class_part: ClassPart, rng: &mut (impl RngCore + CryptoRng)) -> Self {
        Self { class_part, random: random_digits(rng) }
    }

    pub fn class_part(&self) -> ClassPart {
        self.class_part
    }

    /// The code typed on a tablet that was opened by the class link: without the class part.
    pub fn parse_with_class(class_part: ClassPart, typed: &str) -> Result<Self, SlipCodeError> {
        let digits = digits(typed)?;
        if digits.len() == CODE_CHARACTERS {
            return typed.parse();
        }
        let mut all = class_part.0.to_vec();
        all.extend(digits);
        Self::from_digits(&all)
    }

    /// As printed, without the class part: `ABC-DEF-GHJ`, check character last.
    pub fn own_part(&self) -> String {
        let text = self.to_string();
        let own = &text[CLASS_CHARACTERS..];
        format!("{}-{}-{}", &own[..3], &own[3..6], &own[6..])
    }

    fn from_digits(digits: &[u8]) -> Result<Self, SlipCodeError> {
        let (class, rest) =
            digits.split_first_chunk::<CLASS_CHARACTERS>().ok_or(SlipCodeError::Length)?;
        let (random, check) =
            rest.split_first_chunk::<RANDOM_CHARACTERS>().ok_or(SlipCodeError::Length)?;
        let code = Self { class_part: ClassPart(*class), random: *random };
        match check {
            [check] if *check == code.check_digit() => Ok(code),
            [_] => Err(SlipCodeError::Check),
            _ => Err(SlipCodeError::Length),
        }
    }

    /// Damm's scheme over GF(32): sees every single wrong character and every swap of neighbours
    /// (H. M. Damm, Totally anti-symmetric quasigroups for all orders n, 2007).
    fn check_digit(&self) -> u8 {
        let sum = self.class_part.0.iter().chain(&self.random).fold(0, |sum, d| double(sum) ^ d);
        double(sum)
    }
}

/// Multiplication by x in GF(2)[x] / (x^5 + x^2 + 1).
fn double(digit: u8) -> u8 {
    let shifted = digit << 1;
    if shifted & 0x20 == 0 { shifted } else { (shifted ^ 0x25) & 0x1f }
}

fn random_digits<const N: usize>(rng: &mut (impl RngCore + CryptoRng)) -> [u8; N] {
    let mut digits = [0; N];
    rng.fill_bytes(&mut digits);
    digits.map(|byte| byte & 0x1f)
}

fn digits(typed: &str) -> Result<Vec<u8>, SlipCodeError> {
    typed
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '–' | '—'))
        .map(|c| digit(c).ok_or(SlipCodeError::Character))
        .collect()
}

fn digit(typed: char) -> Option<u8> {
    let upper = match typed.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    ALPHABET.iter().position(|c| char::from(*c) == upper).map(|position| position as u8)
}

fn write_digits(f: &mut fmt::Formatter<'_>, digits: &[u8]) -> fmt::Result {
    digits.iter().try_for_each(|d| write!(f, "{}", char::from(ALPHABET[usize::from(*d) & 0x1f])))
}

impl fmt::Display for ClassPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_digits(f, &self.0)
    }
}

impl FromStr for ClassPart {
    type Err = SlipCodeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        digits(text)?.try_into().map(Self).map_err(|_| SlipCodeError::Length)
    }
}

/// All thirteen characters without separators: the form that is sent and hashed.
impl fmt::Display for SlipCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_digits(f, &self.class_part.0)?;
        write_digits(f, &self.random)?;
        write_digits(f, &[self.check_digit()])
    }
}

impl fmt::Debug for SlipCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SlipCode")
    }
}

impl FromStr for SlipCode {
    type Err = SlipCodeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::from_digits(&digits(text)?)
    }
}
