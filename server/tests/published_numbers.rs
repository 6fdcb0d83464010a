//! Every number on every page and in every file of results is a published cell, to the same
//! precision: the demonstration's pages and files are read and held against its release.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use survey_definitions::Language;
use tests::{Demonstration, Published, result_pages};

#[tokio::test]
async fn every_number_on_pages_and_in_files_is_a_published_cell() {
    let demonstration = Demonstration::start().await;
    let published = Published::of(&demonstration.database).await;
    let mut checked = 0;
    for name in ["teacher", "coordinator", "district", "region", "ministry", "researcher"] {
        let visitor = demonstration.staff(name).await;
        let pages = result_pages(&visitor).await;
        for language in Language::ALL {
            for path in &pages {
                checked += published.check_page(&visitor, language, path).await;
            }
        }
    }
    assert!(checked > 10_000, "{checked} numbers");
}
