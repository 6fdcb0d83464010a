use super::asked::Wanted;
use super::column::Column;
use super::names::NO_NAME;
use super::problem::SampleProblem;
use crate::layout::CODES;
use std::collections::BTreeMap;

/// A classification of the rows.
#[derive(Debug, Clone)]
pub(super) struct Classes {
    /// As the table calls the groups: `all`, `q2=1`, `region=East&q2=1`.
    pub(super) names: Vec<String>,
    /// The group of each row, [`NO_NAME`] for none; empty where there is one for everybody.
    pub(super) of_row: Vec<u32>,
}

/// How many groups one classification may have.
const MOST_GROUPS: usize = 10_000;

impl Classes {
    /// Everybody, then what is asked.
    pub(super) fn all(wanted: &Wanted, rows: usize) -> Result<Vec<Self>, SampleProblem> {
        let mut all = vec![Self { names: vec!["all".to_owned()], of_row: Vec::new() }];
        for by in &wanted.by {
            let columns = by.iter().filter_map(|at| wanted.columns.get(*at));
            let crossed = columns
                .map(|column| Ok(Self::of(column)))
                .reduce(|one, other| one.and_then(|one: Self| one.cross(&other?, rows)));
            let classes: Option<Self> = crossed.transpose()?;
            if let Some(classes) = classes {
                let (got, most) = (classes.names.len(), MOST_GROUPS);
                if got > most {
                    let names = by.iter().filter_map(|at| wanted.columns.get(*at));
                    let names: Vec<_> = names.map(|column| column.name.as_str()).collect();
                    let by = format!("--by {}", names.join(","));
                    return Err(SampleProblem::Groups { by, got, most });
                }
                all.push(classes);
            }
        }
        Ok(all)
    }

    /// The groups of a column that any row is in, in the order of its codes or names.
    fn of(column: &Column) -> Self {
        let group = |name: &str| format!("{}={name}", column.name);
        if let Some(names) = column.names() {
            let groups = names.texts.iter().map(|name| group(name)).collect();
            return Self { names: groups, of_row: names.of_row.clone() };
        }
        let Some((_, answers, places)) = column.answers() else {
            return Self { names: Vec::new(), of_row: Vec::new() };
        };
        let places = (0..column.rows()).map(|row| places.get(row).unwrap_or_default());
        let of_row = places.map(|place| match place.checked_sub(CODES) {
            Some(code) => code as u32,
            None => NO_NAME,
        });
        let names = answers.codes.iter().map(|code| group(&code.to_string())).collect();
        Self { names, of_row: of_row.collect() }.without_empty()
    }

    /// Only groups that a row is in.
    fn without_empty(mut self) -> Self {
        let mut there = vec![false; self.names.len()];
        for group in &self.of_row {
            there.get_mut(*group as usize).into_iter().for_each(|there| *there = true);
        }
        let mut next = 0;
        let numbers: Vec<u32> = there
            .iter()
            .map(|there| {
                let number = next;
                next += u32::from(*there);
                if *there { number } else { NO_NAME }
            })
            .collect();
        for group in &mut self.of_row {
            *group = numbers.get(*group as usize).copied().unwrap_or(NO_NAME);
        }
        let kept = self.names.into_iter().zip(there).filter(|(_, there)| *there);
        Self { names: kept.map(|(name, _)| name).collect(), of_row: self.of_row }
    }

    /// Rows by the groups of both; only pairs that a row is in.
    fn cross(&self, other: &Self, rows: usize) -> Result<Self, SampleProblem> {
        let pair = |row: usize| {
            let one = self.of_row.get(row).filter(|group| **group != NO_NAME)?;
            let other = other.of_row.get(row).filter(|group| **group != NO_NAME)?;
            Some((*one, *other))
        };
        let mut numbers: BTreeMap<(u32, u32), u32> = BTreeMap::new();
        let mut last = None;
        for row in 0..rows {
            let pair = pair(row);
            if let Some(pair) = pair.filter(|_| pair != last) {
                numbers.insert(pair, 0);
            }
            last = pair;
        }
        for (number, slot) in (0..).zip(numbers.values_mut()) {
            *slot = number;
        }
        let of_row = (0..rows)
            .map(|row| pair(row).and_then(|pair| numbers.get(&pair)).copied().unwrap_or(NO_NAME));
        let of_row = of_row.collect();
        let name = |names: &[String], at: u32| names.get(at as usize).cloned().unwrap_or_default();
        let names = numbers.keys();
        let names = names
            .map(|(one, two)| format!("{}&{}", name(&self.names, *one), name(&other.names, *two)));
        Ok(Self { names: names.collect(), of_row })
    }
}
