//! A small publisher of its own, written from the rules for releases: every rule but the policy
//! width, which is what makes it one of the planted weaknesses.

use crate::country::{Class, Pupil};
use crate::survey::{INDICATORS, Indicator, PUBLISHED_FROM};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// A group before anything of it is hidden.
pub(crate) struct Group<'c> {
    pub(crate) level: &'static str,
    pub(crate) id: String,
    pub(crate) classes: Vec<&'c Class>,
}

const BANDS: [[u32; 2]; 3] = [[5, 6], [7, 9], [10, 12]];

/// All groups, small levels first; a grade or band that is all of the next group is left out.
pub(crate) fn groups(classes: &[Class]) -> Vec<Group<'_>> {
    let mut found: BTreeMap<(usize, String), Vec<&Class>> = BTreeMap::new();
    for class in classes {
        let place = &class.place;
        let grade: u32 = place.grade.parse().unwrap();
        let [low, high] = BANDS.into_iter().find(|band| grade <= band[1]).unwrap();
        let ids = [
            place.class.clone(),
            format!("{}/{grade}", place.school),
            format!("{}/{low}-{high}", place.school),
            place.school.clone(),
            place.district.clone(),
            place.region.clone(),
            "nation".to_owned(),
        ];
        for (level, id) in ids.into_iter().enumerate() {
            found.entry((level, id)).or_default().push(class);
        }
    }
    const LEVELS: [&str; 7] = ["class", "grade", "band", "school", "district", "region", "nation"];
    let distinct = |classes: &[&Class], of: fn(&Class) -> &str| {
        classes.iter().map(|class| of(class)).collect::<BTreeSet<_>>().len()
    };
    let kept = found.iter().filter(|((level, id), classes)| match level {
        1 => classes.len() > 1,
        2 => {
            let school = &found[&(3, id.split_once('/').unwrap().0.to_owned())];
            distinct(classes, |class| &class.place.grade) > 1 && school.len() > classes.len()
        }
        _ => true,
    });
    kept.map(|((level, id), classes)| Group {
        level: LEVELS[*level],
        id: id.clone(),
        classes: classes.clone(),
    })
    .collect()
}

/// Exact counts of one indicator in some pupils: answers, and thousandths of hits.
pub(crate) fn counts<'p>(
    indicator: &Indicator,
    pupils: impl Iterator<Item = &'p Pupil>,
) -> [i64; 2] {
    pupils.filter_map(|pupil| (indicator.of)(pupil)).fold([0; 2], |[v, h], hit| [v + 1, h + hit])
}

impl Group<'_> {
    pub(crate) fn pupils(&self, wave: usize) -> impl Iterator<Item = &Pupil> {
        self.classes.iter().flat_map(move |class| &class.waves[wave])
    }

    fn schools(&self) -> usize {
        self.classes.iter().map(|class| &class.place.school).collect::<BTreeSet<_>>().len()
    }

    fn is_above_school(&self) -> bool {
        ["district", "region", "nation"].contains(&self.level)
    }

    /// Why nothing of the group is shown.
    fn hidden(&self, wave: usize) -> Option<&'static str> {
        let n = self.pupils(wave).count();
        let too_many = |class: &Class| class.waves[wave].len() > class.place.enrolment as usize;
        match () {
            () if n < 10 => Some("few_respondents"),
            () if self.is_above_school() && self.schools() < 3 => Some("few_schools"),
            () if self.level == "class" && too_many(self.classes[0]) => {
                Some("more_responses_than_enrolment")
            }
            () => None,
        }
    }
}

/// The release of a wave by every rule for single groups, as JSON Lines.
pub(crate) fn publish(classes: &[Class], wave: usize) -> String {
    let groups = groups(classes);
    let kinds = INDICATORS.iter().map(|one| (one.id.to_owned(), json!({ "kind": one.kind })));
    let header = json!({
        "schema": 2, "wave": format!("wave{wave}"), "definition": { "id": "small" },
        "indicators": Value::Object(kinds.collect()),
    });
    let lines = groups.iter().map(|group| line(group, &groups, wave).to_string());
    std::iter::once(header.to_string()).chain(lines).collect::<Vec<_>>().join("\n")
}

fn line(group: &Group<'_>, all: &[Group<'_>], wave: usize) -> Value {
    let (n, small) = (group.pupils(wave).count(), is_class_level(group, all, wave));
    let table = |pupils: Vec<&Pupil>, hidden: Option<&str>| {
        table(&pupils, group.classes.len(), small, hidden)
    };
    let mut line = table(group.pupils(wave).collect(), group.hidden(wave));
    let mut by = Map::new();
    if n >= 100 && group.classes.len() >= 3 && group.hidden(wave).is_none() {
        let sexes = [("girl", 1), ("boy", 2)].map(|(name, code)| {
            let pupils = group.pupils(wave).filter(|pupil| pupil.sex == Some(code));
            let pupils: Vec<&Pupil> = pupils.collect();
            let hidden = (pupils.len() < 10).then_some("few_respondents");
            (name.to_owned(), table(pupils, hidden))
        });
        by.insert("sex".to_owned(), Value::Object(sexes.into_iter().collect()));
    }
    if group.is_above_school() && group.hidden(wave).is_none() {
        by.insert("language".to_owned(), by_language(group, all, wave));
    }
    line["level"] = json!(group.level);
    line["group"] = json!(group.id);
    line["by"] = Value::Object(by);
    line
}

fn by_language(group: &Group<'_>, all: &[Group<'_>], wave: usize) -> Value {
    let languages: BTreeSet<&String> =
        group.classes.iter().map(|class| &class.place.language).collect();
    let part = |language: &String| {
        let mine = group.classes.iter().filter(|class| class.place.language == *language);
        let part =
            Group { level: group.level, id: String::new(), classes: mine.copied().collect() };
        let small = is_class_level(&part, all, wave);
        let table = table(
            &part.pupils(wave).collect::<Vec<_>>(),
            part.classes.len(),
            small,
            part.hidden(wave),
        );
        (language.clone(), table)
    };
    Value::Object(languages.into_iter().map(part).collect())
}

/// Fewer than 3 classes or 40 respondents, or less than 10 more than a group like that.
fn is_class_level(group: &Group<'_>, all: &[Group<'_>], wave: usize) -> bool {
    let small = |group: &Group<'_>| group.classes.len() < 3 || group.pupils(wave).count() < 40;
    let names: BTreeSet<&str> =
        group.classes.iter().map(|class| class.place.class.as_str()).collect();
    let inside = |other: &&Group<'_>| {
        other.classes.len() < group.classes.len()
            && other.classes.iter().all(|class| names.contains(class.place.class.as_str()))
    };
    let n = group.pupils(wave).count();
    small(group)
        || all
            .iter()
            .filter(inside)
            .any(|other| small(other) && n - other.pupils(wave).count() < 10)
}

fn table(pupils: &[&Pupil], classes: usize, small: bool, hidden: Option<&str>) -> Value {
    let n = pupils.len() as i64;
    let cell = |indicator: &Indicator| {
        let [v, hits] = counts(indicator, pupils.iter().copied());
        let conditional = indicator.kind == "conditional";
        let reason = match hidden {
            Some(reason) => Some(reason),
            None if indicator.id == "chronic" && pupils.len() < PUBLISHED_FROM => {
                Some("small_group")
            }
            None if indicator.sensitive && small => Some("sensitive"),
            None if conditional && (classes < 3 || v < 30) => Some("small_condition"),
            None if !conditional && (v < 10 || 100 * v < 80 * n) => Some("few_answers"),
            None => None,
        };
        let shown = match reason {
            Some(reason) => json!({ "kind": "hidden", "reason": reason }),
            None => band(hits, v, if conditional { v } else { n }),
        };
        (indicator.id.to_owned(), shown)
    };
    let ranges = [10, 15, 20, 30, 40, 60, 100, 200, 300, 500, 1000];
    let range = ranges.array_windows().find(|[low, next]| (*low..*next).contains(&n));
    let range = if n >= 1000 { Some([n, n]) } else { range.map(|[low, next]| [*low, next - 1]) };
    let cells = INDICATORS.iter().map(cell).collect();
    json!({ "n": range.filter(|_| hidden.is_none()), "cells": Value::Object(cells) })
}

/// The band that holds a share of `v`, in tenths of a point by the width for `n`.
fn band(hits: i64, v: i64, n: i64) -> Value {
    let widths = [(20, 200), (40, 100), (100, 50), (300, 20), (1000, 10)];
    let width = widths.into_iter().find(|(below, _)| n < *below).map_or(1, |(_, width)| width);
    let tenths = (hits / v).min(999);
    let (low, high) = match tenths / width * width {
        ..10 if width == 1 => (0, 10),
        990.. if width == 1 => (990, 1000),
        low => (low, low + width),
    };
    json!({ "kind": "band", "low": low as f64 / 10.0, "high": high as f64 / 10.0 })
}
