//! Invitations by one-time link. A used or revoked one is gone; who invited whom stays in the
//! record of what staff did.

use super::accounts::{self, Account, Grant, Role};
use super::connection::{Storage, StorageError, Transaction, id};
use super::grants;
use super::units::Unit;
use sqlx::AnyConnection;
use uuid::Uuid;

/// An invitation that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    pub id: Uuid,
    /// For whom, as the inviter wrote it.
    pub person: String,
    pub grant: Grant,
    pub invited_by: Uuid,
    /// Seconds since 1970.
    pub expires: i64,
}

#[derive(sqlx::FromRow)]
struct InvitationRow {
    id: String,
    person: String,
    role: String,
    level: String,
    unit_id: String,
    invited_by: String,
    expires: i64,
}

impl TryFrom<InvitationRow> for Invitation {
    type Error = StorageError;

    fn try_from(row: InvitationRow) -> Result<Self, StorageError> {
        Ok(Self {
            id: id(&row.id)?,
            person: row.person,
            grant: grants::grant(&row.role, &row.level, &row.unit_id)?,
            invited_by: id(&row.invited_by)?,
            expires: row.expires,
        })
    }
}

pub async fn create(
    storage: &Storage,
    invitation: &Invitation,
    token_hash: &str,
) -> Result<(), StorageError> {
    insert(&mut *storage.pool().acquire().await?, invitation, token_hash).await
}

/// Stores new invitations with their tokens' hashes. What waits for the same role of the same unit
/// under the same name is gone.
pub async fn replace(storage: &Storage, new: &[(Invitation, String)]) -> Result<(), StorageError> {
    let mut transaction = storage.begin().await?;
    for (invitation, token_hash) in new {
        let Grant { role, unit } = invitation.grant;
        sqlx::query(
            "delete from invitations
             where role = $1 and level = $2 and unit_id = $3 and person = $4",
        )
        .bind(role.code())
        .bind(unit.level())
        .bind(unit.id_text())
        .bind(&invitation.person)
        .execute(&mut *transaction)
        .await?;
        insert(&mut transaction, invitation, token_hash).await?;
    }
    Ok(transaction.commit().await?)
}

async fn insert(
    connection: &mut AnyConnection,
    invitation: &Invitation,
    token_hash: &str,
) -> Result<(), StorageError> {
    sqlx::query(
        "insert into invitations (id, token_hash, person, role, level, unit_id, invited_by, expires)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(invitation.id.to_string())
    .bind(token_hash)
    .bind(&invitation.person)
    .bind(invitation.grant.role.code())
    .bind(invitation.grant.unit.level())
    .bind(invitation.grant.unit.id_text())
    .bind(invitation.invited_by.to_string())
    .bind(invitation.expires)
    .execute(connection)
    .await?;
    Ok(())
}

/// The invitation that a link leads to, unless it has run out.
pub async fn by_token(
    storage: &Storage,
    token_hash: &str,
    now: i64,
) -> Result<Option<Invitation>, StorageError> {
    let row: Option<InvitationRow> = sqlx::query_as(
        "select id, person, role, level, unit_id, invited_by, expires from invitations
         where token_hash = $1 and expires > $2",
    )
    .bind(token_hash)
    .bind(now)
    .fetch_optional(storage.pool())
    .await?;
    row.map(Invitation::try_from).transpose()
}

pub async fn by_id(storage: &Storage, id: Uuid) -> Result<Option<Invitation>, StorageError> {
    let row: Option<InvitationRow> = sqlx::query_as(
        "select id, person, role, level, unit_id, invited_by, expires from invitations
         where id = $1",
    )
    .bind(id.to_string())
    .fetch_optional(storage.pool())
    .await?;
    row.map(Invitation::try_from).transpose()
}

/// Those that wait for a role of a unit, the next to run out first.
pub async fn of_unit(
    storage: &Storage,
    role: Role,
    unit: Unit,
    now: i64,
) -> Result<Vec<Invitation>, StorageError> {
    let rows: Vec<InvitationRow> = sqlx::query_as(
        "select id, person, role, level, unit_id, invited_by, expires from invitations
         where role = $1 and level = $2 and unit_id = $3 and expires > $4 order by expires, id",
    )
    .bind(role.code())
    .bind(unit.level())
    .bind(unit.id_text())
    .bind(now)
    .fetch_all(storage.pool())
    .await?;
    rows.into_iter().map(Invitation::try_from).collect()
}

/// Those of class teachers of a school that wait.
pub async fn of_classes(
    storage: &Storage,
    school: Uuid,
    now: i64,
) -> Result<Vec<Invitation>, StorageError> {
    let rows: Vec<InvitationRow> = sqlx::query_as(
        "select i.id, i.person, i.role, i.level, i.unit_id, i.invited_by, i.expires
         from invitations i join classes c on c.id = i.unit_id
         where i.role = 'teacher' and i.level = 'class' and c.school_id = $1 and i.expires > $2",
    )
    .bind(school.to_string())
    .bind(now)
    .fetch_all(storage.pool())
    .await?;
    rows.into_iter().map(Invitation::try_from).collect()
}

/// Uses the link up for a new account, which gets its grant; `false` when it is no longer there.
pub async fn use_for_new(
    storage: &Storage,
    token_hash: &str,
    now: i64,
    account: &Account,
) -> Result<bool, StorageError> {
    let mut transaction = storage.begin().await?;
    let there = take(&mut transaction, token_hash, now).await?;
    if there {
        accounts::insert(&mut transaction, account).await?;
        transaction.commit().await?;
    }
    Ok(there)
}

/// The same for somebody who has an account.
pub async fn use_for(
    storage: &Storage,
    token_hash: &str,
    now: i64,
    account: Uuid,
    grant: Grant,
) -> Result<bool, StorageError> {
    let mut transaction = storage.begin().await?;
    let there = take(&mut transaction, token_hash, now).await?;
    if there {
        grants::add(&mut transaction, account, grant).await?;
        transaction.commit().await?;
    }
    Ok(there)
}

/// Of two at once one gets it.
async fn take(
    transaction: &mut Transaction,
    token_hash: &str,
    now: i64,
) -> Result<bool, StorageError> {
    let result = sqlx::query("delete from invitations where token_hash = $1 and expires > $2")
        .bind(token_hash)
        .bind(now)
        .execute(&mut **transaction)
        .await?;
    Ok(result.rows_affected() == 1)
}

pub async fn revoke(storage: &Storage, id: Uuid) -> Result<(), StorageError> {
    sqlx::query("delete from invitations where id = $1")
        .bind(id.to_string())
        .execute(storage.pool())
        .await?;
    Ok(())
}

/// Removes what has run out.
pub async fn delete_ended(storage: &Storage, now: i64) -> Result<(), StorageError> {
    sqlx::query("delete from invitations where expires <= $1")
        .bind(now)
        .execute(storage.pool())
        .await?;
    Ok(())
}
