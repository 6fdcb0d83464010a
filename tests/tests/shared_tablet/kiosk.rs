//! The link for tablets that lie in the classroom.

use crate::{kept, lesson_with_idle_tablets, shows_questions};
use tests::{Browser, kazakh};

async fn answer(browser: &Browser, link: &str, slip: &protocol::SlipCode) {
    browser.enter(link, slip).await;
    browser.reach(1).await;
    browser.answer_and_send(0).await;
    browser.wait_for_text(&kazakh("pupil", "sent")).await;
}

async fn is_ready_for_the_next_one(browser: &Browser) {
    browser.wait_for("#code").await;
    assert!(!shows_questions(browser).await, "{}", browser.text().await);
    assert!(!browser.text().await.contains(&kazakh("pupil", "resume")));
    assert_eq!(kept(browser).await, "{}");
}

#[tokio::test]
async fn a_kiosk_returns_to_the_slip_by_itself_and_another_tablet_does_not() {
    let (wave, kiosk) = lesson_with_idle_tablets().await;
    let link = format!("{}/kiosk", wave.class_link(0));
    let tablet = Browser::open().await;
    answer(&tablet, &wave.class_link(0), &wave.slip(0, 0)).await;
    answer(&kiosk, &link, &wave.slip(0, 1)).await;
    kiosk.wait_for("[role=alertdialog]").await;
    kiosk.wait_for_text(&kazakh("pupil", "idle_kiosk")).await;
    is_ready_for_the_next_one(&kiosk).await;
    assert_eq!(kiosk.client.current_url().await.unwrap().as_str(), link);
    tablet.wait_for_text(&kazakh("pupil", "thanks_title")).await;
    assert_eq!(tablet.count("[role=alertdialog]").await, 0);

    answer(&kiosk, &link, &wave.slip(0, 2)).await;
    kiosk.press(&kazakh("pupil", "next_pupil")).await;
    is_ready_for_the_next_one(&kiosk).await;
    assert_eq!(kiosk.client.current_url().await.unwrap().as_str(), link);
    assert_eq!(wave.stored().await, 3);
    kiosk.close().await;
    tablet.close().await;
}
