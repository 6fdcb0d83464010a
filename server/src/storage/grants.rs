//! Who has which role where.

use super::accounts::{Grant, Role};
use super::connection::{Storage, StorageError, Transaction, id};
use super::units::Unit;
use uuid::Uuid;

/// A grant with the person who has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    pub account: Uuid,
    pub name: String,
    pub person: String,
    pub grant: Grant,
}

#[derive(sqlx::FromRow)]
struct HolderRow {
    account_id: String,
    name: String,
    person: String,
    role: String,
    level: String,
    unit_id: String,
}

impl TryFrom<HolderRow> for Holder {
    type Error = StorageError;

    fn try_from(row: HolderRow) -> Result<Self, StorageError> {
        Ok(Self {
            account: id(&row.account_id)?,
            name: row.name,
            person: row.person,
            grant: grant(&row.role, &row.level, &row.unit_id)?,
        })
    }
}

/// A grant as its three columns say it.
pub(super) fn grant(role: &str, level: &str, unit_id: &str) -> Result<Grant, StorageError> {
    let unknown = || StorageError::Content { expected: "a role", value: role.to_owned() };
    let role = Role::from_code(role).ok_or_else(unknown)?;
    Ok(Grant { role, unit: Unit::from_stored(level, unit_id)? })
}

pub(super) async fn of_account(
    storage: &Storage,
    account: Uuid,
) -> Result<Vec<Grant>, StorageError> {
    let rows: Vec<(String, String, String)> = sqlx::query_as(
        "select role, level, unit_id from grants where account_id = $1
         order by role, level, unit_id",
    )
    .bind(account.to_string())
    .fetch_all(storage.pool())
    .await?;
    rows.iter().map(|(role, level, unit)| grant(role, level, unit)).collect()
}

/// Who has a role for a unit, by name.
pub async fn of_unit(
    storage: &Storage,
    role: Role,
    unit: Unit,
) -> Result<Vec<Holder>, StorageError> {
    let rows: Vec<HolderRow> = sqlx::query_as(
        "select g.account_id, a.name, a.person, g.role, g.level, g.unit_id
         from grants g join accounts a on a.id = g.account_id
         where g.role = $1 and g.level = $2 and g.unit_id = $3 order by a.name",
    )
    .bind(role.code())
    .bind(unit.level())
    .bind(unit.id_text())
    .fetch_all(storage.pool())
    .await?;
    rows.into_iter().map(Holder::try_from).collect()
}

/// Adds a grant; one that is there already stays.
pub(super) async fn add(
    transaction: &mut Transaction,
    account: Uuid,
    grant: Grant,
) -> Result<(), StorageError> {
    sqlx::query(
        "insert into grants (account_id, role, level, unit_id) values ($1, $2, $3, $4)
         on conflict do nothing",
    )
    .bind(account.to_string())
    .bind(grant.role.code())
    .bind(grant.unit.level())
    .bind(grant.unit.id_text())
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// Takes a grant away; `false` when there was none.
pub async fn remove(storage: &Storage, account: Uuid, grant: Grant) -> Result<bool, StorageError> {
    let result = sqlx::query(
        "delete from grants
         where account_id = $1 and role = $2 and level = $3 and unit_id = $4",
    )
    .bind(account.to_string())
    .bind(grant.role.code())
    .bind(grant.unit.level())
    .bind(grant.unit.id_text())
    .execute(storage.pool())
    .await?;
    Ok(result.rows_affected() == 1)
}
