//! The file of neutral tasks.

use super::shape::{COUNTED, LANGUAGES, PICTURED, Shape, required};
use super::{elements, read, repeated, repeated_values};
use crate::{Mistakes, NeutralTasks};

const NEUTRAL_TASKS: Shape = Shape::Object(&[
    required("version", COUNTED),
    required("languages", LANGUAGES),
    required("junior", TASKS),
    required("senior", TASKS),
]);

const TASKS: Shape = Shape::List(&Shape::Object(&[
    required("id", Shape::Id),
    required("text", Shape::Text),
    required("options", Shape::List(&PICTURED)),
]));

impl NeutralTasks {
    /// Reads the file of neutral tasks.
    ///
    /// # Errors
    /// Every mistake found, pass by pass.
    pub fn parse(text: &str) -> Result<Self, Mistakes> {
        read(text, &NEUTRAL_TASKS, |file| {
            let mut found = repeated_values(&elements(file, "languages"));
            found.extend(repeated(&elements(file, "junior"), "id"));
            found.extend(repeated(&elements(file, "senior"), "id"));
            found
        })
    }
}
