use crate::chance::Chance;
use crate::recount::Acknowledged;
use protocol::{Refusal, ResponseReply, SlipCode, TokenRequest};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::HashSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;
use survey_definitions::{Answer, Response, Survey};
use tests::{Column, OpenWave, OwnDatabase, Pupil, Refused, answers};
use tokio::runtime::Runtime;
use tokio::task::JoinSet;
use tokio::time::sleep;

/// Pupils whose requests are under way at any moment.
pub const AT_ONCE: usize = 24;
/// How long a tablet waits before it sends again.
const PAUSE: Duration = Duration::from_millis(30);
/// The longest between a number of acknowledged responses and the fault that it was drawn for:
/// about as long as a request takes.
const LONGEST_WAIT: Duration = Duration::from_millis(40);

/// Every pupil of a wave on the way from a slip to "stored".
pub struct Load {
    threads: JoinHandle<()>,
    pupils: usize,
    known: Arc<Known>,
}

/// What the tablets know.
#[derive(Default)]
struct Known {
    acknowledged: Mutex<Vec<Acknowledged>>,
    /// Requests that no reply came to.
    unheard: AtomicUsize,
    /// Requests that were refused because the server could not carry them out then.
    refused: AtomicUsize,
}

struct Tablet {
    pupil: Pupil,
    slip: SlipCode,
    class: String,
    response: Response,
}

impl Load {
    /// Begins, on threads of its own: the tablets go on while the server is killed and restarted.
    pub fn start(wave: &OpenWave) -> Self {
        let tablets = tablets(wave);
        let (pupils, known) = (tablets.len(), Arc::<Known>::default());
        let (knows, survey) = (known.clone(), Arc::new(wave.survey.clone()));
        let threads = thread::spawn(move || {
            Runtime::new().unwrap().block_on(answer_all(tablets, survey, knows));
        });
        Self { threads, pupils, known }
    }

    /// Lets something happen so many times, with its number, at random moments while pupils answer.
    pub async fn disturb(
        &self,
        times: usize,
        chance: &mut Chance,
        mut happen: impl AsyncFnMut(usize),
    ) {
        let mut moments: Vec<_> =
            (0..times).map(|_| chance.below(self.pupils - 2 * AT_ONCE)).collect();
        moments.sort_unstable();
        for (number, moment) in moments.into_iter().enumerate() {
            self.wait_for(moment).await;
            sleep(chance.between(0.0, 1.0, LONGEST_WAIT)).await;
            happen(number).await;
        }
    }

    /// Panics unless what was acknowledged by now is stored, and of the rest no more than is under
    /// way; how much that is.
    pub async fn check(&self, database: &OwnDatabase) -> usize {
        let acknowledged = self.spent();
        let stored = spent_in(database).await;
        let lost = acknowledged.difference(&stored).count();
        assert_eq!(lost, 0, "lost of {} that were acknowledged", acknowledged.len());
        stored.difference(&self.spent()).count()
    }

    /// Lets the pupils end; everything acknowledged, which is exactly what is stored.
    pub async fn end(self, database: &OwnDatabase) -> Vec<Acknowledged> {
        self.threads.join().unwrap();
        let acknowledged = self.known.acknowledged.lock().unwrap().clone();
        assert_eq!(acknowledged.len(), self.pupils);
        let spent: HashSet<String> = acknowledged.iter().map(|one| one.spent.clone()).collect();
        assert!(spent_in(database).await == spent, "stored is not what was acknowledged");
        for table in ["envelopes", "spent_values", "slips where state = 'used'"] {
            assert_eq!(database.count(table).await, self.pupils as i64, "{table}");
        }
        acknowledged
    }

    pub fn acknowledged(&self) -> usize {
        self.known.acknowledged.lock().unwrap().len()
    }

    pub fn unheard(&self) -> usize {
        self.known.unheard.load(Ordering::Relaxed)
    }

    pub fn refused(&self) -> usize {
        self.known.refused.load(Ordering::Relaxed)
    }

    pub async fn wait_for(&self, acknowledged: usize) {
        while self.acknowledged() < acknowledged {
            assert!(!self.threads.is_finished(), "the pupils ended early: see above");
            sleep(Duration::from_millis(1)).await;
        }
    }

    fn spent(&self) -> HashSet<String> {
        let acknowledged = self.known.acknowledged.lock().unwrap();
        acknowledged.iter().map(|one| one.spent.clone()).collect()
    }
}

/// What the database holds as spent, each beside an envelope.
async fn spent_in(database: &OwnDatabase) -> HashSet<String> {
    let (name, kind) = ("spent".to_owned(), "text".to_owned());
    let spent = Column { name, kind, nullable: false, key: 0 };
    let both = "select cast((select count(*) from spent_values) - (select count(*) from envelopes)
        as text)";
    assert_eq!(database.text(both).await, "0", "something is half stored");
    database.rows("spent_values", &[spent]).await.into_iter().collect()
}

/// One for each pupil of the wave, in an order that mixes the classes.
fn tablets(wave: &OpenWave) -> Vec<Tablet> {
    let enrolment = crate::ENROLMENT as usize;
    let mut tablets = Vec::new();
    for slip in 0..enrolment {
        for (number, class) in wave.classes.iter().enumerate() {
            tablets.push(Tablet {
                pupil: wave.pupil(number),
                slip: class.slips[slip],
                class: class.code.clone(),
                response: response(&wave.survey, number * enrolment + slip),
            });
        }
    }
    tablets
}

/// Responses of every kind: declined, ended early, with answers that a pupil does not want to give.
fn response(survey: &Survey, number: usize) -> Response {
    let Response::Answered(mut response) = answers(survey, number) else { unreachable!() };
    if number % 11 == 3 {
        return Response::Declined;
    }
    for (item, answer) in response.0.iter_mut().enumerate() {
        if (number + item) % 13 == 5 {
            *answer = Answer::DoNotWant;
        }
        if number % 7 == 2 && item > number % survey.items.len() {
            *answer = Answer::NotReached;
        }
    }
    Response::Answered(response)
}

async fn answer_all(tablets: Vec<Tablet>, survey: Arc<Survey>, known: Arc<Known>) {
    let waiting = Arc::new(Mutex::new(tablets.into_iter()));
    let mut under_way = JoinSet::new();
    for _ in 0..AT_ONCE {
        let (waiting, survey, known) = (waiting.clone(), survey.clone(), known.clone());
        under_way.spawn(async move {
            let next = || waiting.lock().unwrap().next();
            while let Some(tablet) = next() {
                tablet.answer(&survey, &known).await;
            }
        });
    }
    while let Some(ended) = under_way.join_next().await {
        ended.unwrap();
    }
}

impl Tablet {
    async fn answer(self, survey: &Survey, known: &Known) {
        let pending = self.pupil.pending();
        let request = TokenRequest { slip: self.slip.to_string(), blinded: pending.blinded() };
        let evaluation = self.insist("/c/token", &request, known).await;
        let token = self.pupil.finish(&pending, &evaluation);
        let request = self.pupil.sealed(token, survey, &self.response);
        let spent = request.value.spent().encode();
        let reply: ResponseReply = self.insist("/c/response", &request, known).await;
        assert_eq!(reply, ResponseReply::Stored);
        let Self { class, response, .. } = self;
        known.acknowledged.lock().unwrap().push(Acknowledged { class, response, spent });
    }

    /// Sends the same again until there is a reply.
    async fn insist<T: DeserializeOwned>(
        &self,
        path: &str,
        request: &impl Serialize,
        known: &Known,
    ) -> T {
        loop {
            match self.pupil.try_post(path, request).await {
                Some(reply) if reply.status.is_success() => return reply.json(),
                Some(reply) => {
                    assert_eq!(Refused::of(&reply), Refused(503, Refusal::Busy));
                    known.refused.fetch_add(1, Ordering::Relaxed);
                }
                None => drop(known.unheard.fetch_add(1, Ordering::Relaxed)),
            }
            sleep(PAUSE).await;
        }
    }
}
