//! Staff accounts and what they may do where.

use super::connection::{Storage, StorageError, id, unique};
use super::units::Unit;
use std::fmt;
use uuid::Uuid;

/// A person who signs in. Debug hides the password's hash.
#[derive(Clone, PartialEq, Eq)]
pub struct Account {
    pub id: Uuid,
    pub name: String,
    pub password_hash: String,
    pub grants: Vec<Grant>,
}

/// A role for one unit and everything under it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grant {
    pub role: Role,
    pub unit: Unit,
}

/// What a person is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Teacher,
    Coordinator,
    District,
    Region,
    Ministry,
    Researcher,
    Operator,
}

impl Role {
    pub const ALL: [Self; 7] = [
        Self::Teacher,
        Self::Coordinator,
        Self::District,
        Self::Region,
        Self::Ministry,
        Self::Researcher,
        Self::Operator,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Self::Teacher => "teacher",
            Self::Coordinator => "coordinator",
            Self::District => "district",
            Self::Region => "region",
            Self::Ministry => "ministry",
            Self::Researcher => "researcher",
            Self::Operator => "operator",
        }
    }

    /// The kind of unit that the role has; a coordinator's may be larger.
    pub fn level(self) -> &'static str {
        match self {
            Self::Teacher => "class",
            Self::Coordinator => "school",
            Self::District => "district",
            Self::Region => "region",
            Self::Ministry | Self::Researcher | Self::Operator => "nation",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account").field("id", &self.id).field("grants", &self.grants).finish()
    }
}

/// Creates an account; `demonstration` ones work on loopback only.
pub async fn create(
    storage: &Storage,
    account: &Account,
    demonstration: bool,
) -> Result<(), StorageError> {
    let mut transaction = storage.begin().await?;
    sqlx::query(
        "insert into accounts (id, name, password_hash, demonstration) values ($1, $2, $3, $4)",
    )
    .bind(account.id.to_string())
    .bind(&account.name)
    .bind(&account.password_hash)
    .bind(i64::from(demonstration))
    .execute(&mut *transaction)
    .await
    .map_err(unique("account", &account.name))?;
    for grant in &account.grants {
        sqlx::query(
            "insert into grants (account_id, role, level, unit_id) values ($1, $2, $3, $4)",
        )
        .bind(account.id.to_string())
        .bind(grant.role.code())
        .bind(grant.unit.level())
        .bind(grant.unit.id_text())
        .execute(&mut *transaction)
        .await?;
    }
    Ok(transaction.commit().await?)
}

pub async fn by_name(storage: &Storage, name: &str) -> Result<Option<Account>, StorageError> {
    let row: Option<(String, String, String)> =
        sqlx::query_as("select id, name, password_hash from accounts where name = $1")
            .bind(name)
            .fetch_optional(storage.pool())
            .await?;
    with_grants(storage, row).await
}

pub async fn by_id(storage: &Storage, account: Uuid) -> Result<Option<Account>, StorageError> {
    let row: Option<(String, String, String)> =
        sqlx::query_as("select id, name, password_hash from accounts where id = $1")
            .bind(account.to_string())
            .fetch_optional(storage.pool())
            .await?;
    with_grants(storage, row).await
}

async fn with_grants(
    storage: &Storage,
    row: Option<(String, String, String)>,
) -> Result<Option<Account>, StorageError> {
    let Some((account, name, password_hash)) = row else { return Ok(None) };
    let grants: Vec<(String, String, String)> =
        sqlx::query_as("select role, level, unit_id from grants where account_id = $1")
            .bind(&account)
            .fetch_all(storage.pool())
            .await?;
    let grants = grants
        .into_iter()
        .map(|(role, level, unit)| {
            let role = Role::from_code(&role)
                .ok_or(StorageError::Content { expected: "a role", value: role })?;
            Ok(Grant { role, unit: Unit::from_stored(&level, &unit)? })
        })
        .collect::<Result<_, StorageError>>()?;
    Ok(Some(Account { id: id(&account)?, name, password_hash, grants }))
}

/// Whether any demonstration account exists: such a database is served on loopback only.
pub async fn has_demonstration(storage: &Storage) -> Result<bool, StorageError> {
    let n: i64 = sqlx::query_scalar("select count(*) from accounts where demonstration = 1")
        .fetch_one(storage.pool())
        .await?;
    Ok(n > 0)
}
