//! The directory of secrets as a backup of its own.

use super::BackupError;
use super::file::{self, Identities, Sealing};
use super::header::{Header, Part};
use super::read::Piece;
use crate::clock::Clock;
use crate::secrets::copies::{self, Files, Secret};
use crate::storage::rows::Cell;
use crate::storage::schema::Table;
use age::x25519::Recipient;
use std::path::Path;

/// Copies every secret into a file that is not there yet; how many there are.
pub fn back_up_secrets(
    directory: &Path,
    clock: &Clock,
    to: &Path,
    recipients: &[Recipient],
) -> Result<usize, BackupError> {
    let secrets = copies::read_all(directory)?;
    let of_wave = |name: &String| match Secret::of_name(name) {
        Some(Secret::TokenOf(wave)) => Some(wave),
        _ => None,
    };
    let waves = secrets.iter().filter_map(|(name, _)| of_wave(name)).collect();
    let header = Header::new(Part::Secrets, clock.today(), 0, waves);
    let failed = BackupError::io(to);
    let mut sealing = Sealing::create(to, recipients, &header)?;
    sealing.writing.table(&table()).map_err(&failed)?;
    for (name, secret) in &secrets {
        let row = [Cell::Text(name.clone()), Cell::Text((*copies::encode(secret)).clone())];
        sealing.writing.row(&row).map_err(&failed)?;
    }
    sealing.writing.end_of_table().map_err(&failed)?;
    let sealed = sealing.finish()?;
    let (meanwhile, own) = sealed.opened_by();
    if read_secrets(&meanwhile, own)? != secrets {
        let problem = "other secrets".to_owned();
        return Err(BackupError::ReadBack { path: to.to_owned(), problem });
    }
    sealed.keep()?;
    Ok(secrets.len())
}

/// Reads a backup of secrets to its end.
pub fn read_secrets(path: &Path, identities: &Identities) -> Result<Files, BackupError> {
    let (header, mut reading) = file::open(path, identities)?;
    if header.part != Part::Secrets {
        let (got, expected) = (header.part.name(), Part::Secrets.name());
        return Err(BackupError::OtherPart { path: path.to_owned(), got, expected });
    }
    let mut secrets = Files::new();
    loop {
        match reading.next()? {
            Piece::Table(named) if named == table() => {}
            Piece::Table(_) => return Err(reading.wrong("expected is the table of secrets")),
            Piece::Row(row) => {
                let secret = match row.as_slice() {
                    [Cell::Text(name), Cell::Text(text)] if Secret::of_name(name).is_some() => {
                        copies::decode(text).map(|secret| (name.clone(), secret))
                    }
                    _ => None,
                };
                secrets.push(secret.ok_or_else(|| reading.wrong("this is not a secret"))?);
            }
            Piece::EndOfTable => {}
            Piece::End => return Ok(secrets),
        }
    }
}

/// Makes the directory of secrets anew, all or nothing; how many there are.
pub fn restore_secrets(
    path: &Path,
    identities: &Identities,
    directory: &Path,
) -> Result<usize, BackupError> {
    let secrets = read_secrets(path, identities)?;
    if directory.read_dir().is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(BackupError::SecretsThere(directory.to_owned()));
    }
    copies::write_all(directory, &secrets)?;
    Ok(secrets.len())
}

fn table() -> Table {
    let columns = ["file", "content"].map(str::to_owned).to_vec();
    Table { name: "secrets".to_owned(), columns }
}
