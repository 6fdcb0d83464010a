use super::CommandError;
use crate::command_line::Envelopes;
use crate::release_job::{self, SealedWave};
use crate::storage::Storage;
use crate::whole_file::WholeFile;
use std::io::BufWriter;

/// `senim envelopes`
pub async fn run(options: Envelopes) -> Result<(), CommandError> {
    let storage = Storage::connect(&options.database.database).await?;
    let wave = release_job::closed_wave(&storage, options.wave).await?;
    let sealed = SealedWave::of_database(&storage, &wave).await?;
    let failed = CommandError::file(&options.out);
    let mut file = WholeFile::create(&options.out).map_err(&failed)?;
    let (count, sha256) = release_job::export(&storage, &sealed, BufWriter::new(&mut file)).await?;
    file.finish().map_err(&failed)?;
    eprintln!(
        "{count} envelopes of wave \"{}\" are in {}, SHA-256 {sha256}. Where the key is:\n\
         senim release --envelopes FILE --release-key KEY --out RELEASE",
        wave.name,
        options.out.display()
    );
    Ok(())
}
