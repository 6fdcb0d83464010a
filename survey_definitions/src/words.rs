use crate::{Language, Text};
use serde::{Deserialize, Serialize};

/// One text in one language, as a tablet gets it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    pub text: String,
    /// The file name of the text read aloud.
    pub recording: Option<String>,
}

impl Words {
    pub(crate) fn of(text: &Text, language: Language) -> Self {
        let recording = text.translation(language).and_then(|one| one.recording.clone());
        Self { text: text.get(language).to_owned(), recording }
    }
}
