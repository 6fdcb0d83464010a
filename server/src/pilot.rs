//! What makes a trial of a wave: its release key lies beside the server, or not all its texts have
//! been checked. Both are said wherever somebody meets it.

use crate::definitions::Definitions;
use crate::keys::unprotected_in;
use crate::settings::Settings;
use crate::storage::{Storage, StorageError, waves};
use protocol::ReleasePublicKey;
use sqlx::sqlite::SqliteConnectOptions;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use uuid::Uuid;

/// Whether a text of the wave's surveys has not been checked by native speakers.
pub async fn has_unchecked_texts(
    storage: &Storage,
    definitions: &Definitions,
    wave: Uuid,
) -> Result<bool, StorageError> {
    let rows = waves::definitions(storage, wave).await?;
    Ok(!definitions.unchecked(rows.iter().map(|row| &row.definition)).is_empty())
}

/// Release keys that lie open beside the secrets, beside the database or where the server runs.
///
/// Trap: only before the database is opened. Whoever closes any file of an open SQLite database
/// takes away the locks of the whole process (sqlite.org/howtocorrupt.html, section 2.2).
pub fn keys_beside(settings: &Settings) -> Vec<ReleasePublicKey> {
    unprotected_in(&directories(settings))
}

/// Whether one of the keys found is that of a wave.
pub async fn opens_a_wave(
    found: &[ReleasePublicKey],
    storage: &Storage,
) -> Result<bool, StorageError> {
    if found.is_empty() {
        return Ok(false);
    }
    for wave in waves::all(storage).await? {
        if found.contains(&wave.release_key) {
            tracing::warn!(wave = %wave.id, "the release key lies unprotected beside this server");
            return Ok(true);
        }
    }
    Ok(false)
}

fn directories(settings: &Settings) -> Vec<PathBuf> {
    let mut directories = vec![settings.secrets.clone(), PathBuf::from(".")];
    if settings.database.database.starts_with("sqlite:")
        && let Ok(options) = SqliteConnectOptions::from_str(&settings.database.database)
    {
        let beside = options.get_filename().parent();
        let beside = beside.filter(|beside| !beside.as_os_str().is_empty());
        directories.push(beside.unwrap_or(Path::new(".")).to_owned());
    }
    directories
}
