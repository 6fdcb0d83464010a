//! Files of envelopes and releases with any one byte changed, or cut off anywhere, are refused with
//! the place.

use super::export::{End, Header, KIND, Line, SCHEMA};
use super::export_file::ExportFile;
use super::sealed::SealedClass;
use super::{MadeRelease, ReleaseError, Report};
use crate::definitions::hex;
use crate::keys::PrintedKey;
use analysis::{DefinitionRef, Header as ReleaseHeader, Policy, Release};
use protocol::ReleaseKey;
use rand_core::OsRng;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::fs;
use std::path::Path;
use uuid::Uuid;

const CLASSES: u128 = 2;
const ENVELOPES_OF_A_CLASS: u128 = 2;
/// That make of a letter another one, the same in the other case, and no text at all.
const TURNED: [u8; 3] = [1, 1 << 5, 1 << 7];

fn line(text: &mut String, line: &impl Serialize) {
    *text += &serde_json::to_string(line).unwrap();
    text.push('\n');
}

/// As `senim envelopes` writes them.
fn envelopes() -> String {
    let class = |number| SealedClass {
        id: Uuid::from_u128(number),
        region: "r".to_owned(),
        district: "d".to_owned(),
        school: "s".to_owned(),
        class: format!("s-6-{number}"),
        grade: "6".to_owned(),
        language: "kk".to_owned(),
        enrolment: 20,
    };
    let count = (CLASSES * ENVELOPES_OF_A_CLASS) as usize;
    let header = Header {
        kind: KIND.to_owned(),
        schema: SCHEMA,
        wave: Uuid::from_u128(7),
        name: "Күз".to_owned(),
        release_public_key: PrintedKey(ReleaseKey::new(&mut OsRng).public_key()),
        definitions: vec![],
        classes: (1..=CLASSES).map(class).collect(),
        envelopes: count,
    };
    let mut text = String::new();
    line(&mut text, &header);
    for class in 1..=CLASSES {
        for number in 1..=ENVELOPES_OF_A_CLASS {
            let id = Uuid::from_u128(number << 64).to_string();
            let envelope = "aB3_-".repeat(8);
            line(&mut text, &Line { id: &id, class: Uuid::from_u128(class), envelope: &envelope });
        }
    }
    let sha256 = hex(&Sha256::digest(&text));
    line(&mut text, &End { count, sha256 });
    text
}

/// As `senim release --envelopes` writes them, of a wave with two definitions.
fn release() -> String {
    let of = |id: &str| Release {
        header: ReleaseHeader {
            schema: analysis::SCHEMA,
            wave: Uuid::from_u128(7).to_string(),
            definition: DefinitionRef { id: id.to_owned(), version: 1, sha256: "ab".repeat(32) },
            policy: Policy::STANDARD,
            indicators: [].into(),
        },
        groups: vec![],
    };
    let made = MadeRelease {
        wave: Uuid::from_u128(7),
        envelopes_sha256: "cd".repeat(32),
        report: Report { responses: 40, unreadable: 2, groups: 0 },
        releases: vec![of("junior"), of("senior")],
    };
    made.text()
}

/// The line that is told of a file with this content; `None` when it is taken.
fn refused(read: impl Fn(&Path) -> Result<(), ReleaseError>, content: &[u8]) -> Option<usize> {
    let file = tempfile::NamedTempFile::new().unwrap();
    fs::write(file.path(), content).unwrap();
    match read(file.path()) {
        Ok(()) => None,
        Err(ReleaseError::Line { path, line, .. }) if path == file.path() => Some(line),
        Err(error) => panic!("the place is not told: {error}"),
    }
}

/// Lines that have ended, and one more.
fn line_after(before: &[u8]) -> usize {
    1 + before.iter().filter(|byte| **byte == b'\n').count()
}

/// What is told is never a place before the damage.
fn refuses_every_damage(whole: &str, read: impl Fn(&Path) -> Result<(), ReleaseError>) {
    let (whole, lines) = (whole.as_bytes(), whole.lines().count());
    assert_eq!(refused(&read, whole), None);
    for place in 0..whole.len() {
        let (before, _) = whole.split_at(place);
        let told = refused(&read, before).unwrap_or_else(|| panic!("cut off at {place}: taken"));
        assert!(told <= line_after(before), "cut off at {place}: line {told}");
        for bits in TURNED {
            let mut turned = whole.to_vec();
            turned[place] ^= bits;
            let what = format!("byte {place} turned by {bits}, line {}", line_after(before));
            let told = refused(&read, &turned).unwrap_or_else(|| panic!("{what}: taken"));
            assert!((line_after(before)..=lines).contains(&told), "{what}: line {told} is told");
        }
    }
}

#[test]
fn a_file_of_envelopes_with_any_damage_is_refused_with_the_place() {
    refuses_every_damage(&envelopes(), |path| ExportFile::check(path).map(drop));
}

#[test]
fn a_file_of_envelopes_that_was_cut_off_tells_where() {
    let (whole, check) = (envelopes(), |path: &Path| ExportFile::check(path).map(drop));
    for place in 0..whole.len() {
        let before = &whole.as_bytes()[..place];
        assert_eq!(refused(check, before), Some(line_after(before)), "cut off at {place}");
    }
}

#[test]
fn a_release_with_any_damage_is_refused_with_the_place() {
    refuses_every_damage(&release(), |path| MadeRelease::read(path).map(drop));
}
