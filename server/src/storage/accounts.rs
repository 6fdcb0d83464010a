//! Staff accounts and what they may do where.

use super::connection::{Storage, StorageError, Transaction, id, unique};
use super::grants;
use super::units::Unit;
use sha2::{Digest, Sha256};
use std::fmt;
use uuid::Uuid;

/// A person who signs in. Debug hides what signs in.
#[derive(Clone, PartialEq, Eq)]
pub struct Account {
    pub id: Uuid,
    /// To sign in with.
    pub name: String,
    /// As the inviter wrote it; empty when nobody did.
    pub person: String,
    /// Empty for who signs in elsewhere.
    pub password_hash: String,
    /// Of the demonstration, with a public password; works on loopback only.
    pub demonstration: bool,
    /// How often everything was signed out.
    pub sign_outs: i64,
    /// The sealed secret of one-time codes; empty without.
    pub second_factor: String,
    pub grants: Vec<Grant>,
    /// Changes with the password and when everything is signed out.
    pub(crate) mark: [u8; 32],
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

    /// Who reads or changes things of the whole nation signs in with more than a password.
    pub fn needs_second_factor(self) -> bool {
        matches!(self, Self::Ministry | Self::Researcher | Self::Operator)
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

impl Account {
    /// Somebody new without a second factor.
    pub fn new(id: Uuid, name: &str, password_hash: String, grants: Vec<Grant>) -> Self {
        Self {
            id,
            name: name.to_owned(),
            person: String::new(),
            mark: mark(&password_hash, 0),
            password_hash,
            demonstration: false,
            sign_outs: 0,
            second_factor: String::new(),
            grants,
        }
    }

    /// Whether there are roles that are not to be had without a second factor, and it is missing.
    /// Demonstration accounts do without: their passwords are public, they are served on loopback
    /// only, and a demonstration that begins with an authenticator would not be looked at.
    pub fn lacks_second_factor(&self) -> bool {
        let asked = self.grants.iter().any(|grant| grant.role.needs_second_factor());
        asked && self.second_factor.is_empty() && !self.demonstration
    }
}

fn mark(password_hash: &str, sign_outs: i64) -> [u8; 32] {
    Sha256::digest(format!("{sign_outs} {password_hash}")).into()
}

pub async fn create(storage: &Storage, account: &Account) -> Result<(), StorageError> {
    let mut transaction = storage.begin().await?;
    insert(&mut transaction, account).await?;
    Ok(transaction.commit().await?)
}

/// The same as part of a transaction.
pub(super) async fn insert(
    transaction: &mut Transaction,
    account: &Account,
) -> Result<(), StorageError> {
    sqlx::query(
        "insert into accounts (id, name, person, password_hash, demonstration)
         values ($1, $2, $3, $4, $5)",
    )
    .bind(account.id.to_string())
    .bind(&account.name)
    .bind(&account.person)
    .bind(&account.password_hash)
    .bind(i64::from(account.demonstration))
    .execute(&mut **transaction)
    .await
    .map_err(unique("account", &account.name))?;
    for grant in &account.grants {
        grants::add(transaction, account.id, *grant).await?;
    }
    Ok(())
}

#[derive(sqlx::FromRow)]
struct AccountRow {
    id: String,
    name: String,
    person: String,
    password_hash: String,
    demonstration: i64,
    sign_outs: i64,
    second_factor: String,
}

pub async fn by_name(storage: &Storage, name: &str) -> Result<Option<Account>, StorageError> {
    let row: Option<AccountRow> = sqlx::query_as(
        "select id, name, person, password_hash, demonstration, sign_outs, second_factor
         from accounts where name = $1",
    )
    .bind(name)
    .fetch_optional(storage.pool())
    .await?;
    with_grants(storage, row).await
}

pub async fn by_id(storage: &Storage, account: Uuid) -> Result<Option<Account>, StorageError> {
    let row: Option<AccountRow> = sqlx::query_as(
        "select id, name, person, password_hash, demonstration, sign_outs, second_factor
         from accounts where id = $1",
    )
    .bind(account.to_string())
    .fetch_optional(storage.pool())
    .await?;
    with_grants(storage, row).await
}

async fn with_grants(
    storage: &Storage,
    row: Option<AccountRow>,
) -> Result<Option<Account>, StorageError> {
    let Some(row) = row else { return Ok(None) };
    let id = id(&row.id)?;
    Ok(Some(Account {
        id,
        name: row.name,
        person: row.person,
        mark: mark(&row.password_hash, row.sign_outs),
        password_hash: row.password_hash,
        demonstration: row.demonstration == 1,
        sign_outs: row.sign_outs,
        second_factor: row.second_factor,
        grants: grants::of_account(storage, id).await?,
    }))
}

/// A new password; everything that was signed in before is signed out.
pub async fn change_password(
    storage: &Storage,
    account: Uuid,
    password_hash: &str,
) -> Result<(), StorageError> {
    sqlx::query("update accounts set password_hash = $2, sign_outs = sign_outs + 1 where id = $1")
        .bind(account.to_string())
        .bind(password_hash)
        .execute(storage.pool())
        .await?;
    Ok(())
}

/// Signs the account out wherever it is signed in.
pub async fn sign_out_everywhere(storage: &Storage, account: Uuid) -> Result<(), StorageError> {
    sqlx::query("update accounts set sign_outs = sign_outs + 1 where id = $1")
        .bind(account.to_string())
        .execute(storage.pool())
        .await?;
    Ok(())
}

/// Whether any demonstration account exists: such a database is served on loopback only.
pub async fn has_demonstration(storage: &Storage) -> Result<bool, StorageError> {
    let n: i64 = sqlx::query_scalar("select count(*) from accounts where demonstration = 1")
        .fetch_one(storage.pool())
        .await?;
    Ok(n > 0)
}
