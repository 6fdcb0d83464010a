use crate::trace::Call;
use rand::{Rng, rngs::StdRng};
use std::collections::BTreeMap;
use std::path::Path;

/// What a disk writes in one piece, whatever happens.
const SECTOR: usize = 512;

/// The files of a SQLite database on a disk that keeps what was synced, and of the rest what it
/// likes.
pub struct Disk {
    files: BTreeMap<String, File>,
    /// Otherwise a sync does nothing: so it must be seen that something is lost.
    pub syncs: bool,
}

#[derive(Default)]
struct File {
    kept: Vec<u8>,
    /// Written and not synced, in order, with where its call ended.
    waiting: Vec<(usize, Change)>,
}

#[derive(Clone)]
enum Change {
    Write { at: usize, bytes: Vec<u8> },
    Length(usize),
}

/// What becomes of what was written and not synced.
pub enum Unsynced {
    Lost,
    /// Any of it is there, the last of it in part.
    Some,
}

impl Disk {
    /// With these files of a directory, which the disk has.
    pub fn with(directory: &Path, names: &[&str], syncs: bool) -> Self {
        let file = |name: &&str| {
            let kept = std::fs::read(directory.join(name)).unwrap_or_default();
            ((*name).to_owned(), File { kept, waiting: vec![] })
        };
        Self { files: names.iter().map(file).collect(), syncs }
    }

    /// Carries out what a call did to one of the files; whether it was a sync.
    pub fn carry_out(&mut self, call: &Call) -> bool {
        let name = call.target.rsplit('/').next().unwrap();
        let Some(file) = self.files.get_mut(name) else { return false };
        if call.is_sync() && self.syncs {
            let (synced, later) = file.waiting.drain(..).partition(|(end, _)| *end < call.begun);
            file.waiting = later;
            let synced: Vec<(usize, Change)> = synced;
            synced.into_iter().for_each(|(_, change)| change.to(&mut file.kept));
            return true;
        }
        if let Some(change) = Change::of(call) {
            file.waiting.push((call.ended, change));
        }
        false
    }

    /// Writes into a directory what is there after a power cut.
    pub fn cut_power(&self, directory: &Path, unsynced: &Unsynced, random: &mut StdRng) {
        for (name, file) in &self.files {
            let mut content = file.kept.clone();
            if let Unsynced::Some = unsynced {
                let waiting: Vec<_> =
                    file.waiting.iter().filter(|_| random.gen_bool(0.5)).collect();
                for (number, (_, change)) in waiting.iter().enumerate() {
                    let last = number + 1 == waiting.len();
                    if last { change.torn(random) } else { change.clone() }.to(&mut content);
                }
            }
            if !content.is_empty() {
                std::fs::write(directory.join(name), content).unwrap();
            }
        }
    }
}

impl Change {
    fn of(call: &Call) -> Option<Self> {
        let (arguments, result) = call.line.rsplit_once(" = ")?;
        let arguments = arguments.trim_end().strip_suffix(')')?;
        if call.name == "ftruncate" {
            let length = arguments.rsplit_once(", ")?.1.parse().unwrap();
            return (result == "0").then_some(Self::Length(length));
        }
        // SQLite writes in no other way.
        if call.name != "pwrite64" {
            return None;
        }
        let (text, numbers) = arguments.split_once('"')?.1.rsplit_once("\", ")?;
        let (length, at) = numbers.split_once(", ").unwrap();
        let (bytes, at) = (unescaped(text), at.parse().unwrap());
        assert_eq!((bytes.len().to_string(), length), (result.to_owned(), length), "{numbers}");
        Some(Self::Write { at, bytes })
    }

    fn torn(&self, random: &mut StdRng) -> Self {
        match self {
            Self::Write { at, bytes } => {
                let sectors = random.gen_range(0..=bytes.len().div_ceil(SECTOR));
                let bytes = bytes.iter().take(sectors * SECTOR).copied().collect();
                Self::Write { at: *at, bytes }
            }
            Self::Length(_) => self.clone(),
        }
    }

    fn to(self, content: &mut Vec<u8>) {
        match self {
            Self::Length(length) => content.resize(length, 0),
            Self::Write { at, bytes } => {
                let end = at + bytes.len();
                content.resize(content.len().max(end), 0);
                content[at..end].copy_from_slice(&bytes);
            }
        }
    }
}

/// The bytes of a text as strace prints it: C's escapes, with up to three octal digits.
fn unescaped(text: &str) -> Vec<u8> {
    let (mut bytes, mut rest) = (Vec::new(), text.as_bytes());
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        if *first != b'\\' {
            bytes.push(*first);
            continue;
        }
        let digits = rest.iter().take(3).take_while(|byte| (b'0'..b'8').contains(byte)).count();
        if digits > 0 {
            let octal = std::str::from_utf8(&rest[..digits]).unwrap();
            bytes.push(u8::from_str_radix(octal, 8).unwrap());
            rest = &rest[digits..];
            continue;
        }
        let escapes = b"n\nt\tr\rv\x0bf\x0c\"\"\\\\";
        let escape = escapes.chunks(2).find(|escape| escape[0] == rest[0]).unwrap();
        bytes.push(escape[1]);
        rest = &rest[1..];
    }
    bytes
}
