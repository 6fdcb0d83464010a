use super::file::{Kind, LARGEST_KEY_FILE};
use super::share::join;
use super::{KeyFile, Share};
use protocol::{ReleaseKey, ReleasePublicKey};
use std::fs;
use std::path::PathBuf;

/// Public halves of the keys that lie open in these directories: whole keys, or enough shares,
/// without a passphrase. What cannot be read is passed over: a server that cannot read it cannot
/// open envelopes with it either.
pub fn unprotected_in(directories: &[PathBuf]) -> Vec<ReleasePublicKey> {
    let mut found = Vec::new();
    let mut shares: Vec<(ReleasePublicKey, Share)> = Vec::new();
    for file in directories.iter().flat_map(key_files) {
        match file.kind {
            Kind::Key if file.open_key(None).is_ok() => found.push(file.public),
            Kind::Share(which) => {
                let share = file.open_share(which, None);
                shares.extend(share.map(|share| (file.public, share)));
            }
            Kind::Key => {}
        }
    }
    while let Some((public, _)) = shares.first() {
        let public = *public;
        let (of_one, others) = shares.into_iter().partition(|(other, _)| *other == public);
        shares = others;
        let of_one: Vec<(ReleasePublicKey, Share)> = of_one;
        if open_together(&public, of_one.into_iter().map(|(_, share)| share).collect()) {
            found.push(public);
        }
    }
    found
}

/// Whether some of the shares of one key, perhaps of several splits, open it.
fn open_together(public: &ReleasePublicKey, mut shares: Vec<Share>) -> bool {
    let split = |share: &Share| (share.which.of, share.which.needed, share.which.number);
    shares.sort_by_key(split);
    shares.dedup_by_key(|share| split(share));
    shares.chunk_by(|a, b| (a.which.of, a.which.needed) == (b.which.of, b.which.needed)).any(|of| {
        let enough = of.first().is_some_and(|one| of.len() >= one.which.needed.into());
        let joined = enough.then(|| join(of).ok()).flatten();
        joined
            .and_then(|secret| ReleaseKey::from_bytes(&secret))
            .is_some_and(|key| key.fits(public))
    })
}

fn key_files(directory: &PathBuf) -> impl Iterator<Item = KeyFile> + use<> {
    let entries = fs::read_dir(directory).into_iter().flatten().flatten();
    let small = |entry: &fs::DirEntry| {
        fs::metadata(entry.path()).is_ok_and(|of| of.is_file() && of.len() <= LARGEST_KEY_FILE)
    };
    let files = entries.filter(small);
    files.filter_map(|entry| KeyFile::read(&entry.path()).ok())
}
