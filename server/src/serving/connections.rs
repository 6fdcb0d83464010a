use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};
use tokio::time::MissedTickBehavior;

/// Seconds without a request after which a connection is closed. Longer than the 60 for which nginx
/// keeps one to a server behind it: whoever sends on a connection that is just being closed gets no
/// reply.
const IDLE: u64 = 75;
/// Bytes for which a slow client gets a second more.
const BYTES_A_SECOND: u64 = 2048;

/// What a connection is waiting for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    /// The next request, of which nothing is here.
    Idle,
    /// The rest of a request, or of a handshake.
    Asking,
    /// The server itself.
    Working,
    /// The client, to take the reply.
    Replying,
    /// The same; the last of the reply is on its way.
    Replied,
}

/// What is known of a connection: never an address, a path or a time of day.
#[derive(Debug)]
pub(super) struct Watch {
    now: Arc<AtomicU64>,
    state: Mutex<State>,
    end: Notify,
}

#[derive(Debug, Clone, Copy)]
struct State {
    phase: Phase,
    /// Seconds since the server's start, by its own count.
    since: u64,
    /// Moved in this phase.
    bytes: u64,
}

impl Watch {
    pub(super) fn enter(&self, phase: Phase) {
        let since = self.now.load(Relaxed);
        *self.state() = State { phase, since, bytes: 0 };
    }

    /// Enters a phase if it is in this one.
    pub(super) fn pass(&self, from: Phase, to: Phase) {
        if self.state().phase == from {
            self.enter(to);
        }
    }

    pub(super) fn received(&self, bytes: usize) {
        self.pass(Phase::Idle, Phase::Asking);
        self.moved(Phase::Asking, bytes);
    }

    pub(super) fn sent(&self, bytes: usize) {
        self.moved(Phase::Replying, bytes);
    }

    fn moved(&self, phase: Phase, bytes: usize) {
        let mut state = self.state();
        if state.phase == phase {
            state.bytes = state.bytes.saturating_add(bytes as u64);
        }
    }

    /// Returns when the connection is to be closed.
    pub(super) async fn ended(&self) {
        self.end.notified().await;
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// All connections of a server: how many there may be and how long each may keep it waiting.
#[derive(Clone)]
pub(super) struct Connections {
    places: Arc<Semaphore>,
    most: u32,
    patience: u64,
    now: Arc<AtomicU64>,
    open: Arc<Mutex<BTreeMap<u64, Arc<Watch>>>>,
    /// Closed because they kept the server waiting.
    closed: Arc<AtomicU64>,
    /// Replies that told of a fault of the server.
    pub(super) failures: Arc<AtomicU64>,
}

/// A connection's place among them; given back when it is dropped.
pub(super) struct Place {
    pub(super) watch: Arc<Watch>,
    pub(super) connections: Connections,
    number: u64,
    _permit: OwnedSemaphorePermit,
}

impl Connections {
    pub(super) fn new(most: u32, patience: u64) -> Self {
        let places = Arc::new(Semaphore::new(most as usize));
        let (now, open, closed) = (Arc::default(), Arc::default(), Arc::default());
        Self { places, most, patience, now, open, closed, failures: Arc::default() }
    }

    /// A place for a new connection. When there is none, the connection that has kept the server
    /// waiting for longest makes room: never one whose request is being carried out.
    pub(super) async fn place(&self) -> Option<Place> {
        let permit = match self.places.clone().try_acquire_owned() {
            Ok(permit) => permit,
            Err(_) => {
                self.close_longest();
                self.places.clone().acquire_owned().await.ok()?
            }
        };
        let state = State { phase: Phase::Asking, since: self.now.load(Relaxed), bytes: 0 };
        let watch =
            Watch { now: self.now.clone(), state: Mutex::new(state), end: Notify::default() };
        let watch = Arc::new(watch);
        let mut open = self.open();
        let number = open.last_key_value().map_or(0, |(last, _)| last + 1);
        open.insert(number, watch.clone());
        drop(open);
        Some(Place { watch, number, connections: self.clone(), _permit: permit })
    }

    fn close_longest(&self) {
        let open = self.open();
        let waiting = open.values().filter(|watch| watch.state().phase != Phase::Working);
        // The first of those that wait equally long is the oldest.
        if let Some(longest) = waiting.min_by_key(|watch| watch.state().since) {
            self.close(longest);
        }
    }

    fn close(&self, watch: &Watch) {
        self.closed.fetch_add(1, Relaxed);
        watch.end.notify_one();
    }

    /// Counts seconds and closes what has waited too long, until the task is dropped.
    pub(super) async fn watch(self) {
        let mut seconds = tokio::time::interval(Duration::from_secs(1));
        seconds.set_missed_tick_behavior(MissedTickBehavior::Skip);
        loop {
            seconds.tick().await;
            let now = self.now.fetch_add(1, Relaxed) + 1;
            for watch in self.open().values() {
                if self.is_over(*watch.state(), now) {
                    self.close(watch);
                }
            }
        }
    }

    fn is_over(&self, state: State, now: u64) -> bool {
        let waited = now.saturating_sub(state.since);
        match state.phase {
            Phase::Working => false,
            Phase::Idle => waited > IDLE,
            Phase::Asking | Phase::Replying | Phase::Replied => {
                waited > self.patience + state.bytes / BYTES_A_SECOND
            }
        }
    }

    /// Closes those that wait for a next request.
    pub(super) fn close_idle(&self) {
        for watch in self.open().values().filter(|watch| watch.state().phase == Phase::Idle) {
            watch.end.notify_one();
        }
    }

    /// Returns when none is left; no new ones must come.
    pub(super) async fn gone(&self) {
        let _ = self.places.acquire_many(self.most).await;
    }

    pub(super) fn count(&self) -> usize {
        self.open().len()
    }

    pub(super) fn closed_count(&self) -> u64 {
        self.closed.load(Relaxed)
    }

    fn open(&self) -> MutexGuard<'_, BTreeMap<u64, Arc<Watch>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.connections.open().remove(&self.number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn over(phase: Phase, bytes: u64, now: u64) -> bool {
        Connections::new(8, 30).is_over(State { phase, since: 0, bytes }, now)
    }

    #[test]
    fn who_sends_little_gets_little_time_and_work_gets_all() {
        assert!(!over(Phase::Asking, 100, 30) && over(Phase::Asking, 100, 31));
        assert!(!over(Phase::Asking, 100 * BYTES_A_SECOND, 130));
        assert!(!over(Phase::Idle, 0, IDLE) && over(Phase::Idle, 0, IDLE + 1));
        assert!(!over(Phase::Working, 0, u64::MAX));
        assert!(over(Phase::Replying, 0, 31));
    }

    #[tokio::test]
    async fn the_longest_waiting_connection_makes_room_and_no_working_one() {
        let connections = Connections::new(2, 30);
        let working = connections.place().await.unwrap();
        working.watch.enter(Phase::Working);
        let idle = connections.place().await.unwrap();
        let idle = tokio::spawn(async move {
            idle.watch.ended().await;
        });
        let third = connections.place().await.unwrap();
        idle.await.unwrap();
        assert_eq!((connections.count(), connections.closed_count()), (2, 1));
        drop((working, third));
        connections.gone().await;
        assert_eq!(connections.count(), 0);
    }
}
