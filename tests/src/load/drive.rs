use super::connection::Connection;
use super::journey::Journey;
use super::{Latency, LoadPlan, LoadResult};
use rand_core::{OsRng, RngCore};
use std::cell::RefCell;
use std::io::{BufRead, Write};
use std::net::SocketAddr;
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::Barrier;
use tokio::task::LocalSet;

/// Failures that are told; one is too many.
const TOLD: usize = 5;
/// Times that a request is sent before its pupil gives up.
const MOST_TIMES: usize = 100;

/// What the pupils of one run share.
struct Shared {
    waiting: RefCell<std::vec::IntoIter<Journey>>,
    result: RefCell<LoadResult>,
    token: RefCell<Vec<u64>>,
    response: RefCell<Vec<u64>>,
    /// Where a class waits for the moment to send.
    meeting: Option<Arc<Barrier>>,
}

/// Prepares a plan, says `ready`, waits for a line and drives it, on one thread.
///
/// # Errors
/// When a server cannot be connected to or nobody tells it to begin.
pub fn drive(
    plan: &LoadPlan,
    mut from: impl BufRead,
    mut to: impl Write,
) -> std::io::Result<LoadResult> {
    let journeys = Journey::prepare(plan);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    LocalSet::new().block_on(&runtime, async {
        let mut connections = Vec::with_capacity(plan.at_once);
        for number in 0..plan.at_once.min(journeys.len()) {
            let server = plan.servers[number % plan.servers.len()];
            connections.push((server, Connection::open(server).await?));
        }
        writeln!(to, "ready")?;
        to.flush()?;
        from.read_line(&mut String::new())?;
        Ok(run(plan, journeys, connections).await)
    })
}

async fn run(
    plan: &LoadPlan,
    journeys: Vec<Journey>,
    connections: Vec<(SocketAddr, Connection)>,
) -> LoadResult {
    let all = journeys.len();
    let meeting = plan.together.then(|| Arc::new(Barrier::new(connections.len())));
    let shared = Rc::new(Shared {
        waiting: RefCell::new(journeys.into_iter()),
        result: RefCell::new(LoadResult::nothing()),
        token: RefCell::new(Vec::with_capacity(all)),
        response: RefCell::new(Vec::with_capacity(all)),
        meeting,
    });
    let (began, cpu) = (Instant::now(), own_cpu());
    let pupils = connections.into_iter().map(|(server, connection)| {
        tokio::task::spawn_local(Tablet { server, connection, shared: shared.clone() }.serve())
    });
    for pupil in pupils.collect::<Vec<_>>() {
        pupil.await.unwrap();
    }
    let mut result = shared.result.borrow().clone();
    result.milliseconds = began.elapsed().as_millis() as u64;
    result.cpu_milliseconds = own_cpu() - cpu;
    result.token = Latency::of(shared.token.take());
    result.response = Latency::of(shared.response.take());
    result
}

impl LoadResult {
    fn nothing() -> Self {
        let (token, response) = Default::default();
        Self {
            acknowledged: 0,
            failures: Vec::new(),
            busy: 0,
            milliseconds: 0,
            cpu_milliseconds: 0,
            token,
            response,
        }
    }
}

/// Used by one pupil after another.
struct Tablet {
    server: SocketAddr,
    connection: Connection,
    shared: Rc<Shared>,
}

impl Tablet {
    async fn serve(mut self) {
        loop {
            let next = self.shared.waiting.borrow_mut().next();
            let Some(journey) = next else { return };
            let outcome = self.answer(&journey).await;
            let mut result = self.shared.result.borrow_mut();
            match outcome {
                Ok(()) => result.acknowledged += 1,
                Err(failure) if result.failures.len() < TOLD => result.failures.push(failure),
                Err(_) => {}
            }
        }
    }

    async fn answer(&mut self, journey: &Journey) -> Result<(), String> {
        let (reply, took) = self.insist("/c/token", &journey.token_request).await?;
        self.shared.token.borrow_mut().push(took);
        let request = journey.response_request(&reply)?;
        if let Some(meeting) = self.shared.meeting.clone() {
            meeting.wait().await;
        }
        let (reply, took) = self.insist("/c/response", &request).await?;
        self.shared.response.borrow_mut().push(took);
        match reply == br#""stored""# {
            true => Ok(()),
            false => Err(format!("acknowledged with {}", String::from_utf8_lossy(&reply))),
        }
    }

    /// Sends until the server is not busy; the reply and the microseconds it took.
    async fn insist(&mut self, path: &str, body: &[u8]) -> Result<(Vec<u8>, u64), String> {
        let began = Instant::now();
        for _ in 0..MOST_TIMES {
            let reply = match self.connection.post(path, body).await {
                Ok(reply) => reply,
                Err(error) => {
                    self.connection =
                        Connection::open(self.server).await.map_err(|error| error.to_string())?;
                    return Err(format!("{path}: {error}"));
                }
            };
            match (reply.status, reply.retry_after) {
                (200, _) => return Ok((reply.body, began.elapsed().as_micros() as u64)),
                (503, Some(seconds)) => {
                    self.shared.result.borrow_mut().busy += 1;
                    let longer = u64::from(OsRng.next_u32() % 1000);
                    tokio::time::sleep(Duration::from_millis(seconds * 1000 + longer)).await;
                }
                (status, _) => {
                    let body = String::from_utf8_lossy(&reply.body).into_owned();
                    return Err(format!("{path}: {status} {body}"));
                }
            }
        }
        Err(format!("{path}: busy {MOST_TIMES} times"))
    }
}

/// Milliseconds of processor time of this process so far.
fn own_cpu() -> u64 {
    crate::processes::spent_by(std::process::id()).map_or(0, |spent| spent.as_millis() as u64)
}
