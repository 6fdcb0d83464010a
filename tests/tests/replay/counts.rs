use crate::data::Rows;
use std::collections::{BTreeMap, BTreeSet};
use tests::tally_lines;

const ITEMS: [&str; 9] = ["q1", "q2", "q3", "q15", "q16", "q17", "q18", "q23", "q24"];

/// How many of a group gave an answer: level, group, item and code. What nobody gave is not in it.
#[derive(Debug, PartialEq, Eq)]
pub struct Counts(BTreeMap<[String; 4], u32>);

impl Counts {
    /// Counted from the file's fields, by code that is not the product's.
    pub fn of(rows: &Rows) -> Self {
        let mut counts = BTreeMap::new();
        for record in &rows.records {
            let psu = rows.field(record, "psu");
            let grade = match rows.field(record, "q3") {
                "" => "unknown",
                grade => grade,
            };
            let class = format!("{psu}-{grade}");
            for (level, group) in [("nation", "nation"), ("school", psu), ("class", &class)] {
                for item in ITEMS {
                    let key = [level, group, item, rows.field(record, item)].map(str::to_owned);
                    *counts.entry(key).or_insert(0) += 1;
                }
            }
        }
        Self(counts)
    }

    /// Lines of `level,group,item,code,n`.
    pub fn read(text: &str) -> Self {
        Self(tally_lines(text))
    }

    pub fn only(mut self, levels: &[&str]) -> Self {
        self.0.retain(|key, _| levels.contains(&key[0].as_str()));
        self
    }

    /// Without the lines of an item.
    pub fn without(mut self, item: &str) -> Self {
        self.0.retain(|key, _| key[2] != item);
        self
    }

    pub fn n(&self, level: &str, group: &str, item: &str, code: &str) -> u32 {
        self.0.get(&[level, group, item, code].map(str::to_owned)).copied().unwrap_or(0)
    }

    /// Everybody in a group.
    pub fn respondents(&self, level: &str, group: &str) -> u32 {
        self.valid(level, group, "q1") + self.n(level, group, "q1", "")
    }

    /// Answers to an item that are not missing.
    pub fn valid(&self, level: &str, group: &str, item: &str) -> u32 {
        let of_item = self.0.iter().filter(|(key, _)| key[..3] == [level, group, item]);
        of_item.filter(|(key, _)| !key[3].is_empty()).map(|(_, n)| n).sum()
    }

    pub fn groups(&self, level: &str) -> BTreeSet<&str> {
        self.0.keys().filter(|key| key[0] == level).map(|key| key[1].as_str()).collect()
    }
}
