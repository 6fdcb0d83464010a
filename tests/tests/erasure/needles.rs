use aho_corasick::AhoCorasick;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use uuid::Uuid;

/// Bytes of one piece: too many to be met by chance, few enough that a torn rest of a row has one.
const PIECE: usize = 16;

/// What pupils of a wave sent and slips they had, cut into pieces, as text and as raw bytes.
pub struct Needles {
    pieces: AhoCorasick,
    kinds: Vec<&'static str>,
}

/// In which files which kind of thing was found.
pub type Found = BTreeMap<String, BTreeSet<&'static str>>;

/// Table, place of the value in its row, and what the value is.
const VALUES: [(&str, usize, &str); 4] = [
    ("envelopes", 3, "envelope"),
    ("spent_values", 1, "spent value"),
    ("slips", 0, "slip hash"),
    ("slips", 4, "blinded hash"),
];

impl Needles {
    /// Of everything that a database holds of a wave.
    pub fn of(content: &BTreeMap<String, Vec<String>>, wave: Uuid) -> Self {
        let (mut pieces, mut kinds) = (Vec::new(), Vec::new());
        for (table, place, kind) in VALUES {
            let rows = content[table].iter().filter(|row| row.contains(&wave.to_string()));
            // A slip that nobody used has no blinded hash.
            for value in rows.filter_map(|row| row.split(' ').nth(place)).filter(|v| !v.is_empty())
            {
                let raw = URL_SAFE_NO_PAD.decode(value).unwrap();
                for whole in [value.as_bytes(), &raw] {
                    let cut = whole.chunks_exact(PIECE).chain([&whole[whole.len() - PIECE..]]);
                    for piece in cut {
                        pieces.push(piece.to_vec());
                        kinds.push(kind);
                    }
                }
            }
        }
        assert!(VALUES.iter().all(|(_, _, kind)| kinds.contains(kind)), "nothing to look for");
        Self { pieces: AhoCorasick::new(pieces).unwrap(), kinds }
    }

    /// Looks into every file of a directory and those below it.
    pub fn find_below(&self, directory: &Path) -> Found {
        let mut found = Found::new();
        self.look(directory, &mut found);
        found
    }

    fn look(&self, directory: &Path, found: &mut Found) {
        // What vanishes meanwhile is another test's.
        let Ok(entries) = std::fs::read_dir(directory) else { return };
        for entry in entries {
            let path = entry.unwrap().path();
            if path.is_dir() {
                self.look(&path, found);
            } else if let Ok(bytes) = std::fs::read(&path) {
                let here: BTreeSet<_> = self
                    .pieces
                    .find_overlapping_iter(&bytes)
                    .map(|hit| self.kinds[hit.pattern().as_usize()])
                    .collect();
                if !here.is_empty() {
                    found.insert(path.display().to_string(), here);
                }
            }
        }
    }

    /// Every kind of thing that was found anywhere.
    pub fn kinds(found: &Found) -> BTreeSet<&'static str> {
        found.values().flatten().copied().collect()
    }
}
