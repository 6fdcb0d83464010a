use super::{Country, Empty, definition_of, new_wave, wave_over};
use protocol::ClassPart;
use rand_core::OsRng;
use server::storage::waves::{self, WaveState};
use server::storage::{StorageError, wave_classes};
use tests::{Database, on_both_databases};
use uuid::Uuid;

on_both_databases! {
    a_wave_is_read_back_as_it_was_made,
    a_wave_moves_on_from_the_state_it_is_in,
    classes_are_frozen_with_a_part_of_their_own,
    a_class_session_is_open_until_it_was_set_to,
}

async fn a_wave_is_read_back_as_it_was_made(database: Database) {
    let empty = Empty::new(database).await;
    let storage = &empty.storage;
    let (spring, autumn) = (new_wave(4), new_wave(9));
    let definitions = [definition_of("5"), definition_of("6"), definition_of("unknown")];
    waves::create(storage, &spring, &definitions).await.unwrap();
    waves::create(storage, &autumn, &definitions[..1]).await.unwrap();
    assert_eq!(waves::by_id(storage, spring.id).await.unwrap().as_ref(), Some(&spring));
    assert_eq!(waves::by_id(storage, Uuid::new_v4()).await.unwrap(), None);
    assert_eq!(waves::all(storage).await.unwrap(), [autumn, spring.clone()]);
    assert_eq!(waves::definitions(storage, spring.id).await.unwrap(), definitions);

    let summer = new_wave(7);
    let twice = [definition_of("6"), definition_of("6")];
    let refused = waves::create(storage, &summer, &twice).await.unwrap_err();
    assert!(matches!(refused, StorageError::Exists { .. }), "{refused}");
    assert_eq!(waves::by_id(storage, summer.id).await.unwrap(), None, "half a wave is left");
}

async fn a_wave_moves_on_from_the_state_it_is_in(database: Database) {
    let empty = Empty::new(database).await;
    let storage = &empty.storage;
    let wave = new_wave(9);
    waves::create(storage, &wave, &[definition_of("6")]).await.unwrap();
    for (from, to, moves) in [
        (WaveState::Open, WaveState::Closed, false),
        (WaveState::Draft, WaveState::Open, true),
        (WaveState::Draft, WaveState::Open, false),
        (WaveState::Open, WaveState::Closed, true),
        (WaveState::Closed, WaveState::Released, true),
        (WaveState::Closed, WaveState::Released, false),
    ] {
        let mut transaction = storage.begin().await.unwrap();
        let moved = waves::advance(&mut transaction, wave.id, from, to).await.unwrap();
        transaction.commit().await.unwrap();
        assert_eq!(moved, moves, "{from:?} to {to:?}");
    }
    let found = waves::by_id(storage, wave.id).await.unwrap().unwrap();
    assert_eq!(found.state, WaveState::Released);
}

async fn classes_are_frozen_with_a_part_of_their_own(database: Database) {
    let empty = Empty::new(database).await;
    let (storage, country) = (&empty.storage, Country::make(&empty.storage).await);
    let (wave, frozen) = wave_over(storage, &country).await;
    let by_part =
        wave_classes::by_class_part(storage, frozen[0].class_part.unwrap()).await.unwrap();
    assert_eq!(by_part, Some((wave.clone(), frozen[0].clone())));
    let unknown = ClassPart::random(&mut OsRng);
    assert_eq!(wave_classes::by_class_part(storage, unknown).await.unwrap(), None);
    let found = wave_classes::find(storage, wave.id, frozen[1].class).await.unwrap();
    assert_eq!(found.as_ref(), Some(&frozen[1]));
    assert_eq!(wave_classes::find(storage, wave.id, wave.id).await.unwrap(), None);

    let mut sorted = frozen.clone();
    sorted.sort_by_key(|class| class.class.to_string());
    assert_eq!(wave_classes::of_wave(storage, wave.id).await.unwrap(), sorted);
    let of_class = wave_classes::of_class(storage, frozen[0].class).await.unwrap();
    assert_eq!(of_class, [frozen[0].clone()]);
    let mut parts = wave_classes::class_parts(storage).await.unwrap();
    let mut expected: Vec<_> =
        frozen.iter().map(|class| class.class_part.unwrap().to_string()).collect();
    parts.sort();
    expected.sort();
    assert_eq!(parts, expected);

    let places = wave_classes::places(storage, wave.id).await.unwrap();
    let codes: Vec<_> = places.iter().map(|place| place.class.as_str()).collect();
    assert_eq!(codes, ["s-a", "s-b"]);
    let place = &places[0];
    assert_eq!(
        (place.region.as_str(), place.district.as_str(), place.school.as_str()),
        ("r", "d", "s")
    );
    assert_eq!(place.class_id, frozen[0].class.to_string());
    assert_eq!((place.grade.as_str(), place.language.as_str(), place.enrolment), ("6", "kk", 20));

    let mut transaction = storage.begin().await.unwrap();
    let again = wave_classes::freeze(&mut transaction, &frozen[0]).await;
    assert!(again.is_err(), "a class is frozen twice");
}

async fn a_class_session_is_open_until_it_was_set_to(database: Database) {
    let empty = Empty::new(database).await;
    let (storage, country) = (&empty.storage, Country::make(&empty.storage).await);
    let (wave, frozen) = wave_over(storage, &country).await;
    let far = i64::from(u32::MAX) * 2;
    wave_classes::set_open_until(storage, wave.id, frozen[0].class, far).await.unwrap();
    let until = async |class: Uuid| {
        wave_classes::find(storage, wave.id, class).await.unwrap().unwrap().open_until
    };
    assert_eq!(until(frozen[0].class).await, far);
    assert_eq!(until(frozen[1].class).await, 0);
}
