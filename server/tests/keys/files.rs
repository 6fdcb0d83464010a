use proptest::prelude::*;
use server::keys::{
    KeyError, KeyFile, Passphrase, Passphrases, PrintedKey, Protection, WorkFactor, load, make,
    split, unprotected_in, write_shares,
};
use server::random::Random;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

fn passphrase(text: &str) -> Result<Passphrase, KeyError> {
    Passphrase::new(Zeroizing::new(text.to_owned()))
}

fn protection(text: &str) -> Protection {
    Protection::Passphrase(passphrase(text).unwrap(), WorkFactor::TRIVIAL)
}

#[test]
fn a_passphrase_has_twelve_characters_that_are_not_blanks_around() {
    for short in ["", "elevenchars", "   short    ", "қысқа құпия"] {
        assert!(matches!(passphrase(short), Err(KeyError::Short { .. })), "{short}");
    }
    passphrase("twelve chars").unwrap();
    passphrase("құпия сөзім ұзын").unwrap();
}

#[test]
fn debug_shows_no_secret() {
    let secret = "a passphrase nobody sees";
    let shown = format!("{:?}", protection(secret));
    assert!(!shown.contains("nobody"), "{shown}");
    let shares = split(&[77; 32], 2, 2, &Random::seeded(1)).unwrap();
    let shown = format!("{:?}", shares[0]);
    assert!(shown.starts_with("Share { which: ShareOf { number: 1"), "{shown}");
    assert!(!shown.contains("bytes"), "{shown}");
}

#[test]
fn protected_shares_open_the_key_and_are_not_found_lying_open() {
    let directory = tempfile::tempdir().unwrap();
    let (random, key_file) = (Random::seeded(1), directory.path().join("key"));
    let key = make(&key_file, &protection("the key's passphrase"), &random).unwrap();
    let secret = Zeroizing::new(key.to_bytes());
    let shares = split(&secret, 3, 2, &random).unwrap();
    let texts = ["first holder's", "second holder's", "third holder's"];
    let shares: Vec<_> =
        shares.into_iter().zip(texts).map(|(share, text)| (share, protection(text))).collect();
    let out = directory.path().join("shares");
    write_shares(&out, &key.public_key(), &shares).unwrap();
    let taken: Vec<PathBuf> = [3, 1].map(|n| out.join(format!("share-{n}-of-3"))).into();
    let files: Vec<PathBuf> = [("c", texts[2]), ("a", texts[0])]
        .map(|(name, text)| {
            let path = directory.path().join(name);
            std::fs::write(&path, format!("{text}\n")).unwrap();
            path
        })
        .into();
    let opened = load(&taken, &mut Passphrases::of_files(&files).unwrap()).unwrap();
    assert!(opened.fits(&key.public_key()));
    assert_eq!(unprotected_in(&[directory.path().to_owned(), out]), []);
}

#[test]
fn keys_lying_open_are_found() {
    let directory = tempfile::tempdir().unwrap();
    let random = Random::seeded(1);
    let here = [directory.path().to_owned()];
    let key = make(&directory.path().join("key"), &Protection::Unprotected, &random).unwrap();
    std::fs::write(directory.path().join("large"), vec![b'x'; 1 << 20]).unwrap();
    assert_eq!(unprotected_in(&here), [key.public_key()]);
    assert_eq!(unprotected_in(&[directory.path().join("not-there")]), []);
}

proptest! {
    #[test]
    fn no_text_breaks_the_reader(text in "\\PC{0,200}", lines in prop::collection::vec("\\PC{0,40}", 0..6)) {
        let path = Path::new("key");
        let printed = PrintedKey(protocol::ReleasePublicKey(protocol::Base64([3; 32])));
        for head in ["", "senim release key 1\n", "senim release key share 1\n"] {
            for public in [String::new(), format!("public: {printed}\n")] {
                let text = format!("{head}{public}{}{text}", lines.join("\n"));
                if let Ok(file) = KeyFile::parse(path, &text) {
                    let _ = file.open_key(None);
                }
            }
        }
    }
}
