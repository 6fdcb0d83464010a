//! Published numbers: a header for each definition of a wave and a row for each group.

use super::connection::{Storage, StorageError, Transaction, count};
use analysis::{Group, Header, Level, Release, ReleaseFileProblem};
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
        "insert into releases (wave_id, definition, version, header) values ($1, $2, $3, $4)",
    )
    .bind(wave.to_string())
    .bind(&definition.id)
    .bind(i64::from(definition.version))
    .bind(release.header.to_line())
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

/// Every release of a wave, by definition.
pub async fn all(storage: &Storage, wave: Uuid) -> Result<Vec<Release>, StorageError> {
    let headers: Vec<(String, i64, String)> = sqlx::query_as(
        "select definition, version, header from releases where wave_id = $1
         order by definition, version",
    )
    .bind(wave.to_string())
    .fetch_all(storage.pool())
    .await?;
    let mut releases = Vec::with_capacity(headers.len());
    for (id, version, header) in headers {
        let definition = DefinitionId { id, version: count(version)? };
        let header = Header::from_line(&header).map_err(|error| unreadable(&error))?;
        releases.push(Release { header, groups: groups(storage, wave, &definition).await? });
    }
    Ok(releases)
}

async fn groups(
    storage: &Storage,
    wave: Uuid,
    definition: &DefinitionId,
) -> Result<Vec<Group>, StorageError> {
    let lines: Vec<String> = sqlx::query_scalar(
        "select line from release_groups
         where wave_id = $1 and definition = $2 and version = $3",
    )
    .bind(wave.to_string())
    .bind(&definition.id)
    .bind(i64::from(definition.version))
    .fetch_all(storage.pool())
    .await?;
    let mut groups = lines
        .iter()
        .map(|line| Group::from_line(line).map_err(|error| unreadable(&error)))
        .collect::<Result<Vec<_>, _>>()?;
    groups.sort_by(|a, b| (a.level, &a.group).cmp(&(b.level, &b.group)));
    Ok(groups)
}
