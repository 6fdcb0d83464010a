use super::{Country, Empty};
use server::storage::lessons_held::{self, LessonHeld};
use tests::{Database, on_both_databases};
use uuid::Uuid;

on_both_databases! { a_class_has_its_lessons_the_latest_first }

fn lesson(held_on: &str, note: &str) -> LessonHeld {
    LessonHeld {
        id: Uuid::new_v4().to_string(),
        theme: "respect".to_owned(),
        held_on: held_on.to_owned(),
        note: note.to_owned(),
    }
}

async fn a_class_has_its_lessons_the_latest_first(database: Database) {
    let empty = Empty::new(database).await;
    let (storage, country) = (&empty.storage, Country::make(&empty.storage).await);
    let [class, other] = country.classes;
    let (old, new) = (lesson("2025-10-01", ""), lesson("2026-02-03", "'; drop table slips; --"));
    for one in [&old, &new] {
        lessons_held::create(storage, class, one).await.unwrap();
    }
    let held = async |class| lessons_held::of_class(storage, class).await.unwrap();
    assert_eq!(held(class).await, [new.clone(), old.clone()]);
    assert!(held(other).await.is_empty());
    let id = new.id.parse().unwrap();
    lessons_held::delete(storage, other, id).await.unwrap();
    assert_eq!(held(class).await.len(), 2, "another class deletes nothing");
    lessons_held::delete(storage, class, id).await.unwrap();
    assert_eq!(held(class).await, [old]);
}
