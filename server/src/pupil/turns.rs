use super::Refused;
use protocol::Refusal;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Semaphore, SemaphorePermit};

/// The longest that a tablet waits for its turn.
const PATIENCE: Duration = Duration::from_secs(10);

/// Tokens that are being made at once, for each processor: enough for slips to be marked together.
const A_PROCESSOR: usize = 32;

/// Whose token is being made now: some at once, in the order of arrival, and no more than so many
/// wait. A token is the dearest thing that a pupil asks for; without turns those who begin would keep
/// those from processors and database who have answered and send.
#[derive(Clone)]
pub struct Turns {
    at_once: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
}

impl Turns {
    pub fn new(waiting: usize) -> Self {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        let semaphore = |permits: usize| Arc::new(Semaphore::new(permits.max(1)));
        Self { at_once: semaphore(processors * A_PROCESSOR), waiting: semaphore(waiting) }
    }

    /// Waits for a turn, which lasts until what is returned is dropped.
    pub async fn turn(&self) -> Result<SemaphorePermit<'_>, Refused> {
        let busy = |_| Refused::from(Refusal::Busy);
        let _waiting = self.waiting.try_acquire().map_err(|_| Refused::from(Refusal::Busy))?;
        let turn = tokio::time::timeout(PATIENCE, self.at_once.acquire());
        turn.await.map_err(busy)?.map_err(|_| Refusal::Busy.into())
    }
}
