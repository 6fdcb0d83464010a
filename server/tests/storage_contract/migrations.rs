use super::Empty;
use server::storage::{Storage, StorageError};
use std::fs;
use std::path::Path;
use tests::{Database, on_both_databases};

on_both_databases! { tables_are_made_once_and_found_again }

async fn tables_are_made_once_and_found_again(database: Database) {
    let empty = Empty::new(database).await;
    assert!(empty.storage.is_reachable().await);
    let again = Storage::connect(&empty.database.url).await.unwrap();
    assert!(again.is_reachable().await);
    again.close().await;
    assert!(!again.is_reachable().await);
    let content = empty.database.content().await;
    assert!(content.len() > 10 && content.values().all(Vec::is_empty), "{content:?}");
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

#[tokio::test]
async fn a_url_of_another_database_is_refused_without_its_password() {
    let refused = Storage::connect("mysql://root:secret@host/senim").await.unwrap_err();
    assert!(matches!(refused, StorageError::Url(_)));
    assert!(refused.to_string().contains("sqlite: or postgres:"), "{refused}");
    assert!(!refused.to_string().contains("secret"), "{refused}");
}
