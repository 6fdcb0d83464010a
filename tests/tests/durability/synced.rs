use super::DEFINITION;
use super::trace::{Attached, Call, of_ended, watch};
use std::path::{Path, PathBuf};
use tests::{ClassPlan, Database, OpenWave, Server, answers, environment, senim_command};

/// Responses that are looked at, sent one after the other.
const RESPONSES: usize = 8;

async fn open_wave(server: Server) -> OpenWave {
    OpenWave::start_on(server, DEFINITION, &[ClassPlan::of(20)]).await
}

async fn send_one_by_one(wave: &OpenWave) {
    for slip in 0..RESPONSES {
        wave.answer(0, slip, &answers(&wave.survey, slip)).await;
    }
}

/// What was seen between the receipt of each response and the reply to it.
pub fn exchanges(calls: &[Call]) -> Vec<(&Call, Vec<&Call>, &Call)> {
    let received =
        calls.iter().filter(|call| call.is_receipt() && call.line.contains("\"POST /c/response "));
    received
        .map(|received| {
            let reply = calls
                .iter()
                .filter(|call| call.begun > received.ended && call.target == received.target)
                .find(|call| call.is_sending() && call.line.contains("\"HTTP/1.1 "))
                .unwrap();
            assert!(reply.line.contains("HTTP/1.1 200 "), "{}", reply.line);
            let between = |call: &&Call| call.ended > received.ended && call.begun < reply.begun;
            (received, calls.iter().filter(between).collect(), reply)
        })
        .collect()
}

/// Responses to which the server said "stored" before the journal was on the disk.
fn not_synced(calls: &[Call]) -> usize {
    let in_journal = |call: &&&Call| call.target.ends_with("senim.sqlite-wal");
    let exchanges = exchanges(calls);
    assert_eq!(exchanges.len(), RESPONSES, "not every response was seen");
    let early = exchanges.into_iter().filter(|(received, between, reply)| {
        let writes = || between.iter().filter(in_journal).filter(|call| call.is_write());
        let last = writes().map(|call| call.ended).max();
        let last = last.unwrap_or_else(|| panic!("nothing was written after {}", received.line));
        let mut syncs = between.iter().filter(in_journal).filter(|call| call.is_sync());
        !syncs.any(|sync| sync.begun > last && sync.ended < reply.begun)
    });
    early.count()
}

/// Runs a program as the server on SQLite under strace.
async fn traced_on_sqlite(program: &Path, settings: &[(&'static str, &str)]) -> Vec<Call> {
    let mut server = Server::start_with(Database::Sqlite, settings).await;
    let trace = watch(&mut server, program);
    server.restart();
    let mut wave = open_wave(server).await;
    send_one_by_one(&wave).await;
    wave.server.stop();
    of_ended(&trace).await
}

#[tokio::test]
async fn sqlite_has_synced_its_journal_before_a_response_is_acknowledged() {
    let senim = PathBuf::from(senim_command().get_program());
    assert_eq!(not_synced(&traced_on_sqlite(&senim, &[]).await), 0);
}

/// With `synchronous = normal` SQLite leaves the journal to the system, which a power cut ends.
#[tokio::test]
async fn a_server_that_does_not_sync_is_found_out() {
    let planted = PathBuf::from(environment("SENIM_PLANTED_BIN"));
    let weakness = [("SENIM_PLANTED", "synchronous_normal")];
    // A checkpoint, which comes every thousand pages, syncs in any mode.
    assert!(not_synced(&traced_on_sqlite(&planted, &weakness).await) >= RESPONSES - 1);
}

#[tokio::test]
async fn postgres_has_synced_its_journal_before_a_response_is_acknowledged() {
    let server = Server::start(Database::Postgres).await;
    let database = &server.database;
    let name = database.url.rsplit('/').next().unwrap();
    // A default that would lose responses if the server did not override it.
    database.execute(format!("alter database {name} set synchronous_commit = off")).await;
    let mut wave = open_wave(server).await;
    wave.server.restart();
    let mut watched = wave.server.database.server_processes().await;
    watched.push(wave.server.process_id());
    let trace = Attached::to(&watched, wave.server.path().join("trace"));
    send_one_by_one(&wave).await;
    let calls = trace.end().await;
    assert_eq!(exchanges(&calls).len(), RESPONSES, "not every response was seen");
    for (_, between, reply) in exchanges(&calls) {
        // What is stored together is one statement, and PostgreSQL answers it when it is committed.
        let asked = between.iter().filter(|call| call.is_sending() && call.line.contains(BIND));
        let answered = asked.filter_map(|asked| {
            let answer = between.iter().find(|call| {
                let of_it = call.begun > asked.begun && call.target == asked.target;
                of_it && call.is_receipt() && !call.line.contains(NOTHING_YET)
            });
            answer.map(|answer| (asked, answer))
        });
        // By its own backend, or by another that wrote the journal for both.
        let synced_between = |begun, ended| {
            between.iter().any(|call| {
                let journal = call.is_sync() && call.target.contains("/pg_wal/");
                journal && call.begun > begun && call.ended < ended
            })
        };
        let mut answered = answered.filter(|(_, answer)| answer.ended < reply.begun);
        let synced = answered.any(|(asked, answer)| synced_between(asked.begun, answer.ended));
        assert!(synced, "\"stored\" was said before the journal was synced: {between:#?}");
    }
}

/// How strace prints PostgreSQL's message that gives a statement its values, and a receipt that
/// found nothing.
const BIND: &str = r#""B\0"#;
const NOTHING_YET: &str = "EAGAIN";
