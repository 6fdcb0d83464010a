//! Whether a database holds what it must: nothing lost, nothing that came from nowhere, releases as
//! they were published.

use crate::definitions::hex;
use crate::storage::verification::{self, Surplus, WaveCounts};
use crate::storage::{Storage, StorageError, releases, waves};
use sha2::{Digest, Sha256};

/// Something that must not be, in words for the operator.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    #[error(
        "wave \"{}\": {} sealed responses and {} spent values; each response has spent one, so \
         {}", .0.name, .0.envelopes, .0.spent_values,
        if .0.envelopes < .0.spent_values { "some are lost" } else { "some came from nowhere" }
    )]
    Unequal(WaveCounts),
    #[error(
        "wave \"{}\": {} spent values and {} used slips; a value is signed for a used slip only",
        .0.name, .0.spent_values, .0.used_slips
    )]
    MoreThanSlips(WaveCounts),
    #[error(
        "wave \"{}\", class {}: {} sealed responses and {} used slips",
        .0.wave, .0.class, .0.envelopes, .0.used_slips
    )]
    Surplus(Surplus),
    #[error("{rows} rows of {table} belong to a wave or class that is not there")]
    Stray { table: String, rows: i64 },
    #[error("the database says of itself: {0}")]
    Damage(String),
    #[error("the release of wave \"{wave}\", {definition}: {problem}")]
    Release { wave: String, definition: String, problem: String },
}

/// What was compared, and what is wrong.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verified {
    pub waves: Vec<WaveCounts>,
    /// Releases that were compared with the hash noted when they were published.
    pub releases: usize,
    /// Releases from before hashes were noted.
    pub releases_without_hash: usize,
    /// Responses of a demonstration are made without slips, so they were not compared with them.
    pub demonstration: bool,
    pub troubles: Vec<Trouble>,
}

/// Looks at everything, the counts in one moment's state; others may write meanwhile.
pub async fn verify(storage: &Storage) -> Result<Verified, StorageError> {
    let mut found = Verified::default();
    let mut snapshot = storage.snapshot().await?;
    found.demonstration = verification::is_demonstration(&mut snapshot).await?;
    found.waves = verification::waves(&mut snapshot).await?;
    let strays = verification::strays(&mut snapshot).await?;
    let damages = verification::damages(storage, &mut snapshot).await?;
    let unequal = found.waves.iter().filter(|wave| wave.envelopes != wave.spent_values);
    found.troubles.extend(unequal.cloned().map(Trouble::Unequal));
    if !found.demonstration {
        let more = found.waves.iter().filter(|wave| wave.spent_values > wave.used_slips);
        found.troubles.extend(more.cloned().map(Trouble::MoreThanSlips));
        let surpluses = verification::surpluses(&mut snapshot).await?;
        found.troubles.extend(surpluses.into_iter().map(Trouble::Surplus));
    }
    // Nothing else is asked while it is open: it may have the only connection.
    snapshot.rollback().await?;
    found.troubles.extend(strays.into_iter().map(|(table, rows)| Trouble::Stray { table, rows }));
    found.troubles.extend(damages.into_iter().map(Trouble::Damage));
    verify_releases(storage, &mut found).await?;
    Ok(found)
}

/// A release is written once, so no moment is needed for it.
async fn verify_releases(storage: &Storage, found: &mut Verified) -> Result<(), StorageError> {
    for wave in waves::all(storage).await? {
        for noted in releases::noted(storage, wave.id).await? {
            let id = &noted.definition;
            let problem = match releases::one(storage, wave.id, id).await {
                Ok(Some(release)) if noted.sha256.is_empty() => {
                    found.releases_without_hash += 1;
                    (release.groups.is_empty()).then(|| "it has no groups".to_owned())
                }
                Ok(Some(release)) => {
                    found.releases += 1;
                    let got = hex(&Sha256::digest(release.write_json_lines()));
                    (got != noted.sha256).then(|| {
                        let published = &noted.sha256;
                        format!("its SHA-256 is {got}, published was {published}")
                    })
                }
                Ok(None) => Some("it is not there".to_owned()),
                Err(StorageError::Content { expected, value }) => {
                    Some(format!("instead of {expected} there is \"{value}\""))
                }
                Err(error) => return Err(error),
            };
            let name = || format!("{} version {}", id.id, id.version);
            found.troubles.extend(problem.map(|problem| Trouble::Release {
                wave: wave.name.clone(),
                definition: name(),
                problem,
            }));
        }
    }
    Ok(())
}
