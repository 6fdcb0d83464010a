use tests::senim;

/// A SQLite database in memory has no journal on a disk.
#[test]
fn a_database_that_can_lose_what_was_acknowledged_is_not_served() {
    let directory = tempfile::tempdir().unwrap();
    let secrets = directory.path().join("secrets").display().to_string();
    let given = ["serve", "--address", "127.0.0.1:0", "--database", "sqlite::memory:"];
    let refused = senim(&[&given[..], &["--secrets", &secrets]].concat()).expect_failure();
    assert!(refused.contains("journal_mode is memory, it must be wal"), "{refused}");
    assert!(!directory.path().join("secrets").exists(), "something was made");
}
