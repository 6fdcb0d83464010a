//! The language can be changed at any screen.

use crate::choices::{answer, answer_all, arrived, counts, pattern};
use crate::tablet::{Screen, Tablet, Way};
use survey_definitions::{Answer, Language};
use tests::{ClassPlan, Database, OpenWave};

/// The item at which the language changes, from 0.
const ITEM: usize = 4;

#[tokio::test]
async fn a_change_of_language_in_the_middle_loses_no_answer() {
    let wave = OpenWave::start(Database::Sqlite, "senim_pupil_junior", &[ClassPlan::of(12)]).await;
    let tablet = Tablet::open(Way::Touch).await;
    let pattern = pattern(&wave.survey, 0);
    let mut screen = tablet.enter(&wave, 0, 0).await;
    for _ in 0..ITEM {
        answer(&tablet, &screen, &pattern).await;
        screen = tablet.next_screen().await;
    }
    let Answer::Code(code) = pattern[ITEM] else { unreachable!() };
    tablet.choose(&screen.items[0], code).await;
    let screen = in_another_language(&wave, &tablet, &screen, Language::Ru, code).await;
    let screen = in_another_language(&wave, &tablet, &screen, Language::En, code).await;
    // What is spoken already is no change: the screen stays as it is.
    tablet.press(".language[lang=en]").await;
    tablet.next().await;
    assert_eq!(tablet.next_screen().await.number(), screen.number() + 1);
    tablet.press(".steps .second").await;
    let screen = tablet.next_screen().await;
    assert_eq!(screen.items[0].chosen, [code]);
    tablet.next().await;
    let screen = tablet.next_screen().await;
    answer_all(&tablet, screen, &pattern).await;
    tablet.next().await;
    tablet.next_screen().await;
    tablet.browser.close().await;
    assert_eq!(arrived(&wave).await, [counts(&wave.survey, &pattern)]);
}

/// The same screen in a language that it was not in before, with its answer.
async fn in_another_language(
    wave: &OpenWave,
    tablet: &Tablet,
    before: &Screen,
    language: Language,
    code: i16,
) -> Screen {
    let screen = tablet.speak(language.code()).await.unwrap();
    assert_eq!(screen.progress, before.progress);
    assert_eq!(screen.title, wave.survey.items[ITEM].text.get(language));
    assert_eq!(screen.items[0].chosen, [code]);
    screen
}
