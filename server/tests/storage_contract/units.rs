use super::{Country, Empty, new_class};
use server::random::Random;
use server::storage::units::{self, Unit};
use server::storage::{StorageError, class_lists, unit_changes, unit_names};
use tests::{Database, on_both_databases};
use uuid::Uuid;

on_both_databases! {
    a_class_knows_every_unit_above_it,
    units_need_a_unit_above_and_a_code_of_their_own,
    units_made_by_hand_get_a_code_of_their_own_and_keep_it,
    lists_of_classes_hold_the_units_own_classes,
}

async fn a_class_knows_every_unit_above_it(database: Database) {
    let empty = Empty::new(database).await;
    let (storage, country) = (&empty.storage, Country::make(&empty.storage).await);
    let class = units::class_by_id(storage, country.classes[0]).await.unwrap().unwrap();
    assert_eq!((class.code.as_str(), class.label.as_str()), ("s-a", "6 «s-a»"));
    assert_eq!((class.grade.as_str(), class.language.as_str()), ("6", "kk"));
    assert_eq!(class.enrolment, 20);
    assert_eq!((class.school.id, class.school.name.as_str()), (country.school, "№1 мектеп"));
    assert_eq!((class.district.id, class.district.code.as_str()), (country.district, "d"));
    assert_eq!((class.region.id, class.region.name.as_str()), (country.region, "Өңір"));

    let chain = [
        Unit::Class(country.classes[0]),
        Unit::School(country.school),
        Unit::District(country.district),
        Unit::Region(country.region),
        Unit::Nation,
    ];
    for (at, unit) in chain.into_iter().enumerate() {
        assert_eq!(units::units_above(storage, unit).await.unwrap(), chain[at..]);
    }
    let nobody = Uuid::new_v4();
    for unit in [Unit::Class, Unit::School, Unit::District, Unit::Region].map(|unit| unit(nobody)) {
        assert!(units::units_above(storage, unit).await.unwrap().is_empty());
    }
    assert!(units::class_by_id(storage, nobody).await.unwrap().is_none());
}

async fn units_need_a_unit_above_and_a_code_of_their_own(database: Database) {
    let empty = Empty::new(database).await;
    let (storage, country) = (&empty.storage, Country::make(&empty.storage).await);
    let nobody = Uuid::new_v4();
    let id = Uuid::new_v4;
    let taken = [
        units::create_region(storage, id(), "r", "").await,
        units::create_district(storage, id(), country.region, "d", "").await,
        units::create_school(storage, id(), country.district, "s", "").await,
        units::create_class(storage, id(), &new_class(country.school, "s-a")).await,
    ];
    for taken in taken {
        assert!(matches!(taken, Err(StorageError::Exists { .. })), "{taken:?}");
    }
    let nowhere = [
        units::create_district(storage, id(), nobody, "d2", "").await,
        units::create_school(storage, id(), nobody, "s2", "").await,
        units::create_class(storage, id(), &new_class(nobody, "c2")).await,
    ];
    assert!(nowhere.iter().all(Result::is_err), "{nowhere:?}");
}

async fn lists_of_classes_hold_the_units_own_classes(database: Database) {
    let empty = Empty::new(database).await;
    let (storage, country) = (&empty.storage, Country::make(&empty.storage).await);
    let other_school = Uuid::new_v4();
    units::create_school(storage, other_school, country.district, "a", "First by code")
        .await
        .unwrap();
    let other = Uuid::new_v4();
    units::create_class(storage, other, &new_class(other_school, "a-a")).await.unwrap();
    let [first, second] = country.classes;
    for (unit, expected) in [
        (Unit::Class(second), vec![second]),
        (Unit::School(country.school), vec![first, second]),
        (Unit::School(other_school), vec![other]),
        (Unit::District(country.district), vec![other, first, second]),
        (Unit::Region(country.region), vec![other, first, second]),
        (Unit::Nation, vec![other, first, second]),
        (Unit::Region(Uuid::new_v4()), vec![]),
    ] {
        let lines = class_lists::classes_of(storage, unit).await.unwrap();
        let ids: Vec<_> = lines.iter().map(|line| line.id).collect();
        assert_eq!(ids, expected, "{unit:?}");
    }
    let lines = class_lists::classes_of(storage, Unit::Class(other)).await.unwrap();
    assert_eq!((lines[0].school.as_str(), lines[0].enrolment), ("First by code", 20));
}

async fn units_made_by_hand_get_a_code_of_their_own_and_keep_it(database: Database) {
    let empty = Empty::new(database).await;
    let (storage, random) = (&empty.storage, Random::seeded(1));
    let mut above = Unit::Nation;
    for code in ["R01", "D01", "S01"] {
        let mut transaction = storage.begin().await.unwrap();
        let made = unit_changes::add(&mut transaction, above, "Алғашқы", &random).await.unwrap();
        unit_changes::rename(&mut transaction, made, "Кейінгі").await.unwrap();
        transaction.commit().await.unwrap();
        let named = unit_names::named(storage, made).await.unwrap().unwrap();
        assert_eq!((named.code.as_str(), named.name.as_str()), (code, "Кейінгі"));
        assert_eq!(units::units_above(storage, made).await.unwrap()[1], above);
        above = made;
    }
    let mut transaction = storage.begin().await.unwrap();
    for unit in [above, Unit::Class(Uuid::new_v4())] {
        assert!(unit_changes::add(&mut transaction, unit, "x", &random).await.is_err(), "{unit:?}");
    }
    assert!(unit_changes::rename(&mut transaction, Unit::Nation, "x").await.is_err());
}
