use super::Empty;
use server::storage::staff_sessions::{self, StoredSession};
use tests::{Database, on_both_databases};

on_both_databases! { a_session_lives_until_it_ends }

fn session(data: &str, expires: i64) -> StoredSession {
    StoredSession { data: data.to_owned(), expires }
}

async fn a_session_lives_until_it_ends(database: Database) {
    let empty = Empty::new(database).await;
    let storage = &empty.storage;
    let load = async |id, now| {
        let loaded = staff_sessions::load(storage, id, now).await.unwrap();
        loaded.map(|session| session.data)
    };
    assert!(staff_sessions::create(storage, "one", &session("{1}", 100)).await.unwrap());
    assert!(!staff_sessions::create(storage, "one", &session("{2}", 100)).await.unwrap());
    assert_eq!(load("one", 99).await.as_deref(), Some("{1}"));
    assert_eq!(load("one", 100).await, None);

    staff_sessions::save(storage, "one", &session("{3}", 200)).await.unwrap();
    assert_eq!(load("one", 150).await.as_deref(), Some("{3}"));
    staff_sessions::save(storage, "two", &session("{4}", 300)).await.unwrap();
    assert_eq!(staff_sessions::delete_ended(storage, 200).await.unwrap(), 1);
    assert_eq!(load("one", 0).await, None);
    assert_eq!(load("two", 0).await.as_deref(), Some("{4}"));
    staff_sessions::delete(storage, "two").await.unwrap();
    staff_sessions::delete(storage, "two").await.unwrap();
    assert_eq!(load("two", 0).await, None);
}
