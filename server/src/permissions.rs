//! Who on this machine may read what the server keeps: looked at before it starts.

use sqlx::sqlite::SqliteConnectOptions;
use std::fs::{self, OpenOptions};
use std::io;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::str::FromStr;

const OF_OTHERS: u32 = 0o007;
const OF_GROUP: u32 = 0o070;

/// Why a file or directory is not safe where it lies.
#[derive(Debug, thiserror::Error)]
pub enum PermissionsError {
    #[error(
        "{path} can be read or changed by everybody on this machine: run `chmod {wanted} {path}` \
         and consider what it holds as known; then start again"
    )]
    Open { path: PathBuf, wanted: &'static str },
    #[error("{path}: {error}")]
    File { path: PathBuf, error: io::Error },
}

/// An error when others may read this secret file or directory; a warning when its group may.
pub fn expect_private(path: &Path) -> Result<(), PermissionsError> {
    let found = fs::metadata(path);
    let found = found.map_err(|error| PermissionsError::File { path: path.to_owned(), error })?;
    let wanted = if found.is_dir() { "700" } else { "600" };
    if found.mode() & OF_OTHERS != 0 {
        return Err(PermissionsError::Open { path: path.to_owned(), wanted });
    }
    if found.mode() & OF_GROUP != 0 {
        tracing::warn!(
            path = %path.display(),
            "its group may read or change this secret; if that is not wanted: chmod {wanted}"
        );
    }
    Ok(())
}

/// The same for a directory of secrets and everything that lies in it. One that is not there will be
/// made by the server, closed.
pub fn expect_private_directory(directory: &Path) -> Result<(), PermissionsError> {
    let entries = match fs::read_dir(directory) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(PermissionsError::File { path: directory.to_owned(), error }),
    };
    expect_private(directory)?;
    for entry in entries.flatten() {
        expect_private(&entry.path())?;
    }
    Ok(())
}

/// [`close_database`] for a URL. What is wrong with its path is said better when it is opened.
pub fn close_sqlite(url: &str) {
    if !url.contains(":memory:")
        && let Ok(options) = SqliteConnectOptions::from_str(url)
    {
        let _ = close_database(options.get_filename());
    }
}

/// Makes the file of a new SQLite database closed to others, as SQLite itself would not, and its
/// journals with it; warns of one that lies open.
///
/// Trap: only before the database is opened. Whoever closes any file of an open SQLite database
/// takes away the locks of the whole process (sqlite.org/howtocorrupt.html, section 2.2).
fn close_database(path: &Path) -> io::Result<()> {
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
        Ok(_) => return Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        Err(error) => return Err(error),
    }
    let file = fs::metadata(path)?;
    let beside = fs::metadata(crate::whole_file::directory_of(path))?;
    if file.mode() & OF_OTHERS != 0 && beside.mode() & OF_OTHERS != 0 {
        tracing::warn!(
            path = %path.display(),
            "everybody on this machine can read or change the database; run `chmod o= {0} {0}-wal {0}-shm`",
            path.display()
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    fn set(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }

    #[test]
    fn a_directory_or_file_that_others_read_is_refused_with_what_to_run() {
        let directory = tempfile::tempdir().unwrap();
        let (secrets, file) = (directory.path().join("s"), directory.path().join("s/pepper"));
        assert!(expect_private_directory(&secrets).is_ok());
        fs::create_dir(&secrets).unwrap();
        fs::write(&file, "x").unwrap();
        for (of_directory, of_file, said) in
            [(0o755, 0o600, "chmod 700"), (0o700, 0o604, "chmod 600"), (0o700, 0o602, "chmod 600")]
        {
            set(&secrets, of_directory);
            set(&file, of_file);
            let error = expect_private_directory(&secrets).unwrap_err().to_string();
            assert!(error.contains(said), "{error}");
        }
        for of_file in [0o600, 0o640, 0o400] {
            set(&file, of_file);
            expect_private_directory(&secrets).unwrap();
        }
    }

    #[test]
    fn a_new_database_is_closed_and_an_old_one_left_as_it_is() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("senim.sqlite");
        let mode = || fs::metadata(&path).unwrap().mode() & 0o777;
        close_database(&path).unwrap();
        assert_eq!(mode(), 0o600);
        set(&path, 0o644);
        close_database(&path).unwrap();
        assert_eq!(mode(), 0o644);
    }
}
