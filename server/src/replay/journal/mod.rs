//! What a replay did so far, one JSON line a step, on disk before the step is taken. It holds
//! slips and tokens of invented pupils, so it is a file that only its owner reads.

mod file;

use super::ReplayError;
use super::data::Data;
use crate::definitions::{Definition, hex};
use crate::keys::{self, Passphrases, Protection};
use crate::random::Random;
use file::{Waiting, line, read, write, write_together};
use protocol::{ReleasePublicKey, ResponseRequest};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::fs::OpenOptions;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

/// Ids for everything that the replay creates, drawn before the first request.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Plan {
    pub data_sha256: String,
    pub definition: String,
    pub region: Uuid,
    pub district: Uuid,
    pub wave: Uuid,
    pub schools: HashMap<String, Uuid>,
    pub classes: HashMap<String, Uuid>,
}

impl Plan {
    pub fn class(&self, code: &str) -> Result<Uuid, ReplayError> {
        self.classes.get(code).copied().ok_or_else(|| ReplayError::Journal {
            path: String::new(),
            problem: format!("class {code} is not in the plan"),
        })
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Line {
    Plan(Plan),
    Slips {
        class: String,
        slips: Vec<String>,
    },
    /// A token is about to be asked for with this value and blind.
    Asking {
        row: usize,
        pending: Vec<u8>,
    },
    /// This response is about to be sent.
    Sending {
        row: usize,
        response: ResponseRequest,
    },
    Stored {
        row: usize,
    },
}

/// How far a row is.
#[derive(Clone)]
pub enum Step {
    Asking(Vec<u8>),
    Sending(ResponseRequest),
    Stored,
}

#[derive(Default)]
struct Known {
    plan: Option<Plan>,
    slips: HashMap<String, Vec<String>>,
    rows: HashMap<usize, Step>,
}

/// The journal of one replay. Cheap to clone.
#[derive(Clone)]
pub struct Journal {
    path: PathBuf,
    known: Arc<Mutex<Known>>,
    lines: mpsc::UnboundedSender<Waiting>,
}

impl Journal {
    /// Opens the journal of this data and definition, or begins one.
    pub fn open(
        path: &Path,
        data: &Data,
        definition: &Definition,
    ) -> Result<(Self, Plan), ReplayError> {
        let problem =
            |problem: String| ReplayError::Journal { path: path.display().to_string(), problem };
        let mut known = read(path).map_err(problem)?;
        let mut file = OpenOptions::new()
            .create(true)
            .append(true)
            .mode(0o600)
            .open(path)
            .map_err(|e| problem(e.to_string()))?;
        let (sha256, id) = (hex(&data.sha256), definition.survey.definition_id().to_string());
        let plan = match known.plan.take() {
            Some(plan) if plan.data_sha256 == sha256 && plan.definition == id => plan,
            Some(_) => {
                let other = "belongs to another data file or definition; name another journal";
                return Err(problem(other.to_owned()));
            }
            None => {
                let plan = new_plan(sha256, id, data);
                write(&mut file, &[line(&Line::Plan(plan.clone()))])
                    .map_err(|e| problem(e.to_string()))?;
                plan
            }
        };
        let (lines, waiting) = mpsc::unbounded_channel();
        std::thread::spawn(move || write_together(file, waiting));
        let known = Arc::new(Mutex::new(known));
        Ok((Self { path: path.to_owned(), known, lines }, plan))
    }

    /// The public half of the key beside the journal, which is made, without a
    /// passphrase, when it is not there.
    pub fn release_key(&self) -> Result<ReleasePublicKey, ReplayError> {
        let path = self.key_path();
        let key = match path.exists() {
            true => keys::load(&[path], &mut Passphrases::of_files(&[])?)?,
            false => keys::make(&path, &Protection::Unprotected, &Random::system())?,
        };
        Ok(key.public_key())
    }

    pub fn key_path(&self) -> PathBuf {
        let mut name = self.path.clone().into_os_string();
        name.push(".release-key");
        name.into()
    }

    pub fn sent(&self) -> usize {
        self.known().rows.values().filter(|step| matches!(step, Step::Stored)).count()
    }

    pub fn is_sent(&self, row: usize) -> bool {
        matches!(self.known().rows.get(&row), Some(Step::Stored))
    }

    pub fn step(&self, row: usize) -> Option<Step> {
        self.known().rows.get(&row).cloned()
    }

    pub fn slips(&self, class: &str) -> Option<Vec<String>> {
        self.known().slips.get(class).cloned()
    }

    pub async fn keep_slips(&self, class: &str, slips: &[String]) -> Result<(), ReplayError> {
        let line = Line::Slips { class: class.to_owned(), slips: slips.to_vec() };
        self.append(line).await
    }

    pub async fn asking(&self, row: usize, pending: Vec<u8>) -> Result<(), ReplayError> {
        self.append(Line::Asking { row, pending }).await
    }

    pub async fn sending(&self, row: usize, response: ResponseRequest) -> Result<(), ReplayError> {
        self.append(Line::Sending { row, response }).await
    }

    pub async fn stored(&self, row: usize) -> Result<(), ReplayError> {
        self.append(Line::Stored { row }).await
    }

    /// Returns when the disk has the line.
    async fn append(&self, entry: Line) -> Result<(), ReplayError> {
        let (reply, written) = oneshot::channel();
        let text = line(&entry);
        self.lines.send((text, reply)).map_err(|_| ReplayError::Interrupted)?;
        let written = written.await.map_err(|_| ReplayError::Interrupted)?;
        written.map_err(|error| ReplayError::Journal {
            path: self.path.display().to_string(),
            problem: error.to_string(),
        })?;
        self.known().take(entry);
        Ok(())
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Known {
    fn take(&mut self, line: Line) {
        match line {
            Line::Plan(plan) => self.plan = Some(plan),
            Line::Slips { class, slips } => drop(self.slips.insert(class, slips)),
            Line::Asking { row, pending } => drop(self.rows.insert(row, Step::Asking(pending))),
            Line::Sending { row, response } => {
                drop(self.rows.insert(row, Step::Sending(response)));
            }
            Line::Stored { row } => drop(self.rows.insert(row, Step::Stored)),
        }
    }
}

fn new_plan(data_sha256: String, definition: String, data: &Data) -> Plan {
    let random = Random::system();
    let schools = data.classes.iter().map(|class| (class.school.clone(), random.id())).collect();
    let classes = data.classes.iter().map(|class| (class.code.clone(), random.id())).collect();
    Plan {
        data_sha256,
        definition,
        region: random.id(),
        district: random.id(),
        wave: random.id(),
        schools,
        classes,
    }
}
