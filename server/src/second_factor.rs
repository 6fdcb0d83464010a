//! One-time codes of RFC 6238 beside a password, and recovery codes for when the phone is gone.

use crate::random::Random;
use crate::secrets::Secrets;
use crate::state::Senim;
use crate::storage::accounts::Account;
use crate::storage::{StorageError, second_factors};
use crate::typed_codes;
use rand_core::RngCore;
use totp_rs::{Builder, Secret, Totp};
use uuid::Uuid;
use zeroize::Zeroizing;

/// Bytes of a secret: RFC 4226 recommends 160 bits, and authenticators expect them.
const SECRET: usize = 20;
/// 50 bits each, used once.
const RECOVERY_CHARACTERS: usize = 10;
const RECOVERY_CODES: usize = 10;
const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// A secret that an authenticator is to be given. Debug is left out: it is the secret.
pub struct NewSecret {
    /// In groups of four, to be typed.
    pub text: String,
    /// What its QR code says.
    pub address: String,
    /// The same, to be sent back with the first code: nothing is kept meanwhile.
    pub sealed: String,
}

/// Draws a secret for an account.
pub fn draw(secrets: &Secrets, random: &Random, account: &Account) -> Option<NewSecret> {
    let mut secret = Zeroizing::new([0; SECRET]);
    random.draw(|rng| rng.fill_bytes(secret.as_mut()));
    describe(account, secret.as_ref(), secrets.seal(random, account.id, secret.as_ref())?)
}

/// The secret that was sent back.
pub fn again(secrets: &Secrets, account: &Account, sealed: &str) -> Option<NewSecret> {
    let secret = secrets.unseal(account.id, sealed)?;
    describe(account, &secret, sealed.to_owned())
}

fn describe(account: &Account, secret: &[u8], sealed: String) -> Option<NewSecret> {
    let text = base32(secret);
    // The name only helps to tell entries of an authenticator apart.
    let name: String = account.name.chars().filter(char::is_ascii_alphanumeric).collect();
    let address = format!("otpauth://totp/Senim:{name}?secret={text}&issuer=Senim");
    let groups: Vec<_> = text.as_bytes().chunks(4).map(String::from_utf8_lossy).collect();
    Some(NewSecret { text: groups.join(" "), address, sealed })
}

/// The step of a code that fits now or half a minute before or after.
pub fn step_of(
    secrets: &Secrets,
    account: Uuid,
    sealed: &str,
    code: &str,
    now: i64,
) -> Option<i64> {
    let secret = secrets.unseal(account, sealed)?;
    let totp = totp(&secret)?;
    let digits: String = code.chars().filter(|c| !c.is_whitespace()).take(7).collect();
    let step = totp.check(&digits, u64::try_from(now).ok()?)?;
    i64::try_from(step).ok()
}

fn totp(secret: &[u8]) -> Option<Totp> {
    let secret: [u8; SECRET] = secret.try_into().ok()?;
    Builder::new().with_secret(Secret::new_stack(secret)).build().ok()
}

/// Takes a one-time code or a recovery code, each once.
pub async fn take(senim: &Senim, account: &Account, code: &str) -> Result<bool, StorageError> {
    let (storage, secrets) = (&senim.storage, &senim.secrets);
    let now = senim.clock.seconds();
    if let Some(step) = step_of(secrets, account.id, &account.second_factor, code, now) {
        return second_factors::use_step(storage, account.id, step).await;
    }
    let Some(code) = typed_codes::read(code, RECOVERY_CHARACTERS) else { return Ok(false) };
    let hash = secrets.recovery_hash(account.id, &code);
    second_factors::use_recovery_code(storage, account.id, &hash).await
}

/// Begins to ask the account for codes; its recovery codes as printed, shown this once.
pub async fn begin(
    senim: &Senim,
    account: Uuid,
    sealed: &str,
    step: i64,
) -> Result<Vec<String>, StorageError> {
    let (printed, hashes) = draw_recovery_codes(senim, account);
    second_factors::set_up(&senim.storage, account, sealed, step, &hashes).await?;
    Ok(printed)
}

/// Other recovery codes, shown this once; those from before work no more.
pub async fn renew_recovery_codes(
    senim: &Senim,
    account: Uuid,
) -> Result<Vec<String>, StorageError> {
    let (printed, hashes) = draw_recovery_codes(senim, account);
    second_factors::renew(&senim.storage, account, &hashes).await?;
    Ok(printed)
}

/// As they are printed, and as they are stored.
fn draw_recovery_codes(senim: &Senim, account: Uuid) -> (Vec<String>, Vec<String>) {
    let draw = |_| {
        let code = typed_codes::draw(&senim.random, RECOVERY_CHARACTERS);
        (typed_codes::printed(&code), senim.secrets.recovery_hash(account, &code))
    };
    (0..RECOVERY_CODES).map(draw).unzip()
}

/// RFC 4648 without padding, which 20 bytes do not need.
fn base32(bytes: &[u8]) -> String {
    let bits = bytes.iter().flat_map(|byte| (0..8).rev().map(move |at| byte >> at & 1));
    let bits: Vec<u8> = bits.collect();
    let digit = |five: &[u8]| five.iter().fold(0, |sum, bit| sum << 1 | usize::from(*bit));
    bits.chunks(5).filter_map(|five| BASE32.get(digit(five))).map(|c| char::from(*c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_of_the_rfc() {
        // RFC 6238, appendix B, SHA-1; the last six of its eight digits.
        let totp = totp(b"12345678901234567890").unwrap();
        for (time, code) in [(59, "287082"), (1111111109, "081804"), (20000000000, "353130")] {
            assert_eq!(totp.generate(time).to_string(), code);
        }
        assert_eq!(base32(b"12345678901234567890"), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    }
}
