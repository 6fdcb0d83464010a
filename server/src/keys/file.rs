use super::checksum::checksum;
use super::share::{Share, ShareOf};
use super::{KeyError, Passphrase, PrintedKey, Protection};
use protocol::{Base64, ReleaseKey, ReleasePublicKey};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::{fmt, fs, io};
use zeroize::Zeroizing;

const KEY: &str = "senim release key 1";
const SHARE: &str = "senim release key share 1";
const PUBLIC: &str = "public: ";
const WHICH: &str = "share: ";
const UNPROTECTED: &str = "unprotected: ";
const ARMOUR: &str = "-----BEGIN AGE ENCRYPTED FILE-----";
/// More than any key file has.
pub(super) const LARGEST_KEY_FILE: u64 = 16 * 1024;

/// A key file that was read and not opened yet.
pub struct KeyFile {
    pub path: PathBuf,
    pub public: ReleasePublicKey,
    pub kind: Kind,
    secret: Secret,
}

/// A whole key or a share of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Key,
    Share(ShareOf),
}

enum Secret {
    Plain(Zeroizing<String>),
    /// An `age` block.
    Protected(String),
}

impl KeyFile {
    /// Reads a key file without opening it.
    ///
    /// # Errors
    /// What is not as it should be, with its line.
    pub fn read(path: &Path) -> Result<Self, KeyError> {
        let mut text = Zeroizing::new(String::new());
        let read = fs::File::open(path)
            .and_then(|file| file.take(LARGEST_KEY_FILE).read_to_string(&mut text));
        match read {
            Ok(_) => Self::parse(path, &text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Err(KeyError::Missing { path: path.to_owned() })
            }
            Err(error) if error.kind() == io::ErrorKind::InvalidData => Err(form(path, 1, KEY)),
            Err(error) => Err(KeyError::Io { path: path.to_owned(), error }),
        }
    }

    /// Reads the text of one.
    pub fn parse(path: &Path, text: &str) -> Result<Self, KeyError> {
        let mut lines = text.lines();
        let is_share = match lines.next().map(str::trim_end) {
            Some(KEY) => false,
            Some(SHARE) => true,
            _ => return Err(form(path, 1, "\"senim release key 1\" or \"... share 1\"")),
        };
        let public = lines.next().and_then(|line| line.strip_prefix(PUBLIC));
        let public: PrintedKey = public
            .ok_or_else(|| form(path, 2, "\"public: \" and the public half"))?
            .parse()
            .map_err(|error| KeyError::Public { path: path.to_owned(), error })?;
        let kind = if is_share {
            let which = lines.next().and_then(|line| line.strip_prefix(WHICH));
            let which = which.and_then(|which| which.trim_end().parse().ok());
            Kind::Share(which.ok_or_else(|| form(path, 3, "\"share: 2 of 5, 3 needed\""))?)
        } else {
            Kind::Key
        };
        let line = if is_share { 4 } else { 3 };
        let rest: Zeroizing<String> = Zeroizing::new(lines.flat_map(|line| [line, "\n"]).collect());
        let secret = if rest.starts_with(ARMOUR) {
            Secret::Protected((*rest).clone())
        } else {
            let plain = rest.trim_end().strip_prefix(UNPROTECTED);
            let expected = "an age block, or \"unprotected: \" and the secret";
            let plain = plain.filter(|plain| !plain.contains('\n'));
            let plain = plain.ok_or_else(|| form(path, line, expected))?;
            Secret::Plain(Zeroizing::new(plain.to_owned()))
        };
        Ok(Self { path: path.to_owned(), public: public.0, kind, secret })
    }

    /// Whether a passphrase is needed to open it.
    pub fn is_protected(&self) -> bool {
        matches!(self.secret, Secret::Protected(_))
    }

    /// The secret as text; the passphrase is that of a protected file.
    fn secret(&self, passphrase: Option<&Passphrase>) -> Result<Zeroizing<String>, KeyError> {
        match (&self.secret, passphrase) {
            (Secret::Plain(plain), _) => Ok(plain.clone()),
            (Secret::Protected(block), Some(passphrase)) => passphrase.open(&self.path, block),
            (Secret::Protected(_), None) => Err(KeyError::Passphrase { path: self.path.clone() }),
        }
    }

    /// The whole key in it.
    ///
    /// # Errors
    /// The passphrase is wrong, or the key is not that of the public line.
    pub fn open_key(&self, passphrase: Option<&Passphrase>) -> Result<ReleaseKey, KeyError> {
        let secret = self.secret(passphrase)?;
        let line = if self.is_protected() { 4 } else { 3 };
        let bytes = Base64::<32>::decode(&secret).map(|bytes| Zeroizing::new(bytes.0));
        let key = bytes.and_then(|bytes| ReleaseKey::from_bytes(&bytes));
        let key = key.ok_or_else(|| form(&self.path, line, "a secret of 43 characters"))?;
        match key.fits(&self.public) {
            true => Ok(key),
            false => Err(KeyError::PublicLine { path: self.path.clone() }),
        }
    }

    /// The share in it.
    ///
    /// # Errors
    /// The passphrase is wrong, or the share is damaged.
    pub fn open_share(
        &self,
        which: ShareOf,
        passphrase: Option<&Passphrase>,
    ) -> Result<Share, KeyError> {
        let secret = self.secret(passphrase)?;
        let damaged = || KeyError::Damaged { path: self.path.clone(), share: which };
        let (bytes, check) = secret.trim_end().rsplit_once('-').ok_or_else(damaged)?;
        let bytes = Base64::<32>::decode(bytes).ok_or_else(damaged)?;
        let share = Share { which, bytes: Zeroizing::new(bytes.0) };
        match share_check(&self.public, &share) == check {
            true => Ok(share),
            false => Err(damaged()),
        }
    }
}

fn form(path: &Path, line: usize, expected: &'static str) -> KeyError {
    KeyError::Form { path: path.to_owned(), line, expected }
}

/// Check characters over everything that a share file says.
fn share_check(public: &ReleasePublicKey, share: &Share) -> String {
    let ShareOf { number, of, needed } = share.which;
    let which = [number, of, needed];
    checksum("senim release key share 1", &[&public.to_bytes(), &which, share.bytes.as_ref()])
}

/// The text of a key file.
pub(super) fn key_text(
    key: &ReleaseKey,
    protection: &Protection,
) -> Result<Zeroizing<String>, KeyError> {
    let secret = Zeroizing::new(Base64(*Zeroizing::new(key.to_bytes())).encode());
    let head = format!("{KEY}\n{PUBLIC}{}\n", PrintedKey(key.public_key()));
    text(head, &secret, protection)
}

/// The text of a share file.
pub(super) fn share_text(
    public: &ReleasePublicKey,
    share: &Share,
    protection: &Protection,
) -> Result<Zeroizing<String>, KeyError> {
    let bytes = Zeroizing::new(Base64(*share.bytes).encode());
    let secret = Zeroizing::new(format!("{}-{}", *bytes, share_check(public, share)));
    let which = share.which.to_string();
    let which = which.strip_prefix("share ").unwrap_or(&which);
    let head = format!("{SHARE}\n{PUBLIC}{}\n{WHICH}{which}\n", PrintedKey(*public));
    text(head, &secret, protection)
}

fn text(
    head: String,
    secret: &str,
    protection: &Protection,
) -> Result<Zeroizing<String>, KeyError> {
    let mut text = Zeroizing::new(head);
    match protection {
        Protection::Unprotected => text.extend([UNPROTECTED, secret, "\n"]),
        Protection::Passphrase(passphrase, work) => {
            text.push_str(passphrase.seal(secret, *work)?.trim_end());
            text.push('\n');
        }
    }
    Ok(text)
}

impl fmt::Debug for KeyFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyFile").field("path", &self.path).field("kind", &self.kind).finish()
    }
}
