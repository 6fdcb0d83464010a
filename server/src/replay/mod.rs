//! `senim replay`: real answers from a file, sent as pupils send them.

mod coordinator;
mod data;
mod journal;
mod pupil;

use crate::command_line::Replay;
use crate::definitions::Definition;
use crate::keys::KeyError;
use coordinator::Coordinator;
use data::Data;
use indicatif::{ProgressBar, ProgressStyle};
use journal::{Journal, Plan};
use protocol::Lesson;
use pupil::Tablet;
use std::fmt;
use std::sync::Arc;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use uuid::Uuid;

/// Why a replay stops. Running it again with the same journal goes on from there.
#[derive(Debug, thiserror::Error)]
pub enum ReplayError {
    #[error("{path}: {problem}")]
    Data { path: String, problem: String },
    #[error("{path}: {problem}")]
    Journal { path: String, problem: String },
    #[error("the server cannot be reached ({0}); run the same command again to go on")]
    Unreachable(String),
    #[error("{0}: wrong name or password")]
    SignIn(String),
    #[error("the server refused {what}: {reply}")]
    Refused { what: String, reply: String },
    #[error("only http:// is spoken here: replay sends to a server on this machine, got {0}")]
    Https(String),
    #[error("row {row}: {problem}")]
    Row { row: usize, problem: String },
    #[error(transparent)]
    Key(#[from] KeyError),
    #[error("the replay was interrupted")]
    Interrupted,
}

/// What a finished replay says.
pub struct Summary {
    wave: Uuid,
    rows: usize,
    sent_before: usize,
    closed: bool,
    key: String,
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{} responses acknowledged, {} of them in an earlier run; none is missing",
            self.rows, self.sent_before
        )?;
        writeln!(f, "wave {}, {}", self.wave, if self.closed { "closed" } else { "still open" })?;
        write!(f, "next: senim release --wave {} --release-key {}", self.wave, self.key)
    }
}

/// Reads the data, sets up what is not there yet and answers for every row that is missing.
pub async fn run(
    options: &Replay,
    password: &str,
    definition: &Definition,
) -> Result<Summary, ReplayError> {
    if !options.server.starts_with("http://") {
        return Err(ReplayError::Https(options.server.clone()));
    }
    let data = Data::read(options, &definition.survey)?;
    if !data.left_out.is_empty() {
        eprintln!("columns that are no items, left out: {}", data.left_out.join(", "));
    }
    let (journal, plan) = Journal::open(&options.journal, &data, definition)?;
    let coordinator = Coordinator::sign_in(&options.server, &options.sign_in, password).await?;
    let released_to = journal.release_key()?;
    coordinator.set_up(&plan, &data, definition, &released_to).await?;
    let sent_before = journal.sent();
    let all = Classes {
        coordinator: coordinator.clone(),
        journal: journal.clone(),
        data: Arc::new(data),
        plan: Arc::new(plan),
        layout: Arc::new(definition.answer_layout.clone()),
        tablet: Tablet::new(&options.server)?,
        places: Arc::new(Semaphore::new(options.at_once.clamp(1, 256))),
        bar: bar(),
    };
    all.bar.set_length(all.data.rows.len() as u64);
    all.bar.set_position(sent_before as u64);
    all.answer().await?;
    all.bar.finish_and_clear();
    if options.close {
        coordinator.close(all.plan.wave).await?;
    }
    Ok(Summary {
        wave: all.plan.wave,
        rows: journal.sent(),
        sent_before,
        closed: options.close,
        key: journal.key_path().display().to_string(),
    })
}

fn bar() -> ProgressBar {
    let template = "answering {bar:40} {pos}/{len} pupils, {per_sec}, {eta} left";
    let style = ProgressStyle::with_template(template);
    ProgressBar::new(0).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// Everything that the lessons of all classes share.
#[derive(Clone)]
struct Classes {
    coordinator: Coordinator,
    journal: Journal,
    data: Arc<Data>,
    plan: Arc<Plan>,
    layout: Arc<survey_definitions::AnswerLayout>,
    tablet: Tablet,
    places: Arc<Semaphore>,
    bar: ProgressBar,
}

impl Classes {
    /// One class after the other is opened; its pupils answer side by side.
    async fn answer(&self) -> Result<(), ReplayError> {
        let mut pupils = JoinSet::new();
        for class in &self.data.classes {
            let missing: Vec<usize> =
                class.rows.iter().copied().filter(|row| !self.journal.is_sent(*row)).collect();
            if missing.is_empty() {
                continue;
            }
            let id = self.plan.class(&class.code)?;
            let lesson = Arc::new(self.coordinator.open_session(self.plan.wave, id).await?);
            let slips = self.slips(&class.code, id, class.rows.len()).await?;
            for row in missing {
                let at = class.rows.iter().position(|other| *other == row).unwrap_or_default();
                let place = self
                    .places
                    .clone()
                    .acquire_owned()
                    .await
                    .map_err(|_| ReplayError::Interrupted)?;
                let (all, lesson, slip) = (self.clone(), lesson.clone(), slips[at].clone());
                pupils.spawn(async move {
                    let result = all.answer_one(row, &slip, &lesson).await;
                    drop(place);
                    result
                });
                while let Some(done) = pupils.try_join_next() {
                    done.map_err(|_| ReplayError::Interrupted)??;
                }
            }
        }
        while let Some(done) = pupils.join_next().await {
            done.map_err(|_| ReplayError::Interrupted)??;
        }
        Ok(())
    }

    async fn answer_one(&self, row: usize, slip: &str, lesson: &Lesson) -> Result<(), ReplayError> {
        let answers = self.data.rows[row].clone();
        self.tablet.answer(&self.journal, row, slip, lesson, &self.layout, answers).await?;
        self.bar.inc(1);
        Ok(())
    }

    /// The slips in the journal, or fresh ones: a reply that was lost left none that was used.
    async fn slips(&self, code: &str, id: Uuid, n: usize) -> Result<Vec<String>, ReplayError> {
        if let Some(slips) = self.journal.slips(code) {
            return Ok(slips);
        }
        let slips = self.coordinator.make_slips(self.plan.wave, id).await?;
        if slips.len() < n {
            return Err(ReplayError::Refused {
                what: format!("enough slips for class {code}"),
                reply: format!("{} for {n} pupils", slips.len()),
            });
        }
        self.journal.keep_slips(code, &slips).await?;
        Ok(slips)
    }
}
