use crate::desk::Desk;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use protocol::{Lesson, SlipCode};
use serde_json::Value;
use std::collections::BTreeSet;
use tests::{Browser, Paper, Pupil, Settings, Visitor, answers, definition, kazakh, wait_until};

/// As many as the table says, and a tenth to spare.
const ENROLMENT: usize = 25;
const SLIPS: usize = 28;
/// Over HTTP; one more answers in a browser.
const PUPILS: usize = 24;
/// Longer than the server takes from one count to the next.
const NEXT_COUNT: u64 = 25;

/// The class with its printed slips.
pub struct Class {
    /// Of its session.
    path: String,
    /// What the QR codes of its slips say.
    links: Vec<String>,
}

/// The teacher downloads the slips of the class, prints them and cuts them.
pub async fn slips_are_printed(desk: &mut Desk<'_>) -> Class {
    desk.come_back("teacher", "/classes").await;
    let browser = &desk.browser;
    browser.wait_for("td a[href$='/session']").await.click().await.unwrap();
    browser.wait_for(".checks").await;
    let path = desk.path().await;
    browser.press_link(&kazakh("staff", "make_slips")).await;
    let (_, bytes) = browser.download(&kazakh("slips", "make")).await;
    let paper = Paper::of(bytes);
    paper.expect_accessible("kk");
    let (text, links) = (paper.text(), paper.qr_codes());
    let codes: BTreeSet<_> = links.iter().map(|link| code(link)).collect();
    assert_eq!((links.len(), codes.len()), (SLIPS, SLIPS));
    for code in codes {
        let printed = [&code[..3], &code[3..6], &code[6..]].join("-");
        assert!(text.contains(&printed), "{printed}: {text}");
    }
    Class { path, links }
}

/// The pupil's own part of the code, from the address that a camera reads.
fn code(link: &str) -> &str {
    let (_, fragment) = link.split_once('#').unwrap();
    fragment.split('.').next().unwrap()
}

pub async fn class_answers(desk: &mut Desk<'_>, class: &Class) {
    let browser = &desk.browser;
    browser.go(&format!("{}{}", desk.url(), class.path)).await;
    for step in ["tablets", "seats", "slips", "words", "upset"] {
        browser.wait_for(&format!("label[for={step}]")).await.click().await.unwrap();
    }
    browser.press(&kazakh("class_session", "start")).await;
    browser.wait_for(".done progress").await;

    let (first, rest) = class.links.split_first().unwrap();
    let (half, rest) = rest[..PUPILS].split_at(PUPILS / 2);
    pupils_answer(desk, half, 0).await;
    shows(browser, half.len()).await;
    a_pupil_answers_on_a_tablet(first).await;
    pupils_answer(desk, rest, half.len()).await;
    shows(browser, ENROLMENT).await;

    let end = "details:has(form[action$='/session/close']) summary";
    browser.wait_for(end).await.click().await.unwrap();
    browser.press(&kazakh("class_session", "end_sure")).await;
    browser.wait_for_text(&kazakh("class_session", "all_here")).await;
    for number in ["dd.tokens", "dd.responses"] {
        assert_eq!(browser.text_of(number).await, ENROLMENT.to_string());
    }
}

/// The counter comes to the number by itself.
async fn shows(browser: &Browser, number: usize) {
    let bar = format!(".done progress[value='{number}']");
    let there = async || (browser.count(&bar).await == 1).then_some(());
    wait_until(&format!("{number} done"), NEXT_COUNT, there).await;
}

/// From the camera to the thanks.
async fn a_pupil_answers_on_a_tablet(link: &str) {
    let tablet = Browser::open_as(Settings::TABLET).await;
    tablet.go(link).await;
    tablet.wait_for("#code").await;
    tablet.press("Қазақша").await;
    tablet.press(&kazakh("pupil", "begin")).await;
    tablet.reach(1).await;
    tablet.answer_and_send(1).await;
    tablet.wait_for_text(&kazakh("pupil", "thanks_title")).await;
    tablet.wait_for_text(&kazakh("pupil", "sent")).await;
    tablet.close().await;
}

/// Each with a tablet of their own, who typed nothing but what is on the slip.
async fn pupils_answer(desk: &Desk<'_>, links: &[String], from: usize) {
    let survey = definition("senim_pupil_senior");
    for (number, link) in (from..).zip(links) {
        let visitor = Visitor::at(&desk.url());
        let (page, _) = link.split_once('#').unwrap();
        let lesson = lesson(&visitor, page.strip_prefix(&desk.url()).unwrap()).await;
        let slip: SlipCode = format!("{}{}", lesson.class_part, code(link)).parse().unwrap();
        let pupil = Pupil::with(visitor, &lesson);
        pupil.answer(&slip, &survey, &answers(&survey, number)).await;
    }
}

/// What the page of a class link tells a tablet.
async fn lesson(visitor: &Visitor, path: &str) -> Lesson {
    let page = visitor.get(path).await.expect_success().text;
    let (_, rest) = page.split_once("data-props=\"").unwrap();
    let props = rest.split('"').next().unwrap();
    let props: Value = serde_json::from_str(&props.replace("&quot;", "\"")).unwrap();
    let setup = URL_SAFE_NO_PAD.decode(props["setup"].as_str().unwrap()).unwrap();
    // The lesson comes first.
    postcard::take_from_bytes(&setup).unwrap().0
}
