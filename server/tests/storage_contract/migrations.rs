use super::{Empty, new_wave};
use server::storage::waves::Wave;
use server::storage::{Storage, StorageError, erasures, migrations, wave_classes};
use sha2::{Digest, Sha256};
use sqlx::AnyPool;
use sqlx::migrate::Migrator;
use std::fs;
use std::path::Path;
use tests::{Database, OwnDatabase, on_both_databases};
use uuid::Uuid;

on_both_databases! {
    tables_are_made_once_and_found_again,
    what_was_stored_before_waves_could_be_forgotten_is_kept,
}

async fn tables_are_made_once_and_found_again(database: Database) {
    let empty = Empty::new(database).await;
    assert!(migrations::are_applied(&empty.storage).await.unwrap());
    let again = Storage::connect(&empty.database.url).await.unwrap();
    assert!(migrations::are_applied(&again).await.unwrap());
    again.close().await;
    assert!(migrations::are_applied(&again).await.is_err());
    let content = empty.database.content().await;
    assert!(content.len() > 10 && content.values().all(Vec::is_empty), "{content:?}");
}

/// Tables as the first two migrations made them, with a wave of each state and a line of each kind.
pub(super) async fn before_erasure(
    database: &OwnDatabase,
    directory: &Path,
    waves: &[(Uuid, &str)],
) {
    let kind = match database.kind {
        Database::Sqlite => "sqlite",
        Database::Postgres => "postgres",
    };
    for name in ["0001_first.sql", "0002_school_help.sql"] {
        fs::copy(Path::new("migrations").join(kind).join(name), directory.join(name)).unwrap();
    }
    let url =
        if kind == "sqlite" { database.url.clone() + "?mode=rwc" } else { database.url.clone() };
    let pool = AnyPool::connect(&url).await.unwrap();
    Migrator::new(directory).await.unwrap().run(&pool).await.unwrap();
    pool.close().await;
    for statement in [
        "insert into regions values ('r', 'r', 'r')".to_owned(),
        "insert into districts values ('d', 'r', 'd', 'd')".to_owned(),
        "insert into schools values ('s', 'd', 's', 's')".to_owned(),
        format!("insert into classes values ('{CLASS}', 's', 'c', 'c', '6', 'kk', 20)"),
    ] {
        database.execute(statement).await;
    }
    for (number, (wave, state)) in waves.iter().enumerate() {
        let Wave { token_key, release_key, .. } = new_wave(9);
        let (token, release) = (token_key.0.encode(), release_key.0.encode());
        for statement in [
            format!(
                "insert into waves values ('{wave}', 'w', '{state}', 'nation', '', '2026-09-01',
                     '2026-09-28', 128, '{token}', '{release}')"
            ),
            format!(
                "insert into wave_classes values ('{wave}', '{CLASS}', '000{number}', '6', 'kk', 20, 0)"
            ),
        ] {
            database.execute(statement).await;
        }
        if *state != "draft" {
            for statement in [
                format!(
                    "insert into slips values ('hash {number}', '{wave}', '{CLASS}', 'used', 'b')"
                ),
                format!("insert into spent_values values ('{wave}', 'spent {number}')"),
                format!("insert into envelopes values ('id {number}', '{wave}', '{CLASS}', 'e')"),
            ] {
                database.execute(statement).await;
            }
        }
    }
}

const CLASS: &str = "00000000-0000-4000-8000-000000000001";

async fn what_was_stored_before_waves_could_be_forgotten_is_kept(database: Database) {
    let directory = tempfile::tempdir().unwrap();
    let database = OwnDatabase::create(database, directory.path()).await;
    let states = ["draft", "open", "closed", "released"];
    let waves: Vec<_> = states.into_iter().map(|state| (Uuid::new_v4(), state)).collect();
    let migrations = tempfile::tempdir().unwrap();
    before_erasure(&database, migrations.path(), &waves).await;
    let before = database.content().await;
    let storage = Storage::connect(&database.url).await.unwrap();
    let after = database.content().await;
    for (table, rows) in &after {
        // Later tables begin empty; later columns stand behind the others.
        let then = before.get(table).map_or(&[][..], Vec::as_slice);
        let kept = rows.iter().zip(then).all(|(row, then)| row.starts_with(then.as_str()));
        assert!(kept && rows.len() == then.len(), "{table}: {then:?}, {rows:?}");
    }

    let (released, _) = waves[3];
    erasures::begin(&storage, released, jiff::civil::date(2026, 11, 1)).await.unwrap();
    while erasures::delete_some(&storage, released, 1).await.unwrap() > 0 {}
    let after = database.content().await;
    for table in ["slips", "spent_values", "envelopes"] {
        assert_eq!(after[table].len(), 2, "{table}");
    }
    assert_eq!(wave_classes::class_parts(&storage).await.unwrap().len(), 3);
}

#[tokio::test]
async fn both_databases_have_the_same_tables_columns_and_keys() {
    let sqlite = Empty::new(Database::Sqlite).await.database.tables().await;
    let postgres = Empty::new(Database::Postgres).await.database.tables().await;
    assert_eq!(sqlite, postgres);
    let kinds = ["text", "bigint", "double precision"];
    for (table, columns) in &sqlite {
        assert!(columns.iter().any(|column| column.key > 0), "{table} has no primary key");
        for column in columns {
            let kind = column.kind.as_str();
            assert!(kinds.contains(&kind), "{table}.{} is {kind}", column.name);
        }
    }
}

#[test]
fn migrations_have_the_same_numbers_and_names() {
    let names = |database: &str| {
        let directory = Path::new("migrations").join(database);
        let files = fs::read_dir(directory).unwrap();
        let mut names: Vec<_> = files.map(|file| file.unwrap().file_name()).collect();
        names.sort();
        names
    };
    assert_eq!(names("sqlite"), names("postgres"));
}

/// Whoever has applied a migration has applied what it said then.
#[test]
fn a_landed_migration_never_changes() {
    let kept = fs::read_to_string("migrations/landed.sha256").unwrap();
    let mut there = Vec::new();
    for database in ["postgres", "sqlite"] {
        for file in fs::read_dir(Path::new("migrations").join(database)).unwrap() {
            let file = file.unwrap();
            let digest = Sha256::digest(fs::read(file.path()).unwrap());
            let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
            let name = file.file_name().into_string().unwrap();
            there.push(format!("{digest}  {database}/{name}"));
        }
    }
    for line in &there {
        assert!(
            kept.lines().any(|kept| kept == line),
            "server/migrations/landed.sha256 has no line \"{line}\": add it for a new migration; \
             an old one must be as it was"
        );
    }
    assert_eq!(kept.lines().count(), there.len(), "a landed migration is gone");
}

#[tokio::test]
async fn a_url_of_another_database_is_refused_without_its_password() {
    let refused = Storage::connect("mysql://root:secret@host/senim").await.unwrap_err();
    assert!(matches!(refused, StorageError::Url(_)));
    assert!(refused.to_string().contains("sqlite: or postgres:"), "{refused}");
    assert!(!refused.to_string().contains("secret"), "{refused}");
}
