use super::ReleaseError;
use crate::definitions::{Definition, Definitions};
use crate::random::Random;
use crate::storage::wave_classes::{self, FrozenPlace};
use crate::storage::waves::{self, Wave};
use crate::storage::{Storage, StorageError, envelopes};
use analysis::{ClassPlace, Columns, Structure, Tallies};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use protocol::{Place, ReleaseKey};
use rand::seq::SliceRandom;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use survey_definitions::{DefinitionId, Response, unpack};
use uuid::Uuid;

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
        #[cfg(feature = "planted")]
        crate::planted::order_pool(storage.pool(), (wave.id, class), &mut sealed).await?;
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
        #[cfg(feature = "planted")]
        crate::planted::write_pool(
            &self.definition.answer_layout,
            self.responses.iter().map(|(class, one)| (class.as_str(), one)),
        );
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
    unpack(&definition.answer_layout, &packed).ok()
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
