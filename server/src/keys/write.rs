use super::file::{key_text, share_text};
use super::{KeyError, Protection, Share};
use crate::random::Random;
use crate::whole_file::WholeFile;
use protocol::{ReleaseKey, ReleasePublicKey};
use std::fs::{self, File};
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;

/// A new release key in a new file.
pub fn make(path: &Path, protection: &Protection, random: &Random) -> Result<ReleaseKey, KeyError> {
    let key = random.draw(ReleaseKey::new);
    write_key(path, &key, protection)?;
    Ok(key)
}

/// Writes a key file that only its owner reads, whole or not at all.
///
/// # Errors
/// There is a file already, which is never written over.
pub fn write_key(path: &Path, key: &ReleaseKey, protection: &Protection) -> Result<(), KeyError> {
    WholeFile::write(path, &key_text(key, protection)?).map_err(KeyError::io(path))
}

/// Writes share files into a new directory, all or none, each with its own protection.
///
/// # Errors
/// The directory is there already.
pub fn write_shares(
    directory: &Path,
    public: &ReleasePublicKey,
    shares: &[(Share, Protection)],
) -> Result<(), KeyError> {
    if directory.exists() {
        return Err(KeyError::Exists { path: directory.to_owned() });
    }
    let mut unfinished = directory.as_os_str().to_owned();
    unfinished.push(".unfinished");
    let unfinished = Path::new(&unfinished);
    let write = || {
        if unfinished.exists() {
            fs::remove_dir_all(unfinished).map_err(KeyError::io(unfinished))?;
        }
        fs::DirBuilder::new().mode(0o700).create(unfinished).map_err(KeyError::io(unfinished))?;
        for (share, protection) in shares {
            let name = format!("share-{}-of-{}", share.which.number, share.which.of);
            let path = unfinished.join(name);
            let text = share_text(public, share, protection)?;
            WholeFile::write(&path, &text).map_err(KeyError::io(&path))?;
        }
        fs::rename(unfinished, directory).map_err(KeyError::io(directory))?;
        let above = directory.parent().filter(|above| !above.as_os_str().is_empty());
        let above = above.unwrap_or(Path::new("."));
        File::open(above).and_then(|above| above.sync_all()).map_err(KeyError::io(above))
    };
    let written = write();
    if written.is_err() {
        let _ = fs::remove_dir_all(unfinished);
    }
    written
}
