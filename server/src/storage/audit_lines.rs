//! What staff did. Lines are added and read, never changed, and deleted past their age.

use super::connection::{Storage, StorageError, count};

/// One line as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditLine {
    pub id: String,
    /// Seconds since 1970.
    pub moment: i64,
    /// Who; empty for somebody at the server's command line.
    pub account: String,
    /// A method and path of the table of routes, or a word of [`crate::audit`].
    pub what: String,
    /// `nation`, `region`, `district`, `school`, `class`, `wave`, or empty.
    pub level: String,
    pub unit: String,
    /// Whom it was done to; empty when to nobody.
    pub other: String,
}

/// A line with the names that belong to it now.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct NamedAuditLine {
    pub moment: i64,
    pub who: String,
    pub what: String,
    pub level: String,
    pub unit_id: String,
    pub unit_name: String,
    pub other: String,
}

/// Which lines; an empty text stands for all.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// A sign-in name.
    pub who: String,
    /// The id of a unit or wave, or `nation`.
    pub unit: String,
}

pub async fn add(storage: &Storage, line: &AuditLine) -> Result<(), StorageError> {
    sqlx::query(
        "insert into audit_lines (id, moment, account_id, what, level, unit_id, other_account)
         values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(&line.id)
    .bind(line.moment)
    .bind(&line.account)
    .bind(&line.what)
    .bind(&line.level)
    .bind(&line.unit)
    .bind(&line.other)
    .execute(storage.pool())
    .await?;
    Ok(())
}

/// Deletes the lines of before a moment, in seconds since 1970.
pub async fn delete_older(storage: &Storage, than: i64) -> Result<(), StorageError> {
    sqlx::query("delete from audit_lines where moment < $1")
        .bind(than)
        .execute(storage.pool())
        .await?;
    Ok(())
}

/// Lines, the latest first.
pub async fn page(
    storage: &Storage,
    filter: &Filter,
    from: u32,
    most: u32,
) -> Result<Vec<NamedAuditLine>, StorageError> {
    Ok(sqlx::query_as(
        "select l.moment, coalesce(a.name, '') as who, l.what, l.level, l.unit_id,
             coalesce(r.name, d.name, s.name, c.label || ', ' || cs.name, w.name, '') as unit_name,
             coalesce(o.name, '') as other
         from audit_lines l
         left join accounts a on a.id = l.account_id
         left join accounts o on o.id = l.other_account
         left join regions r on r.id = l.unit_id
         left join districts d on d.id = l.unit_id
         left join schools s on s.id = l.unit_id
         left join classes c on c.id = l.unit_id left join schools cs on cs.id = c.school_id
         left join waves w on w.id = l.unit_id
         where ($1 = '' or a.name = $1)
             and ($2 = '' or l.unit_id = $2 or ($2 = 'nation' and l.level = 'nation'))
         order by l.moment desc, l.id desc limit $3 offset $4",
    )
    .bind(&filter.who)
    .bind(&filter.unit)
    .bind(i64::from(most))
    .bind(i64::from(from))
    .fetch_all(storage.pool())
    .await?)
}

/// How many lines there are.
pub async fn total(storage: &Storage, filter: &Filter) -> Result<u32, StorageError> {
    let n: i64 = sqlx::query_scalar(
        "select count(*) from audit_lines l left join accounts a on a.id = l.account_id
         where ($1 = '' or a.name = $1)
             and ($2 = '' or l.unit_id = $2 or ($2 = 'nation' and l.level = 'nation'))",
    )
    .bind(&filter.who)
    .bind(&filter.unit)
    .fetch_one(storage.pool())
    .await?;
    count(n)
}
