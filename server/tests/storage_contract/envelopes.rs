use super::{Country, Empty, advance, random_bytes, wave_over};
use protocol::Spent;
use server::storage::Storage;
use server::storage::envelopes::{self, Envelope, Stored};
use server::storage::waves::WaveState;
use std::collections::HashMap;
use tests::{Database, on_both_databases};
use uuid::Uuid;

on_both_databases! {
    a_value_is_spent_once,
    of_many_at_once_the_first_write_stays,
    a_wave_that_is_not_open_takes_nothing,
}

fn envelope(wave: Uuid, class: Uuid, sealed: &str) -> Envelope {
    Envelope { id: Uuid::new_v4(), wave, class, sealed: sealed.to_owned() }
}

async fn open_wave(storage: &Storage, country: &Country) -> Uuid {
    let (wave, _) = wave_over(storage, country).await;
    advance(storage, wave.id, WaveState::Draft, WaveState::Open).await;
    wave.id
}

async fn store(storage: &Storage, wave: Uuid, class: Uuid, sealed: &str, spent: &Spent) -> Stored {
    envelopes::store(storage, envelope(wave, class, sealed), *spent).await.unwrap()
}

async fn a_value_is_spent_once(database: Database) {
    let empty = Empty::new(database).await;
    let (storage, country) = (&empty.storage, Country::make(&empty.storage).await);
    let (wave, other) = (open_wave(storage, &country).await, open_wave(storage, &country).await);
    let ([one, two], spent) = (country.classes, random_bytes());
    assert!(!envelopes::was_stored(storage, wave, &spent).await.unwrap());
    assert_eq!(store(storage, wave, one, "first", &spent).await, Stored::First);
    assert_eq!(store(storage, wave, one, "second", &spent).await, Stored::Again);
    assert!(envelopes::was_stored(storage, wave, &spent).await.unwrap());
    assert!(!envelopes::was_stored(storage, other, &spent).await.unwrap());
    assert_eq!(envelopes::of_class(storage, wave, one).await.unwrap(), ["first"]);

    assert_eq!(store(storage, wave, two, "third", &random_bytes()).await, Stored::First);
    assert_eq!(store(storage, other, one, "fourth", &spent).await, Stored::First);
    let counts = envelopes::counts(storage, wave).await.unwrap();
    assert_eq!(counts, HashMap::from([(one, 1), (two, 1)]));
    assert_eq!(envelopes::counts(storage, Uuid::new_v4()).await.unwrap(), HashMap::new());
    assert!(envelopes::of_class(storage, other, two).await.unwrap().is_empty());
}

async fn of_many_at_once_the_first_write_stays(database: Database) {
    let empty = Empty::new(database).await;
    let (storage, country) = (&empty.storage, Country::make(&empty.storage).await);
    let (wave, class, spent) =
        (open_wave(storage, &country).await, country.classes[0], random_bytes());
    let storing = (0..50).map(|number: u32| {
        let storage = storage.clone();
        tokio::spawn(async move { store(&storage, wave, class, &number.to_string(), &spent).await })
    });
    let storing: Vec<_> = storing.collect();
    let mut first = 0;
    for stored in storing {
        first += usize::from(stored.await.unwrap() == Stored::First);
    }
    assert_eq!(first, 1);
    assert_eq!(envelopes::of_class(storage, wave, class).await.unwrap().len(), 1);
}

async fn a_wave_that_is_not_open_takes_nothing(database: Database) {
    let empty = Empty::new(database).await;
    let (storage, country) = (&empty.storage, Country::make(&empty.storage).await);
    let ((draft, _), class) = (wave_over(storage, &country).await, country.classes[0]);
    let spent = random_bytes();
    assert_eq!(store(storage, draft.id, class, "early", &spent).await, Stored::WaveNotOpen);
    assert_eq!(store(storage, Uuid::new_v4(), class, "nowhere", &spent).await, Stored::WaveNotOpen);

    advance(storage, draft.id, WaveState::Draft, WaveState::Open).await;
    assert_eq!(store(storage, draft.id, class, "first", &spent).await, Stored::First);
    advance(storage, draft.id, WaveState::Open, WaveState::Closed).await;
    assert_eq!(store(storage, draft.id, class, "again", &spent).await, Stored::Again);
    let late = random_bytes();
    assert_eq!(store(storage, draft.id, class, "late", &late).await, Stored::WaveNotOpen);
    assert!(!envelopes::was_stored(storage, draft.id, &late).await.unwrap());
    assert_eq!(envelopes::of_class(storage, draft.id, class).await.unwrap(), ["first"]);
}
