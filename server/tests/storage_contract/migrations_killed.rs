use super::migrations::before_erasure;
use std::collections::BTreeMap;
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, Stdio};
use tests::{
    Database, Finished, OwnDatabase, at_full_size, environment, on_both_databases, senim_binary,
};
use uuid::Uuid;

on_both_databases! { a_migration_that_was_killed_anywhere_is_completed_by_the_next_start }

const KILLED: i32 = 9;

/// What reaches the database of what `senim` does, pages of a file or messages; and how far from
/// each other, of these, are places where it is killed. At the large size every one is such a place.
fn call(database: Database) -> (&'static str, usize) {
    match database {
        Database::Sqlite => ("pwrite64", 17),
        Database::Postgres => ("sendto", 7),
    }
}

/// Opens a database, which brings its tables up to date.
fn open(database: &OwnDatabase) -> Command {
    let mut command = Command::new(senim_binary());
    command.args(["waves", "--database", &database.url]);
    command
}

/// The same, killed before its call of this number; `false` when it made fewer.
fn open_and_kill(database: &OwnDatabase, number: usize) -> bool {
    let ((call, _), senim) = (call(database.kind), open(database));
    let mut strace = Command::new(environment("SENIM_STRACE"));
    strace.args(["-f", "-q", "-o", "/dev/null", "-e", &format!("trace={call}"), "-e"]);
    strace.arg(format!("inject={call}:signal=SIGKILL:when={number}"));
    strace.arg(senim.get_program()).args(senim.get_args());
    let ended = strace.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
    assert!(ended.success() || ended.signal() == Some(KILLED), "{ended}");
    !ended.success()
}

/// Everything in it, and which migrations it has had.
async fn content(database: &OwnDatabase) -> BTreeMap<String, Vec<String>> {
    let mut content = database.content().await;
    let migrations = "select cast(count(*) as text) from _sqlx_migrations where success";
    content.insert("migrations".to_owned(), vec![database.text(migrations).await]);
    content
}

async fn a_migration_that_was_killed_anywhere_is_completed_by_the_next_start(database: Database) {
    let (directory, migrations) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let old = OwnDatabase::create(database, directory.path()).await;
    let states = ["draft", "open", "closed", "released"];
    let waves: Vec<_> = states.into_iter().map(|state| (Uuid::new_v4(), state)).collect();
    before_erasure(&old, migrations.path(), &waves).await;
    let before = content(&old).await;
    let undisturbed = tempfile::tempdir().unwrap();
    let undisturbed = (old.copy(undisturbed.path()).await, undisturbed);
    Finished::of(&mut open(&undisturbed.0)).expect_success();
    let (after, tables) = (content(&undisturbed.0).await, undisturbed.0.tables().await);
    assert_ne!(after, before);

    let step = if at_full_size() { 1 } else { call(database).1 };
    let (mut kills, mut in_the_middle) = (0, 0);
    for number in (1..).step_by(step) {
        let directory = tempfile::tempdir().unwrap();
        let copy = old.copy(directory.path()).await;
        if !open_and_kill(&copy, number) {
            break;
        }
        kills += 1;
        // Looking at it would put a SQLite file's journal in order: every second time that is left
        // to the next start.
        if kills % 2 == 0 {
            let found = content(&copy).await;
            in_the_middle += usize::from(found != before && found != after);
        }
        Finished::of(&mut open(&copy)).expect_success();
        assert_eq!(content(&copy).await, after, "killed before call {number}");
        assert_eq!(copy.tables().await, tables, "killed before call {number}");
    }
    assert!(kills > 2, "it was killed {kills} times");
    eprintln!("{database:?}: killed {kills} times, {in_the_middle} seen between two migrations");
}
