use super::KeyError;
use age::scrypt::{Identity, Recipient};
use age::secrecy::{ExposeSecret, SecretString};
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::vec::IntoIter;
use zeroize::Zeroizing;

/// Characters that a new passphrase has at least.
pub const SHORTEST_PASSPHRASE: usize = 12;

/// A passphrase; Debug hides it, drop wipes it.
#[derive(Clone)]
pub struct Passphrase(SecretString);

/// How long it takes to try one passphrase: scrypt with N = 2^this, r = 8, p = 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WorkFactor(u8);

/// How what is written is protected.
#[derive(Debug)]
pub enum Protection {
    /// Whoever has the file has the secret: for a pilot or a trial.
    Unprotected,
    Passphrase(Passphrase, WorkFactor),
}

/// Where passphrases come from: files, one each in order, or the terminal.
pub struct Passphrases(Option<IntoIter<Passphrase>>);

impl WorkFactor {
    /// About a second and 256 MB on a machine of today for each try.
    pub const STANDARD: Self = Self(18);
    /// No protection; tests with many files take this.
    pub const TRIVIAL: Self = Self(1);
    /// What opening takes at most, some 16 seconds and 4 GB: a file must not stop the machine.
    const HIGHEST: u8 = 22;
}

impl Passphrase {
    /// One that protects something from now on.
    ///
    /// # Errors
    /// It is shorter than [`SHORTEST_PASSPHRASE`] characters.
    pub fn new(text: Zeroizing<String>) -> Result<Self, KeyError> {
        match text.trim().chars().count() {
            got if got < SHORTEST_PASSPHRASE => {
                Err(KeyError::Short { least: SHORTEST_PASSPHRASE, got })
            }
            _ => Ok(Self::given(&text)),
        }
    }

    fn given(text: &str) -> Self {
        Self(SecretString::from(text))
    }

    fn of_file(path: &Path) -> Result<Self, KeyError> {
        let text = Zeroizing::new(fs::read_to_string(path).map_err(KeyError::io(path))?);
        match text.lines().next() {
            Some(line) if !line.is_empty() => Ok(Self::given(line)),
            _ => Err(KeyError::EmptyFile { path: path.to_owned() }),
        }
    }

    pub(super) fn seal(&self, secret: &str, work: WorkFactor) -> Result<String, KeyError> {
        let mut recipient = Recipient::new(self.0.clone());
        recipient.set_work_factor(work.0);
        age::encrypt_and_armor(&recipient, secret.as_bytes())
            .map_err(|error| KeyError::Library(format!("sealed: {error}")))
    }

    pub(super) fn open(&self, path: &Path, block: &str) -> Result<Zeroizing<String>, KeyError> {
        use age::DecryptError::{DecryptionFailed, KeyDecryptionFailed, NoMatchingKeys};
        let mut identity = Identity::new(self.0.clone());
        identity.set_max_work_factor(WorkFactor::HIGHEST);
        let path = path.to_owned();
        let bytes = match age::decrypt(&identity, block.as_bytes()) {
            Ok(bytes) => Zeroizing::new(bytes),
            Err(DecryptionFailed | KeyDecryptionFailed | NoMatchingKeys) => {
                return Err(KeyError::Passphrase { path });
            }
            Err(error) => return Err(KeyError::Block { path, problem: error.to_string() }),
        };
        let text = std::str::from_utf8(&bytes).map(|text| Zeroizing::new(text.to_owned()));
        text.map_err(|error| KeyError::Block { path, problem: error.to_string() })
    }
}

impl Passphrases {
    /// Those on the first lines of files; the terminal's when there are none.
    pub fn of_files(paths: &[PathBuf]) -> Result<Self, KeyError> {
        if paths.is_empty() {
            return Ok(Self(None));
        }
        let given = paths.iter().map(|path| Passphrase::of_file(path));
        Ok(Self(Some(given.collect::<Result<Vec<_>, _>>()?.into_iter())))
    }

    /// Those that were typed, one for each protected file in order.
    pub fn of_texts(texts: &[Zeroizing<String>]) -> Self {
        let given: Vec<_> = texts.iter().map(|text| Passphrase::given(text)).collect();
        Self(Some(given.into_iter()))
    }

    /// An error unless there are files for exactly so many, or the terminal is asked.
    pub fn expect(&self, needed: usize) -> Result<(), KeyError> {
        match &self.0 {
            Some(given) if given.len() != needed => {
                Err(KeyError::PassphraseCount { needed, given: given.len() })
            }
            _ => Ok(()),
        }
    }

    /// The next one, which opens something.
    pub(super) fn next(&mut self, path: &Path) -> Result<Passphrase, KeyError> {
        match &mut self.0 {
            Some(given) => given.next().ok_or(KeyError::PassphraseCount { needed: 1, given: 0 }),
            None => {
                let text = ask(&format!("Passphrase of {}: ", path.display()))?;
                Ok(Passphrase::given(&text))
            }
        }
    }

    /// The next one, which will protect something; asked for twice.
    pub fn next_new(&mut self, of: &str) -> Result<Passphrase, KeyError> {
        if let Some(given) = &mut self.0 {
            let given = given.next().ok_or(KeyError::PassphraseCount { needed: 1, given: 0 })?;
            return Passphrase::new(Zeroizing::new(given.0.expose_secret().to_owned()));
        }
        let first =
            ask(&format!("New passphrase of {of}, at least {SHORTEST_PASSPHRASE} characters: "))?;
        let passphrase = Passphrase::new(first.clone())?;
        match *first == *ask("The same again: ")? {
            true => Ok(passphrase),
            false => Err(KeyError::Differ),
        }
    }
}

fn ask(question: &str) -> Result<Zeroizing<String>, KeyError> {
    rpassword::prompt_password(question).map(Zeroizing::new).map_err(KeyError::Terminal)
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase")
    }
}
