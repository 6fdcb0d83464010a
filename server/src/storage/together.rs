//! A commit waits for the disk, for one write as long as for hundreds. So what pupils send at the
//! same moment is written together, each kind by itself, and each is answered when the disk has it.
//! What waits is bounded: who comes when the queue is full, or has waited too long, comes again.

use super::connection::{Database, StorageError};
use sqlx::{AnyConnection, AnyPool};
use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Mutex, mpsc, oneshot};

/// Writes in one transaction at most; a class presses "send" at once, a country in batches.
const MOST: usize = 256;
/// Batches of one kind on their way at once on PostgreSQL: one waits for the disk while the next is
/// carried out. SQLite has one writer.
const WRITERS: usize = 2;
/// How long a write is waited for, less than a tablet waits for a reply.
const PATIENCE: Duration = Duration::from_secs(15);

/// Something to be written.
pub(super) trait Write: Send + Sync + Sized + 'static {
    type Done: Send + 'static;

    /// On a connection in a transaction that may hold others of its kind.
    fn carry_out(
        &self,
        connection: &mut AnyConnection,
    ) -> impl Future<Output = Result<Self::Done, StorageError>> + Send;

    /// All of them by one statement, which is a transaction by itself, in PostgreSQL's words; what
    /// became of each, in their order.
    fn carry_out_all(
        all: &[&Self],
        connection: &mut AnyConnection,
    ) -> impl Future<Output = Result<Vec<Self::Done>, StorageError>> + Send;
}

/// Where batches are written.
#[derive(Clone)]
pub(super) struct Place {
    pub pool: AnyPool,
    pub database: Database,
    /// Kinds take turns on SQLite: two that want its one lock would sleep and look again.
    pub turn: Arc<Mutex<()>>,
}

/// The writes of one kind that wait.
pub(super) struct Together<W: Write>(mpsc::Sender<Waiting<W>>);

struct Waiting<W: Write> {
    work: W,
    reply: oneshot::Sender<Result<W::Done, StorageError>>,
}

type Queue<W> = Arc<Mutex<mpsc::Receiver<Waiting<W>>>>;

impl<W: Write> Together<W> {
    /// Writes until the last clone of this is dropped. At most `waiting` wait.
    pub(super) fn begin(place: Place, waiting: usize) -> Self {
        let (sender, receiver) = mpsc::channel(waiting.max(1));
        let queue = Arc::new(Mutex::new(receiver));
        let writers = if place.database == Database::Sqlite { 1 } else { WRITERS };
        for _ in 0..writers {
            tokio::spawn(keep_writing(place.clone(), queue.clone()));
        }
        Self(sender)
    }

    /// Waits until the disk has it.
    ///
    /// # Errors
    /// [`StorageError::Busy`] when too many wait, or when it is not known in time what became of it:
    /// the same may be written again.
    pub(super) async fn write(&self, work: W) -> Result<W::Done, StorageError> {
        let (reply, done) = oneshot::channel();
        self.0.try_send(Waiting { work, reply }).map_err(|refused| match refused {
            mpsc::error::TrySendError::Full(_) => StorageError::Busy,
            mpsc::error::TrySendError::Closed(_) => StorageError::Stopped,
        })?;
        let done = tokio::time::timeout(PATIENCE, done).await.map_err(|_| StorageError::Busy)?;
        done.map_err(|_| StorageError::Stopped)?
    }
}

async fn keep_writing<W: Write>(place: Place, queue: Queue<W>) {
    let mut batch = Vec::with_capacity(MOST);
    while queue.lock().await.recv_many(&mut batch, MOST).await > 0 {
        // Who does not wait any more has asked again or will.
        batch.retain(|waiting: &Waiting<W>| !waiting.reply.is_closed());
        let done = place.write(&batch).await;
        let waiting = batch.drain(..);
        match done {
            Ok(done) => {
                for (waiting, done) in waiting.zip(done) {
                    let _ = waiting.reply.send(Ok(done));
                }
            }
            // Each alone: one that cannot be written must not keep others from it. Nobody waits any
            // more when the database has kept the first try too long.
            Err(_) => {
                for one in waiting.filter(|waiting| !waiting.reply.is_closed()) {
                    let done = place.write(std::slice::from_ref(&one)).await;
                    let done = done.and_then(|mut done| done.pop().ok_or(StorageError::Stopped));
                    let _ = one.reply.send(done);
                }
            }
        }
    }
}

impl Place {
    async fn write<W: Write>(&self, batch: &[Waiting<W>]) -> Result<Vec<W::Done>, StorageError> {
        let all: Vec<&W> = batch.iter().map(|waiting| &waiting.work).collect();
        if all.is_empty() {
            return Ok(Vec::new());
        }
        // Planted leaks are written beside each.
        if self.database == Database::Postgres && !cfg!(feature = "planted") {
            return W::carry_out_all(&all, &mut *self.pool.acquire().await?).await;
        }
        let _turn = self.turn.lock().await;
        let mut transaction = self.pool.begin_with(self.database.begin()).await?;
        let mut done = Vec::with_capacity(all.len());
        for one in all {
            done.push(one.carry_out(&mut transaction).await?);
        }
        transaction.commit().await?;
        Ok(done)
    }
}

impl<W: Write> Clone for Together<W> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<W: Write> fmt::Debug for Together<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Together")
    }
}
