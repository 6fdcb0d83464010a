//! The directory of secrets as a whole, for its backup.

use super::{PEPPER, SecretsError, expect_directory, file_error, read, write};
use protocol::Base64;
use std::fs::{self, File};
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;
use uuid::Uuid;
use zeroize::Zeroizing;

/// Before the id of a token secret's wave.
const TOKEN: &str = "token-secret-";

/// What a file of the directory is, by its name; `None` for any other file.
pub enum Secret {
    Pepper,
    TokenOf(Uuid),
}

impl Secret {
    pub fn of_name(name: &str) -> Option<Self> {
        if name == PEPPER {
            return Some(Self::Pepper);
        }
        name.strip_prefix(TOKEN)?.parse().ok().map(Self::TokenOf)
    }
}

/// Names of files and what is in them.
pub type Files = Vec<(String, Zeroizing<[u8; 32]>)>;

/// All secrets, by name.
pub fn read_all(directory: &Path) -> Result<Files, SecretsError> {
    expect_directory(directory)?;
    let failed = file_error(directory);
    let mut all = Files::new();
    for entry in fs::read_dir(directory).map_err(&failed)? {
        let path = entry.map_err(&failed)?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if Secret::of_name(name).is_none() {
            continue;
        }
        // A secret can be destroyed between the two looks.
        all.extend(read(&path)?.map(|secret| (name.to_owned(), secret)));
    }
    all.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(all)
}

/// Makes the directory with these secrets, all or none.
///
/// # Errors
/// [`std::io::ErrorKind::AlreadyExists`] when the directory is there with anything in it.
pub fn write_all(
    directory: &Path,
    secrets: &[(String, Zeroizing<[u8; 32]>)],
) -> Result<(), SecretsError> {
    let failed = file_error(directory);
    if fs::read_dir(directory).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(failed(std::io::ErrorKind::AlreadyExists.into()));
    }
    let unfinished = crate::whole_file::unfinished(directory);
    if unfinished.exists() {
        fs::remove_dir_all(&unfinished).map_err(&failed)?;
    }
    fs::DirBuilder::new().recursive(true).mode(0o700).create(&unfinished).map_err(&failed)?;
    let written = secrets.iter().try_for_each(|(name, secret)| {
        // The name is checked by whoever read it, and looked at again: it becomes a path.
        let path = unfinished.join(name);
        match Secret::of_name(name) {
            Some(_) => write(&path, secret),
            None => Err(SecretsError::Content { path }),
        }
    });
    let placed = written.and_then(|()| fs::rename(&unfinished, directory).map_err(&failed));
    if placed.is_err() {
        let _ = fs::remove_dir_all(&unfinished);
        return placed;
    }
    let above = crate::whole_file::directory_of(directory);
    File::open(above).and_then(|above| above.sync_all()).map_err(file_error(above))
}

/// A secret as its file and a backup hold it.
pub fn encode(secret: &[u8; 32]) -> Zeroizing<String> {
    Zeroizing::new(Base64(*secret).encode())
}

/// The opposite; `None` for what is no secret.
pub fn decode(text: &str) -> Option<Zeroizing<[u8; 32]>> {
    Base64::<32>::decode(text).map(|secret| Zeroizing::new(secret.0))
}
