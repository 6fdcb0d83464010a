//! Whether two wordings ask about the same time.

/// Beginnings of words for spans of time and for what bounds them, in Kazakh, Russian and
/// English. Kazakh and Russian inflect, so beginnings are compared.
const TIMES: [&str; 41] = [
    "day",
    "week",
    "month",
    "year",
    "term",
    "quarter",
    "past",
    "last",
    "ever",
    "today",
    "yesterday",
    "couple",
    "since",
    "lifetime",
    "күн",
    "апта",
    "ай",
    "жыл",
    "тоқсан",
    "соңғы",
    "өткен",
    "бүгін",
    "кеше",
    "бұрын",
    "ешқашан",
    "осы",
    "дн",
    "ден",
    "недел",
    "месяц",
    "год",
    "лет",
    "четверт",
    "последн",
    "прошл",
    "сегодня",
    "вчера",
    "когда-либо",
    "никогда",
    "полугод",
    "this",
];

/// Whether both name the same times, in the same order.
pub(super) fn same(before: &str, now: &str) -> bool {
    times(before) == times(now)
}

/// Words for time, each with the number before it.
fn times(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let words =
        lower.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|word| !word.is_empty());
    let mut times = Vec::new();
    let mut before = "";
    for word in words {
        if let Some(time) = TIMES.iter().find(|time| is_time(word, time)) {
            if before.chars().all(|c| c.is_ascii_digit()) {
                times.push(before.to_owned());
            }
            times.push((*time).to_owned());
        }
        before = word;
    }
    times
}

/// Short beginnings are whole words or nearly: "ай" is a month, "айт" is to say.
fn is_time(word: &str, time: &str) -> bool {
    let rest = word.strip_prefix(time).map(|rest| rest.chars().count());
    match time.chars().count() {
        0..=3 => rest.is_some_and(|rest| rest <= 3) && !["айт", "дне"].contains(&word),
        _ => rest.is_some(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_time_is_another_recall_period() {
        for (before, now) in [
            ("How often in the last 12 months?", "How often in the last 30 days?"),
            ("Соңғы екі айда", "Соңғы бір жылда"),
            ("За последние 12 месяцев", "За последние 6 месяцев"),
        ] {
            assert!(!same(before, now), "{before}");
        }
    }

    #[test]
    fn other_words_about_the_same_time_are_not() {
        for (before, now) in [
            (
                "In the past 12 months, were you mocked?",
                "In the past 12 months, did anybody mock you?",
            ),
            ("За последний месяц тебя дразнили?", "За последний месяц тебя обзывали?"),
        ] {
            assert!(same(before, now), "{before}");
        }
    }
}
