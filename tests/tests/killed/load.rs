use crate::chance::Chance;
use crate::recount::Acknowledged;
use protocol::{Refusal, ResponseReply, SlipCode, TokenRequest};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;
use survey_definitions::{Answer, Response, Survey};
use tests::{OpenWave, Pupil, Refused, Server, answers};
use tokio::runtime::Runtime;
use tokio::task::JoinSet;
use tokio::time::sleep;

/// Pupils whose requests are under way at any moment.
const AT_ONCE: usize = 24;
/// How long a tablet waits before it sends again.
const PAUSE: Duration = Duration::from_millis(30);
/// The longest between a number of acknowledged responses and the kill that it was drawn for:
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
    unheard: AtomicUsize,
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

    /// Kills the server at random moments and lets the pupils end; everything acknowledged.
    pub async fn kill(
        self,
        server: &mut Server,
        kills: usize,
        chance: &mut Chance,
    ) -> Vec<Acknowledged> {
        let mut moments: Vec<_> =
            (0..kills).map(|_| chance.below(self.pupils - 2 * AT_ONCE)).collect();
        moments.sort_unstable();
        let mut lost_replies = 0;
        for (number, moment) in moments.into_iter().enumerate() {
            self.wait_for(moment).await;
            sleep(chance.between(0.0, 1.0, LONGEST_WAIT)).await;
            server.kill();
            // Whoever else opens a SQLite file puts its journal in order: every second time that
            // is left to the server.
            if number % 2 == 0 {
                let stored = server.database.count("envelopes").await as usize;
                lost_replies +=
                    stored.checked_sub(self.acknowledged()).expect("responses are lost");
            }
            let acknowledged = self.acknowledged();
            server.restart();
            let stored = server.database.count("envelopes").await as usize;
            assert!(acknowledged <= stored, "{stored} of {acknowledged} are still there");
        }
        self.threads.join().unwrap();
        let unheard = self.known.unheard.load(Ordering::Relaxed);
        assert!(unheard > 0, "no kill met a request");
        eprintln!(
            "{:?}: {} responses; server killed {kills} times, {unheard} requests sent again, \
             {lost_replies} responses found stored whose reply was lost",
            server.database.kind, self.pupils,
        );
        self.known.acknowledged.lock().unwrap().clone()
    }

    fn acknowledged(&self) -> usize {
        self.known.acknowledged.lock().unwrap().len()
    }

    async fn wait_for(&self, acknowledged: usize) {
        while self.acknowledged() < acknowledged {
            assert!(!self.threads.is_finished(), "the pupils ended early: see above");
            sleep(Duration::from_millis(1)).await;
        }
    }
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
        let reply: ResponseReply = self.insist("/c/response", &request, known).await;
        assert_eq!(reply, ResponseReply::Stored);
        let Self { class, response, .. } = self;
        known.acknowledged.lock().unwrap().push(Acknowledged { class, response });
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
                Some(reply) => assert_eq!(Refused::of(&reply), Refused(503, Refusal::Busy)),
                None => drop(known.unheard.fetch_add(1, Ordering::Relaxed)),
            }
            sleep(PAUSE).await;
        }
    }
}
