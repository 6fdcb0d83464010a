//! A clock that jumps by a day, each way, under the running server: nothing that was closed opens,
//! nothing is lost, and what depends on the clock goes on when staff do what they do every day.

use crate::open_wave;
use protocol::Refusal;
use reqwest::{Method, StatusCode};
use std::path::{Path, PathBuf};
use tests::{
    Database, OpenWave, PASSWORD, Refused, Reply, Server, Staff, Visitor, answers, environment,
    on_both_databases, wait_until,
};

on_both_databases! {
    a_clock_that_jumps_opens_no_lesson_and_loses_no_response,
    a_closed_wave_stays_closed_whatever_the_clock_says,
    a_clock_that_was_set_back_locks_nobody_out_for_longer,
}

const DAYS: [i64; 2] = [1, -1];
/// Seconds in which a slow machine, too, has counted after the last response.
const NEXT_COUNT: u64 = 40;

/// The clock of one server.
struct Clock(PathBuf);

impl Clock {
    /// Starts a server with a clock that can be set.
    async fn start(database: Database) -> (Self, Server) {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("clock");
        let clock = Self(file.clone());
        clock.set(0);
        let database = tests::OwnDatabase::create(database, directory.path()).await;
        let library = environment("SENIM_FAKETIME");
        let settings = [
            ("LD_PRELOAD", library.as_str()),
            ("FAKETIME_TIMESTAMP_FILE", file.to_str().unwrap()),
            ("FAKETIME_NO_CACHE", "1"),
            // Set the clock of a machine, and its monotonic one does not jump.
            ("FAKETIME_DONT_FAKE_MONOTONIC", "1"),
        ];
        let server = Server::start_over(directory, database, None, &settings);
        (clock, server)
    }

    /// So many seconds fast.
    fn set(&self, seconds: i64) {
        write_whole(&self.0, &format!("{seconds:+}"));
    }
}

/// In one step: the server may read it at any moment.
fn write_whole(path: &Path, text: &str) {
    let unfinished = path.with_extension("unfinished");
    std::fs::write(&unfinished, text).unwrap();
    std::fs::rename(unfinished, path).unwrap();
}

fn days(days: i64) -> i64 {
    days * 24 * 60 * 60
}

async fn ask(wave: &OpenWave, slip: usize) -> Result<(), Refused> {
    let pupil = wave.pupil(0);
    pupil.ask(&wave.slip(0, slip), &pupil.pending()).await.map(drop)
}

async fn a_clock_that_jumps_opens_no_lesson_and_loses_no_response(database: Database) {
    let (clock, server) = Clock::start(database).await;
    let wave = open_wave(server, 1).await;
    let (class, closed) = (wave.classes[0].id, Err(Refused(409, Refusal::SessionClosed)));
    let mut next = 0;
    for day in DAYS {
        // Begun before the jump.
        let (pupil, pending) = (wave.pupil(0), wave.pupil(0).pending());
        let evaluation = pupil.ask(&wave.slip(0, next), &pending).await.unwrap();
        clock.set(days(day));
        assert_eq!(ask(&wave, next + 1).await, closed, "a lesson is open {day} days later");
        let again = pupil.ask(&wave.slip(0, next), &pending).await.unwrap();
        assert_eq!(again, evaluation, "a token that was given is not given again");
        let token = pupil.finish(&pending, &again);
        let request = pupil.sealed(token, &wave.survey, &answers(&wave.survey, next));
        assert_eq!(pupil.send(&request).await, Ok(()), "a response is refused {day} days later");

        sign_in_again(&wave.coordinator.visitor().clone()).await;
        wave.coordinator.open_session(wave.id, class).await;
        wave.answer(0, next + 1, &answers(&wave.survey, next + 1)).await;
        counted(&wave, next + 2).await;

        // And back.
        clock.set(0);
        assert_eq!(ask(&wave, next + 2).await, closed, "a lesson is open after {day} days");
        sign_in_again(&wave.coordinator.visitor().clone()).await;
        wave.coordinator.open_session(wave.id, class).await;
        next += 2;
    }
    // As clocks are set right all the time.
    for seconds in [-90, 90] {
        clock.set(seconds);
        wave.answer(0, next, &answers(&wave.survey, next)).await;
        next += 1;
    }
    assert_eq!(wave.stored().await, next as i64);
    counted(&wave, next).await;
}

/// Who was signed in a day ago is not any more.
async fn sign_in_again(coordinator: &Visitor) {
    coordinator.sign_in(tests::Coordinator::NAME, PASSWORD).await;
}

/// Waits until staff see that so many are done.
async fn counted(wave: &OpenWave, responses: usize) {
    let path = format!("/classes/{}/done", wave.classes[0].id);
    let visitor = wave.coordinator.visitor();
    let counted = async || {
        let reply = visitor.get(&path).await;
        (reply.json::<serde_json::Value>()["done"] == responses).then_some(())
    };
    wait_until(&format!("a count of {responses}"), NEXT_COUNT, counted).await;
}

async fn a_closed_wave_stays_closed_whatever_the_clock_says(database: Database) {
    let (clock, server) = Clock::start(database).await;
    let wave = open_wave(server, 1).await;
    let pupil = wave.pupil(0);
    let token = pupil.token(&wave.slip(0, 0)).await;
    let late = pupil.sealed(token, &wave.survey, &answers(&wave.survey, 0));
    wave.answer(0, 1, &answers(&wave.survey, 1)).await;
    wave.close().await;
    for day in DAYS {
        clock.set(days(day));
        let ended = Err(Refused(409, Refusal::IntakeEnded));
        assert_eq!(pupil.send(&late).await, ended, "{day} days later");
        assert_eq!(ask(&wave, 2).await, ended, "{day} days later");
    }
    assert_eq!(wave.stored().await, 1);
}

async fn try_to_sign_in(server: &Server, name: &str, password: &str) -> StatusCode {
    let form = [("name", name), ("password", password), ("back", "/classes")];
    let request = Visitor::of(server).request(Method::POST, "/sign-in").form(&form);
    Reply::to(request).await.status
}

async fn a_clock_that_was_set_back_locks_nobody_out_for_longer(database: Database) {
    let (clock, server) = Clock::start(database).await;
    let name = Staff::account(&server, "coordinator", "nation");
    let tries = async |password: &str| try_to_sign_in(&server, &name, password).await;
    while tries("a wrong password").await != StatusCode::TOO_MANY_REQUESTS {}
    clock.set(days(-1));
    let locked = tries(PASSWORD).await;
    assert_eq!(locked, StatusCode::TOO_MANY_REQUESTS, "a lock is open a day earlier");
    clock.set(days(-1) + 31);
    assert_eq!(tries(PASSWORD).await, StatusCode::SEE_OTHER, "it lasts longer than half a minute");
}
