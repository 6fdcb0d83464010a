use crate::Language;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use protocol::Lesson;
use serde::{Deserialize, Serialize};
use survey_definitions::Form;

/// All that a tablet is told before a slip is entered: the same for every pupil of the class.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setup {
    pub lesson: Lesson,
    pub form: Form,
    /// One for each language of the survey, in its order.
    pub files: Vec<LanguageFiles>,
    /// URL of the drawings.
    pub pictures: String,
    /// URLs of what is read aloud.
    pub recordings: Vec<String>,
    /// Seconds without a touch after which answers are deleted, a warning before that.
    pub idle_seconds: u32,
    /// Whether the page returns to the slip by itself after a pupil.
    pub kiosk: bool,
}

/// Where a survey is fetched in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LanguageFiles {
    pub language: Language,
    /// URL of a [`survey_definitions::Questionnaire`].
    pub questionnaire: String,
    /// URL of [`survey_definitions::LeanTasks`].
    pub tasks: String,
}

impl Setup {
    /// As an attribute of the page: base64url of postcard's bytes.
    pub fn to_attribute(&self) -> String {
        URL_SAFE_NO_PAD.encode(postcard::to_allocvec(self).unwrap_or_default())
    }

    /// `None` for anything that [`Setup::to_attribute`] did not write.
    pub fn from_attribute(text: &str) -> Option<Self> {
        postcard::from_bytes(&URL_SAFE_NO_PAD.decode(text).ok()?).ok()
    }

    /// Where pupils find help, in all languages.
    pub fn help_url(&self) -> String {
        format!("/c/{}/help", self.lesson.class_part)
    }
}
