//! What a pupil chooses, and what must arrive of it.

use crate::tablet::{Screen, Tablet};
use std::collections::BTreeMap;
use survey_definitions::{Answer, Answers, Response, ScaleKind, Survey};
use tests::{OpenWave, answers};

/// Item, code as in a file of tallies, and how many answered so.
pub(crate) type Counts = BTreeMap<(String, String), u32>;

/// An answer to every item, another one for each pupil; of many options two that go together.
pub(crate) fn pattern(survey: &Survey, pupil: usize) -> Vec<Answer> {
    let Response::Answered(Answers(mut pattern)) = answers(survey, pupil) else { unreachable!() };
    for (item, answer) in survey.items.iter().zip(&mut pattern) {
        let options = survey.scale_of(item).unwrap().options();
        let together: u32 = options.iter().filter(|one| !one.none).map(|one| one.bit()).sum();
        if let Answer::Many(bits) = answer
            && *bits & together != 0
        {
            let others = together & !*bits;
            *bits |= 1 << others.trailing_zeros();
        }
    }
    pattern
}

/// The codes that are chosen for an answer, in this order.
fn codes(answer: Answer) -> Vec<i16> {
    match answer {
        Answer::NotReached | Answer::DoNotWant => Vec::new(),
        Answer::Code(code) => vec![code],
        Answer::Many(bits) => (0..31).filter(|code| bits & (1 << code) != 0).collect(),
    }
}

/// Answers a screen and goes on. Nothing is chosen on a screen to read, the first option of a
/// neutral task; an item that one does not want to answer is skipped.
pub(crate) async fn answer(tablet: &Tablet, screen: &Screen, pattern: &[Answer]) {
    for item in &screen.items {
        match item.index().map(|index| pattern[index]) {
            None => tablet.choose(item, item.codes[0]).await,
            Some(Answer::DoNotWant) => return tablet.press(".skip-item").await,
            Some(answer) => {
                for code in codes(answer) {
                    tablet.choose(item, code).await;
                }
            }
        }
    }
    tablet.next().await;
}

/// Answers every screen from this one on; the last one, where one sends.
pub(crate) async fn answer_all(tablet: &Tablet, first: Screen, pattern: &[Answer]) -> Screen {
    let mut screen = first;
    while !screen.is_last() {
        answer(tablet, &screen, pattern).await;
        let next = tablet.next_screen().await;
        let (now, total) = screen.progress.unwrap();
        assert_eq!(next.progress, Some((now + 1, total)), "after {screen:?}");
        screen = next;
    }
    screen
}

/// What the tallies of a class are after one pupil's answers.
pub(crate) fn counts(survey: &Survey, pattern: &[Answer]) -> Counts {
    let mut counts = vec![("status".to_owned(), "answered".to_owned())];
    for (item, answer) in survey.items.iter().zip(pattern) {
        let scale = survey.scale_of(item).unwrap();
        let code = |code: i16| match answer {
            Answer::NotReached => String::new(),
            Answer::DoNotWant => "-1".to_owned(),
            Answer::Code(_) | Answer::Many(_) => code.to_string(),
        };
        let chosen = codes(*answer);
        match scale.kind {
            ScaleKind::Many { .. } => counts.extend(scale.options().iter().map(|option| {
                let name = option.name.as_deref().unwrap();
                let is_chosen = chosen.contains(&option.code);
                (format!("{}_{name}", item.id), code(i16::from(is_chosen)))
            })),
            ScaleKind::One { .. } | ScaleKind::Number { .. } => {
                counts.push((item.id.clone(), code(chosen.first().copied().unwrap_or_default())));
            }
        }
    }
    counts.into_iter().map(|key| (key, 1)).collect()
}

/// The same of a pupil who took no part.
pub(crate) fn declined() -> Counts {
    Counts::from([(("status".to_owned(), "declined".to_owned()), 1)])
}

/// Closes the wave; what has arrived from each of its classes.
pub(crate) async fn arrived(wave: &OpenWave) -> Vec<Counts> {
    wave.close().await;
    let tallies = wave.with_key("tallies").expect_success().stdout;
    let of_class = |code: &str| {
        let rows = csv::Reader::from_reader(tallies.as_bytes()).into_records();
        let rows = rows.map(Result::unwrap).filter(|row| row[0] == *"class" && row[1] == *code);
        let counts = rows.map(|row| ((row[2].to_owned(), row[3].to_owned()), row[4].parse()));
        counts.map(|(key, n)| (key, n.unwrap())).filter(|(_, n)| *n > 0).collect()
    };
    wave.classes.iter().map(|class| of_class(&class.code)).collect()
}
