//! What the server must know and the database must not: the pepper of slip hashes and the token
//! secret of each wave, one file each, readable by the server's user alone.

pub(crate) mod copies;
mod staff;

use crate::random::Random;
use crate::storage::waves::Wave;
use crate::whole_file::{WholeFile, directory_of, unfinished};
use hmac::{Hmac, Mac};
use protocol::{Base64, Issuer, SlipCode, TokenError};
use rand_core::RngCore;
use sha2::Sha256;
use std::collections::{HashMap, HashSet};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use uuid::Uuid;
use zeroize::Zeroizing;

/// The file of the pepper; a directory without it is not one of secrets.
const PEPPER: &str = "slip-pepper";

/// The directory of secrets, opened.
pub struct Secrets {
    directory: PathBuf,
    pepper: Zeroizing<[u8; 32]>,
    issuers: RwLock<HashMap<Uuid, Arc<Issuer>>>,
}

/// Why a secret cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum SecretsError {
    #[error("{path}: {error}")]
    File { path: PathBuf, error: io::Error },
    #[error("{path} does not hold a secret of 32 bytes; restore it from the backup of secrets")]
    Content { path: PathBuf },
    #[error("{path} is missing; restore it from the backup of secrets")]
    Missing { path: PathBuf },
    #[error("{path} is not the token secret that its wave was created with; restore the right one")]
    OtherWave { path: PathBuf },
    #[error(
        "{path} is missing although the database holds slips, second factors or links with a sign-in \
         provider: this is not the directory of secrets that they were made with"
    )]
    PepperMissing { path: PathBuf },
    #[error(
        "{0} is not the directory of secrets that the server uses: it holds no slip-pepper; \
         nothing was changed"
    )]
    NotSecrets(PathBuf),
    #[error("the token secret cannot be used: {0}")]
    Token(#[from] TokenError),
}

impl Secrets {
    /// Opens the directory, making it and the pepper when they are not there; a new pepper would
    /// make every slip, second factor and link in use unknown, so with `in_use` a missing one is an error.
    pub fn open(directory: &Path, random: &Random, in_use: bool) -> Result<Self, SecretsError> {
        fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(directory)
            .map_err(file_error(directory))?;
        let path = directory.join(PEPPER);
        let pepper = match read(&path)? {
            Some(pepper) => pepper,
            None if in_use => return Err(SecretsError::PepperMissing { path }),
            None => {
                let mut pepper = Zeroizing::new([0; 32]);
                random.draw(|rng| rng.fill_bytes(pepper.as_mut()));
                write(&path, &pepper)?;
                pepper
            }
        };
        Ok(Self { directory: directory.to_owned(), pepper, issuers: RwLock::default() })
    }

    /// Makes the token key of a new wave and keeps its secret.
    pub fn make_issuer(&self, wave: Uuid, random: &Random) -> Result<Arc<Issuer>, SecretsError> {
        let issuer = random.draw(Issuer::new)?;
        write(&self.token_path(wave), issuer.secret())?;
        Ok(self.keep(wave, issuer))
    }

    /// The token key of a wave, which must be the one that its slips and tablets were told of.
    pub fn issuer(&self, wave: &Wave) -> Result<Arc<Issuer>, SecretsError> {
        let kept = self.find_issuer(wave.id)?;
        let path = self.token_path(wave.id);
        let issuer = kept.ok_or_else(|| SecretsError::Missing { path: path.clone() })?;
        if issuer.public_key() == wave.token_key {
            Ok(issuer)
        } else {
            Err(SecretsError::OtherWave { path })
        }
    }

    /// The token key under this wave's id, if there is one.
    pub fn find_issuer(&self, wave: Uuid) -> Result<Option<Arc<Issuer>>, SecretsError> {
        let issuers = self.issuers.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(issuer) = issuers.get(&wave) {
            return Ok(Some(issuer.clone()));
        }
        drop(issuers);
        let secret = read(&self.token_path(wave))?;
        secret.map(|secret| Ok(self.keep(wave, Issuer::from_secret(*secret)?))).transpose()
    }

    /// Wipes from memory what was read of other waves than these.
    pub fn keep_only(&self, waves: &HashSet<Uuid>) {
        let mut issuers = self.issuers.write().unwrap_or_else(PoisonError::into_inner);
        issuers.retain(|wave, _| waves.contains(wave));
    }

    /// The keyed hash under which a slip is stored.
    pub fn slip_hash(&self, code: &SlipCode) -> Base64<32> {
        self.keyed_hash(b"senim slip 1", code.to_string().as_bytes())
    }

    /// What is kept of a blinded value, to know the same request again.
    pub fn blinded_hash(&self, blinded: &Base64<32>) -> Base64<32> {
        self.keyed_hash(b"senim blinded 1", &blinded.0)
    }

    fn keyed_hash(&self, domain: &[u8], message: &[u8]) -> Base64<32> {
        // HMAC takes a key of any length, so this cannot fail.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(self.pepper.as_ref()) else {
            return Base64([0; 32]);
        };
        mac.update(domain);
        mac.update(message);
        Base64(mac.finalize().into_bytes().into())
    }

    fn keep(&self, wave: Uuid, issuer: Issuer) -> Arc<Issuer> {
        let issuer = Arc::new(issuer);
        let mut issuers = self.issuers.write().unwrap_or_else(PoisonError::into_inner);
        issuers.insert(wave, issuer.clone());
        issuer
    }

    fn token_path(&self, wave: Uuid) -> PathBuf {
        token_path(&self.directory, wave)
    }
}

fn token_path(directory: &Path, wave: Uuid) -> PathBuf {
    directory.join(format!("token-secret-{wave}"))
}

/// An error unless this is a directory of secrets; none is made.
pub(crate) fn expect_directory(directory: &Path) -> Result<(), SecretsError> {
    match read(&directory.join(PEPPER))? {
        Some(_) => Ok(()),
        None => Err(SecretsError::NotSecrets(directory.to_owned())),
    }
}

/// Destroys the token secret of a wave; `false` when there was none.
pub(crate) fn destroy_token_secret(directory: &Path, wave: Uuid) -> Result<bool, SecretsError> {
    let path = token_path(directory, wave);
    let rest = unfinished(&path);
    destroy([path.as_path(), rest.as_path()])
}

/// Overwrites and removes files and waits until the disk has both; `false` when none was there.
/// Files of which nothing is left are destroyed already, so it may be interrupted and run again.
pub(crate) fn destroy<'a>(paths: impl IntoIterator<Item = &'a Path>) -> Result<bool, SecretsError> {
    let mut found = false;
    for path in paths {
        found |= destroy_one(path).map_err(file_error(path))?;
    }
    Ok(found)
}

fn destroy_one(path: &Path) -> io::Result<bool> {
    let mut file = match OpenOptions::new().write(true).open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(error),
    };
    // Not truncated first: the same blocks are to be written.
    let length = file.metadata()?.len();
    io::copy(&mut io::repeat(0).take(length), &mut file)?;
    file.sync_all()?;
    fs::remove_file(path)?;
    File::open(directory_of(path))?.sync_all()?;
    Ok(true)
}

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Secrets").field("directory", &self.directory).finish()
    }
}

fn file_error(path: &Path) -> impl Fn(io::Error) -> SecretsError {
    move |error| SecretsError::File { path: path.to_owned(), error }
}

/// A secret of 32 bytes written as base64url; `None` when there is no such file.
fn read(path: &Path) -> Result<Option<Zeroizing<[u8; 32]>>, SecretsError> {
    let text = match fs::read_to_string(path) {
        Ok(text) => Zeroizing::new(text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => {
            return Err(SecretsError::Content { path: path.to_owned() });
        }
        Err(error) => return Err(file_error(path)(error)),
    };
    Base64::<32>::decode(text.trim())
        .map(|secret| Some(Zeroizing::new(secret.0)))
        .ok_or_else(|| SecretsError::Content { path: path.to_owned() })
}

/// Writes a secret that is not there yet, whole or not at all, and waits until the disk has it.
fn write(path: &Path, secret: &[u8; 32]) -> Result<(), SecretsError> {
    let text = Zeroizing::new(Base64(*secret).encode() + "\n");
    WholeFile::write(path, &text).map_err(file_error(path))
}
