//! A pupil who takes no part looks, on the screen and in the counts, like everybody else.

use crate::choices::{answer, answer_all, arrived, counts, declined, pattern};
use crate::tablet::{Screen, Tablet, Way};
use tests::{ClassPlan, Database, OpenWave, kazakh};

#[tokio::test]
async fn who_opts_out_at_the_first_screen_has_as_many_screens_and_the_same_end() {
    opts_out("senim_pupil_junior", 1).await;
}

#[tokio::test]
async fn who_opts_out_in_the_middle_has_as_many_screens_and_the_same_end() {
    opts_out("senim_pupil_senior", 20).await;
}

/// One pupil answers; the next one on the tablet stops at the screen with this number.
async fn opts_out(definition: &str, number: usize) {
    let classes = [ClassPlan::of(12); 2];
    let wave = OpenWave::start(Database::Sqlite, definition, &classes).await;
    let tablet = Tablet::open(Way::Script).await;
    let pattern = pattern(&wave.survey, 0);

    let first = tablet.enter(&wave, 0, 0).await;
    let first_layout = layout(&tablet).await;
    answer(&tablet, &first, &pattern).await;
    let second = tablet.next_screen().await;
    let later_layout = layout(&tablet).await;
    let last = answer_all(&tablet, second, &pattern).await;
    let last_page = page(&tablet).await;
    tablet.next().await;
    let thanks = (tablet.next_screen().await, page(&tablet).await);
    assert_eq!(thanks.0.title, kazakh("pupil", "thanks_title"));

    let mut screen = tablet.enter(&wave, 1, 0).await;
    while screen.number() < number {
        answer(&tablet, &screen, &pattern).await;
        screen = tablet.next_screen().await;
    }
    tablet.browser.wait_until_kept().await;
    let stopped = stop(&tablet, &screen).await;
    for number in number..last.number() {
        let expected = if number == 1 { &first_layout } else { &later_layout };
        assert_eq!(layout(&tablet).await, *expected, "screen {number}");
        assert!(stopped.items.len() == 1 && stopped.items[0].index().is_none(), "{stopped:?}");
        go_on(&tablet, number).await;
        let next = tablet.next_screen().await;
        assert_eq!(next.progress, Some((number + 1, last.number())));
    }
    assert_eq!(page(&tablet).await, last_page);
    tablet.next().await;
    assert_eq!((tablet.next_screen().await, page(&tablet).await), thanks);
    tablet.browser.close().await;
    assert_eq!(arrived(&wave).await, [counts(&wave.survey, &pattern), declined()]);
}

/// Stops; the same screen with a neutral task.
async fn stop(tablet: &Tablet, before: &Screen) -> Screen {
    tablet.press("details.stop summary").await;
    tablet.press("details.stop .danger").await;
    let screen = tablet.next_screen().await;
    assert_eq!(screen.progress, before.progress);
    assert_eq!(tablet.browser.count("details.stop[open]").await, 0);
    screen
}

/// A task can be solved and skipped, like an item.
async fn go_on(tablet: &Tablet, number: usize) {
    if number.is_multiple_of(3) {
        return tablet.press(".skip-item").await;
    }
    tablet.press(".choice input").await;
    assert_eq!(tablet.browser.count(".choice input:checked").await, 1);
    tablet.next().await;
}

#[tokio::test]
async fn who_opts_out_before_the_tasks_are_there_sees_an_item_and_then_a_task() {
    let wave = OpenWave::start(Database::Sqlite, "senim_pupil_junior", &[ClassPlan::of(12)]).await;
    let tablet = Tablet::open(Way::Script).await;
    tablet.arrive(&wave, 0).await;
    let hold = "
        const real = self.fetch;
        const held = new Promise((resolve) => { self.letGo = resolve; });
        self.fetch = async (url, ...rest) => {
            if (String(url).includes('neutral_tasks')) await held;
            return real(url, ...rest);
        };";
    tablet.browser.run(hold, Vec::new()).await;
    let first = tablet.begin("kk", &wave.slip(0, 0)).await;
    let before = stop(&tablet, &first).await;
    assert_eq!(before.title, kazakh("pupil", "task_missing"));
    assert!(before.items.len() == 1 && before.items[0].codes.is_empty(), "{before:?}");
    for part in ["progress", ".skip-item", ".next", "details.stop"] {
        assert_eq!(tablet.browser.count(&format!(".survey {part}")).await, 1, "{part}");
    }
    tablet.browser.run("letGo()", Vec::new()).await;
    let task = tablet.next_screen().await;
    assert_eq!((task.progress, &*task.items[0].name), (first.progress, "task"));
    tablet.browser.close().await;
}

#[tokio::test]
async fn who_takes_part_again_begins_at_the_first_question_with_nothing_chosen() {
    let wave = OpenWave::start(Database::Sqlite, "senim_pupil_junior", &[ClassPlan::of(12)]).await;
    let tablet = Tablet::open(Way::Touch).await;
    let [before, after] = [0, 1].map(|pupil| pattern(&wave.survey, pupil));
    let first = tablet.enter(&wave, 0, 0).await;
    let mut screen = first.clone();
    for _ in 0..3 {
        answer(&tablet, &screen, &before).await;
        screen = tablet.next_screen().await;
    }
    tablet.browser.wait_until_kept().await;
    stop(&tablet, &screen).await;
    tablet.next().await;
    tablet.next_screen().await;
    tablet.press("details.stop summary").await;
    tablet.press("details.stop .second").await;
    let mut screen = tablet.next_screen().await;
    assert_eq!(screen, first);
    while !screen.is_last() {
        assert!(screen.items.iter().all(|item| item.chosen.is_empty()), "{screen:?}");
        answer(&tablet, &screen, &after).await;
        screen = tablet.next_screen().await;
    }
    tablet.next().await;
    tablet.next_screen().await;
    tablet.browser.close().await;
    assert_eq!(arrived(&wave).await, [counts(&wave.survey, &after)]);
}

pub(crate) async fn layout(tablet: &Tablet) -> String {
    let layout = tablet.browser.run(include_str!("layout.js"), Vec::new()).await;
    layout.as_str().unwrap().to_owned()
}

/// Everything on the page, without the marks of these tests.
async fn page(tablet: &Tablet) -> String {
    let script =
        "return document.querySelector('.survey').innerHTML.replaceAll(' data-seen=\"\"', '')";
    tablet.browser.run(script, Vec::new()).await.as_str().unwrap().to_owned()
}
