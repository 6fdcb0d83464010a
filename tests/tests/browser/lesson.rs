//! A pupil at a tablet.

use fantoccini::Locator;
use protocol::SlipCode;
use tests::{Browser, kazakh, wait_until};

/// Opens the class link in Kazakh and enters the slip.
pub(crate) async fn enter(browser: &Browser, link: &str, slip: &SlipCode) {
    browser.go(link).await;
    browser.wait_for("#code").await;
    browser.press("Қазақша").await;
    browser.fill("#code", &slip.own_part()).await;
    browser.press(&kazakh("pupil", "begin")).await;
}

/// `now` and `total` of the progress line; `None` while no screen is there.
pub(crate) async fn progress(browser: &Browser) -> Option<(usize, usize)> {
    let line = browser.text_of(".progress-words").await;
    let (now, total) = line.split_once(" / ")?;
    Some((now.parse().unwrap(), total.parse().unwrap()))
}

pub(crate) async fn next(browser: &Browser) {
    browser.press(&kazakh("pupil", "next")).await;
}

/// Chooses the first option of the item on the screen; nothing on a screen to read.
pub(crate) async fn choose_first(browser: &Browser) {
    let options = browser.client.find_all(Locator::Css("main .choice")).await.unwrap();
    if let Some(option) = options.first() {
        option.click().await.unwrap();
    }
}

/// Waits until the screen has this number, and answers it.
pub(crate) async fn answer_screen(browser: &Browser, number: usize) {
    reach(browser, number).await;
    choose_first(browser).await;
    next(browser).await;
}

/// Waits until the screen has this number; how many screens there are.
pub(crate) async fn reach(browser: &Browser, number: usize) -> usize {
    let what = format!("screen {number}");
    let there = async || progress(browser).await.filter(|(now, _)| *now == number);
    wait_until(&what, 20, there).await.1
}

/// How many options on the screen are chosen.
pub(crate) async fn chosen(browser: &Browser) -> usize {
    browser.count("main input:checked").await
}
