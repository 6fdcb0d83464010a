//! From the slip to the thanks, in each form, language and way.

use crate::choices::{answer_all, arrived, counts, pattern};
use crate::tablet::{Tablet, Way};
use tests::{ClassPlan, Database, OpenWave, text_in};

const LANGUAGES: [&str; 3] = ["kk", "ru", "en"];

#[tokio::test]
async fn juniors_answer_in_every_language_by_touch() {
    pupils_answer("senim_pupil_junior", Way::Touch).await;
}

#[tokio::test]
async fn juniors_answer_in_every_language_by_keyboard() {
    pupils_answer("senim_pupil_junior", Way::Keyboard).await;
}

#[tokio::test]
async fn seniors_answer_in_every_language_by_touch() {
    pupils_answer("senim_pupil_senior", Way::Touch).await;
}

#[tokio::test]
async fn seniors_answer_in_every_language_by_keyboard() {
    pupils_answer("senim_pupil_senior", Way::Keyboard).await;
}

/// One after the other on one tablet, each of a class of its own.
async fn pupils_answer(definition: &str, way: Way) {
    let classes = LANGUAGES.map(|_| ClassPlan::of(12));
    let wave = OpenWave::start(Database::Sqlite, definition, &classes).await;
    let tablet = Tablet::open(way).await;
    for (class, language) in LANGUAGES.into_iter().enumerate() {
        println!("{definition} {language} {way:?}");
        a_pupil_answers(&wave, &tablet, class, language).await;
    }
    tablet.browser.close().await;
    for ((class, language), arrived) in LANGUAGES.iter().enumerate().zip(arrived(&wave).await) {
        let expected = counts(&wave.survey, &pattern(&wave.survey, class));
        assert_eq!(arrived, expected, "{language}");
    }
}

async fn a_pupil_answers(wave: &OpenWave, tablet: &Tablet, class: usize, language: &str) {
    tablet.arrive(wave, class).await;
    let first = tablet.begin(language, &wave.slip(class, 0)).await;
    assert_eq!(first.progress, Some((1, wave.survey.pages.len() + 1)), "{language}");
    let last = answer_all(tablet, first, &pattern(&wave.survey, class)).await;
    assert_eq!(last.title, text_in(language, "pupil", "send_title"));
    tablet.next().await;
    let thanks = tablet.next_screen().await;
    assert_eq!(thanks.title, text_in(language, "pupil", "thanks_title"));
    assert_eq!(tablet.language().await, language);
    let said = tablet.browser.text_of("main [role=status]").await;
    assert_eq!(said, text_in(language, "pupil", "sent"));
    let help = tablet.browser.text_of("main").await;
    assert!(help.contains("111") && help.contains("BalaQorgau"), "{help}");
    tablet.press(".next-pupil .button").await;
    tablet.browser.wait_for("#code").await;
}
