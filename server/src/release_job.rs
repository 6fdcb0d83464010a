//! The release job: opens a closed wave's envelopes with the release key, makes tallies, protects
//! them and publishes. The key is given for the job, and only memory holds it.

use crate::definitions::{Definition, Definitions};
use crate::random::Random;
use crate::storage::jobs::{self, Job, JobKind, JobState};
use crate::storage::wave_classes::{self, FrozenPlace};
use crate::storage::waves::{self, Wave, WaveState};
use crate::storage::{Storage, StorageError, envelopes, releases};
use analysis::{
    ClassPlace, Columns, ComputeError, DataMistakes, DefinitionRef, Release, Structure, Tallies,
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use protocol::{Place, ReleaseKey};
use rand::seq::SliceRandom;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use survey_definitions::{DefinitionId, Response, unpack};
use uuid::Uuid;

/// Why a wave cannot be opened or released. Each is found before anything is touched.
#[derive(Debug, thiserror::Error)]
pub enum ReleaseError {
    #[error("there is no wave {0}; `senim waves` lists them")]
    UnknownWave(Uuid),
    #[error(
        "this release key does not belong to wave \"{wave}\": its public half is {got}, \
         the wave was sealed to {expected}; nothing was changed"
    )]
    WrongKey { wave: String, expected: String, got: String },
    #[error("wave \"{wave}\" is {state}; close it first; nothing was changed")]
    NotClosed { wave: String, state: &'static str },
    #[error("wave \"{0}\" was released already; a wave is released once")]
    Released(String),
    #[error("the wave uses survey definition \"{0}\", which this program does not have")]
    UnknownDefinition(DefinitionId),
    #[error("survey definition \"{0}\" is not the one that the wave was opened with")]
    ChangedDefinition(DefinitionId),
    #[error("responses were still being stored; nothing was changed, run it again")]
    StillArriving,
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error("{0}")]
    Structure(#[from] DataMistakes),
    #[error(transparent)]
    Compute(#[from] ComputeError),
    #[error("the computation was interrupted")]
    Interrupted,
}

/// The opened responses of one definition of a wave.
pub struct Opened {
    pub definition: Arc<Definition>,
    pub structure: Structure,
    pub columns: Columns,
}

/// What a job opened.
pub struct OpenedWave {
    pub definitions: Vec<Opened>,
    pub responses: u32,
    /// Envelopes that the key does not open or that do not hold a response of their definition:
    /// counted, never dropped in silence.
    pub unreadable: u32,
}

/// Finds the wave and checks key and state before anything is read.
pub async fn check(storage: &Storage, wave: Uuid, key: &ReleaseKey) -> Result<Wave, ReleaseError> {
    let wave = waves::by_id(storage, wave).await?.ok_or(ReleaseError::UnknownWave(wave))?;
    if !key.fits(&wave.release_key) {
        return Err(ReleaseError::WrongKey {
            wave: wave.name,
            expected: wave.release_key.0.encode(),
            got: key.public_key().0.encode(),
        });
    }
    match wave.state {
        WaveState::Closed | WaveState::Released => Ok(wave),
        WaveState::Draft | WaveState::Open => {
            Err(ReleaseError::NotClosed { state: wave.state.code(), wave: wave.name })
        }
    }
}

/// Opens every envelope of a checked wave, each class as one shuffled pool. `progress` is told
/// classes done and classes in all.
pub async fn open(
    storage: &Storage,
    definitions: &Definitions,
    random: &Random,
    wave: &Wave,
    key: &ReleaseKey,
    mut progress: impl FnMut(usize, usize),
) -> Result<OpenedWave, ReleaseError> {
    let by_grade = definitions_by_grade(storage, definitions, wave).await?;
    let places = wave_classes::places(storage, wave.id).await?;
    let mut pools: BTreeMap<DefinitionId, Pool> = BTreeMap::new();
    let (mut responses, mut unreadable) = (0, 0);
    for (index, place) in places.iter().enumerate() {
        let Some(definition) = by_grade.get(&place.grade) else { continue };
        let class = Uuid::parse_str(&place.class_id).map_err(|_| StorageError::Content {
            expected: "an id",
            value: place.class_id.clone(),
        })?;
        let mut sealed = envelopes::of_class(storage, wave.id, class).await?;
        random.draw(|rng| sealed.shuffle(rng));
        let at = Place { wave: wave.id, class };
        let opened: Vec<_> =
            sealed.iter().filter_map(|sealed| open_one(definition, key, at, sealed)).collect();
        responses += opened.len() as u32;
        unreadable += (sealed.len() - opened.len()) as u32;
        let pool = pools.entry(definition.survey.definition_id()).or_insert_with(|| Pool {
            definition: definition.clone(),
            places: vec![],
            responses: vec![],
        });
        pool.places.push(class_place(place, definition)?);
        pool.responses.extend(opened.into_iter().map(|one| (place.class.clone(), one)));
        progress(index + 1, places.len());
    }
    let definitions = pools.into_values().map(Pool::into_columns).collect::<Result<Vec<_>, _>>()?;
    Ok(OpenedWave { definitions, responses, unreadable })
}

struct Pool {
    definition: Arc<Definition>,
    places: Vec<ClassPlace>,
    responses: Vec<(String, Response)>,
}

impl Pool {
    fn into_columns(self) -> Result<Opened, ReleaseError> {
        let structure = Structure::new(self.places)?;
        let responses = self.responses.iter().map(|(class, one)| (class.as_str(), one.clone()));
        let columns = Columns::from_responses(&self.definition.survey, &structure, responses)?;
        Ok(Opened { definition: self.definition, structure, columns })
    }
}

fn open_one(
    definition: &Definition,
    key: &ReleaseKey,
    place: Place,
    sealed: &str,
) -> Option<Response> {
    let envelope = URL_SAFE_NO_PAD.decode(sealed).ok()?;
    let packed = key.open(place, &envelope).ok()?;
    unpack(&definition.survey, &packed).ok()
}

async fn definitions_by_grade(
    storage: &Storage,
    definitions: &Definitions,
    wave: &Wave,
) -> Result<HashMap<String, Arc<Definition>>, ReleaseError> {
    waves::definitions(storage, wave.id)
        .await?
        .into_iter()
        .map(|row| {
            let definition = definitions
                .get(&row.definition)
                .ok_or_else(|| ReleaseError::UnknownDefinition(row.definition.clone()))?;
            if definition.sha256 != row.sha256 {
                return Err(ReleaseError::ChangedDefinition(row.definition));
            }
            Ok((row.grade, definition.clone()))
        })
        .collect()
}

fn class_place(place: &FrozenPlace, definition: &Definition) -> Result<ClassPlace, ReleaseError> {
    let enrolment = u32::try_from(place.enrolment).map_err(|_| StorageError::Content {
        expected: "an enrolment",
        value: place.enrolment.to_string(),
    })?;
    Ok(ClassPlace {
        region: place.region.clone(),
        district: place.district.clone(),
        school: place.school.clone(),
        class: place.class.clone(),
        grade: place.grade.clone(),
        form: definition.survey.form.code().to_owned(),
        language: place.language.clone(),
        enrolment,
    })
}

/// The exact tallies of one definition.
pub async fn tally(opened: Opened) -> Result<(Arc<Definition>, Structure, Tallies), ReleaseError> {
    tokio::task::spawn_blocking(move || {
        let tallies = Tallies::of(&opened.definition.survey, &opened.structure, &opened.columns)?;
        Ok((opened.definition, opened.structure, tallies))
    })
    .await
    .map_err(|_| ReleaseError::Interrupted)?
}

/// What a release job reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Report {
    pub responses: u32,
    pub unreadable: u32,
    pub groups: usize,
}

/// Opens, tallies, protects and publishes a closed wave, all at once or not at all.
pub async fn run(
    storage: &Storage,
    definitions: &Definitions,
    random: &Random,
    wave: Uuid,
    key: &ReleaseKey,
    progress: impl FnMut(usize, usize),
) -> Result<Report, ReleaseError> {
    let wave = check(storage, wave, key).await?;
    if wave.state == WaveState::Released {
        return Err(ReleaseError::Released(wave.name));
    }
    let mut job = Job {
        id: random.id(),
        kind: JobKind::Release,
        unit: wave.id,
        state: JobState::Running,
        done: 0,
        total: 0,
        message: String::new(),
    };
    jobs::save(storage, &job).await?;
    let result = publish(storage, definitions, random, &wave, key, progress).await;
    match &result {
        Ok(report) => {
            job.state = JobState::Done;
            job.done = report.responses;
            job.total = report.responses + report.unreadable;
            job.message = format!("{} envelopes could not be read", report.unreadable);
        }
        Err(error) => {
            job.state = JobState::Failed;
            job.message = error.to_string();
        }
    }
    jobs::save(storage, &job).await?;
    result
}

async fn publish(
    storage: &Storage,
    definitions: &Definitions,
    random: &Random,
    wave: &Wave,
    key: &ReleaseKey,
    progress: impl FnMut(usize, usize),
) -> Result<Report, ReleaseError> {
    let opened = open(storage, definitions, random, wave, key, progress).await?;
    let mut report =
        Report { responses: opened.responses, unreadable: opened.unreadable, groups: 0 };
    let mut transaction = storage.begin().await?;
    if !waves::advance(&mut transaction, wave.id, WaveState::Closed, WaveState::Released).await? {
        return Err(ReleaseError::Released(wave.name.clone()));
    }
    for one in opened.definitions {
        let (definition, structure, tallies) = tally(one).await?;
        let release = release_of(wave, &definition, &structure, &tallies)?;
        report.groups += release.groups.len();
        releases::store(&mut transaction, wave.id, &release).await?;
    }
    let stored: u32 = envelopes::counts(storage, wave.id).await?.values().sum();
    if stored != report.responses + report.unreadable {
        return Err(ReleaseError::StillArriving);
    }
    transaction.commit().await.map_err(StorageError::from)?;
    Ok(report)
}

fn release_of(
    wave: &Wave,
    definition: &Definition,
    structure: &Structure,
    tallies: &Tallies,
) -> Result<Release, ReleaseError> {
    let reference = DefinitionRef {
        id: definition.survey.id.clone(),
        version: definition.survey.version,
        sha256: definition.sha256.clone(),
    };
    let id = wave.id.to_string();
    Ok(analysis::release(&id, reference, &definition.survey, structure, tallies)?)
}
