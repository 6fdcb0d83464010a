use crate::{NEXT_COUNT, numbers};
use tests::{Browser, ClassPlan, Database, OpenWave, PASSWORD, answers, kazakh, wait_until};

const PUPILS: usize = 24;

fn words(key: &str) -> String {
    kazakh("class_session", key)
}

#[tokio::test]
async fn a_teacher_goes_from_the_checklist_to_numbers_that_agree() {
    let classes = [ClassPlan::of(PUPILS as u32)];
    let wave = OpenWave::start(Database::Sqlite, "senim_pupil_junior", &classes).await;
    let class = wave.classes[0].id;
    wave.coordinator.close_session(class).await;
    wave.server.add_account("own", "teacher", &format!("class:{class}"), PASSWORD);
    let browser = Browser::open().await;
    browser.sign_in(&wave.server.url(), "own", PASSWORD).await;
    browser.wait_for(&format!("a[href='/classes/{class}/session']")).await.click().await.unwrap();
    browser.wait_for_text(&words("say_secret")).await;
    for step in ["tablets", "seats", "slips", "words", "upset"] {
        browser.wait_for(&format!("label[for={step}]")).await.click().await.unwrap();
    }
    assert_eq!(browser.count(".checks input:checked").await, 5);
    browser.press(&words("start")).await;
    browser.wait_for(".done progress").await;

    for slip in 0..PUPILS / 2 {
        wave.answer(0, slip, &answers(&wave.survey, slip)).await;
    }
    shows(&browser, PUPILS / 2).await;
    for slip in PUPILS / 2..PUPILS {
        wave.answer(0, slip, &answers(&wave.survey, slip)).await;
    }
    shows(&browser, PUPILS).await;

    let end = "details:has(form[action$='/session/close']) summary";
    browser.wait_for(end).await.click().await.unwrap();
    browser.press(&words("end_sure")).await;
    browser.wait_for_text(&words("all_here")).await;
    let page = browser.client.source().await.unwrap();
    assert_eq!(numbers(&page), (PUPILS as u32, PUPILS as u32));
    browser.go(&format!("{}/classes/{class}/session/screen", wave.server.url())).await;
    browser.wait_for(".wall .qr svg").await;
    let part = wave.classes[0].part().to_string();
    assert!(browser.text_of(".wall-link").await.contains(&part));
    browser.close().await;
}

/// The counter comes to the number by itself.
async fn shows(browser: &Browser, number: usize) {
    let bar = format!(".done progress[value='{number}']");
    let there = async || (browser.count(&bar).await == 1).then_some(());
    wait_until(&format!("{number} done"), NEXT_COUNT, there).await;
}
