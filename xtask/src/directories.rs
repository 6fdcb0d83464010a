//! Directories that are made beside and moved into place whole.

use std::fs;
use std::path::Path;

use crate::error::Error;

/// Removes a directory if there is one.
pub(crate) fn remove(directory: &Path) -> Result<(), Error> {
    match directory.exists() {
        true => fs::remove_dir_all(directory).map_err(Error::file("removing", directory)),
        false => Ok(()),
    }
}

/// Puts a directory in another one's place: an interrupted run leaves no half.
pub(crate) fn replace(directory: &Path, fresh: &Path) -> Result<(), Error> {
    remove(directory)?;
    fs::rename(fresh, directory).map_err(Error::file("moving into place", fresh))
}
