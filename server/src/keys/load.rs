use super::file::Kind;
use super::share::{ShareOf, join};
use super::{KeyError, KeyFile, Passphrases};
use protocol::ReleaseKey;
use std::path::PathBuf;

/// The release key of one key file or of enough shares, joined in memory only. Every file is read
/// and compared before a passphrase is asked for.
///
/// # Errors
/// The first thing that keeps the key closed.
pub fn load(paths: &[PathBuf], passphrases: &mut Passphrases) -> Result<ReleaseKey, KeyError> {
    let files = paths.iter().map(|path| KeyFile::read(path)).collect::<Result<Vec<_>, _>>()?;
    open_files(&files, passphrases)
}

/// The same of files that were read.
pub fn open_files(
    files: &[KeyFile],
    passphrases: &mut Passphrases,
) -> Result<ReleaseKey, KeyError> {
    if let [file] = files
        && file.kind == Kind::Key
    {
        passphrases.expect(file.is_protected().into())?;
        let passphrase = file.is_protected().then(|| passphrases.next(&file.path)).transpose()?;
        return file.open_key(passphrase.as_ref());
    }
    let shares = compare(files)?;
    passphrases.expect(files.iter().filter(|file| file.is_protected()).count())?;
    let mut opened = Vec::new();
    for (file, which) in shares {
        let passphrase = file.is_protected().then(|| passphrases.next(&file.path)).transpose()?;
        opened.push(file.open_share(which, passphrase.as_ref())?);
    }
    let key = ReleaseKey::from_bytes(&*join(&opened)?).ok_or(KeyError::NotTogether)?;
    let fits = files.first().is_some_and(|file| key.fits(&file.public));
    fits.then_some(key).ok_or(KeyError::NotTogether)
}

/// Enough different shares of one split of one key.
fn compare(files: &[KeyFile]) -> Result<Vec<(&KeyFile, ShareOf)>, KeyError> {
    let mut shares: Vec<(&KeyFile, ShareOf)> = Vec::new();
    for file in files {
        let path = file.path.clone();
        let Kind::Share(share) = file.kind else { return Err(KeyError::Mixed { path }) };
        if let Some((first, other)) = shares.first() {
            let (first, other) = (&**first, *other);
            if first.public != file.public {
                return Err(KeyError::Foreign { path, first: first.path.clone() });
            }
            if (other.of, other.needed) != (share.of, share.needed) {
                let first = first.path.clone();
                return Err(KeyError::OtherSplit { path, share, first, other });
            }
        }
        if let Some((first, _)) = shares.iter().find(|(_, other)| other.number == share.number) {
            return Err(KeyError::Twice { path, first: first.path.clone(), share });
        }
        shares.push((file, share));
    }
    let needed = shares.first().map_or(1, |(_, share)| share.needed);
    match shares.len() {
        given if given < needed.into() => Err(KeyError::TooFew { needed, given }),
        _ => Ok(shares),
    }
}
