use crate::desk::Desk;
use reqwest::StatusCode;
use survey_definitions::Language;
use tests::{Published, Visitor, result_pages};

/// Who reads, and the kind of page that their results are on.
const READERS: [(&str, &str); 6] = [
    ("teacher", "/classes/"),
    ("coordinator", "/schools/"),
    ("district", "/districts/"),
    ("region", "/regions/"),
    ("ministry", "/nation"),
    ("researcher", "/nation"),
];

/// Everybody opens every page of results that their first page leads to. Every number on it and in
/// its files is a published cell.
pub async fn everybody_reads(desk: &mut Desk<'_>) {
    let published = Published::of(&desk.server.database).await;
    desk.take_invitation("researcher").await;
    desk.set_up_codes().await;
    for (name, own) in READERS {
        desk.come_back(name, "/classes").await;
        let visitor = desk.browser.visitor(&desk.url()).await;
        let pages = result_pages(&visitor).await;
        let mut own_numbers = 0;
        for path in &pages {
            if path.starts_with(own) {
                desk.browser.go(&format!("{}{path}", desk.url())).await;
                desk.browser.wait_for("h1").await;
            }
            for language in Language::ALL {
                let numbers = published.check_page(&visitor, language, path).await;
                if numbers == 0 {
                    // A class that did not answer: as empty in every language.
                    break;
                }
                if path.starts_with(own) {
                    own_numbers += numbers;
                    check_report(&visitor, language, path).await;
                }
            }
        }
        assert!(own_numbers > 100, "{name} reads {own_numbers} numbers on {pages:?}");
    }
    operator_reads_nothing_but_the_record(desk).await;
}

/// Classes and schools have one.
async fn check_report(visitor: &Visitor, language: Language, path: &str) {
    if ["/classes/", "/schools/"].iter().any(|of| path.starts_with(of)) {
        Published::check_report(visitor, language, path).await;
    }
}

async fn operator_reads_nothing_but_the_record(desk: &mut Desk<'_>) {
    desk.come_back("operator", "/audit").await;
    desk.browser.wait_for("table tbody tr").await;
    let visitor = desk.browser.visitor(&desk.url()).await;
    for path in ["/nation", "/nation/results.xlsx"] {
        assert_eq!(visitor.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}
