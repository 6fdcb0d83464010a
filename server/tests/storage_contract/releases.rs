use super::{Country, Empty, wave_over};
use analysis::{
    Cell, Cells, DefinitionRef, Group, Header, Level, Parent, Policy, Reason, Release, Respondents,
    SCHEMA,
};
use server::storage::releases;
use std::collections::BTreeMap;
use survey_definitions::DefinitionId;
use tests::{Database, on_both_databases};
use uuid::Uuid;

on_both_databases! { a_release_is_read_back_as_it_was_stored, an_interrupted_release_leaves_nothing }

fn release(wave: Uuid, version: u32) -> Release {
    let group = |level, group: &str, parent: Option<&str>| Group {
        level,
        group: group.to_owned(),
        parent: parent.map(|group| Parent { level: Level::District, group: group.to_owned() }),
        n: Respondents::Hidden,
        clusters: None,
        cells: Cells::from_iter([("safe".into(), Cell::Hidden { reason: Reason::FewRespondents })]),
        by: BTreeMap::new(),
    };
    let definition =
        DefinitionRef { id: "senim_pupil_senior".to_owned(), version, sha256: "ab".repeat(32) };
    let policy = Policy::STANDARD;
    Release {
        header: Header {
            schema: SCHEMA,
            wave: wave.to_string(),
            definition,
            policy,
            indicators: BTreeMap::new(),
        },
        groups: vec![
            group(Level::Class, "Z-6", Some("s")),
            group(Level::Class, "a-6", Some("s")),
            group(Level::Class, "Ә-6", Some("s")),
            group(Level::School, "s", Some("d")),
            group(Level::Nation, "nation", None),
        ],
    }
}

async fn a_release_is_read_back_as_it_was_stored(database: Database) {
    let empty = Empty::new(database).await;
    let (storage, country) = (&empty.storage, Country::make(&empty.storage).await);
    let (wave, _) = wave_over(storage, &country).await;
    let (first, second) = (release(wave.id, 1), release(wave.id, 2));
    let mut transaction = storage.begin().await.unwrap();
    releases::store(&mut transaction, wave.id, &second).await.unwrap();
    releases::store(&mut transaction, wave.id, &first).await.unwrap();
    transaction.commit().await.unwrap();
    assert_eq!(releases::all(storage, wave.id).await.unwrap(), [first.clone(), second]);
    assert!(releases::all(storage, Uuid::new_v4()).await.unwrap().is_empty());

    let id = DefinitionId { id: "senim_pupil_senior".to_owned(), version: 1 };
    let find =
        async |level, code| releases::group(storage, wave.id, &id, level, code).await.unwrap();
    assert_eq!(find(Level::Class, "a-6").await.as_ref(), Some(&first.groups[1]));
    assert_eq!(find(Level::School, "s").await.as_ref(), Some(&first.groups[3]));
    assert_eq!(find(Level::School, "a-6").await, None);
    assert_eq!(find(Level::Class, "A-6").await, None);
}

async fn an_interrupted_release_leaves_nothing(database: Database) {
    let empty = Empty::new(database).await;
    let (storage, country) = (&empty.storage, Country::make(&empty.storage).await);
    let (wave, _) = wave_over(storage, &country).await;
    let mut transaction = storage.begin().await.unwrap();
    releases::store(&mut transaction, wave.id, &release(wave.id, 1)).await.unwrap();
    drop(transaction);
    assert!(releases::all(storage, wave.id).await.unwrap().is_empty());
    assert_eq!(empty.database.count("release_groups").await, 0);
}
