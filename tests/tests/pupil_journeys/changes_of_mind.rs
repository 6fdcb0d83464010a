//! Going back, choosing anew, not wanting to answer.

use crate::choices::{answer, answer_all, arrived, counts, pattern};
use crate::tablet::{ItemShown, Screen, Tablet, Way};
use survey_definitions::{Answer, Answers, Response};
use tests::{ClassPlan, Database, OpenWave, kazakh};

#[tokio::test]
async fn the_last_choice_counts_and_not_wanting_to_answer_is_not_the_same_as_not_reaching() {
    let classes = [ClassPlan::of(12); 2];
    let wave = OpenWave::start(Database::Sqlite, "senim_pupil_junior", &classes).await;
    let tablet = Tablet::open(Way::Touch).await;
    let mut wanted = pattern(&wave.survey, 0);
    let screen = tablet.enter(&wave, 0, 0).await;
    let screen = chooses_anew(&tablet, screen, &mut wanted).await;
    let screen = skips_two_and_answers_one_after_all(&tablet, screen, &mut wanted).await;
    answer_all(&tablet, screen, &wanted).await;
    tablet.next().await;
    tablet.next_screen().await;
    tablet.browser.close().await;

    let mut unfinished = pattern(&wave.survey, 1);
    unfinished[1] = Answer::DoNotWant;
    unfinished[2] = Answer::NotReached;
    wave.answer(1, 0, &Response::Answered(Answers(unfinished.clone()))).await;
    let expected = [wanted, unfinished].map(|pattern| counts(&wave.survey, &pattern));
    assert_eq!(arrived(&wave).await, expected);
}

/// On the screen itself, and on coming back to it.
async fn chooses_anew(tablet: &Tablet, screen: Screen, wanted: &mut [Answer]) -> Screen {
    let item = &screen.items[0];
    let [first, second, third] = item.codes[..] else { unreachable!() };
    tablet.choose(item, first).await;
    tablet.choose(item, second).await;
    tablet.next().await;
    tablet.next_screen().await;
    tablet.press(".steps .second").await;
    let screen = tablet.next_screen().await;
    assert_eq!(screen.items[0].chosen, [second]);
    tablet.choose(&screen.items[0], third).await;
    tablet.next().await;
    wanted[0] = Answer::Code(third);
    tablet.next_screen().await
}

/// Nothing chosen goes nowhere; two are skipped and one of them is come back to.
async fn skips_two_and_answers_one_after_all(
    tablet: &Tablet,
    screen: Screen,
    wanted: &mut [Answer],
) -> Screen {
    tablet.next().await;
    let told = tablet.browser.text_of("main [role=alert]").await;
    assert_eq!(told, kazakh("pupil", "answer_first"));
    assert_eq!(screen.items[0].index(), Some(1));
    (wanted[1], wanted[2]) = (Answer::DoNotWant, Answer::DoNotWant);
    for _ in 0..2 {
        tablet.press(".skip-item").await;
        tablet.next_screen().await;
    }
    tablet.press(".steps .second").await;
    let screen = tablet.next_screen().await;
    assert!(screen.items[0].chosen.is_empty(), "{screen:?}");
    let told = tablet.browser.text_of("fieldset.item").await;
    assert!(told.contains(&kazakh("pupil", "did_not_want")), "{told}");
    let code = screen.items[0].codes[0];
    wanted[2] = Answer::Code(code);
    answer(tablet, &screen, wanted).await;
    tablet.next_screen().await
}

#[tokio::test]
async fn of_many_options_one_that_says_none_excludes_the_others() {
    let wave = OpenWave::start(Database::Sqlite, "senim_pupil_junior", &[ClassPlan::of(12)]).await;
    let tablet = Tablet::open(Way::Keyboard).await;
    let mut wanted = pattern(&wave.survey, 0);
    let many = wave.survey.items.iter().position(|item| item.id == "where").unwrap();
    let options = wave.survey.scale_of(&wave.survey.items[many]).unwrap().options();
    let none = options.iter().find(|option| option.none).unwrap().code;
    let [one, other] = [options[0].code, options[1].code];

    let mut screen = tablet.enter(&wave, 0, 0).await;
    while screen.items.first().and_then(ItemShown::index) != Some(many) {
        answer(&tablet, &screen, &wanted).await;
        screen = tablet.next_screen().await;
    }
    for (code, chosen) in [
        (one, vec![one]),
        (other, vec![one, other]),
        (none, vec![none]),
        (none, vec![]),
        (other, vec![other]),
        (one, vec![one, other]),
        (other, vec![one]),
    ] {
        tablet.choose(&screen.items[0], code).await;
        let chosen: Vec<_> =
            chosen.iter().map(|code: &i16| format!("item-{many} {code}")).collect();
        assert_eq!(tablet.browser.chosen().await, chosen, "after {code}");
    }
    tablet.next().await;
    wanted[many] = Answer::Many(1 << one);
    let screen = tablet.next_screen().await;
    answer_all(&tablet, screen, &wanted).await;
    tablet.next().await;
    tablet.next_screen().await;
    tablet.browser.close().await;
    assert_eq!(arrived(&wave).await, [counts(&wave.survey, &wanted)]);
}
