//! What is kept on a tablet when a lesson is interrupted.

use crate::lesson::{answer_screen, enter, reach};
use tests::{Browser, ClassPlan, Database, OpenWave, kazakh, wait_until};

/// Everything in the tab's storage, as text.
async fn stored(browser: &Browser) -> String {
    let script = "return JSON.stringify(sessionStorage)";
    browser.client.execute(script, Vec::new()).await.unwrap().as_str().unwrap().to_owned()
}

#[tokio::test]
async fn after_a_reload_the_same_slip_goes_on_and_the_tab_tells_nothing_without_it() {
    let wave = OpenWave::start(Database::Sqlite, "senim_pupil_junior", &[ClassPlan::of(12)]).await;
    let browser = Browser::open().await;
    let link = format!("{}/c/{}", wave.server.url(), wave.classes[0].part());
    let slip = wave.slip(0, 0);
    enter(&browser, &link, &slip).await;
    answer_screen(&browser, 1).await;
    reach(&browser, 2).await;
    let kept = stored(&browser).await;
    for secret in ["Permit", "Pending", &slip.to_string(), &slip.own_part()] {
        assert!(!kept.contains(secret), "{secret} in {kept}");
    }

    enter(&browser, &link, &slip).await;
    let total = reach(&browser, 1).await;
    for number in 1..total {
        answer_screen(&browser, number).await;
    }
    reach(&browser, total).await;
    browser.press(&kazakh("pupil", "send")).await;
    browser.wait_for_text("111").await;
    assert_eq!(stored(&browser).await, "{}");
    assert_eq!(wave.stored().await, 1);
    browser.close().await;
}

#[tokio::test]
async fn a_response_that_the_network_did_not_take_is_delivered_after_a_reload() {
    let mut wave =
        OpenWave::start(Database::Sqlite, "senim_pupil_junior", &[ClassPlan::of(12)]).await;
    let browser = Browser::open().await;
    let link = format!("{}/c/{}", wave.server.url(), wave.classes[0].part());
    enter(&browser, &link, &wave.slip(0, 0)).await;
    let total = reach(&browser, 1).await;
    for number in 1..total {
        answer_screen(&browser, number).await;
    }
    reach(&browser, total).await;
    wave.server.kill();
    browser.press(&kazakh("pupil", "send")).await;
    browser.wait_for_text(&kazakh("pupil", "waiting_title")).await;
    wave.server.restart();
    browser.go(&link).await;
    wait_until("the response left on the tablet", 30, async || {
        (wave.stored().await == 1).then_some(())
    })
    .await;
    wait_until("an empty tab", 10, async || (stored(&browser).await == "{}").then_some(())).await;
    let console = browser.console().await;
    assert!(console.iter().all(|line| line.contains("ERR_CONNECTION")), "{console:?}");
    browser.close().await;
}
