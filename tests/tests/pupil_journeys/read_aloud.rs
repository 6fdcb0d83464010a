//! Reading aloud by a voice of the device.

use crate::choices::{answer, pattern};
use crate::tablet::{Screen, Tablet, Way};
use crate::voices::{Heard, on_the_device, on_the_network};
use survey_definitions::{Language, Page, Survey};
use tests::{ClassPlan, Database, Key, OpenWave, kazakh};

/// Reads the item of a screen with its options.
const QUESTION: &str = ".item > .hear";

/// A lesson in the junior form on a device with these voices.
async fn lesson(way: Way, voices: &[serde_json::Value]) -> (OpenWave, Tablet) {
    let wave = OpenWave::start(Database::Sqlite, "senim_pupil_junior", &[ClassPlan::of(12)]).await;
    let tablet = Tablet::open(way).await;
    tablet.have_voices(voices).await;
    (wave, tablet)
}

/// The texts of an item in Kazakh, the question first.
fn texts(survey: &Survey, item: usize) -> Vec<&str> {
    let item = &survey.items[item];
    let options = survey.scale_of(item).unwrap().options().iter().map(|option| &option.text);
    [&item.text].into_iter().chain(options).map(|text| text.get(Language::Kk)).collect()
}

/// Lets everything be said that is being read; what is marked is what is said.
async fn listen(tablet: &Tablet) -> Heard {
    loop {
        let heard = tablet.heard().await;
        if !heard.speaking {
            heard.assert_silence();
            return heard;
        }
        let last = heard.said.last().unwrap();
        assert_eq!((&heard.marked[..], heard.pressed), (&[last.text.clone()][..], 1));
        assert_eq!((last.voice.as_str(), last.language.as_str()), ("near", "kk-KZ"));
        tablet.finish_speaking().await;
    }
}

#[tokio::test]
async fn a_question_is_read_with_its_options_and_an_option_alone() {
    let (wave, tablet) = lesson(Way::Touch, &[on_the_network("kk"), on_the_device("kk-KZ")]).await;
    tablet.arrive(&wave, 0).await;
    tablet.press("main .hear").await;
    let promises = ["promise_secret", "promise_skip", "promise_time"];
    assert_eq!(listen(&tablet).await.texts(), promises.map(|key| kazakh("pupil", key)));

    tablet.begin("kk", &wave.slip(0, 0)).await;
    let question = texts(&wave.survey, 0);
    tablet.press(QUESTION).await;
    assert_eq!(listen(&tablet).await.texts()[3..], question);
    // The button of an option stops the question and reads the option alone; it chooses nothing.
    tablet.press(QUESTION).await;
    tablet.press(".option:nth-of-type(2) .hear").await;
    let heard = listen(&tablet).await;
    assert_eq!(heard.texts()[7..], [question[0], question[2]]);
    assert_eq!(heard.stopped, 1);
    assert!(tablet.browser.chosen().await.is_empty());
    tablet.browser.close().await;
}

#[tokio::test]
async fn a_page_to_read_is_read_from_its_title_to_its_end() {
    let (wave, tablet) = lesson(Way::Script, &[on_the_device("kk-KZ")]).await;
    let pattern = pattern(&wave.survey, 0);
    let mut screen = tablet.enter(&wave, 0, 0).await;
    while !screen.items.is_empty() {
        answer(&tablet, &screen, &pattern).await;
        screen = tablet.next_screen().await;
    }
    let Page::Reading { title, parts, .. } = &wave.survey.pages[screen.number() - 1] else {
        panic!("{screen:?}")
    };
    let texts = [title].into_iter().chain(parts.iter().map(|part| &part.text));
    let texts: Vec<&str> = texts.map(|text| text.get(Language::Kk)).collect();
    tablet.press(".reading .hear").await;
    assert_eq!(listen(&tablet).await.texts(), texts);
    tablet.browser.close().await;
}

#[tokio::test]
async fn reading_begins_and_stops_by_keyboard_and_stops_on_going_on() {
    let (wave, tablet) = lesson(Way::Keyboard, &[on_the_device("kk-KZ")]).await;
    let pattern = pattern(&wave.survey, 0);
    let screen = tablet.enter(&wave, 0, 0).await;
    let question = texts(&wave.survey, 0);
    tablet.press(QUESTION).await;
    assert_eq!(tablet.heard().await.marked, [question[0]]);
    tablet.finish_speaking().await;
    assert_eq!(tablet.heard().await.marked, [question[1]]);
    tablet.browser.keys(&[Key::Space]).await;
    let heard = tablet.heard().await;
    heard.assert_silence();
    assert_eq!((heard.texts(), heard.stopped), (question[..2].to_vec(), 1));

    tablet.browser.keys(&[Key::Space]).await;
    assert_eq!(tablet.heard().await.marked, [question[0]]);
    going_on_stops_it(&tablet, &screen, &pattern).await;
    tablet.browser.close().await;
}

/// Choosing does not.
async fn going_on_stops_it(
    tablet: &Tablet,
    screen: &Screen,
    pattern: &[survey_definitions::Answer],
) {
    let before = tablet.heard().await;
    answer(tablet, screen, pattern).await;
    tablet.next_screen().await;
    let heard = tablet.heard().await;
    heard.assert_silence();
    assert_eq!((heard.said.len(), heard.stopped), (before.said.len(), before.stopped + 1));
}

#[tokio::test]
async fn only_a_voice_of_the_device_in_the_language_that_is_shown_is_offered() {
    let own = on_the_device("kk-KZ");
    let (wave, tablet) = lesson(Way::Touch, &[own.clone(), on_the_network("ru-RU")]).await;
    tablet.arrive(&wave, 0).await;
    assert_eq!(tablet.hear_buttons().await, 1);
    tablet.begin("kk", &wave.slip(0, 0)).await;
    assert_eq!(tablet.hear_buttons().await, 4, "one for the question, one for each option");
    for (language, buttons) in [("ru", 0), ("en", 0), ("kk", 4)] {
        tablet.speak(language).await;
        assert_eq!(tablet.hear_buttons().await, buttons, "{language}");
    }
    tablet.press(QUESTION).await;
    tablet.speak("ru").await;
    tablet.heard().await.assert_silence();
    tablet.speak("kk").await;
    // Browsers name their voices late.
    tablet.change_voices(&[]).await;
    assert_eq!(tablet.hear_buttons().await, 0);
    tablet.change_voices(&[own]).await;
    assert_eq!(tablet.hear_buttons().await, 4);
    tablet.browser.close().await;
}

#[tokio::test]
async fn without_a_voice_of_the_device_there_is_no_button() {
    let (wave, tablet) = lesson(Way::Script, &[on_the_network("kk-KZ")]).await;
    tablet.enter(&wave, 0, 0).await;
    assert_eq!(tablet.hear_buttons().await, 0);
    tablet.have_voices(&[]).await;
    tablet.enter(&wave, 0, 1).await;
    assert_eq!(tablet.hear_buttons().await, 0);
    tablet.browser.close().await;
}
