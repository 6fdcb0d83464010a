//! Published numbers: a header for each definition of a wave and a row for each group.

use super::connection::{Storage, StorageError, Transaction, count};
use crate::definitions::hex;
use analysis::{Group, Header, Level, Release, ReleaseFileProblem};
use sha2::{Digest, Sha256};
use survey_definitions::DefinitionId;
use uuid::Uuid;

fn unreadable(error: &ReleaseFileProblem) -> StorageError {
    StorageError::Content { expected: "a line of a release", value: error.to_string() }
}

pub async fn store(
    transaction: &mut Transaction,
    wave: Uuid,
    release: &Release,
) -> Result<(), StorageError> {
    let definition = &release.header.definition;
    sqlx::query(
        "insert into releases (wave_id, definition, version, header, sha256)
         values ($1, $2, $3, $4, $5)",
    )
    .bind(wave.to_string())
    .bind(&definition.id)
    .bind(i64::from(definition.version))
    .bind(release.header.to_line())
    .bind(hex(&Sha256::digest(release.write_json_lines())))
    .execute(&mut **transaction)
    .await?;
    for group in &release.groups {
        sqlx::query(
            "insert into release_groups (wave_id, definition, version, level, code, line)
             values ($1, $2, $3, $4, $5, $6)",
        )
        .bind(wave.to_string())
        .bind(&definition.id)
        .bind(i64::from(definition.version))
        .bind(group.level.code())
        .bind(&group.group)
        .bind(group.to_line())
        .execute(&mut **transaction)
        .await?;
    }
    Ok(())
}

/// What stands above the groups of one definition, or none.
pub async fn header(
    storage: &Storage,
    wave: Uuid,
    definition: &DefinitionId,
) -> Result<Option<Header>, StorageError> {
    let line: Option<String> = sqlx::query_scalar(
        "select header from releases where wave_id = $1 and definition = $2 and version = $3",
    )
    .bind(wave.to_string())
    .bind(&definition.id)
    .bind(i64::from(definition.version))
    .fetch_optional(storage.pool())
    .await?;
    line.map(|line| Header::from_line(&line).map_err(|error| unreadable(&error))).transpose()
}

/// One published group, or none.
pub async fn group(
    storage: &Storage,
    wave: Uuid,
    definition: &DefinitionId,
    level: Level,
    code: &str,
) -> Result<Option<Group>, StorageError> {
    let line: Option<String> = sqlx::query_scalar(
        "select line from release_groups
         where wave_id = $1 and definition = $2 and version = $3 and level = $4 and code = $5",
    )
    .bind(wave.to_string())
    .bind(&definition.id)
    .bind(i64::from(definition.version))
    .bind(level.code())
    .bind(code)
    .fetch_optional(storage.pool())
    .await?;
    line.map(|line| Group::from_line(&line).map_err(|error| unreadable(&error))).transpose()
}

/// A release that there is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noted {
    pub definition: DefinitionId,
    /// Of its lines as `senim release --out` writes them; empty where it was not noted.
    pub sha256: String,
}

/// Which releases a wave has, by definition.
pub async fn noted(storage: &Storage, wave: Uuid) -> Result<Vec<Noted>, StorageError> {
    let rows: Vec<(String, i64, String)> = sqlx::query_as(
        "select definition, version, sha256 from releases where wave_id = $1
         order by definition, version",
    )
    .bind(wave.to_string())
    .fetch_all(storage.pool())
    .await?;
    let noted = rows.into_iter().map(|(id, version, sha256)| {
        let definition = DefinitionId { id, version: count(version)? };
        Ok(Noted { definition, sha256 })
    });
    noted.collect()
}

/// One release, or none.
pub async fn one(
    storage: &Storage,
    wave: Uuid,
    definition: &DefinitionId,
) -> Result<Option<Release>, StorageError> {
    let Some(header) = header(storage, wave, definition).await? else { return Ok(None) };
    Ok(Some(Release { header, groups: groups(storage, wave, definition).await? }))
}

/// Every release of a wave, by definition.
pub async fn all(storage: &Storage, wave: Uuid) -> Result<Vec<Release>, StorageError> {
    let mut releases = Vec::new();
    for noted in noted(storage, wave).await? {
        releases.extend(one(storage, wave, &noted.definition).await?);
    }
    Ok(releases)
}

async fn groups(
    storage: &Storage,
    wave: Uuid,
    definition: &DefinitionId,
) -> Result<Vec<Group>, StorageError> {
    let rows: Vec<(String, String, String)> = sqlx::query_as(
        "select level, code, line from release_groups
         where wave_id = $1 and definition = $2 and version = $3",
    )
    .bind(wave.to_string())
    .bind(&definition.id)
    .bind(i64::from(definition.version))
    .fetch_all(storage.pool())
    .await?;
    let group = |(level, code, line): &(String, String, String)| {
        let group = Group::from_line(line).map_err(|error| unreadable(&error))?;
        // A page finds a group by its row.
        match (group.level.code(), &group.group) == (level.as_str(), code) {
            true => Ok(group),
            false => Err(StorageError::Content {
                expected: "the level and code of a group",
                value: format!("{level} {code}"),
            }),
        }
    };
    let mut groups = rows.iter().map(group).collect::<Result<Vec<_>, _>>()?;
    groups.sort_by(|a, b| (a.level, &a.group).cmp(&(b.level, &b.group)));
    Ok(groups)
}
