//! Leaks put in on purpose, so that a test can show that it would see them. Only the program
//! `senim_planted` has any of this (feature `planted`); the shipped `senim` is built without, and
//! a test shows that it is. `SENIM_PLANTED` names the one leak of a run; unset or `none` is none.

use crate::storage::StorageError;
use crate::storage::envelopes::Envelope;
use axum::extract::Request;
use axum::http::header::ACCEPT_LANGUAGE;
use axum::middleware::Next;
use axum::response::Response;
use sqlx::{AnyConnection, AnyPool, Executor};
use std::collections::HashMap;
use std::fs::OpenOptions;
use std::io::Write;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{LazyLock, Mutex, PoisonError};
use survey_definitions::{AnswerLayout, pack, packed_length};
use uuid::Uuid;

/// What the shipped program must not contain.
const MARKER: &str = "planted leak in this program";

/// Columns and tables of the leaks that need one.
const COLUMNS: [(&str, &str); 4] = [
    ("timestamp", "alter table envelopes add column stored_at bigint"),
    ("order_kept_into_pool", "alter table envelopes add column arrival bigint"),
    ("language_column", "alter table envelopes add column language text"),
    (
        "counter_row",
        "create table class_progress
         (class_id text primary key, responses bigint not null, last_envelope text not null)",
    ),
];

static PLANTED: LazyLock<String> =
    LazyLock::new(|| std::env::var("SENIM_PLANTED").unwrap_or_else(|_| "none".to_owned()));

static LANGUAGES: LazyLock<Mutex<HashMap<Uuid, String>>> = LazyLock::new(Mutex::default);

static ARRIVED: AtomicI64 = AtomicI64::new(0);

tokio::task_local! {
    static LANGUAGE: String;
}

/// Whether this leak is the one of this run.
pub fn is(name: &str) -> bool {
    *PLANTED == name
}

/// Makes what the leak needs and says in the log which it is.
pub async fn prepare(pool: &AnyPool) {
    tracing::warn!(planted = %*PLANTED, "{MARKER}");
    for (_, statement) in COLUMNS.into_iter().filter(|(name, _)| is(name)) {
        // A second start finds it there; what is missing for another reason fails at its use.
        if let Err(error) = pool.execute(statement).await {
            tracing::debug!(%error, "not made");
        }
    }
}

/// Pragmas of a SQLite that does not wait for the disk.
pub fn on_connect(usual: &'static str) -> &'static str {
    if is("synchronous_normal") && usual.contains("synchronous = full") {
        "pragma journal_mode = wal; pragma synchronous = normal; \
         pragma secure_delete = on; pragma foreign_keys = on; pragma busy_timeout = 30000"
    } else {
        usual
    }
}

/// Keeps the language of a request for as long as it is worked on.
pub async fn remember_language(request: Request, next: Next) -> Response {
    let language = request.headers().get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let language = language.unwrap_or_default().to_owned();
    LANGUAGE.scope(language, next.run(request)).await
}

/// Keeps the language of the request that an envelope came with until it is written.
pub fn note_language(envelope: Uuid) {
    let language = LANGUAGE.try_with(String::clone).unwrap_or_default();
    LANGUAGES.lock().unwrap_or_else(PoisonError::into_inner).insert(envelope, language);
}

fn language_of(envelope: Uuid) -> String {
    let mut languages = LANGUAGES.lock().unwrap_or_else(PoisonError::into_inner);
    languages.remove(&envelope).unwrap_or_default()
}

/// Writes the leak of this run beside an envelope, in the transaction that stores it.
pub async fn beside(
    connection: &mut AnyConnection,
    envelope: &Envelope,
) -> Result<(), StorageError> {
    let (id, number) = (envelope.id.to_string(), ARRIVED.fetch_add(1, Ordering::SeqCst) + 1);
    let query = match PLANTED.as_str() {
        "sequential_id" => {
            let next = Uuid::from_u64_pair((number as u64) << 32, 0);
            sqlx::query("update envelopes set id = $2 where id = $1")
                .bind(id)
                .bind(next.to_string())
        }
        "timestamp" => {
            sqlx::query("update envelopes set stored_at = $2 where id = $1").bind(id).bind(now())
        }
        "order_kept_into_pool" => {
            sqlx::query("update envelopes set arrival = $2 where id = $1").bind(id).bind(number)
        }
        "language_column" => sqlx::query("update envelopes set language = $2 where id = $1")
            .bind(id)
            .bind(language_of(envelope.id)),
        "counter_row" => sqlx::query(
            "insert into class_progress (class_id, responses, last_envelope) values ($2, 1, $1)
             on conflict (class_id) do update
             set responses = class_progress.responses + 1, last_envelope = $1",
        )
        .bind(id)
        .bind(envelope.class.to_string()),
        "access_log" => {
            tracing::info!(id, "a response is stored");
            return Ok(());
        }
        _ => return Ok(()),
    };
    query.execute(connection).await?;
    Ok(())
}

/// Puts a shuffled pool back into the order of arrival.
pub async fn order_pool(
    pool: &AnyPool,
    (wave, class): (Uuid, Uuid),
    sealed: &mut [String],
) -> Result<(), StorageError> {
    if !is("order_kept_into_pool") {
        return Ok(());
    }
    let rows: Vec<(String, i64)> = sqlx::query_as(
        "select envelope, arrival from envelopes where wave_id = $1 and class_id = $2",
    )
    .bind(wave.to_string())
    .bind(class.to_string())
    .fetch_all(pool)
    .await?;
    let arrival: HashMap<String, i64> = rows.into_iter().collect();
    sealed.sort_by_key(|envelope| arrival.get(envelope).copied());
    Ok(())
}

/// Writes what the release job hands on, in its order, to the file `SENIM_PLANTED_POOLS`: a line
/// `CLASS CODE;PACKED TEXT` for each response. This is what an insider of the job could copy.
pub fn write_pool<'a>(
    layout: &AnswerLayout,
    responses: impl Iterator<Item = (&'a str, &'a survey_definitions::Response)>,
) {
    let Some(path) = std::env::var_os("SENIM_PLANTED_POOLS") else { return };
    let mut text = String::new();
    for (class, response) in responses {
        let packed = pack(layout, response, packed_length(layout)).unwrap_or_default();
        let packed = String::from_utf8_lossy(&packed);
        text.push_str(&format!("{class};{}\n", packed.trim_end_matches('\0')));
    }
    let written = OpenOptions::new()
        .create(true)
        .append(true)
        .open(&path)
        .and_then(|mut file| file.write_all(text.as_bytes()));
    if let Err(error) = written {
        tracing::error!(%error, "the pools could not be written");
    }
}

#[allow(clippy::disallowed_methods, reason = "this leak is the moment itself")]
fn now() -> i64 {
    jiff::Timestamp::now().as_microsecond()
}
