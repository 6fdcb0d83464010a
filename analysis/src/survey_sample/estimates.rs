use super::classes::Classes;
use super::names::NO_NAME;
use super::problem::SampleProblem;
use super::sample::Sample;
use super::values::{Measured, NO_VALUE, measured};
use crate::sampling::{Design, DesignProblem, Estimate, logit_interval};
use rayon::prelude::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};

/// An indicator in a group of the population.
#[derive(Debug, Clone, PartialEq)]
pub struct EstimateRow {
    /// The indicator's id; of a part of a distribution `ID.PART`.
    pub item: String,
    /// `all`, `COLUMN=VALUE`, or several of these joined by `&`.
    pub group: String,
    /// Rows with a valid answer.
    pub n: usize,
    /// A proportion from 0 to 1, or the mean of a scale from 0 to 100; `None` for nobody.
    pub estimate: Option<f64>,
    /// The standard error, in the unit of the estimate.
    pub se: Option<f64>,
    /// The ends of the 95 % interval: of a proportion by the log of its odds, and `None` of one
    /// that is 0 or 1; of a mean Student's. `None` without degrees of freedom.
    pub low: Option<f64>,
    pub high: Option<f64>,
    /// Clusters less strata among the rows with a valid answer.
    pub df: usize,
    /// How many times the variance is that of as many rows drawn one by one.
    pub deff: Option<f64>,
}

impl Sample {
    /// Every indicator that was asked for, of everybody and then of each group.
    ///
    /// # Errors
    /// [`SampleProblem`] of the design or the groups.
    pub fn estimates(&self) -> Result<Vec<EstimateRow>, SampleProblem> {
        let prepared = self.prepared()?;
        let mut all = Vec::new();
        for id in self.indicators() {
            let source = self.layout.indicators.iter().find(|source| source.id == *id);
            let source = source.into_iter();
            for one in source.flat_map(|source| measured(source, &prepared.answers, self.rows())) {
                for classes in &prepared.classes {
                    let rows = of_classes(&prepared.design, &one, classes);
                    all.extend(rows.map_err(|problem| self.told(problem))?);
                }
            }
        }
        Ok(all)
    }
}

fn of_classes(
    design: &Design,
    measured: &Measured,
    classes: &Classes,
) -> Result<Vec<EstimateRow>, DesignProblem> {
    let domains = Domains::new(&measured.values, classes);
    let estimate = |(group, name): (usize, &String)| {
        let (rows, values) = domains.of(group);
        Ok(row(measured, name, design.mean_of_whole(rows, values)?))
    };
    classes.names.par_iter().enumerate().map(estimate).collect()
}

fn row(measured: &Measured, group: &str, estimate: Estimate) -> EstimateRow {
    let estimate = measured.times.map_or(estimate, |times| estimate.times(times));
    let interval = match measured.times {
        None => logit_interval(&estimate),
        Some(_) => estimate.interval(),
    };
    let known = estimate.value.is_finite();
    let (low, high) = interval.filter(|_| known).unzip();
    EstimateRow {
        item: measured.item.clone(),
        group: group.to_owned(),
        n: estimate.n,
        estimate: Some(estimate.value).filter(|_| known),
        se: Some(estimate.se()).filter(|_| known),
        low,
        high,
        df: estimate.df,
        deff: estimate.deff.filter(|_| known),
    }
}

/// Rows with a value, group by group.
struct Domains {
    rows: Vec<u32>,
    values: Vec<u32>,
    /// For each group where it starts, then one past the last of all.
    starts: Vec<usize>,
}

impl Domains {
    /// A counting sort.
    fn new(values: &[u32], classes: &Classes) -> Self {
        let everybody = classes.of_row.is_empty();
        let group = |row: usize| match everybody {
            true => 0,
            false => classes.of_row.get(row).copied().unwrap_or(NO_NAME) as usize,
        };
        let mut next = vec![0_usize; classes.names.len() + 1];
        for (row, value) in values.iter().enumerate() {
            if let Some(count) = next.get_mut(group(row)).filter(|_| *value != NO_VALUE) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for start in &mut next {
            sum += std::mem::replace(start, sum);
        }
        let starts = next.clone();
        let mut domains = Self { rows: vec![0; sum], values: vec![0; sum], starts };
        for (number, value) in (0_u32..).zip(values) {
            let place = next.get_mut(group(number as usize));
            let Some(place) = place.filter(|_| *value != NO_VALUE) else { continue };
            let slots = domains.rows.get_mut(*place).zip(domains.values.get_mut(*place));
            if let Some((row_slot, value_slot)) = slots {
                (*row_slot, *value_slot) = (number, *value);
            }
            *place += 1;
        }
        domains
    }

    fn of(&self, group: usize) -> (&[u32], &[u32]) {
        let start = self.starts.get(group).copied().unwrap_or_default();
        let end = self.starts.get(group + 1).copied().unwrap_or(start);
        let rows = self.rows.get(start..end).unwrap_or_default();
        (rows, self.values.get(start..end).unwrap_or_default())
    }
}
