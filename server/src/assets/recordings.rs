//! Texts read aloud: a folder of sound files, each named by the SHA-256 of its content. A file
//! that is missing is only not offered.

use super::{Assets, forever, not_found};
use crate::definitions::hex;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::Response;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::{fs, io};
use survey_definitions::{LeanPage, LeanScale, Questionnaire, Words};

/// The files that are there and whole.
#[derive(Debug, Clone, Default)]
pub struct Recordings {
    folder: Arc<PathBuf>,
    names: Arc<BTreeSet<String>>,
}

/// Why the folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum RecordingsError {
    #[error("{path}: {error}")]
    Read { path: PathBuf, error: io::Error },
    #[error(
        "{path}: the name is not the SHA-256 of the content, {expected}: rename the file, and the \
         recording in the definition"
    )]
    Changed { path: PathBuf, expected: String },
}

impl Recordings {
    /// Reads and hashes every file of the folder.
    pub fn open(folder: PathBuf) -> Result<Self, RecordingsError> {
        let failed = |path: &PathBuf| {
            let path = path.clone();
            move |error| RecordingsError::Read { path, error }
        };
        let mut names = BTreeSet::new();
        for entry in fs::read_dir(&folder).map_err(failed(&folder))? {
            let path = entry.map_err(failed(&folder))?.path();
            let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
            if sound(name).is_none() {
                continue;
            }
            let expected = hex(&Sha256::digest(fs::read(&path).map_err(failed(&path))?));
            if name.split('.').next() != Some(expected.as_str()) {
                return Err(RecordingsError::Changed { path, expected });
            }
            names.insert(name.to_owned());
        }
        Ok(Self { folder: Arc::new(folder), names: Arc::new(names) })
    }

    /// Takes the names of files that are not here out of a questionnaire.
    pub(super) fn keep_present(&self, questionnaire: &mut Questionnaire) {
        for words in words_of(questionnaire) {
            if words.recording.as_ref().is_some_and(|name| !self.names.contains(name)) {
                words.recording = None;
            }
        }
    }

    /// URLs of what a questionnaire names and is here.
    pub fn urls(&self, mut questionnaire: Questionnaire) -> Vec<String> {
        let named = words_of(&mut questionnaire).into_iter().filter_map(|w| w.recording.take());
        named
            .filter(|name| self.names.contains(name))
            .map(|name| format!("/recordings/{name}"))
            .collect()
    }
}

fn words_of(questionnaire: &mut Questionnaire) -> Vec<&mut Words> {
    let mut all: Vec<&mut Words> = Vec::new();
    all.extend(questionnaire.items.iter_mut().map(|item| &mut item.words));
    for scale in &mut questionnaire.scales {
        match scale {
            LeanScale::One(options) | LeanScale::Many(options) => {
                all.extend(options.iter_mut().map(|option| &mut option.words));
            }
            LeanScale::Number { lowest_words, highest_words, .. } => {
                all.extend([lowest_words, highest_words]);
            }
        }
    }
    for page in &mut questionnaire.pages {
        if let LeanPage::Reading { title, parts } = page {
            all.push(title);
            all.extend(parts.iter_mut().map(|part| &mut part.words));
        }
    }
    all
}

/// The media type of a sound file by its ending.
fn sound(name: &str) -> Option<&'static str> {
    match name.rsplit('.').next()? {
        "ogg" => Some("audio/ogg"),
        "mp3" => Some("audio/mpeg"),
        "m4a" => Some("audio/mp4"),
        "wav" => Some("audio/wav"),
        "webm" => Some("audio/webm"),
        _ => None,
    }
}

/// `GET /recordings/{name}`
pub async fn show(State(assets): State<Assets>, Path(name): Path<String>) -> Response<Body> {
    let recordings = &assets.recordings;
    let Some(media_type) = sound(&name).filter(|_| recordings.names.contains(&name)) else {
        return not_found();
    };
    let path = recordings.folder.join(&name);
    match tokio::task::spawn_blocking(move || fs::read(path)).await {
        Ok(Ok(content)) => forever(media_type, content),
        _ => not_found(),
    }
}
