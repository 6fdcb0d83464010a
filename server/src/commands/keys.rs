use super::CommandError;
use crate::command_line::{CheckKey, JoinShares, Keys, NewKey, ReleaseKeyFiles, SplitKey};
use crate::command_line::{Opening, Writing};
use crate::keys::{
    self, KeyError, KeyFile, Kind, Passphrases, PrintedKey, Protection, Share, WorkFactor,
};
use crate::random::Random;
use crate::release_job;
use crate::storage::Storage;
use protocol::{Fingerprint, Place, ReleaseKey};
use std::path::{Path, PathBuf};

/// `senim keys`
pub async fn run(command: Keys) -> Result<(), CommandError> {
    match command {
        Keys::New(options) => new(&options),
        Keys::Show { key } => {
            print(&PrintedKey(KeyFile::read(&key)?.public).to_string());
            Ok(())
        }
        Keys::Check(options) => check(&options).await,
        Keys::Split(options) => split(&options),
        Keys::Join(options) => join(&options),
    }
}

/// The release key that a job was given.
pub fn release_key(files: &ReleaseKeyFiles) -> Result<ReleaseKey, CommandError> {
    open(&files.release_key, &files.opening)
}

fn open(paths: &[PathBuf], opening: &Opening) -> Result<ReleaseKey, CommandError> {
    Ok(keys::load(paths, &mut Passphrases::of_files(&opening.passphrase_file)?)?)
}

#[allow(clippy::print_stdout, reason = "the command's output")]
fn print(line: &str) {
    println!("{line}");
}

fn new(options: &NewKey) -> Result<(), CommandError> {
    refuse_existing(&options.out)?;
    let given = options.passphrase_file.as_slice();
    let writing = Writing { new_passphrase_file: given.to_vec(), unprotected: options.unprotected };
    let protection = one_protection(&writing, &options.out)?;
    let key = keys::make(&options.out, &protection, &Random::system())?;
    eprintln!(
        "The private key is in {}. Who {} and has the database can read answers:\n\
         keep it away from the server. The public half, for a new wave:",
        options.out.display(),
        match protection {
            Protection::Unprotected => "has it",
            Protection::Passphrase(..) => "has it with its passphrase",
        }
    );
    print(&PrintedKey(key.public_key()).to_string());
    Ok(())
}

async fn check(options: &CheckKey) -> Result<(), CommandError> {
    let expected: Option<PrintedKey> = match &options.public {
        Some(public) => Some(
            public.parse().map_err(|error| CommandError::Usage(format!("--public: {error}")))?,
        ),
        None => None,
    };
    let key = open(&options.keys, &options.opening)?;
    try_out(&key)?;
    let printed = PrintedKey(key.public_key());
    print(&format!("The key opens what is sealed to {printed}"));
    if let Some(expected) = expected {
        if expected != printed {
            let (expected, got) = (expected.to_string(), printed.to_string());
            return Err(KeyError::OtherPublic { expected, got }.into());
        }
        print("It fits the public key given");
    }
    if let Some(wave) = options.wave {
        let storage = Storage::connect(&options.database.database).await?;
        let wave = release_job::wave_of_key(&storage, wave, &key).await?;
        let line = Fingerprint::of(wave.id, &wave.token_key, &wave.release_key);
        print(&format!("It fits wave \"{}\", whose check line is {line}", wave.name));
    }
    Ok(())
}

/// Seals an envelope to the public half and opens it.
fn try_out(key: &ReleaseKey) -> Result<(), KeyError> {
    let random = Random::system();
    let (place, trial) = (Place { wave: random.id(), class: random.id() }, b"senim trial");
    let sealed = random.draw(|rng| key.public_key().seal(rng, place, trial));
    let opened = sealed.and_then(|sealed| key.open(place, &sealed));
    if opened.is_ok_and(|opened| opened == trial) { Ok(()) } else { Err(KeyError::Trial) }
}

fn split(options: &SplitKey) -> Result<(), CommandError> {
    refuse_existing(&options.out)?;
    let file = KeyFile::read(&options.key)?;
    if file.kind != Kind::Key {
        return Err(KeyError::NotWhole { path: file.path }.into());
    }
    let key = open(std::slice::from_ref(&options.key), &options.opening)?;
    let secret = zeroize::Zeroizing::new(key.to_bytes());
    let shares = keys::split(&secret, options.shares, options.needed, &Random::system())?;
    let mut passphrases = new_passphrases(&options.writing, shares.len())?;
    let protected = |share: Share| {
        let protection = protection(&mut passphrases, &share.which.to_string())?;
        Ok((share, protection))
    };
    let shares = shares.into_iter().map(protected).collect::<Result<Vec<_>, KeyError>>()?;
    keys::write_shares(&options.out, &key.public_key(), &shares)?;
    eprintln!(
        "{} shares are in {}; any {} of them open what is sealed to this key. Try them with\n\
         `senim keys check`, give each to its holder, then destroy {}. The public half:",
        options.shares,
        options.out.display(),
        options.needed,
        options.key.display()
    );
    print(&PrintedKey(key.public_key()).to_string());
    Ok(())
}

fn join(options: &JoinShares) -> Result<(), CommandError> {
    refuse_existing(&options.out)?;
    let key = open(&options.shares, &options.opening)?;
    let protection = one_protection(&options.writing, &options.out)?;
    keys::write_key(&options.out, &key, &protection)?;
    eprintln!("The whole key is in {}. The public half:", options.out.display());
    print(&PrintedKey(key.public_key()).to_string());
    Ok(())
}

/// Before a passphrase is asked for in vain.
fn refuse_existing(path: &Path) -> Result<(), KeyError> {
    match path.exists() {
        true => Err(KeyError::Exists { path: path.to_owned() }),
        false => Ok(()),
    }
}

/// `None` when what is written stays unprotected.
fn new_passphrases(writing: &Writing, files: usize) -> Result<Option<Passphrases>, KeyError> {
    if writing.unprotected {
        return Ok(None);
    }
    let passphrases = Passphrases::of_files(&writing.new_passphrase_file)?;
    passphrases.expect(files)?;
    Ok(Some(passphrases))
}

fn protection(passphrases: &mut Option<Passphrases>, of: &str) -> Result<Protection, KeyError> {
    Ok(match passphrases {
        Some(given) => Protection::Passphrase(given.next_new(of)?, WorkFactor::STANDARD),
        None => Protection::Unprotected,
    })
}

fn one_protection(writing: &Writing, path: &Path) -> Result<Protection, KeyError> {
    protection(&mut new_passphrases(writing, 1)?, &path.display().to_string())
}
