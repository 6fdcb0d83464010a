//! Countries so small that every count can be tried.

use analysis::attack::{Finding, Known, Published, attack};
use analysis::{ClassPlace, Structure};
use rand::Rng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Some pupils of a class: how many are done, have a valid answer, have the property.
pub(crate) type Counts = [i64; 3];

/// A group of parts of classes, with what is published of it.
pub(crate) struct Group {
    level: &'static str,
    id: &'static str,
    /// A part of it, such as `/sex=girl`, and its parts by position.
    pub(crate) part: &'static str,
    atoms: Vec<usize>,
    band: Option<[i64; 2]>,
    /// Published with its range when the number done is not known.
    n: Option<[i64; 2]>,
}

/// A country small enough to try everything.
pub(crate) struct Tiny {
    pub(crate) places: Vec<ClassPlace>,
    /// Which class each part is of, and its true counts.
    pub(crate) atoms: Vec<(usize, Counts)>,
    pub(crate) groups: Vec<Group>,
}

pub(crate) fn place(class: &str, school: &str, grade: &str, language: &str) -> ClassPlace {
    let [class, school, grade, language] = [class, school, grade, language].map(str::to_owned);
    let (region, district, form) = ("r".to_owned(), "d".to_owned(), "senior".to_owned());
    ClassPlace { region, district, school, class, grade, form, language, enrolment: 30 }
}

pub(crate) fn counts(rng: &mut ChaCha8Rng, done: i64) -> Counts {
    let silent = if rng.gen_bool(0.3) { rng.gen_range(0..=done.min(2)) } else { 0 };
    let share = *[0.0, 0.1, 0.3, 0.5, 1.0].choose(rng).unwrap();
    let hits = (0..done - silent).filter(|_| rng.gen_bool(share)).count();
    [done, done - silent, hits as i64]
}

fn band_of(counts: Counts, width: i64) -> [i64; 2] {
    let low = (100 * counts[2] / counts[1]).min(99) / width * width;
    [low, low + width]
}

impl Group {
    /// The hits, if the counts fit what is published.
    fn hits(&self, [done, valid, hits]: Counts) -> Option<i64> {
        let in_range = self.n.is_none_or(|[low, high]| (low..=high).contains(&done));
        let in_band = self.band.is_none_or(|[low, high]| {
            let below = 100 * hits < high * valid || (high == 100 && hits == valid);
            valid >= 10 && 100 * valid >= 80 * done && low * valid <= 100 * hits && below
        });
        (in_range && in_band).then_some(hits)
    }
}

impl Tiny {
    pub(crate) fn group(
        &mut self,
        level: &'static str,
        id: &'static str,
        part: &'static str,
        atoms: &[usize],
    ) {
        let atoms = atoms.to_vec();
        self.groups.push(Group { level, id, part, atoms, band: None, n: None });
    }

    fn sum(&self, group: &Group) -> Counts {
        group.atoms.iter().fold([0; 3], |sum, atom| {
            let (_, counts) = self.atoms[*atom];
            [sum[0] + counts[0], sum[1] + counts[1], sum[2] + counts[2]]
        })
    }

    /// Shows what may be shown, mostly in the width for its respondents.
    pub(crate) fn publish(&mut self, rng: &mut ChaCha8Rng, mut ranged: impl FnMut(&Group) -> bool) {
        for index in 0..self.groups.len() {
            let sum = self.sum(&self.groups[index]);
            let fits = sum[0] >= 10 && sum[1] >= 10 && 100 * sum[1] >= 80 * sum[0];
            let width = if sum[0] < 20 || rng.gen_bool(0.2) { 20 } else { 10 };
            let by_range = ranged(&self.groups[index]);
            let group = &mut self.groups[index];
            group.band = (fits && rng.gen_bool(0.8)).then(|| band_of(sum, width));
            let range = [[0, 9], [10, 14], [15, 19], [20, 29], [30, 39]];
            let range = range.into_iter().find(|range| sum[0] <= range[1]).unwrap();
            group.n = (by_range && sum[0] >= 10).then_some(range);
        }
    }

    fn release(&self) -> Published {
        let mut groups: BTreeMap<(&str, &str), Value> = BTreeMap::new();
        for group in &self.groups {
            let cell = match group.band {
                Some([low, high]) => json!({ "kind": "band", "low": low, "high": high }),
                None => json!({ "kind": "hidden", "reason": "sensitive" }),
            };
            let table = json!({ "n": group.n, "cells": { "x": cell } });
            let Some((what, part)) = group.part.trim_start_matches('/').split_once('=') else {
                let line = json!({ "level": group.level, "group": group.id, "by": {} });
                let line = groups.entry((group.level, group.id)).or_insert(line);
                line["n"] = table["n"].clone();
                line["cells"] = table["cells"].clone();
                continue;
            };
            groups.get_mut(&(group.level, group.id)).unwrap()["by"][what][part] = table;
        }
        let header = json!({ "wave": "w" }).to_string();
        let lines = groups.values().map(Value::to_string);
        Published::parse(&std::iter::once(header).chain(lines).collect::<Vec<_>>().join("\n"))
            .unwrap()
    }

    /// What can be done, answered and hit in each part of a class. How many are done in a class
    /// is known; of its parts only what is published.
    fn choices(&self) -> Vec<Vec<Counts>> {
        let choices = self.atoms.iter().enumerate().map(|(atom, (class, counts))| {
            let parts = (0..self.atoms.len()).filter(|part| self.atoms[*part].0 == *class);
            let whole: i64 = parts.clone().map(|part| self.atoms[part].1[0]).sum();
            let least = |part: usize| {
                let alone = self.groups.iter().find(|group| group.atoms == [part]);
                alone.and_then(|group| group.n).map_or(0, |range| range[0])
            };
            let others: i64 = parts.clone().filter(|part| *part != atom).map(least).sum();
            let only = parts.count() == 1;
            let done = if only { counts[0]..=counts[0] } else { 0..=whole - others };
            let valid = done.flat_map(|done| (0..=done).map(move |valid| (done, valid)));
            let alone: Vec<&Group> =
                self.groups.iter().filter(|group| group.atoms == [atom]).collect();
            let all =
                valid.flat_map(|(done, valid)| (0..=valid).map(move |hits| [done, valid, hits]));
            all.filter(|one| alone.iter().all(|group| group.hits(*one).is_some())).collect()
        });
        choices.collect()
    }

    fn fits(&self, group: &Group, chosen: &[Counts]) -> Option<i64> {
        group.hits(group.atoms.iter().fold([0; 3], |sum, atom| {
            let one = chosen[*atom];
            [sum[0] + one[0], sum[1] + one[1], sum[2] + one[2]]
        }))
    }

    /// For each group the hits that fit, by trying everything.
    fn every_count(&self) -> Vec<BTreeSet<i64>> {
        let choices = self.choices();
        let mut found = vec![BTreeSet::new(); self.groups.len()];
        self.try_all(&choices, &mut Vec::new(), &mut found);
        found
    }

    fn try_all(
        &self,
        choices: &[Vec<Counts>],
        chosen: &mut Vec<Counts>,
        found: &mut [BTreeSet<i64>],
    ) {
        // As soon as all parts of a group or class are chosen, what does not fit is left.
        let last = chosen.len();
        let complete = |group: &&Group| group.atoms.iter().max() == Some(&(last - 1));
        if last > 0 {
            let class = self.atoms[last - 1].0;
            let parts = (0..self.atoms.len()).filter(|atom| self.atoms[*atom].0 == class);
            let parts: Vec<usize> = parts.collect();
            let sum = |of: &dyn Fn(usize) -> i64| parts.iter().map(|part| of(*part)).sum::<i64>();
            if parts.last() == Some(&(last - 1))
                && sum(&|part| chosen[part][0]) != sum(&|part| self.atoms[part].1[0])
                || self
                    .groups
                    .iter()
                    .filter(complete)
                    .any(|group| self.fits(group, chosen).is_none())
            {
                return;
            }
        }
        if last == choices.len() {
            for (group, found) in self.groups.iter().zip(found) {
                found.insert(self.fits(group, chosen).unwrap());
            }
            return;
        }
        for choice in &choices[last] {
            chosen.push(*choice);
            self.try_all(choices, chosen, found);
            chosen.pop();
        }
    }

    /// What the attacker says of each group.
    fn attacked(&self) -> Vec<Finding> {
        let structure = Structure::new(self.places.clone()).unwrap();
        let mut done = std::collections::HashMap::new();
        for (class, counts) in &self.atoms {
            *done.entry(self.places[*class].class.clone()).or_insert(0) += counts[0] as u32;
        }
        let known = Known::new(&structure).with_done(done);
        let rows = attack(&self.release(), None, &known).unwrap().rows;
        let of = |group: &Group| {
            let name = format!("{}:{}{}", group.level, group.id, group.part);
            rows.iter().find(|row| row.group == name).unwrap().clone()
        };
        self.groups.iter().map(of).collect()
    }

    /// How many groups there are, and in how many of them the attacker leaves more than fits.
    pub(crate) fn compare(&self, seed: u64) -> [usize; 2] {
        let mut loose = 0;
        for ((group, exact), found) in
            self.groups.iter().zip(self.every_count()).zip(self.attacked())
        {
            let [least, most] = [exact.first(), exact.last()].map(|end| *end.unwrap() as f64);
            let name = format!("seed {seed}, {}:{}{}", group.level, group.id, group.part);
            assert!(found.low <= least && most <= found.high, "{name}: {found:?}, {exact:?}");
            assert!(found.allowed >= Some(exact.len() as i64), "{name}: {found:?}, {exact:?}");
            loose += usize::from(found.allowed != Some(exact.len() as i64));
        }
        [self.groups.len(), loose]
    }
}
