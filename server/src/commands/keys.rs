use super::{CommandError, files};
use crate::command_line::Keys;
use crate::random::Random;
use protocol::ReleaseKey;
use std::path::Path;
use zeroize::Zeroizing;

/// `senim keys`
pub fn run(command: Keys) -> Result<(), CommandError> {
    match command {
        Keys::New { out } => {
            let key = make(&out, &Random::system())?;
            eprintln!(
                "The private key is in {}. Who has it and the database can read answers:\n\
                 keep it away from the server. The public half, for a new wave:",
                out.display()
            );
            show(&key);
        }
        Keys::Show { key } => show(&files::release_key(&key)?),
    }
    Ok(())
}

#[allow(clippy::print_stdout, reason = "the command's output")]
fn show(key: &ReleaseKey) {
    println!("{}", key.public_key().0.encode());
}

/// A new release key in a new file.
pub fn make(path: &Path, random: &Random) -> Result<ReleaseKey, CommandError> {
    let key = random.draw(ReleaseKey::new);
    crate::secrets::write(path, &Zeroizing::new(key.to_bytes()))?;
    Ok(key)
}
