//! Carries a plan out against a real server and keeps what every step leaves behind.

use crate::holdings::{Classifiers, Holdings, Linear, Sent};
use crate::insider;
use crate::journal::Journal;
use crate::plan::{self, Class};
use crate::schedule::{Event, events};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use protocol::{Evaluation, PendingToken, ResponseRequest, SlipCode, TokenRequest};
use rand_core::{CryptoRng, OsRng, RngCore};
use reqwest::Client;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::time::Instant;
use survey_definitions::{AnswerLayout, Response, pack};
use tests::{ClassPlan, Database, OpenWave, Pupil, Server, packed_text, planted_binary};

const DEFINITION: &str = "senim_pupil_senior";
const TOKEN: &str = "/c/token";
const RESPONSE: &str = "/c/response";
const CLASSES_OF_A_SCHOOL: usize = 20;
/// Envelopes of each kind that the operator seals himself.
const EXAMPLES: usize = 150;

/// What is run: the shipped program, or the other one with a leak.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Build {
    Shipped,
    Planted(&'static str),
}

impl Build {
    pub fn name(self) -> &'static str {
        match self {
            Self::Shipped => "shipped",
            Self::Planted(leak) => leak,
        }
    }

    fn is(self, leak: &str) -> bool {
        self.name() == leak
    }
}

/// A wave in progress.
struct Drive {
    build: Build,
    wave: OpenWave,
    pupils: Vec<Pupil>,
    layout: AnswerLayout,
    /// One connection, kept: pupils are told apart by nothing below HTTP.
    client: Client,
    journal: Journal,
    classes: Vec<Class>,
    pending: Vec<Vec<Option<PendingToken>>>,
    bodies: Vec<Vec<Option<ResponseRequest>>>,
    sent: Vec<Vec<Sent>>,
    stored: usize,
}

/// One wave of so many classes, from the first slip to the release job.
pub async fn wave(database: Database, build: Build, classes: usize, seed: u64) -> Holdings {
    let directory = tempfile::tempdir().unwrap();
    let pools = directory.path().join("pools").display().to_string();
    let settings =
        [("SENIM_LOG", "trace"), ("SENIM_PLANTED", build.name()), ("SENIM_PLANTED_POOLS", &pools)];
    let program = (build != Build::Shipped).then(planted_binary);
    let server = Server::start_program(database, program, &settings).await;
    let plan =
        |number| ClassPlan { school: number / CLASSES_OF_A_SCHOOL, enrolment: plan::SEATS as u32 };
    let plans: Vec<_> = (0..classes).map(plan).collect();
    let wave = OpenWave::start_on(server, DEFINITION, &plans).await;
    let mut drive = Drive::new(wave, build, classes, seed).await;
    for (class, event) in events(&drive.classes) {
        drive.happen(class, event).await;
    }
    drive.wave.close().await;
    let classifiers = drive.classifiers();
    let rows = insider::rows(&mut drive.wave, &pools, &drive.classes, &drive.sent).await;
    for (sent, rows) in drive.sent.iter_mut().zip(&rows) {
        rows.iter().for_each(|row| sent[row.seat].stored = row.length());
    }
    Holdings { classes: drive.classes, sent: drive.sent, rows, classifiers }
}

impl Drive {
    async fn new(wave: OpenWave, build: Build, count: usize, seed: u64) -> Self {
        let classes = plan::classes(&wave.survey, count, seed);
        let nothing = |class: &Class| class.seats.iter().map(|_| None).collect();
        Self {
            build,
            pupils: (0..count).map(|class| wave.pupil(class)).collect(),
            layout: wave.survey.answer_layout(),
            client: Client::new(),
            journal: Journal::of(&wave.server).await,
            pending: classes.iter().map(nothing).collect(),
            bodies: classes
                .iter()
                .map(|class| class.seats.iter().map(|_| None).collect())
                .collect(),
            sent: classes.iter().map(|class| vec![Sent::default(); class.seats.len()]).collect(),
            stored: 0,
            classes,
            wave,
        }
    }

    async fn happen(&mut self, class: usize, event: Event) {
        let id = self.wave.classes[class].id;
        match event {
            Event::Open => drop(self.wave.coordinator.open_session(self.wave.id, id).await),
            Event::Close => self.wave.coordinator.close_session(id).await,
            Event::Token { seat, slip } => {
                let slip = self.wave.slip(class, slip);
                self.pending[class][seat] = Some(self.pending_token(&slip));
                self.sent[class][seat].slips.push(slip);
                self.ask(class, seat).await;
            }
            Event::TokenAgain { seat } => self.ask(class, seat).await,
            Event::Response { seat } => self.respond(class, seat).await,
        }
    }

    fn pending_token(&self, slip: &SlipCode) -> PendingToken {
        if self.build.is("token_derived_from_slip") {
            let value = Sha256::digest(slip.to_string());
            PendingToken::new(&mut BeginsWith(value.to_vec())).unwrap()
        } else {
            PendingToken::new(&mut OsRng).unwrap()
        }
    }

    async fn ask(&mut self, class: usize, seat: usize) {
        let pending = self.pending[class][seat].take().unwrap();
        let slip = self.sent[class][seat].slips.last().unwrap().to_string();
        let request = TokenRequest { slip, blinded: pending.blinded() };
        let reply = self.post(class, seat, TOKEN, &request).await;
        let evaluation: Evaluation = serde_json::from_str(&reply).unwrap();
        let (pupil, response) = (&self.pupils[class], &self.classes[class].seats[seat].response);
        let (value, token) = pupil.finish(&pending, &evaluation);
        let packed = self.packed(class, response);
        let envelope = pupil.seal(&packed);
        let sent = &mut self.sent[class][seat];
        sent.blinded = pending.blinded().0.to_vec();
        sent.evaluation = evaluation.element.0.to_vec();
        (sent.value, sent.token) = (value.0.to_vec(), token.0.0.to_vec());
        sent.envelope = envelope.clone();
        let place = pupil.lesson.place;
        self.bodies[class][seat] = Some(ResponseRequest { place, value, token, envelope });
        self.pending[class][seat] = Some(pending);
    }

    fn packed(&self, class: usize, response: &Response) -> Vec<u8> {
        if self.build.is("envelope_not_padded") {
            packed_text(&self.wave.survey, response).into_bytes()
        } else {
            pack(&self.layout, response, self.pupils[class].lesson.packed_length).unwrap()
        }
    }

    async fn respond(&mut self, class: usize, seat: usize) {
        // What came before belongs to others.
        self.journal.growth().await;
        let logged = self.wave.server.log_length();
        let request = self.bodies[class][seat].take().unwrap();
        let begins = Instant::now();
        self.post(class, seat, RESPONSE, &request).await;
        let worked = begins.elapsed().as_secs_f64();
        let journal = self.journal.growth().await;
        let sent = &mut self.sent[class][seat];
        sent.logged = self.wave.server.log_length() - logged;
        (sent.journal, sent.arrival, sent.worked) = (journal, self.stored, worked);
        self.stored += 1;
    }

    async fn post(
        &mut self,
        class: usize,
        seat: usize,
        path: &str,
        body: &impl Serialize,
    ) -> String {
        let body = serde_json::to_vec(body).unwrap();
        let length = body.len();
        let request = self.client.post(format!("{}{path}", self.wave.server.url()));
        let request = request.header("content-type", "application/json");
        let request = request.header("accept-language", self.classes[class].seats[seat].language);
        let reply = request.body(body).send().await.unwrap();
        assert!(reply.status().is_success(), "{path}: {}", reply.status());
        let reply = reply.text().await.unwrap();
        let sent = &mut self.sent[class][seat];
        sent.requests += 1;
        sent.lengths[usize::from(path == RESPONSE)] = length + reply.len();
        reply
    }

    /// The operator knows the release key's public half, so he can seal what he likes.
    fn classifiers(&self) -> Classifiers {
        let examples = plan::classes(&self.wave.survey, EXAMPLES / plan::SEATS * 2 + 1, 1);
        let seats: Vec<_> = examples.into_iter().flat_map(|class| class.seats).collect();
        let sealed = |response: &Response| {
            URL_SAFE_NO_PAD.decode(self.pupils[0].seal(&self.packed(0, response))).unwrap()
        };
        let of = |truth: plan::Truth| {
            let seats = seats.iter().filter(|seat| seat.truth == truth);
            seats.map(|seat| sealed(&seat.response)).take(EXAMPLES).collect::<Vec<_>>()
        };
        let declined: Vec<_> = (0..EXAMPLES).map(|_| sealed(&Response::Declined)).collect();
        let (yes, no) = (of(plan::Truth::Yes), of(plan::Truth::No));
        Classifiers {
            declined: Linear::trained(&declined, &[yes.clone(), no.clone()].concat()),
            yes: Linear::trained(&yes, &no),
        }
    }
}

/// Randomness whose first bytes are given: a value is what a tablet draws first.
struct BeginsWith(Vec<u8>);

impl RngCore for BeginsWith {
    fn next_u32(&mut self) -> u32 {
        OsRng.next_u32()
    }

    fn next_u64(&mut self) -> u64 {
        OsRng.next_u64()
    }

    fn fill_bytes(&mut self, bytes: &mut [u8]) {
        OsRng.fill_bytes(bytes);
        let given = self.0.len().min(bytes.len());
        bytes[..given].copy_from_slice(&self.0[..given]);
        self.0.drain(..given);
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), rand_core::Error> {
        self.fill_bytes(bytes);
        Ok(())
    }
}

impl CryptoRng for BeginsWith {}
