use aho_corasick::AhoCorasick;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use uuid::Uuid;

/// Bytes of one piece: too many to be met by chance.
const PIECE: usize = 16;
/// Bytes from one piece to the next: few enough that a torn rest of a row has one.
const STRIDE: usize = 32;

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
                    let cut = whole.windows(PIECE).step_by(STRIDE);
                    for piece in cut.chain([&whole[whole.len() - PIECE..]]) {
                        pieces.push(piece.to_vec());
                        kinds.push(kind);
                    }
                }
            }
        }
        assert!(VALUES.iter().all(|(_, _, kind)| kinds.contains(kind)), "nothing to look for");
        Self { pieces: AhoCorasick::new(pieces).unwrap(), kinds }
    }

    /// Looks into a file, or into every file of a directory and those below it.
    pub fn find_below(&self, path: &Path) -> Found {
        let mut found = Found::new();
        self.look(path, &mut found);
        found
    }

    fn look(&self, path: &Path, found: &mut Found) {
        // What vanishes meanwhile is another test's.
        if let Ok(entries) = std::fs::read_dir(path) {
            entries.for_each(|entry| self.look(&entry.unwrap().path(), found));
        } else if let Ok(bytes) = std::fs::read(path) {
            let hits = self.pieces.find_overlapping_iter(&bytes);
            let here: BTreeSet<_> = hits.map(|hit| self.kinds[hit.pattern().as_usize()]).collect();
            if !here.is_empty() {
                found.insert(path.display().to_string(), here);
            }
        }
    }

    /// Every kind of thing that was found anywhere.
    pub fn kinds(found: &Found) -> BTreeSet<&'static str> {
        found.values().flatten().copied().collect()
    }
}
