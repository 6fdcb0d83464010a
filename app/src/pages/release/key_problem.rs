use crate::{Language, language::text};

/// Why what was given is not the wave's key. Each names the file as the browser does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyProblem {
    NoFile,
    NotKey(String),
    Damaged(String),
    PassphraseMissing(String),
    PassphraseWrong(String),
    Mixed(String),
    Foreign(String),
    OtherSplit(String),
    Twice(String),
    TooFew {
        needed: u8,
        given: usize,
    },
    NotTogether,
    /// The public half of what was given.
    OtherWave(String),
    /// A release is under way.
    Running,
}

impl KeyProblem {
    /// What is wrong and what to do.
    pub fn words(&self, language: Language) -> String {
        let file = match self {
            Self::NotKey(file)
            | Self::Damaged(file)
            | Self::PassphraseMissing(file)
            | Self::PassphraseWrong(file)
            | Self::Mixed(file)
            | Self::Foreign(file)
            | Self::OtherSplit(file)
            | Self::Twice(file)
            | Self::OtherWave(file) => file.as_str(),
            _ => "",
        };
        match self {
            Self::NoFile => text!(language, waves.key_no_file).to_owned(),
            Self::NotKey(_) => text!(language, waves.key_not_key, file = file),
            Self::Damaged(_) => text!(language, waves.key_damaged, file = file),
            Self::PassphraseMissing(_) => {
                text!(language, waves.key_passphrase_missing, file = file)
            }
            Self::PassphraseWrong(_) => text!(language, waves.key_passphrase_wrong, file = file),
            Self::Mixed(_) => text!(language, waves.key_mixed, file = file),
            Self::Foreign(_) => text!(language, waves.key_foreign, file = file),
            Self::OtherSplit(_) => text!(language, waves.key_other_split, file = file),
            Self::Twice(_) => text!(language, waves.key_twice, file = file),
            Self::TooFew { needed, given } => {
                text!(language, waves.key_too_few, needed = *needed, given = *given)
            }
            Self::NotTogether => text!(language, waves.key_not_together).to_owned(),
            Self::OtherWave(_) => text!(language, waves.key_other_wave, key = file),
            Self::Running => text!(language, waves.release_is_running).to_owned(),
        }
    }
}
