//! Carries out an import that was confirmed: in one transaction, with its progress in memory, for
//! while it runs the database's one writer may be its own. Another server on the same database knows
//! it by its lock.

use crate::definitions::hex;
use crate::random::Random;
use crate::storage::imports::{self, Import};
use crate::storage::jobs::{self, Job, JobKind, JobState};
use crate::storage::units::Unit;
use crate::storage::{Storage, StorageError, structure, structure_changes};
use crate::structure_import::{Known, Plan};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use uuid::Uuid;

/// The imports that run in this process now, with the number of classes done.
#[derive(Clone, Default)]
pub struct Imports(Arc<Mutex<HashMap<Uuid, usize>>>);

impl Imports {
    /// Classes done of a running import.
    pub fn done(&self, import: Uuid) -> Option<usize> {
        self.running(|running| running.get(&import).copied())
    }

    fn running<T>(&self, with: impl FnOnce(&mut HashMap<Uuid, usize>) -> T) -> T {
        with(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// `false` when it runs already.
    fn begin(&self, import: Uuid) -> bool {
        self.running(|running| running.insert(import, 0).is_none())
    }

    fn set(&self, import: Uuid, done: usize) {
        self.running(|running| running.insert(import, done));
    }

    fn end(&self, import: Uuid) {
        self.running(|running| running.remove(&import));
    }
}

/// Why an import was not carried out.
#[derive(Debug, thiserror::Error)]
enum ImportError {
    #[error("the structure has changed since the table was checked")]
    Changed,
    #[error("the plan cannot be read: {0}")]
    Plan(#[from] serde_json::Error),
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// What a job says that found other units than its table was checked against.
pub const CHANGED: &str = "changed";

/// What a plan was made from, in short.
pub fn digest(known: &Known) -> String {
    // Text and numbers, for which JSON cannot fail.
    hex(&Sha256::digest(serde_json::to_vec(known).unwrap_or_default()))
}

/// Begins to carry an import out, unless it was begun; the job has the import's id.
pub async fn begin(
    storage: &Storage,
    random: &Random,
    running: &Imports,
    import: Import,
    units: Vec<Unit>,
) -> Result<(), StorageError> {
    if !running.begin(import.id) {
        return Ok(());
    }
    let id = import.id;
    let job = move |state, message: &str| Job {
        id,
        kind: JobKind::Import,
        unit: id,
        state,
        done: 0,
        total: 0,
        message: message.to_owned(),
    };
    if let Err(error) = jobs::save(storage, &job(JobState::Running, "")).await {
        running.end(id);
        return Err(error);
    }
    let (storage, random, running) = (storage.clone(), random.clone(), running.clone());
    tokio::spawn(async move {
        let outcome = carry_out(&storage, &random, &running, &import, &units).await;
        if let Err(error) = outcome {
            let message = match error {
                ImportError::Changed => CHANGED.to_owned(),
                error => {
                    tracing::error!(%error, "a table of classes could not be imported");
                    error.to_string()
                }
            };
            if let Err(error) = jobs::save(&storage, &job(JobState::Failed, &message)).await {
                tracing::error!(%error, "that an import failed could not be noted");
            }
        }
        running.end(id);
    });
    Ok(())
}

async fn carry_out(
    storage: &Storage,
    random: &Random,
    running: &Imports,
    import: &Import,
    units: &[Unit],
) -> Result<(), ImportError> {
    let plan: Plan = serde_json::from_str(&import.plan)?;
    let mut transaction = storage.begin().await?;
    // Nothing is left to do when another server has carried it out meanwhile.
    if imports::take(&mut transaction, import.id).await? {
        let known = structure::known_on(&mut transaction, units).await?;
        if digest(&known) != import.known {
            return Err(ImportError::Changed);
        }
        let progress = |done| running.set(import.id, done);
        structure_changes::apply(&mut transaction, &known, &plan, random, progress).await?;
        imports::carried_out(&mut transaction, import.id).await?;
    }
    let total = u32::try_from(plan.classes.len()).unwrap_or(u32::MAX);
    let done = Job {
        id: import.id,
        kind: JobKind::Import,
        unit: import.id,
        state: JobState::Done,
        done: total,
        total,
        message: String::new(),
    };
    jobs::save_on(&mut transaction, &done).await?;
    Ok(transaction.commit().await.map_err(StorageError::from)?)
}
