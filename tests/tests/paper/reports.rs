use tests::{Demonstration, Paper, ranges};

/// Kazakh's own letters, small and large, as they occur in its reports.
const KAZAKH: &str = "әғқңөұүі";

#[tokio::test]
async fn reports_are_whole_in_each_language_and_say_no_number_that_the_page_does_not() {
    let demonstration = Demonstration::start().await;
    let coordinator = demonstration.staff("coordinator").await;
    let school = demonstration.linked("coordinator", "/schools/").await.remove(0);
    let class = demonstration.linked("coordinator", "/classes/").await.remove(0);
    for (path, most) in [(format!("/classes/{class}"), 2), (format!("/schools/{school}"), 12)] {
        for language in ["kk", "ru", "en"] {
            coordinator.get(&format!("/language/{language}?back=/")).await.expect_success();
            let page = coordinator.get(&path).await.expect_success().text;
            let paper = Paper::got(&coordinator, &format!("{path}/report.pdf")).await;
            paper.expect_accessible(language);
            assert!(paper.pages() <= most, "{path} {language}: {}", paper.pages());
            let text = paper.text();
            let own = ranges(&page);
            let bands = ranges(&text);
            assert!(bands.len() > 10, "{text}");
            let invented: Vec<_> = bands.difference(&own).collect();
            assert!(invented.is_empty(), "{path} {language}: {invented:?}");
            if language == "kk" {
                assert!(KAZAKH.chars().all(|letter| text.contains(letter)), "{text}");
            }
            let named = Paper::got(&coordinator, &format!("{path}/report.pdf?lang=en")).await;
            named.expect_accessible("en");
        }
    }
}

#[tokio::test]
async fn a_report_is_the_same_bytes_whenever_it_is_made() {
    let demonstration = Demonstration::start().await;
    let coordinator = demonstration.staff("coordinator").await;
    let class = demonstration.linked("coordinator", "/classes/").await.remove(0);
    let path = format!("/classes/{class}/report.pdf");
    let first = Paper::got(&coordinator, &path).await;
    assert_eq!(first.bytes, Paper::got(&coordinator, &path).await.bytes);
}
