//! Weaknesses put into a release on purpose, from the exact counts that it must not hold.

use crate::country::{Class, Pupil};
use crate::publisher::{counts, groups};
use crate::survey::INDICATORS;
use analysis::wilson;
use serde_json::{Value, json};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weakness {
    /// The valid answers of every shown cell.
    ExactAnswers,
    /// Intervals made from the count itself.
    ExactIntervals,
    /// The number in the condition of every shown conditional share.
    ConditionalAnswers,
}

impl Weakness {
    pub(crate) const ALL: [Self; 3] =
        [Self::ExactAnswers, Self::ExactIntervals, Self::ConditionalAnswers];

    /// The release with the weakness.
    pub(crate) fn plant(self, release: &str, classes: &[Class], wave: usize) -> String {
        let groups = groups(classes);
        let mut lines: Vec<Value> =
            release.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        for line in &mut lines[1..] {
            let group = groups
                .iter()
                .find(|group| line["level"] == group.level && line["group"] == group.id);
            let group = group.unwrap();
            self.put_in(line, group.pupils(wave).collect());
            for (what, part, code) in [("sex", "girl", 1), ("sex", "boy", 2)] {
                let pupils = group.pupils(wave).filter(|pupil| pupil.sex == Some(code));
                if let Some(table) =
                    line.get_mut("by").and_then(|by| by.get_mut(what)?.get_mut(part))
                {
                    self.put_in(table, pupils.collect());
                }
            }
            let Some(Value::Object(languages)) =
                line.get_mut("by").and_then(|by| by.get_mut("language"))
            else {
                continue;
            };
            for (language, table) in languages {
                let mine = group.classes.iter().filter(|class| class.place.language == *language);
                self.put_in(table, mine.flat_map(|class| &class.waves[wave]).collect());
            }
        }
        lines.iter().map(Value::to_string).collect::<Vec<_>>().join("\n")
    }

    fn put_in(self, table: &mut Value, pupils: Vec<&Pupil>) {
        for indicator in &INDICATORS {
            let Some(cell) = table["cells"].get_mut(indicator.id) else { continue };
            if cell["kind"] != "band" {
                continue;
            }
            let [v, hits] = counts(indicator, pupils.iter().copied());
            match self {
                Self::ExactAnswers => cell["n"] = json!(v),
                Self::ConditionalAnswers if indicator.kind == "conditional" => cell["n"] = json!(v),
                Self::ExactIntervals if indicator.kind != "mean" => {
                    let (low, high) = wilson((hits / 1000) as u32, v as u32).unwrap();
                    let tenth = |end: f64| (end * 1000.0).round() / 10.0;
                    cell["interval"] = json!([tenth(low), tenth(high)]);
                }
                _ => {}
            }
        }
    }
}
