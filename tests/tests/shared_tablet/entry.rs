//! The slip's code on its way into the page.

use crate::{lesson, load_again};
use protocol::SlipCode;
use serde_json::json;
use tests::{Browser, OpenWave, kazakh};

/// How often the server was asked for a token since the page was loaded.
async fn asked(browser: &Browser) -> u64 {
    let script = "
        const all = performance.getEntriesByType('resource');
        return all.filter((one) => one.name.endsWith('/c/token')).length;";
    browser.run(script, Vec::new()).await.as_u64().unwrap()
}

async fn field(browser: &Browser) -> String {
    let value = browser.wait_for("#code").await.prop("value").await.unwrap();
    value.unwrap_or_default()
}

fn slip_with(wave: &OpenWave, wanted: char) -> SlipCode {
    let slips = &wave.classes[0].slips;
    *slips.iter().find(|slip| slip.own_part().contains(wanted)).unwrap()
}

#[tokio::test]
async fn a_code_may_be_typed_in_any_way_in_which_people_write_it() {
    let (wave, browser) = lesson().await;
    for (digit, letters) in [('0', "Oo"), ('1', "IiLl")] {
        let slip = slip_with(&wave, digit);
        let code = slip.own_part();
        let mut spellings = vec![
            code.to_lowercase(),
            code.replace('-', ""),
            format!("  {} ", code.replace('-', " ")),
            code.replace('-', " – "),
            slip.to_string(),
        ];
        spellings.extend(letters.chars().map(|letter| code.replace(digit, &letter.to_string())));
        browser.go(&wave.class_link(0)).await;
        for spelling in spellings {
            load_again(&browser).await;
            browser.begin(&spelling).await;
            browser.reach(1).await;
        }
    }
    browser.close().await;
}

#[tokio::test]
async fn a_typing_error_is_seen_without_asking_the_server() {
    let (wave, browser) = lesson().await;
    let code = wave.slip(0, 0).own_part().replace('-', "");
    browser.go(&wave.class_link(0)).await;
    for place in 0..code.len() {
        let mut wrong: Vec<char> = code.chars().collect();
        wrong[place] = if wrong[place] == 'X' { 'Y' } else { 'X' };
        complains(&browser, &wrong, "code_check").await;
        let mut swapped: Vec<char> = code.chars().collect();
        if place > 0 && swapped[place] != swapped[place - 1] {
            swapped.swap(place, place - 1);
            complains(&browser, &swapped, "code_check").await;
        }
    }
    complains(&browser, &['A'; 8], "code_length").await;
    complains(&browser, &['Ұ'; 9], "code_character").await;
    assert_eq!(asked(&browser).await, 0);
    browser.begin(&code).await;
    browser.reach(1).await;
    assert_eq!(asked(&browser).await, 1);
    browser.close().await;
}

async fn complains(browser: &Browser, typed: &[char], complaint: &str) {
    browser.begin(&typed.iter().collect::<String>()).await;
    browser.wait_for_text(&kazakh("pupil", complaint)).await;
}

/// Goes where a QR leads: the code is in the field and nowhere else.
async fn scan(browser: &Browser, link: &str, code: &str) {
    browser.go("about:blank").await;
    browser.go(&format!("{link}#{code}")).await;
    code_is_in_the_field_alone(browser, link, code).await;
}

async fn code_is_in_the_field_alone(browser: &Browser, link: &str, code: &str) {
    let filled = async || (field(browser).await == code).then_some(());
    tests::wait_until("the code in the field", 10, filled).await;
    assert_eq!(browser.client.current_url().await.unwrap().as_str(), link);
    assert_eq!(places_with(browser, code).await, [format!("field code {code} ")]);
}

/// Where the code is found in everything that the tablet holds and shows.
async fn places_with(browser: &Browser, code: &str) -> Vec<String> {
    let stored = browser.everything_stored().await;
    stored.lines().filter(|line| line.contains(code)).map(str::to_owned).collect()
}

#[tokio::test]
async fn a_scanned_code_leaves_address_and_history_at_once() {
    let (wave, browser) = lesson().await;
    let link = wave.class_link(0);
    // A QR has no dashes.
    let [first, second, third] =
        [0, 1, 2].map(|number| wave.slip(0, number).own_part().replace('-', ""));
    scan(&browser, &link, &first).await;
    browser.press(&kazakh("pupil", "begin")).await;
    browser.reach(1).await;
    assert_eq!(places_with(&browser, &first).await, Vec::<String>::new());
    browser.wait_until_kept().await;

    // From here on the service worker sees where the page goes.
    scan(&browser, &link, &second).await;
    browser.run("location.hash = arguments[0]", vec![json!(third)]).await;
    code_is_in_the_field_alone(&browser, &link, &third).await;
    assert_eq!(places_with(&browser, &second).await, Vec::<String>::new());

    // The link for keyboards that leads past the header is no code.
    browser.run("document.querySelector('.skip').click()", Vec::new()).await;
    load_again(&browser).await;
    assert_eq!(field(&browser).await, "");
    assert_eq!(browser.client.current_url().await.unwrap().as_str(), link);
    browser.close().await;
}
