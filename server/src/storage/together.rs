//! SQLite has one writer at a time and waits for the disk at every commit. So what pupils send at
//! the same moment is written together, each kind in transactions of its own, and each is answered
//! when the disk has it. PostgreSQL does the like by itself.

use super::connection::StorageError;
use sqlx::{AnyConnection, AnyPool};
use std::fmt;
use std::future::Future;
use tokio::sync::{mpsc, oneshot};

/// Writes in one transaction at most; a class presses "send" at once, a country in batches.
const MOST: usize = 64;
/// Writes that wait at most; whoever comes then waits before it is taken in.
const WAITING: usize = 1024;

/// Something to be written, on a connection in a transaction that may hold others of its kind.
pub(super) trait Write: Send + Sync + 'static {
    type Done: Send + 'static;

    fn carry_out(
        &self,
        connection: &mut AnyConnection,
    ) -> impl Future<Output = Result<Self::Done, StorageError>> + Send;
}

/// The writes of one kind that wait.
pub(super) struct Together<W: Write>(mpsc::Sender<Waiting<W>>);

struct Waiting<W: Write> {
    work: W,
    reply: oneshot::Sender<Result<W::Done, StorageError>>,
}

impl<W: Write> Together<W> {
    /// Writes until the last clone of this is dropped.
    pub(super) fn begin(pool: AnyPool) -> Self {
        let (sender, receiver) = mpsc::channel(WAITING);
        tokio::spawn(keep_writing(pool, receiver));
        Self(sender)
    }

    /// Waits until the disk has it.
    pub(super) async fn write(&self, work: W) -> Result<W::Done, StorageError> {
        let (reply, done) = oneshot::channel();
        let stopped = |_| StorageError::Stopped;
        self.0.send(Waiting { work, reply }).await.map_err(|_| StorageError::Stopped)?;
        done.await.map_err(stopped)?
    }
}

async fn keep_writing<W: Write>(pool: AnyPool, mut receiver: mpsc::Receiver<Waiting<W>>) {
    let mut batch = Vec::with_capacity(MOST);
    while receiver.recv_many(&mut batch, MOST).await > 0 {
        let done = in_one_transaction(&pool, &batch).await;
        let waiting = batch.drain(..);
        match done {
            Ok(done) => {
                for (waiting, done) in waiting.zip(done) {
                    // Who does not wait any more asks again.
                    let _ = waiting.reply.send(Ok(done));
                }
            }
            // Each alone: one that cannot be written must not keep others from it.
            Err(_) => {
                for one in waiting {
                    let done = in_one_transaction(&pool, std::slice::from_ref(&one)).await;
                    let done = done.and_then(|mut done| done.pop().ok_or(StorageError::Stopped));
                    let _ = one.reply.send(done);
                }
            }
        }
    }
}

async fn in_one_transaction<W: Write>(
    pool: &AnyPool,
    batch: &[Waiting<W>],
) -> Result<Vec<W::Done>, StorageError> {
    let mut transaction = pool.begin_with("begin immediate").await?;
    let mut done = Vec::with_capacity(batch.len());
    for waiting in batch {
        done.push(waiting.work.carry_out(&mut transaction).await?);
    }
    transaction.commit().await?;
    Ok(done)
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
