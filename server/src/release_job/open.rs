use super::ReleaseError;
use super::sealed::SealedWave;
use crate::definitions::{Definition, Definitions};
use crate::random::Random;
use analysis::{Columns, ResponseRows, Structure, Tallies};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use protocol::{Place, ReleaseKey};
use rand::seq::SliceRandom;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;
use survey_definitions::{DefinitionId, Response, unpack};

/// Envelopes that are opened together; a class is never parted. More would only take more memory.
const BATCH: usize = 4096;

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

/// Opens every envelope of a wave, each class as one shuffled pool, on all cores. `progress` is
/// told classes done and classes in all.
pub async fn open(
    wave: &SealedWave,
    definitions: &Definitions,
    random: &Random,
    key: &ReleaseKey,
    mut progress: impl FnMut(usize, usize),
) -> Result<OpenedWave, ReleaseError> {
    wave.check_key(key)?;
    let (mut opening, pools) = Opening::of(wave, definitions, key)?;
    let mut batches = Batches { wave, random, pools, next: 0 };
    let mut batch = batches.next().await?;
    while !batch.is_empty() {
        let done = batches.next;
        // The next envelopes are read while these are opened.
        let (opened, following) = tokio::join!(opening.take_in(batch), batches.next());
        (opening, batch) = (opened?, following?);
        progress(done, wave.classes.len());
    }
    opening.finish()
}

/// A class whose envelopes were read and shuffled.
struct ClassPool {
    /// Which of the definitions it answered.
    definition: usize,
    at: Place,
    class: String,
    sealed: Vec<String>,
}

/// Reads classes, one after the other.
struct Batches<'a> {
    wave: &'a SealedWave,
    random: &'a Random,
    /// Which of the definitions each class answered.
    pools: Vec<Option<usize>>,
    next: usize,
}

impl Batches<'_> {
    /// The classes that follow, of about [`BATCH`] envelopes together; none at the end.
    async fn next(&mut self) -> Result<Vec<ClassPool>, ReleaseError> {
        let (mut batch, mut envelopes) = (Vec::new(), 0);
        while let Some(class) = self.wave.classes.get(self.next).filter(|_| envelopes < BATCH) {
            let pool = self.pools.get(self.next).copied().flatten();
            if let Some(definition) = pool {
                let mut sealed = self.wave.envelopes(self.next).await?;
                self.random.draw(|rng| sealed.shuffle(rng));
                #[cfg(feature = "planted")]
                if let Some(storage) = self.wave.storage() {
                    let place = (self.wave.id, class.id);
                    crate::planted::order_pool(storage.pool(), place, &mut sealed).await?;
                }
                envelopes += sealed.len();
                let at = Place { wave: self.wave.id, class: class.id };
                batch.push(ClassPool { definition, at, class: class.class.clone(), sealed });
            }
            self.next += 1;
        }
        Ok(batch)
    }
}

/// What was opened so far.
struct Opening {
    key: ReleaseKey,
    definitions: Vec<Growing>,
    responses: u32,
    unreadable: u32,
}

/// The responses of one definition, as narrow columns from the first on.
struct Growing {
    definition: Arc<Definition>,
    structure: Structure,
    rows: ResponseRows,
}

impl Opening {
    /// Nothing opened yet, and which definition each class answered.
    fn of(
        wave: &SealedWave,
        definitions: &Definitions,
        key: &ReleaseKey,
    ) -> Result<(Self, Vec<Option<usize>>), ReleaseError> {
        let by_grade = wave.by_grade(definitions)?;
        let mut places = BTreeMap::<DefinitionId, (Arc<Definition>, Vec<_>)>::new();
        for class in &wave.classes {
            let Some(definition) = by_grade.get(&class.grade) else { continue };
            let id = definition.survey.definition_id();
            let (_, places) = places.entry(id).or_insert_with(|| (definition.clone(), vec![]));
            places.push(class.place(definition));
        }
        let position = |grade: &String| {
            let id = by_grade.get(grade)?.survey.definition_id();
            places.keys().position(|other| *other == id)
        };
        let pools = wave.classes.iter().map(|class| position(&class.grade)).collect();
        let definitions = places
            .into_values()
            .map(|(definition, places)| {
                let structure = Structure::new(places)?;
                let rows = ResponseRows::new(&definition.survey, &structure)?;
                Ok(Growing { definition, structure, rows })
            })
            .collect::<Result<_, ReleaseError>>()?;
        Ok((Self { key: key.clone(), definitions, responses: 0, unreadable: 0 }, pools))
    }

    /// Opens a batch and takes its responses in, on threads of their own.
    async fn take_in(mut self, batch: Vec<ClassPool>) -> Result<Self, ReleaseError> {
        let work = move || {
            let opened = self.open(&batch);
            for (pool, opened) in batch.iter().zip(opened) {
                let Some(growing) = self.definitions.get_mut(pool.definition) else { continue };
                #[cfg(feature = "planted")]
                crate::planted::write_pool(
                    &growing.definition.answer_layout,
                    opened.iter().flatten().map(|one| (pool.class.as_str(), one)),
                );
                for response in opened {
                    match response {
                        Some(response) => {
                            growing.rows.push(&pool.class, &response);
                            self.responses += 1;
                        }
                        None => self.unreadable += 1,
                    }
                }
            }
            self
        };
        tokio::task::spawn_blocking(work).await.map_err(|_| ReleaseError::Interrupted)
    }

    /// The responses of each class; `None` for an envelope that cannot be read.
    fn open(&self, batch: &[ClassPool]) -> Vec<Vec<Option<Response>>> {
        let open = |pool: &ClassPool| {
            let layout = &self.definitions.get(pool.definition)?.definition.answer_layout;
            let open = |sealed: &String| {
                let envelope = URL_SAFE_NO_PAD.decode(sealed).ok()?;
                let packed = self.key.open(pool.at, &envelope).ok()?;
                unpack(layout, &packed).ok()
            };
            Some(pool.sealed.iter().map(open).collect())
        };
        batch.par_iter().map(|pool| open(pool).unwrap_or_default()).collect()
    }

    fn finish(self) -> Result<OpenedWave, ReleaseError> {
        let finish = |growing: Growing| {
            let Growing { definition, structure, rows } = growing;
            Ok(Opened { definition, structure, columns: rows.finish()? })
        };
        let definitions =
            self.definitions.into_iter().map(finish).collect::<Result<_, ReleaseError>>()?;
        Ok(OpenedWave { definitions, responses: self.responses, unreadable: self.unreadable })
    }
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
