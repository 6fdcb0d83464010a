//! What every token and every response needs to know of its wave and class, kept for a moment: a
//! class asks for the same rows with each of its requests. Only what takes responses is kept, so
//! nobody is refused for something that was opened meanwhile, on this server or another. Nothing is
//! stored on the word of it either: the statements that mark a slip or store a response look at the
//! rows themselves, so what was closed meanwhile takes nothing.

use crate::clock::Clock;
use crate::lessons;
use crate::storage::wave_classes::{self, WaveClass};
use crate::storage::waves::{self, Wave, WaveState};
use crate::storage::{Storage, StorageError};
use protocol::ClassPart;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, PoisonError, RwLock};
use uuid::Uuid;

/// Seconds for which a row is taken to be as it was read.
const MOMENT: i64 = 1;

/// A class with its wave.
pub type Lesson = (Wave, WaveClass);

#[derive(Clone, Default)]
pub struct Intake {
    lessons: Kept<ClassPart, Lesson>,
    waves: Kept<Uuid, Wave>,
}

impl Intake {
    /// The class that a slip or a class link names, in whatever state it and its wave are.
    pub async fn lesson(
        &self,
        storage: &Storage,
        clock: &Clock,
        part: ClassPart,
    ) -> Result<Option<Arc<Lesson>>, StorageError> {
        let now = clock.seconds();
        let open = |(wave, class): &Lesson| {
            wave.state == WaveState::Open && lessons::is_open(class, clock)
        };
        let read = wave_classes::by_class_part(storage, part);
        self.lessons.get(part, now, open, read).await
    }

    /// The wave that a response names, in whatever state it is.
    pub async fn wave(
        &self,
        storage: &Storage,
        clock: &Clock,
        wave: Uuid,
    ) -> Result<Option<Arc<Wave>>, StorageError> {
        let open = |wave: &Wave| wave.state == WaveState::Open;
        self.waves.get(wave, clock.seconds(), open, waves::by_id(storage, wave)).await
    }
}

/// Rows by what they are asked for.
struct Kept<K, V>(Arc<RwLock<HashMap<K, Read<V>>>>);

/// A row and the second in which it was read.
type Read<V> = (i64, Arc<V>);

impl<K: Hash + Eq, V> Kept<K, V> {
    async fn get(
        &self,
        key: K,
        now: i64,
        open: impl Fn(&V) -> bool,
        read: impl Future<Output = Result<Option<V>, StorageError>>,
    ) -> Result<Option<Arc<V>>, StorageError> {
        let fresh = |since: i64| (0..=MOMENT).contains(&(now - since));
        if let Some((since, kept)) = self.0.read().unwrap_or_else(PoisonError::into_inner).get(&key)
            && fresh(*since)
            && open(kept)
        {
            return Ok(Some(kept.clone()));
        }
        let Some(found) = read.await?.map(Arc::new) else { return Ok(None) };
        if open(&found) {
            let mut kept = self.0.write().unwrap_or_else(PoisonError::into_inner);
            kept.retain(|_, (since, _)| fresh(*since));
            kept.insert(key, (now, found.clone()));
        }
        Ok(Some(found))
    }
}

impl<K, V> Clone for Kept<K, V> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<K, V> Default for Kept<K, V> {
    fn default() -> Self {
        Self(Arc::default())
    }
}
