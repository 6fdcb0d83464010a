//! Bytes of rows that lie in a SQLite file outside of rows.

use crate::Waves;
use crate::needles::{Found, Needles};
use std::path::Path;
use tests::Database;

const PAGE: usize = 4096;
/// The kinds of pages that hold rows, in their first byte: of an index, of a table.
const LEAVES: [u8; 2] = [0x0a, 0x0d];

/// SQLite leaves such bytes where it moves rows between pages; not every time, so they are put
/// there.
#[tokio::test]
async fn what_sqlite_left_between_rows_is_destroyed_too() {
    let mut waves = Waves::answered(Database::Sqlite, 20, 5).await;
    waves.release().await;
    waves.released.server.stop();
    let content = waves.released.server.database.content().await;
    let wave = waves.released.id;
    let needles = Needles::of(&content, wave);
    let slip = content["slips"].iter().find(|row| row.contains(&wave.to_string())).unwrap();
    let hash = slip.split(' ').next().unwrap();

    let file = waves.released.server.path().join("senim.sqlite");
    // A table that forgetting does not touch.
    leave(&file, "senim_pupil_senior", hash);
    let before = std::fs::read(&file).unwrap();
    assert!(before.windows(hash.len()).filter(|bytes| *bytes == hash.as_bytes()).count() > 1);
    waves.forget().expect_success();
    assert_eq!(needles.find_below(waves.released.server.path()), Found::new());
}

/// Writes into the gap of the first page with a row that contains `near`.
fn leave(file: &Path, near: &str, bytes: &str) {
    let mut all = std::fs::read(file).unwrap();
    let has = |page: &[u8]| page.windows(near.len()).any(|bytes| bytes == near.as_bytes());
    let gap = |page: &[u8]| {
        let number = |at: usize| usize::from(u16::from_be_bytes([page[at], page[at + 1]]));
        // Eight bytes of header, then two for each row; rows begin at the place in the header.
        (8 + 2 * number(3), number(5))
    };
    let pages = all.chunks_exact_mut(PAGE);
    let mut leaves = pages.filter(|page| LEAVES.contains(&page[0]) && has(page));
    let page = leaves.find(|page| gap(page).1 - gap(page).0 > 2 * bytes.len()).unwrap();
    let start = gap(page).0 + bytes.len() / 2;
    page[start..start + bytes.len()].copy_from_slice(bytes.as_bytes());
    std::fs::write(file, all).unwrap();
}
