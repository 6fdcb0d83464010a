//! What staff sign in with, under the server's secret: hashes of what they type, and the sealed
//! secrets of their one-time codes. Who has the database alone can neither try nor read any.

use super::Secrets;
use crate::random::Random;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use rand_core::RngCore;
use uuid::Uuid;
use zeroize::Zeroizing;

/// Bytes before what is sealed.
const NONCE: usize = 24;

impl Secrets {
    /// The hash of a name that somebody typed to sign in with.
    pub fn name_hash(&self, name: &str) -> String {
        self.keyed_hash(b"senim sign-in name 1", name.trim().as_bytes()).encode()
    }

    /// The hash of a person as a sign-in provider names them.
    pub fn provider_hash(&self, issuer: &str, subject: &str) -> String {
        let message = format!("{issuer}\n{subject}");
        self.keyed_hash(b"senim sign-in provider 1", message.as_bytes()).encode()
    }

    /// The hash under which an invitation is found.
    pub fn invitation_hash(&self, token: &str) -> String {
        self.keyed_hash(b"senim invitation 1", token.as_bytes()).encode()
    }

    /// The hash of one of an account's recovery codes.
    pub fn recovery_hash(&self, account: Uuid, code: &str) -> String {
        let message = format!("{account} {code}");
        self.keyed_hash(b"senim recovery code 1", message.as_bytes()).encode()
    }

    /// A secret that is to be stored, as that of an account's one-time codes; it opens for this
    /// account, or whatever the id is of, only.
    pub fn seal(&self, random: &Random, account: Uuid, secret: &[u8]) -> Option<String> {
        let mut sealed = vec![0; NONCE];
        random.draw(|rng| rng.fill_bytes(&mut sealed));
        let payload = Payload { msg: secret, aad: account.as_bytes() };
        let text = self.cipher().encrypt(XNonce::from_slice(&sealed), payload).ok()?;
        sealed.extend(text);
        Some(URL_SAFE_NO_PAD.encode(sealed))
    }

    /// What was sealed; `None` for another account's, a changed one, or under other secrets.
    pub fn unseal(&self, account: Uuid, sealed: &str) -> Option<Zeroizing<Vec<u8>>> {
        let sealed = URL_SAFE_NO_PAD.decode(sealed).ok()?;
        let (nonce, text) = sealed.split_at_checked(NONCE)?;
        let payload = Payload { msg: text, aad: account.as_bytes() };
        let secret = self.cipher().decrypt(XNonce::from_slice(nonce), payload).ok()?;
        Some(Zeroizing::new(secret))
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        let key = Zeroizing::new(self.keyed_hash(b"senim second factor 1", b"").0);
        XChaCha20Poly1305::new((&*key).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secrets() -> Secrets {
        let directory = tempfile::tempdir().unwrap();
        Secrets::open(directory.path(), &Random::system(), false).unwrap()
    }

    #[test]
    fn what_is_sealed_opens_for_its_account_under_its_secrets_alone() {
        let (secrets, random) = (secrets(), Random::system());
        let (account, other) = (random.id(), random.id());
        let sealed = secrets.seal(&random, account, b"twenty bytes of this").unwrap();
        assert_ne!(secrets.seal(&random, account, b"twenty bytes of this").unwrap(), sealed);
        let opened = secrets.unseal(account, &sealed).unwrap();
        assert_eq!(opened.as_slice(), b"twenty bytes of this");
        assert!(secrets.unseal(other, &sealed).is_none());
        assert!(self::secrets().unseal(account, &sealed).is_none());
        for broken in ["", "AAAA", "%%%", &sealed[1..], &sealed.replace(&sealed[40..41], "")] {
            assert!(secrets.unseal(account, broken).is_none(), "{broken}");
        }
    }
}
