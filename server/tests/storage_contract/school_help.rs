use super::{Country, Empty, wave_over};
use server::storage::school_help::{self, NamedSchoolHelp, SchoolHelp};
use server::storage::units;
use tests::{Database, on_both_databases};
use uuid::Uuid;

on_both_databases! { a_school_says_what_it_said_last }

fn help(psychologist: &str, room: &str, times: &str) -> SchoolHelp {
    let (psychologist, room, times) = (psychologist.into(), room.into(), times.into());
    SchoolHelp { psychologist, room, times }
}

async fn a_school_says_what_it_said_last(database: Database) {
    let empty = Empty::new(database).await;
    let (storage, country) = (&empty.storage, Country::make(&empty.storage).await);
    let other = Uuid::new_v4();
    units::create_school(storage, other, country.district, "o", "№2 мектеп").await.unwrap();
    let (_, classes) = wave_over(storage, &country).await;
    let own = async || {
        let by_school = school_help::of_school(storage, country.school).await.unwrap();
        for class in &classes {
            let by_part =
                school_help::of_class_part(storage, class.class_part.unwrap()).await.unwrap();
            assert_eq!(by_part, by_school);
        }
        by_school.unwrap()
    };
    let nothing = help("", "", "");
    let named = |help| NamedSchoolHelp { school: "№1 мектеп".to_owned(), help };
    assert_eq!(own().await, named(nothing.clone()));
    for said in [
        help("Сәуле Ахметқызы", "2-қабат, 205", "12:00–14:00"),
        help("", "\"'; drop table school_help; --", ""),
        nothing.clone(),
    ] {
        school_help::save(storage, country.school, &said).await.unwrap();
        assert_eq!(own().await, named(said));
    }
    let of_other = school_help::of_school(storage, other).await.unwrap().unwrap();
    assert_eq!((of_other.school.as_str(), of_other.help), ("№2 мектеп", nothing.clone()));

    let nobody = Uuid::new_v4();
    assert_eq!(school_help::of_school(storage, nobody).await.unwrap(), None);
    let unused = "ZZZZ".parse().unwrap();
    assert_eq!(school_help::of_class_part(storage, unused).await.unwrap(), None);
    school_help::save(storage, nobody, &nothing).await.unwrap_err();
}
