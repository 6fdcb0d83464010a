//! Every storage function, on both databases: what holds on one must hold on the other.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod accounts;
mod durability;
mod envelopes;
mod erasures;
mod jobs;
mod lessons_held;
mod migrations;
mod migrations_killed;
mod releases;
mod school_help;
mod sessions;
mod slips;
mod staff;
mod structure;
mod units;
mod waves;

use jiff::civil::date;
use protocol::{Base64, ClassPart, Issuer, ReleaseKey};
use rand_core::{OsRng, RngCore};
use server::storage::units::{NewClass, Unit};
use server::storage::wave_classes::WaveClass;
use server::storage::waves::{GradeDefinition, Wave, WaveState};
use server::storage::{Storage, partitions, units as unit_rows, wave_classes, waves as wave_rows};
use survey_definitions::DefinitionId;
use tempfile::TempDir;
use tests::{Database, OwnDatabase};
use uuid::Uuid;

/// An empty database with Senim's tables, and a directory that lives as long.
struct Empty {
    storage: Storage,
    database: OwnDatabase,
    _directory: TempDir,
}

impl Empty {
    async fn new(database: Database) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let database = OwnDatabase::create(database, directory.path()).await;
        let storage = Storage::connect(&database.url).await.unwrap();
        Self { storage, database, _directory: directory }
    }
}

/// A region, a district, a school and two classes in it.
struct Country {
    region: Uuid,
    district: Uuid,
    school: Uuid,
    classes: [Uuid; 2],
}

impl Country {
    async fn make(storage: &Storage) -> Self {
        let [region, district, school] = [(); 3].map(|()| Uuid::new_v4());
        let classes = [Uuid::new_v4(), Uuid::new_v4()];
        unit_rows::create_region(storage, region, "r", "Өңір").await.unwrap();
        unit_rows::create_district(storage, district, region, "d", "Аудан").await.unwrap();
        unit_rows::create_school(storage, school, district, "s", "№1 мектеп").await.unwrap();
        for (id, code) in classes.iter().zip(["s-a", "s-b"]) {
            unit_rows::create_class(storage, *id, &new_class(school, code)).await.unwrap();
        }
        Self { region, district, school, classes }
    }
}

fn new_class(school: Uuid, code: &str) -> NewClass {
    NewClass {
        school,
        code: code.to_owned(),
        label: format!("6 «{code}»"),
        grade: "6".to_owned(),
        language: "kk".to_owned(),
        enrolment: 20,
    }
}

fn new_wave(first_month: i8) -> Wave {
    Wave {
        id: Uuid::new_v4(),
        name: "Күз".to_owned(),
        state: WaveState::Draft,
        scope: Unit::Nation,
        first_day: date(2026, first_month, 1),
        last_day: date(2026, first_month, 28),
        packed_length: 128,
        token_key: Issuer::new(&mut OsRng).unwrap().public_key(),
        release_key: ReleaseKey::new(&mut OsRng).public_key(),
    }
}

fn definition_of(grade: &str) -> GradeDefinition {
    GradeDefinition {
        grade: grade.to_owned(),
        definition: DefinitionId { id: "senim_pupil_senior".to_owned(), version: 1 },
        sha256: "ab".repeat(32),
    }
}

/// A wave with the country's classes frozen in it.
async fn wave_over(storage: &Storage, country: &Country) -> (Wave, Vec<WaveClass>) {
    let wave = new_wave(9);
    wave_rows::create(storage, &wave, &[definition_of("6")]).await.unwrap();
    let mut transaction = storage.begin().await.unwrap();
    let mut classes = Vec::new();
    for class in country.classes {
        let class = WaveClass {
            wave: wave.id,
            class,
            class_part: Some(ClassPart::random(&mut OsRng)),
            grade: "6".to_owned(),
            language: "kk".to_owned(),
            enrolment: 20,
            open_until: 0,
        };
        wave_classes::freeze(&mut transaction, &class).await.unwrap();
        classes.push(class);
    }
    partitions::create(storage, &mut transaction, wave.id).await.unwrap();
    transaction.commit().await.unwrap();
    (wave, classes)
}

fn random_bytes<const N: usize>() -> Base64<N> {
    let mut bytes = [0; N];
    OsRng.fill_bytes(&mut bytes);
    Base64(bytes)
}

async fn advance(storage: &Storage, wave: Uuid, from: WaveState, to: WaveState) {
    let mut transaction = storage.begin().await.unwrap();
    assert!(wave_rows::advance(&mut transaction, wave, from, to).await.unwrap());
    transaction.commit().await.unwrap();
}
