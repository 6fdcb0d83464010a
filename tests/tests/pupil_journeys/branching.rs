//! The study asks some questions of some pupils only, and from afar nobody can tell of whom.

use crate::choices::{answer, arrived, counts, pattern};
use crate::opting_out::layout;
use crate::tablet::{Tablet, Way};
use survey_definitions::Answer;
use tests::{ClassPlan, Database, OpenWave, kazakh};

/// Items that the youngest and those to whom nothing has happened are not asked.
const NOT_FOR_ALL: [&str; 9] = [
    "upset_how",
    "upset_told",
    "upset_did",
    "self_harm_seen",
    "sexual_seen",
    "sexual_asked",
    "strangers_met",
    "met_who",
    "met_mood",
];

#[tokio::test]
async fn who_is_not_asked_has_as_many_screens_and_a_task_in_the_place_of_each_question() {
    let classes = [ClassPlan::of(12); 2];
    let wave = OpenWave::start(Database::Sqlite, "senim_online_study", &classes).await;
    let survey = &wave.survey;
    let with = |pupil: usize, codes: [(&str, i16); 4]| {
        let mut pattern = pattern(survey, pupil);
        for (id, code) in codes {
            let item = survey.items.iter().position(|item| item.id == id).unwrap();
            pattern[item] = Answer::Code(code);
        }
        pattern
    };
    let asked = with(0, [("age", 17), ("upset", 1), ("strangers_talk", 2), ("strangers_met", 3)]);
    let mut other =
        with(1, [("age", 12), ("upset", 0), ("strangers_talk", 8), ("strangers_met", 1)]);
    let tablet = Tablet::open(Way::Script).await;
    let (screens, layouts) = answers(&tablet, &wave, 0, &asked).await;
    assert!(screens.iter().all(|tasks| *tasks == 0));
    let (with_tasks, others) = answers(&tablet, &wave, 1, &other).await;
    assert_eq!(with_tasks.len(), screens.len());
    assert_eq!(with_tasks.iter().sum::<usize>(), NOT_FOR_ALL.len());
    assert_eq!(layouts, others);
    tablet.browser.close().await;
    for (item, answer) in survey.items.iter().zip(&mut other) {
        if NOT_FOR_ALL.contains(&item.id.as_str()) {
            *answer = Answer::NotReached;
        }
    }
    assert_eq!(arrived(&wave).await, [counts(survey, &asked), counts(survey, &other)]);
}

/// Of each screen how many neutral tasks it shows, and how the last one that is for some alone is
/// laid out.
async fn answers(
    tablet: &Tablet,
    wave: &OpenWave,
    class: usize,
    pattern: &[Answer],
) -> (Vec<usize>, String) {
    let mut screen = tablet.enter(wave, class, 0).await;
    tablet.browser.wait_until_kept().await;
    let met = wave.survey.pages.len();
    let met = (1..=met).rev().find(|number| shows(wave, *number, "met_mood")).unwrap();
    let (mut tasks, mut seen) = (Vec::new(), String::new());
    while !screen.is_last() {
        tasks.push(screen.items.iter().filter(|item| item.index().is_none()).count());
        if screen.number() == met {
            seen = layout(tablet).await;
        }
        answer(tablet, &screen, pattern).await;
        let next = tablet.next_screen().await;
        assert_eq!(next.number(), screen.number() + 1);
        screen = next;
    }
    tablet.next().await;
    assert_eq!(tablet.next_screen().await.title, kazakh("pupil", "thanks_title"));
    (tasks, seen)
}

fn shows(wave: &OpenWave, screen: usize, id: &str) -> bool {
    let page = wave.survey.pages.get(screen - 1);
    matches!(page, Some(survey_definitions::Page::Items { items }) if items.iter().any(|one| one == id))
}
