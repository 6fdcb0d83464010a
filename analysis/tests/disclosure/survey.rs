//! A small definition with every kind of indicator that a release can hold.

use crate::country::Pupil;
use serde_json::{Value, json};
use survey_definitions::{Answer, Answers, Response, Survey};

/// Items in their order: codes of `sex` are 1 for girls and 2 for boys.
const ITEMS: [(&str, &str, bool); 7] = [
    ("sex", "sex", false),
    ("bullied", "five", false),
    ("touched", "five", true),
    ("told", "two", false),
    ("lessons", "four", false),
    ("safe", "five", false),
    ("belongs", "five", false),
];

/// An indicator as the tests count it on their own.
pub(crate) struct Indicator {
    pub(crate) id: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) sensitive: bool,
    /// Thousandths of a pupil that count: 0 or 1000, or between for a mean. `None` without a
    /// valid answer, or out of the condition.
    pub(crate) of: fn(&Pupil) -> Option<i64>,
}

/// The smallest group that `chronic` is shown for.
pub(crate) const PUBLISHED_FROM: usize = 40;

pub(crate) const INDICATORS: [Indicator; 9] = [
    share("any", "share", false, |pupil| yes(pupil.bullied, |code| code >= 1)),
    share("chronic", "share", false, |pupil| yes(pupil.bullied, |code| code >= 2)),
    share("climate", "mean", false, |pupil| Some((pupil.safe? + pupil.belongs?) as i64 * 125)),
    share("reach.none", "part", false, |pupil| yes(pupil.lessons, |code| code == 0)),
    share("reach.one_two", "part", false, |pupil| yes(pupil.lessons, |code| code == 1)),
    share("reach.six", "part", false, |pupil| yes(pupil.lessons, |code| code == 3)),
    share("reach.three_five", "part", false, |pupil| yes(pupil.lessons, |code| code == 2)),
    share("told", "conditional", false, |pupil| {
        yes(pupil.told.filter(|_| pupil.bullied >= Some(1)), |code| code == 1)
    }),
    share("touched", "share", true, |pupil| yes(pupil.touched, |code| code >= 1)),
];

const fn share(
    id: &'static str,
    kind: &'static str,
    sensitive: bool,
    of: fn(&Pupil) -> Option<i64>,
) -> Indicator {
    Indicator { id, kind, sensitive, of }
}

fn yes(code: Option<i16>, of: impl Fn(i16) -> bool) -> Option<i64> {
    code.map(|code| if of(code) { 1000 } else { 0 })
}

fn text(text: &str) -> Value {
    json!({ "en": { "text": text, "review": "drafted" } })
}

fn scale(id: &str, codes: &[(i16, &str)]) -> Value {
    let option =
        |(code, name): &(i16, &str)| json!({ "code": code, "name": name, "text": text(name) });
    json!({ "id": id, "kind": "one", "options": codes.iter().map(option).collect::<Vec<_>>() })
}

fn indicator(id: &str, measure: Value) -> Value {
    json!({ "id": id, "label": text(id), "measure": measure })
}

fn codes(item: &str, codes: &[i16]) -> Value {
    json!({ "kind": "codes", "item": item, "codes": codes })
}

fn indicators() -> Vec<Value> {
    let often = codes("bullied", &[1, 2, 3, 4]);
    let part = |id: &str, code: i16| {
        let of = codes("lessons", &[code]);
        json!({ "id": id, "label": text(id), "of": of })
    };
    let parts = [part("none", 0), part("one_two", 1), part("three_five", 2), part("six", 3)];
    let items = json!([{ "item": "safe" }, { "item": "belongs" }]);
    let mut chronic =
        indicator("chronic", json!({ "kind": "share", "of": codes("bullied", &[2, 3, 4]) }));
    chronic["published_from"] = json!(PUBLISHED_FROM);
    vec![
        chronic,
        indicator("any", json!({ "kind": "share", "of": often })),
        indicator("touched", json!({ "kind": "share", "of": codes("touched", &[1, 2, 3, 4]) })),
        indicator("told", json!({ "kind": "share", "of": codes("told", &[1]), "among": often })),
        indicator("reach", json!({ "kind": "shares", "parts": parts })),
        indicator("climate", json!({ "kind": "mean", "items": items, "at_least": 2, "times": 25 })),
    ]
}

pub(crate) fn survey() -> Survey {
    let items = ITEMS.map(|(id, scale, sensitive)| {
        json!({
            "id": id, "concept": id, "sensitive": sensitive, "need": "core",
            "comparable_since": 1, "scale": scale, "text": text(id), "source": "test",
            "licence": "CC-BY-4.0",
        })
    });
    let five = [(0, "none"), (1, "one"), (2, "two"), (3, "three"), (4, "four")];
    let definition = json!({
        "id": "small", "version": 1, "form": "senior", "languages": ["en"],
        "title": text("Small"), "source": "test", "licence": "CC-BY-4.0",
        "sex": { "item": "sex", "girl": 1, "boy": 2 },
        "scales": [
            scale("sex", &[(1, "girl"), (2, "boy")]), scale("five", &five),
            scale("four", &five[..4]), scale("two", &five[..2]),
        ],
        "items": items,
        "pages": [{ "kind": "items", "items": ITEMS.map(|(id, ..)| id) }],
        "indicators": indicators(),
    });
    Survey::parse(&definition.to_string()).unwrap_or_else(|mistakes| panic!("{mistakes}"))
}

/// What the pupil's tablet sends.
pub(crate) fn response(pupil: &Pupil) -> Response {
    if !pupil.takes_part {
        return Response::Declined;
    }
    let Pupil { sex, bullied, touched, told, lessons, safe, belongs, .. } = *pupil;
    let answers = [sex, bullied, touched, told, lessons, safe, belongs];
    Response::Answered(Answers(
        answers.map(|code| code.map_or(Answer::DoNotWant, Answer::Code)).to_vec(),
    ))
}
