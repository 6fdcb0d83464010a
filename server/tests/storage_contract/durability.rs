use super::Empty;
use server::storage::durability::{POSTGRES, SQLITE, Setting};
use server::storage::{Storage, StorageError};
use tests::Database;

/// Every setting, a value that does, and values with which acknowledged responses get lost or
/// destroyed ones stay.
const VALUES: [(&str, &[&str], &[&str]); 7] = [
    ("journal_mode", &["wal"], &["delete", "memory", "off", ""]),
    ("synchronous", &["2", "3"], &["0", "1", "full"]),
    ("secure_delete", &["1"], &["0", "2"]),
    ("foreign_keys", &["1"], &["0"]),
    ("synchronous_commit", &["on", "remote_apply"], &["off", "local", "remote_write"]),
    ("fsync", &["on"], &["off"]),
    ("full_page_writes", &["on"], &["off"]),
];

#[test]
fn a_setting_that_could_lose_a_response_is_refused_with_what_it_must_be() {
    let settings: Vec<Setting> = SQLITE.into_iter().chain(POSTGRES).collect();
    assert_eq!(settings.len(), VALUES.len());
    for (setting, (name, right, wrong)) in settings.iter().zip(VALUES) {
        assert_eq!(setting.name, name);
        assert!(right.iter().all(|value| setting.check(value).is_ok()), "{name}");
        for value in wrong {
            let refused = setting.check(value).unwrap_err().to_string();
            let says = format!("{name} is {value}, it must be {}", setting.must[0]);
            assert!(refused.contains(&says), "{refused}");
        }
    }
}

#[tokio::test]
async fn a_sqlite_database_without_a_journal_on_disk_is_refused() {
    let refused = Storage::connect("sqlite::memory:").await.unwrap_err();
    assert!(
        matches!(&refused, StorageError::Durability { setting: "journal_mode", is, .. } if is == "memory"),
        "{refused}"
    );
}

/// Neither a default of the database nor an option in the URL weakens a commit.
#[tokio::test]
async fn what_the_database_or_the_url_says_of_commits_is_overridden() {
    let empty = Empty::new(Database::Postgres).await;
    empty.storage.close().await;
    let url = &empty.database.url;
    let name = url.rsplit('/').next().unwrap();
    for (value, becomes) in [("off", "on"), ("local", "on"), ("remote_apply", "remote_apply")] {
        let default = format!("alter database {name} set synchronous_commit = {value}");
        empty.database.execute(default.clone()).await;
        for url in [url.clone(), format!("{url}?options=-c%20synchronous_commit%3D{value}")] {
            let storage = Storage::connect(&url).await.unwrap();
            let mut transaction = storage.begin().await.unwrap();
            let is: String = sqlx::query_scalar("select current_setting('synchronous_commit')")
                .fetch_one(&mut *transaction)
                .await
                .unwrap();
            assert_eq!(is, becomes, "{value} in {url}");
        }
    }
}
