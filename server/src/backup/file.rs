//! The file of a backup: written under another name until it is whole, sealed as it is written.

use super::BackupError;
use super::header::Header;
use super::read::{Piece, Reading};
use super::write::Writing;
use crate::whole_file::{WholeFile, unfinished};
use age::stream::{StreamReader, StreamWriter};
use age::x25519::{Identity, Recipient};
use age::{DecryptError, Decryptor, Encryptor, IdentityFile};
use std::fs::File;
use std::io::{BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Who opens a backup.
pub struct Identities {
    from: PathBuf,
    keys: Vec<Box<dyn age::Identity + Send + Sync>>,
}

impl Identities {
    /// Every key of an identity file, as `age-keygen` writes it.
    pub fn read(path: &Path) -> Result<Self, BackupError> {
        let wrong = |error| BackupError::Identity { path: path.to_owned(), error };
        let file = File::open(path).map_err(BackupError::io(path))?;
        let keys = IdentityFile::from_buffer(BufReader::new(file)).map_err(wrong)?;
        let keys = keys.into_identities().map_err(|error| wrong(std::io::Error::other(error)))?;
        match keys.is_empty() {
            true => Err(wrong(std::io::Error::other("no line is one"))),
            false => Ok(Self { from: path.to_owned(), keys }),
        }
    }

    fn own(key: Identity) -> Self {
        Self { from: PathBuf::from("the key of this run"), keys: vec![Box::new(key)] }
    }
}

/// A backup that is being written.
pub(super) struct Sealing {
    pub writing: Writing<StreamWriter<BufWriter<WholeFile>>>,
    path: PathBuf,
    /// A key of this run alone, forgotten with it: what was written is read back with it.
    own: Identity,
}

/// A backup that was written and is not in its place yet.
pub(super) struct Sealed {
    file: WholeFile,
    path: PathBuf,
    own: Identities,
}

impl Sealing {
    pub fn create(
        path: &Path,
        recipients: &[Recipient],
        header: &Header,
    ) -> Result<Self, BackupError> {
        let failed = BackupError::io(path);
        let mut file = BufWriter::new(WholeFile::create(path).map_err(&failed)?);
        file.write_all(header.line().as_bytes()).map_err(&failed)?;
        let own = Identity::generate();
        let all: Vec<_> = recipients.iter().cloned().chain([own.to_public()]).collect();
        let all = all.iter().map(|one| one as &dyn age::Recipient);
        let sealing = Encryptor::with_recipients(all)
            .map_err(|error| BackupError::Seal(error.to_string()))?;
        let sealed = sealing.wrap_output(file).map_err(&failed)?;
        let writing = Writing::begin(sealed, &header.line()).map_err(&failed)?;
        Ok(Self { writing, path: path.to_owned(), own })
    }

    pub fn finish(self) -> Result<Sealed, BackupError> {
        let Self { writing, path, own } = self;
        let failed = BackupError::io(&path);
        let sealed = writing.finish().and_then(StreamWriter::finish).map_err(&failed)?;
        let file = sealed.into_inner().map_err(|error| failed(error.into_error()))?;
        drop(failed);
        Ok(Sealed { file, path, own: Identities::own(own) })
    }
}

impl Sealed {
    /// Where it is meanwhile, and what opens it.
    pub fn opened_by(&self) -> (PathBuf, &Identities) {
        (unfinished(&self.path), &self.own)
    }

    /// Puts it in its place.
    pub fn keep(self) -> Result<(), BackupError> {
        self.file.finish().map_err(BackupError::io(&self.path))
    }
}

pub(super) type Lines = BufReader<StreamReader<BufReader<File>>>;

/// The header that anybody reads.
pub fn header(path: &Path) -> Result<Header, BackupError> {
    let file = File::open(path).map_err(BackupError::io(path))?;
    Header::read(path, &mut BufReader::new(file))
}

/// Begins to read a backup.
pub(super) fn open(
    path: &Path,
    identities: &Identities,
) -> Result<(Header, Reading<Lines>), BackupError> {
    let mut file = BufReader::new(File::open(path).map_err(BackupError::io(path))?);
    let header = Header::read(path, &mut file)?;
    let refused = |error| match error {
        DecryptError::NoMatchingKeys => {
            BackupError::WrongKey { path: path.to_owned(), identity: identities.from.clone() }
        }
        other => BackupError::Damaged { path: path.to_owned(), problem: other.to_string() },
    };
    let keys = identities.keys.iter().map(|key| key.as_ref() as &dyn age::Identity);
    let sealed = Decryptor::new_buffered(file).and_then(|file| file.decrypt(keys));
    let lines = BufReader::new(sealed.map_err(refused)?);
    let reading = Reading::begin(path, lines, &header.line())?;
    Ok((header, reading))
}

/// Reads a backup to its end; how many rows each table has.
pub(super) fn check(
    path: &Path,
    identities: &Identities,
) -> Result<(Header, super::Counts), BackupError> {
    let (header, mut reading) = open(path, identities)?;
    while !matches!(reading.next()?, Piece::End) {}
    Ok((header, reading.counts().clone()))
}
