use super::{Country, Empty, advance, random_bytes, wave_over};
use jiff::civil::date;
use server::storage::envelopes::{self, Envelope, Stored};
use server::storage::erasures::{self, Erasure};
use server::storage::wave_classes::WaveClass;
use server::storage::waves::WaveState;
use server::storage::{Storage, StorageError, scrub, slips, wave_classes};
use sqlx::AnyPool;
use tests::{Database, on_both_databases};
use uuid::Uuid;

on_both_databases! {
    a_wave_that_is_not_released_is_not_touched,
    a_forgotten_wave_leaves_its_record_alone,
    the_first_record_stays,
    a_reader_is_waited_for_without_keeping_pupils_out,
}

const RESPONSES: usize = 5;
const SLIPS: usize = 7;

/// A wave with responses and slips in its first class.
async fn answered_wave(storage: &Storage, country: &Country) -> WaveClass {
    let (wave, classes) = wave_over(storage, country).await;
    advance(storage, wave.id, WaveState::Draft, WaveState::Open).await;
    let class = classes[0].class;
    let hashes: [_; SLIPS] = [(); SLIPS].map(|()| random_bytes());
    slips::reprint(storage, wave.id, class, &hashes, SLIPS as u32).await.unwrap();
    for _ in 0..RESPONSES {
        let sealed = "sealed".to_owned();
        let envelope = Envelope { id: Uuid::new_v4(), wave: wave.id, class, sealed };
        let stored = envelopes::store(storage, envelope, random_bytes()).await.unwrap();
        assert_eq!(stored, Stored::First);
    }
    classes[0].clone()
}

async fn release(storage: &Storage, wave: Uuid) {
    advance(storage, wave, WaveState::Open, WaveState::Closed).await;
    advance(storage, wave, WaveState::Closed, WaveState::Released).await;
}

/// Responses and slips of a class.
async fn left(storage: &Storage, class: &WaveClass) -> (usize, u32) {
    let sealed = envelopes::of_class(storage, class.wave, class.class).await.unwrap();
    let slips = slips::counts(storage, class.wave, class.class).await.unwrap();
    (sealed.len(), slips.unused + slips.used)
}

async fn a_wave_that_is_not_released_is_not_touched(database: Database) {
    let empty = Empty::new(database).await;
    let (storage, country) = (&empty.storage, Country::make(&empty.storage).await);
    let class = answered_wave(storage, &country).await;
    let before = empty.database.content().await;
    for wave in [class.wave, Uuid::new_v4()] {
        erasures::begin(storage, wave, date(2026, 11, 1)).await.unwrap();
        assert_eq!(erasures::delete_some(storage, wave, 100).await.unwrap(), 0);
        erasures::finish(storage, wave).await.unwrap();
        assert_eq!(erasures::of_wave(storage, wave).await.unwrap(), None);
    }
    assert_eq!(empty.database.content().await, before);
}

async fn a_forgotten_wave_leaves_its_record_alone(database: Database) {
    let empty = Empty::new(database).await;
    let (storage, country) = (&empty.storage, Country::make(&empty.storage).await);
    let (class, other) =
        (answered_wave(storage, &country).await, answered_wave(storage, &country).await);
    release(storage, class.wave).await;
    erasures::begin(storage, class.wave, date(2026, 11, 1)).await.unwrap();
    let mut deleted = 0;
    for _ in 0..=SLIPS {
        deleted += erasures::delete_some(storage, class.wave, 2).await.unwrap();
    }
    let dropped_before = database == Database::Postgres;
    assert_eq!(deleted, if dropped_before { 0 } else { (2 * RESPONSES + SLIPS) as u64 });
    scrub::scrub(storage).await.unwrap();
    let mut record = Erasure {
        wave: class.wave,
        day: date(2026, 11, 1),
        envelopes: RESPONSES as u32,
        spent_values: RESPONSES as u32,
        slips: SLIPS as u32,
        finished: false,
    };
    assert_eq!(erasures::of_wave(storage, class.wave).await.unwrap(), Some(record));
    erasures::finish(storage, class.wave).await.unwrap();
    record.finished = true;
    assert_eq!(erasures::of_wave(storage, class.wave).await.unwrap(), Some(record));

    assert_eq!(left(storage, &class).await, (0, 0));
    let part = class.class_part.unwrap();
    assert_eq!(wave_classes::by_class_part(storage, part).await.unwrap(), None);
    let frozen = wave_classes::find(storage, class.wave, class.class).await.unwrap();
    assert_eq!(frozen, Some(WaveClass { class_part: None, ..class }));
    let parts = wave_classes::class_parts(storage).await.unwrap();
    assert_eq!(parts.len(), 2, "the parts of the other wave are all that is taken");

    assert_eq!(left(storage, &other).await, (RESPONSES, SLIPS as u32));
    let envelope = Envelope {
        id: Uuid::new_v4(),
        wave: other.wave,
        class: other.class,
        sealed: "late".to_owned(),
    };
    let stored = envelopes::store(storage, envelope, random_bytes()).await.unwrap();
    assert_eq!(stored, Stored::First);
    assert_eq!(erasures::of_wave(storage, other.wave).await.unwrap(), None);
}

async fn the_first_record_stays(database: Database) {
    let empty = Empty::new(database).await;
    let (storage, country) = (&empty.storage, Country::make(&empty.storage).await);
    let class = answered_wave(storage, &country).await;
    release(storage, class.wave).await;
    for day in [1, 2] {
        erasures::begin(storage, class.wave, date(2026, 11, day)).await.unwrap();
        while erasures::delete_some(storage, class.wave, 100).await.unwrap() > 0 {}
        let record = erasures::of_wave(storage, class.wave).await.unwrap().unwrap();
        assert_eq!((record.day, record.envelopes), (date(2026, 11, 1), RESPONSES as u32));
    }
}

/// A backup reads every table for long. Nothing may wait behind it.
async fn a_reader_is_waited_for_without_keeping_pupils_out(database: Database) {
    let empty = Empty::new(database).await;
    let (storage, country) = (&empty.storage, Country::make(&empty.storage).await);
    let (class, other) =
        (answered_wave(storage, &country).await, answered_wave(storage, &country).await);
    release(storage, class.wave).await;
    let reading = AnyPool::connect(&empty.database.url).await.unwrap();
    let mut reader = reading.begin().await.unwrap();
    let query = "select count(*) from envelopes";
    let seen: i64 = sqlx::query_scalar(query).fetch_one(&mut *reader).await.unwrap();
    assert_eq!(seen, 2 * RESPONSES as i64);

    let begun = erasures::begin(storage, class.wave, date(2026, 11, 1)).await;
    match database {
        Database::Sqlite => begun.unwrap(),
        Database::Postgres => {
            assert!(matches!(begun, Err(StorageError::Locked)), "{begun:?}");
            assert_eq!(erasures::of_wave(storage, class.wave).await.unwrap(), None);
            assert_eq!(left(storage, &class).await, (RESPONSES, SLIPS as u32));
        }
    }
    let (id, sealed) = (Uuid::new_v4(), "sealed".to_owned());
    let envelope = Envelope { id, wave: other.wave, class: other.class, sealed };
    let stored = envelopes::store(storage, envelope, random_bytes()).await.unwrap();
    assert_eq!(stored, Stored::First);
    reader.rollback().await.unwrap();
    erasures::begin(storage, class.wave, date(2026, 11, 1)).await.unwrap();
}
