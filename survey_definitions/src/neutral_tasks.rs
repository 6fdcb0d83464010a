use crate::{Form, Language, LeanChoice, Text, Words};
use serde::{Deserialize, Serialize};

/// What pupils who do not take part do on the remaining screens, on the layout of an item.
/// Nothing of it is stored. Read by [`NeutralTasks::parse`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NeutralTasks {
    pub version: u32,
    pub languages: Vec<Language>,
    pub junior: Vec<NeutralTask>,
    pub senior: Vec<NeutralTask>,
}

/// One screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NeutralTask {
    pub id: String,
    pub text: Text,
    pub options: Vec<NeutralOption>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NeutralOption {
    /// The id of the picture beside the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<String>,
    pub text: Text,
}

/// The tasks of one form in one language as a tablet needs them, made by [`NeutralTasks::lean`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeanTasks {
    pub tasks: Vec<LeanTask>,
}

/// One screen; its options look like those of an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeanTask {
    pub words: Words,
    pub options: Vec<LeanChoice>,
}

impl NeutralTasks {
    /// The tasks of a form in the order of screens.
    pub fn of(&self, form: Form) -> &[NeutralTask] {
        match form {
            Form::Junior => &self.junior,
            Form::Senior | Form::Parent => &self.senior,
        }
    }

    /// Every text that pupils are shown.
    pub fn texts(&self) -> Vec<&Text> {
        let tasks = self.junior.iter().chain(&self.senior);
        tasks
            .flat_map(|task| {
                std::iter::once(&task.text).chain(task.options.iter().map(|option| &option.text))
            })
            .collect()
    }
}
