use super::country::{self, ALL_ALIKE, DISTRICTS, REGIONS, SCHOOLS};
use super::model::ClassModel;
use crate::clock::Clock;
use crate::definitions::{Definition, Definitions};
use crate::random::Random;
use crate::release_job::{self, ReleaseError};
use crate::secrets::{Secrets, SecretsError};
use crate::staff::hash_password;
use crate::storage::accounts::{self, Account, Grant, Role};
use crate::storage::envelopes::{self, Envelope};
use crate::storage::units::{self, NewClass, Unit};
use crate::storage::waves::Wave;
use crate::storage::{Storage, StorageError};
use crate::wave_setup::{self, DefinitionForGrades, NewWave, WaveError};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::{Span, ToSpan};
use protocol::{Base64, Place, ReleaseKey};
use rand_core::RngCore;
use std::sync::Arc;
use survey_definitions::{Form, pack};
use uuid::Uuid;

/// The sign-ins of the demonstration, each with what it is. They are public, so they are refused off
/// loopback.
pub const PEOPLE: [(&str, Role, &str); 7] = [
    (TEACHER, Role::Teacher, "a class teacher"),
    ("coordinator", Role::Coordinator, "the coordinator of the teacher's school"),
    ("district", Role::District, "the education office of the school's district"),
    ("region", Role::Region, "the education office of its region"),
    ("ministry", Role::Ministry, "opens, closes and releases waves"),
    ("researcher", Role::Researcher, "reads what is published of the nation"),
    ("operator", Role::Operator, "sets up regions, reads the record of what staff did"),
];
const TEACHER: &str = "teacher";
pub const PASSWORD: &str = "demonstration";

/// The school and class of the demonstration's teacher.
const LESSON: (usize, usize) = (0, 3);
const JUNIOR: &str = "senim_pupil_junior";
const SENIOR: &str = "senim_pupil_senior";
/// Days from today to the first day of each wave; the last one is open.
const WAVES: [i64; 3] = [-380, -190, -7];
const WAVE_DAYS: i64 = 28;

/// Why the demonstration cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum DemonstrationError {
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error(transparent)]
    Secrets(#[from] SecretsError),
    #[error(transparent)]
    Wave(#[from] WaveError),
    #[error(transparent)]
    Release(#[from] ReleaseError),
    #[error("the demonstration cannot be made: {0}")]
    Other(String),
}

/// A class as it was made, with its place in the country.
struct MadeClass {
    id: Uuid,
    at: (usize, usize),
    form: Form,
    enrolment: u32,
}

/// What filling needs.
pub struct Filling<'a> {
    pub storage: &'a Storage,
    pub secrets: &'a Secrets,
    pub definitions: &'a Definitions,
    pub clock: &'a Clock,
    pub random: &'a Random,
    /// Draws the answers, and nothing else: the same in every demonstration.
    pub answers: &'a Random,
    pub key: &'a ReleaseKey,
}

/// Fills an empty database; `progress` is told what is being done and how far it is.
pub async fn fill(
    filling: &Filling<'_>,
    mut progress: impl FnMut(&str, usize, usize),
) -> Result<(), DemonstrationError> {
    let mut all = Vec::new();
    let schools = make_units(filling, &mut all).await?;
    make_accounts(filling, &schools, &all).await?;
    let (junior, senior) = (latest(filling, JUNIOR)?, latest(filling, SENIOR)?);
    for (number, first) in WAVES.into_iter().enumerate() {
        let wave = make_wave(filling, number, first, &junior, &senior).await?;
        wave_setup::open(filling.storage, filling.random, &wave).await?;
        if number + 1 == WAVES.len() {
            break;
        }
        for (done, class) in all.iter().enumerate() {
            progress("answers", number * all.len() + done, (WAVES.len() - 1) * all.len());
            let definition = if class.form == Form::Junior { &junior } else { &senior };
            answer(filling, &wave, number, class, definition).await?;
        }
        let wave = crate::storage::waves::by_id(filling.storage, wave.id)
            .await?
            .ok_or_else(|| DemonstrationError::Other("a wave is gone".to_owned()))?;
        wave_setup::close(filling.storage, filling.random, &wave).await?;
        let (storage, definitions) = (filling.storage, filling.definitions);
        let given = (filling.clock, filling.random);
        release_job::run(storage, definitions, given, wave.id, filling.key, |_, _| {}).await?;
    }
    Ok(())
}

fn latest(filling: &Filling<'_>, id: &str) -> Result<Arc<Definition>, DemonstrationError> {
    let definition = filling.definitions.latest(id).cloned();
    definition.ok_or_else(|| DemonstrationError::Other(format!("no definition \"{id}\"")))
}

async fn make_units(
    filling: &Filling<'_>,
    all: &mut Vec<MadeClass>,
) -> Result<Vec<Uuid>, DemonstrationError> {
    let (storage, random) = (filling.storage, filling.random);
    let mut regions = Vec::new();
    for (index, name) in REGIONS.iter().enumerate() {
        let id = random.id();
        units::create_region(storage, id, &format!("R{}", index + 1), name).await?;
        regions.push(id);
    }
    let mut districts = Vec::new();
    for (index, (region, name)) in DISTRICTS.iter().enumerate() {
        let (id, code) = (random.id(), format!("D{}", index + 1));
        units::create_district(storage, id, regions[*region], &code, name).await?;
        districts.push(id);
    }
    let mut schools = Vec::new();
    for (index, school) in SCHOOLS.iter().enumerate() {
        let (id, code) = (random.id(), format!("S{:02}", index + 1));
        units::create_school(storage, id, districts[school.district], &code, school.name).await?;
        schools.push(id);
        for (at, class) in country::classes(index).into_iter().enumerate() {
            let new = NewClass {
                school: id,
                code: format!("{code}-{:02}", at + 1),
                label: class.label,
                grade: class.grade.to_string(),
                language: class.language.to_owned(),
                enrolment: class.enrolment,
            };
            let form = if class.grade < 5 { Form::Junior } else { Form::Senior };
            let made =
                MadeClass { id: random.id(), at: (index, at), form, enrolment: class.enrolment };
            units::create_class(storage, made.id, &new).await?;
            all.push(made);
        }
    }
    Ok(schools)
}

async fn make_accounts(
    filling: &Filling<'_>,
    schools: &[Uuid],
    all: &[MadeClass],
) -> Result<(), DemonstrationError> {
    let password_hash =
        hash_password(PASSWORD).map_err(|error| DemonstrationError::Other(error.to_string()))?;
    let class = all.iter().find(|class| class.at == LESSON).map_or(Uuid::nil(), |class| class.id);
    let school = units::units_above(filling.storage, Unit::School(schools[LESSON.0])).await?;
    let of_level = |level| school.iter().copied().find(|unit| unit.level() == level);
    for (name, role, _) in PEOPLE {
        let unit = of_level(role.level()).unwrap_or(Unit::Class(class));
        let grants = vec![Grant { role, unit }];
        let account = Account::new(filling.random.id(), name, password_hash.clone(), grants);
        accounts::create(filling.storage, &Account { demonstration: true, ..account }).await?;
    }
    Ok(())
}

async fn make_wave(
    filling: &Filling<'_>,
    number: usize,
    first: i64,
    junior: &Definition,
    senior: &Definition,
) -> Result<Wave, DemonstrationError> {
    let first_day = filling.clock.today().saturating_add(first.days());
    let grades = |from: u8, to: u8| (from..=to).map(|grade| grade.to_string()).collect();
    let new = NewWave {
        id: filling.random.id(),
        name: format!("{} жыл, {}-кезең", first_day.year(), number + 1),
        scope: Unit::Nation,
        first_day,
        last_day: first_day.saturating_add(Span::new().days(WAVE_DAYS)),
        release_key: filling.key.public_key(),
        definitions: vec![
            DefinitionForGrades { definition: junior.survey.definition_id(), grades: grades(2, 4) },
            DefinitionForGrades {
                definition: senior.survey.definition_id(),
                grades: grades(5, 11),
            },
        ],
    };
    let (storage, random) = (filling.storage, filling.random);
    Ok(wave_setup::create(storage, filling.secrets, filling.definitions, random, new).await?)
}

/// The pupils of a class answer: drawn, packed, sealed and stored as from tablets.
async fn answer(
    filling: &Filling<'_>,
    wave: &Wave,
    number: usize,
    class: &MadeClass,
    definition: &Definition,
) -> Result<(), DemonstrationError> {
    let place = Place { wave: wave.id, class: class.id };
    let kind = SCHOOLS[class.at.0].kind;
    let alike = class.at == ALL_ALIKE;
    let model = filling.answers.draw(|rng| ClassModel::new(kind, alike, number, rng));
    for _ in 0..class.enrolment {
        let drawn = filling.answers.draw(|rng| model.response(&definition.survey, rng));
        let Some(response) = drawn else { continue };
        let packed = pack(&definition.answer_layout, &response, wave.packed_length)
            .ok_or_else(|| DemonstrationError::Other("an answer does not fit".to_owned()))?;
        let sealed = filling
            .random
            .draw(|rng| filling.key.public_key().seal(rng, place, &packed))
            .map_err(|error| DemonstrationError::Other(error.to_string()))?;
        let mut value = [0; 32];
        filling.random.draw(|rng| rng.fill_bytes(&mut value));
        let envelope = Envelope {
            id: filling.random.id(),
            wave: wave.id,
            class: class.id,
            sealed: URL_SAFE_NO_PAD.encode(sealed),
        };
        envelopes::store(filling.storage, envelope, Base64(value).spent()).await?;
    }
    Ok(())
}

/// The class of the demonstration's teacher.
pub async fn lesson_class(storage: &Storage) -> Result<Option<Uuid>, StorageError> {
    let teacher = accounts::by_name(storage, TEACHER).await?;
    let units = teacher.into_iter().flat_map(|account| account.grants);
    Ok(units.map(|grant| grant.unit).find_map(|unit| match unit {
        Unit::Class(id) => Some(id),
        _ => None,
    }))
}
