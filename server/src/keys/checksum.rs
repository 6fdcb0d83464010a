use sha2::{Digest, Sha256};

/// Crockford's base32: no I, L, O, U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CHARACTERS: usize = 8;

/// Eight check characters: the first 40 bits of SHA-256 over `domain` and `bytes`. An error of any
/// kind passes with a chance of 2^-40.
pub(super) fn checksum(domain: &str, bytes: &[&[u8]]) -> String {
    let mut hash = Sha256::new().chain_update(domain);
    bytes.iter().for_each(|bytes| hash.update(bytes));
    let digest = hash.finalize();
    let bits = digest.iter().take(5).fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
    let digits = (0..CHARACTERS).rev().map(|place| (bits >> (5 * place)) & 0x1f);
    digits.map(|digit| char::from(ALPHABET[digit as usize])).collect()
}

/// What people type for check characters, as they are written.
pub(super) fn as_written(typed: &str) -> String {
    let upper = typed.chars().map(|c| c.to_ascii_uppercase());
    upper
        .map(|c| {
            if c == 'O' {
                '0'
            } else if matches!(c, 'I' | 'L') {
                '1'
            } else {
                c
            }
        })
        .collect()
}
