//! Everybody can use every page: WCAG 2.2 AA by axe-core, and no scrolling sideways.

use tests::{Browser, Tour, findings};

#[tokio::test]
async fn no_page_for_visitors_and_staff_bars_anybody() {
    let tour = Tour::start(Browser::open().await).await;
    let mut found = Vec::new();
    tour.show(&["kk", "ru"], async |browser, name, language| {
        found.extend(findings(browser, &format!("{name} {language}")).await);
    })
    .await;
    assert!(found.is_empty(), "{}", found.join("\n"));
}
