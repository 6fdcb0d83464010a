//! Two versions of a definition: which items stay comparable, and why others do not. An item is
//! comparable while its wording, its options, whom it is asked of and what stands before it stay
//! as they were: in Norway moving items in front of one question changed the national figure from
//! 6.8 % to 4.2 % between 2012 and 2013, and the trend was lost.

mod recall;
mod standing;

use serde_json::Value;
use std::fmt;
use survey_definitions::{Item, Language, Mistake, ScaleKind, Survey, Text};

/// What became of the items and indicators of a definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// Items with the version since which they are comparable.
    pub comparable: Vec<(String, u32)>,
    /// Items that are no longer, with every reason.
    pub changed: Vec<(String, Vec<Reason>)>,
    pub new: Vec<String>,
    pub gone: Vec<String>,
    /// Indicators whose numbers may be put beside those of the old version.
    pub indicators: Vec<String>,
    /// What the new version says of itself that is not so.
    pub wrong: Vec<Mistake>,
}

/// Why an item is not comparable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// Its text, in these languages.
    Wording(Vec<Language>),
    /// The time that it asks about.
    RecallPeriod,
    /// What can be answered, how that is worded, or in which order it stands.
    Options,
    /// What stands before it.
    Order(String),
    /// Of whom it is asked.
    Condition,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Wording(languages) => {
                let codes: Vec<&str> = languages.iter().map(|one| one.code()).collect();
                write!(f, "wording ({})", codes.join(", "))
            }
            Self::RecallPeriod => f.write_str("recall period"),
            Self::Options => f.write_str("options"),
            Self::Order(what) => write!(f, "order ({what})"),
            Self::Condition => f.write_str("condition"),
        }
    }
}

/// Compares a version with one before it.
pub fn compare(old: &Survey, new: &Survey) -> Comparison {
    let mut found = Comparison {
        comparable: Vec::new(),
        changed: Vec::new(),
        new: Vec::new(),
        gone: Vec::new(),
        indicators: Vec::new(),
        wrong: Vec::new(),
    };
    for (position, item) in new.items.iter().enumerate() {
        let place = format!("items[{position}].comparable_since");
        let Some(before) = old.item(&item.id) else {
            found.new.push(item.id.clone());
            found.expect(place, item, new.version, "it is new");
            continue;
        };
        let reasons = reasons(old, before, new, item);
        if reasons.is_empty() {
            found.expect(place, item, before.comparable_since, "nothing changed");
            found.comparable.push((item.id.clone(), before.comparable_since));
        } else {
            found.expect(place, item, new.version, "it is not comparable with the version before");
            found.changed.push((item.id.clone(), reasons));
        }
    }
    let gone = old.items.iter().filter(|item| new.item(&item.id).is_none());
    found.gone = gone.map(|item| item.id.clone()).collect();
    found.indicators = kept_indicators(old, new, &found.comparable);
    found
}

impl Comparison {
    fn expect(&mut self, place: String, item: &Item, since: u32, why: &str) {
        if item.comparable_since != since {
            let said = item.comparable_since;
            let problem = format!("{:?} says {said}, must be {since}: {why}", item.id);
            self.wrong.push(Mistake { place, problem });
        }
    }
}

fn reasons(old: &Survey, before: &Item, new: &Survey, item: &Item) -> Vec<Reason> {
    let mut reasons = Vec::new();
    let languages = reworded(&before.text, &item.text);
    if !languages.is_empty() {
        let same_time =
            languages.iter().all(|one| recall::same(before.text.get(*one), item.text.get(*one)));
        reasons.push(Reason::Wording(languages));
        if !same_time {
            reasons.push(Reason::RecallPeriod);
        }
    }
    let [scale_before, scale] =
        [(old, before), (new, item)].map(|(survey, item)| survey.scale_of(item));
    let same_options = match (scale_before, scale) {
        (Some(before), Some(now)) => same_options(&before.kind, &now.kind),
        _ => false,
    };
    if !same_options || before.shuffled != item.shuffled {
        reasons.push(Reason::Options);
    }
    reasons.extend(standing::changed(old, new, &item.id).map(Reason::Order));
    if before.shown_when != item.shown_when {
        reasons.push(Reason::Condition);
    }
    reasons
}

/// The languages of both in which a text is not the same. How far it was checked, and how it is
/// read aloud, is no matter.
pub(super) fn reworded(before: &Text, now: &Text) -> Vec<Language> {
    let both =
        before.0.iter().filter_map(|(language, text)| Some((language, text, now.0.get(language)?)));
    let changed = both.filter(|(_, text, other)| text.text != other.text);
    changed.map(|(language, ..)| *language).collect()
}

fn same_options(before: &ScaleKind, now: &ScaleKind) -> bool {
    use ScaleKind::{Many, Number, One};
    let same = |before: &Text, now: &Text| reworded(before, now).is_empty();
    match (before, now) {
        (One { options: before }, One { options: now })
        | (Many { options: before }, Many { options: now }) => {
            // Everything of an option but its text.
            let one = |option: &survey_definitions::Choice| {
                let mut fields = serde_json::to_value(option).unwrap_or_default();
                fields.as_object_mut().map(|fields| fields.remove("text"));
                fields
            };
            before.iter().map(one).eq(now.iter().map(one))
                && before.iter().zip(now).all(|(one, other)| same(&one.text, &other.text))
        }
        (
            Number { lowest, highest, lowest_text, highest_text },
            Number { lowest: l, highest: h, lowest_text: lt, highest_text: ht },
        ) => (lowest, highest) == (l, h) && same(lowest_text, lt) && same(highest_text, ht),
        _ => false,
    }
}

/// Indicators that are computed as before from items that all stayed comparable.
fn kept_indicators(old: &Survey, new: &Survey, comparable: &[(String, u32)]) -> Vec<String> {
    let stays = |id: &str| comparable.iter().any(|(item, _)| item == id);
    // Labels are for readers; what is computed is the rest.
    let computed = |survey: &Survey, id: &str| {
        let measure = &survey.indicator(id)?.measure;
        serde_json::to_value(measure).ok().map(without_labels)
    };
    let kept = new.indicators.iter().filter(|indicator| {
        indicator.measure.items().into_iter().all(stays)
            && computed(old, &indicator.id)
                .is_some_and(|one| Some(one) == computed(new, &indicator.id))
    });
    kept.map(|indicator| indicator.id.clone()).collect()
}

fn without_labels(mut measure: Value) -> Value {
    if let Some(parts) = measure.get_mut("parts").and_then(Value::as_array_mut) {
        for part in parts.iter_mut().filter_map(Value::as_object_mut) {
            part.remove("label");
        }
    }
    measure
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (item, since) in &self.comparable {
            writeln!(f, "{item}: comparable since {since}")?;
        }
        for (item, reasons) in &self.changed {
            let reasons: Vec<String> = reasons.iter().map(Reason::to_string).collect();
            writeln!(f, "{item}: not comparable: {}", reasons.join("; "))?;
        }
        for (what, items) in [("new", &self.new), ("gone", &self.gone)] {
            for item in items {
                writeln!(f, "{item}: {what}")?;
            }
        }
        let items = self.comparable.len();
        let all = items + self.changed.len() + self.new.len();
        writeln!(f, "{items} of {all} items are comparable")?;
        write!(f, "indicators that are comparable: {}", self.indicators.join(" "))
    }
}
