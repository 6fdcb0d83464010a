use super::made::MadeRelease;
use super::publish::{Report, as_job, not_released, store};
use super::sealed::SealedWave;
use super::{ReleaseError, closed_wave, export};
use crate::clock::Clock;
use crate::random::Random;
use crate::storage::Storage;
use std::collections::BTreeSet;
use std::io;
use uuid::Uuid;

/// Publishes a release that was made on another machine, if it was made from exactly the envelopes
/// that the database holds.
///
/// # Errors
/// It is of another wave, of other envelopes or definitions, or the wave is not closed: found
/// before anything is touched.
pub async fn bring_back(
    storage: &Storage,
    (clock, random): (&Clock, &Random),
    wave: Uuid,
    made: &MadeRelease,
) -> Result<Report, ReleaseError> {
    let wave = closed_wave(storage, wave).await?;
    not_released(&wave)?;
    let ids = made.releases.iter().map(|release| release.header.wave.clone());
    if let Some(got) = ids.chain([made.wave.to_string()]).find(|id| *id != wave.id.to_string()) {
        return Err(ReleaseError::OtherWave { expected: wave.id, got });
    }
    let sealed = SealedWave::of_database(storage, &wave).await?;
    check_definitions(&sealed, made)?;
    let (_, expected) = export(storage, &sealed, io::sink()).await?;
    if made.envelopes_sha256 != expected {
        let got = made.envelopes_sha256.clone();
        return Err(ReleaseError::OtherEnvelopes { wave: wave.name, expected, got });
    }
    let publish = async {
        store(storage, clock, &wave, &made.releases, &made.report).await?;
        Ok(made.report)
    };
    as_job(storage, random, &wave, publish).await
}

/// Every definition that a class of the wave answered, as it was then, and no other.
fn check_definitions(wave: &SealedWave, made: &MadeRelease) -> Result<(), ReleaseError> {
    let grades: BTreeSet<&str> = wave.classes.iter().map(|class| class.grade.as_str()).collect();
    let of_grades = wave.definitions.iter().filter(|row| grades.contains(row.grade.as_str()));
    let text = |id: &str, version: u32, sha256: &str| format!("{id} version {version} ({sha256})");
    let expected: BTreeSet<String> = of_grades
        .map(|row| text(&row.definition.id, row.definition.version, &row.sha256))
        .collect();
    let headers = made.releases.iter().map(|release| &release.header.definition);
    let got: Vec<String> = headers.map(|of| text(&of.id, of.version, &of.sha256)).collect();
    if got.len() == expected.len() && got.iter().all(|one| expected.contains(one)) {
        return Ok(());
    }
    let expected = expected.into_iter().collect::<Vec<_>>().join(", ");
    Err(ReleaseError::OtherDefinitions { wave: wave.name.clone(), expected, got: got.join(", ") })
}
