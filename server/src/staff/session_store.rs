use crate::clock::Clock;
use crate::definitions::hex;
use crate::storage::staff_sessions::{self, StoredSession};
use crate::storage::{Storage, StorageError};
use async_trait::async_trait;
use sha2::{Digest, Sha256};
use std::fmt;
use tower_sessions::SessionStore;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error, Result};

/// Staff sessions in the database, under a hash of the cookie: who reads the table cannot sign
/// in with it.
#[derive(Clone)]
pub struct StaffSessions {
    storage: Storage,
    clock: Clock,
}

impl StaffSessions {
    pub fn new(storage: Storage, clock: Clock) -> Self {
        Self { storage, clock }
    }
}

impl fmt::Debug for StaffSessions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StaffSessions")
    }
}

fn key(id: &Id) -> String {
    hex(&Sha256::digest(id.0.to_le_bytes()))
}

/// The id stays out of the row: it is the cookie.
fn encode(record: &Record) -> Result<StoredSession> {
    let data = serde_json::to_string(&record.data).map_err(|e| Error::Encode(e.to_string()))?;
    Ok(StoredSession { data, expires: record.expiry_date.unix_timestamp() })
}

fn backend(error: StorageError) -> Error {
    Error::Backend(error.to_string())
}

#[async_trait]
impl SessionStore for StaffSessions {
    async fn create(&self, record: &mut Record) -> Result<()> {
        while !staff_sessions::create(&self.storage, &key(&record.id), &encode(record)?)
            .await
            .map_err(backend)?
        {
            record.id = Id::default();
        }
        Ok(())
    }

    async fn save(&self, record: &Record) -> Result<()> {
        staff_sessions::save(&self.storage, &key(&record.id), &encode(record)?)
            .await
            .map_err(backend)
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let stored = staff_sessions::load(&self.storage, &key(id), self.clock.seconds())
            .await
            .map_err(backend)?;
        stored
            .map(|stored| {
                let data = serde_json::from_str(&stored.data)
                    .map_err(|error| Error::Decode(error.to_string()))?;
                let expiry_date = time::OffsetDateTime::from_unix_timestamp(stored.expires)
                    .map_err(|error| Error::Decode(error.to_string()))?;
                Ok(Record { id: *id, data, expiry_date })
            })
            .transpose()
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        staff_sessions::delete(&self.storage, &key(id)).await.map_err(backend)
    }
}
