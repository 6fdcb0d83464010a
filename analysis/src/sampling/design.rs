use super::calibrated::Calibrated;
use super::weights::Weights;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// How a sample was drawn: what a row stands for, and the stages of selection.
#[derive(Debug, Clone, Default)]
pub struct Design {
    pub(super) weights: Weights,
    /// From the first stage on; of the stages after the first those that have an effect.
    pub(super) stages: Vec<Stage>,
    pub(super) lonely: Lonely,
    /// What the weights were brought to, the first first.
    pub(super) calibrations: Vec<Arc<Calibrated>>,
}

/// One stage of selection as a file tells it, a value a row. Values are numbers of the caller's:
/// equal numbers mean the same stratum, the same cluster.
#[derive(Debug, Clone, Copy)]
pub struct Drawn<'a> {
    /// `None`: no strata.
    pub strata: Option<&'a [u32]>,
    /// Numbered within the stratum: cluster 1 of two strata are two clusters.
    pub clusters: &'a [u32],
    /// How many clusters there are in the stratum, drawn or not; `None`: so many that it does
    /// not matter, or drawn with replacement.
    pub population: Option<&'a [f64]>,
}

/// What a stratum of which one cluster was drawn adds to the variance, which it cannot tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lonely {
    /// An error that names it.
    #[default]
    Fail,
    /// Nothing: it was certain to be drawn.
    Certain,
    /// The square of its difference from the mean of the sample: too much rather than too little.
    Adjust,
    /// What the other strata add on average.
    Average,
}

/// Why a design cannot be used, or not for this.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum DesignProblem {
    #[error("more rows than can be counted, which is 4294967295")]
    Rows,
    #[error("{got} values for {expected} rows")]
    Length { expected: usize, got: usize },
    #[error("row {row}: a weight must be a number of 0 or more, got {got}")]
    Weight { row: usize, got: f64 },
    #[error("row {row}: the stratum has {population} clusters of which {drawn} were drawn")]
    Population { row: usize, stratum: u32, population: f64, drawn: u32 },
    #[error("row {row}: the number of clusters in the stratum is {got}, in an earlier row {first}")]
    TwoPopulations { row: usize, stratum: u32, first: f64, got: f64 },
    #[error("replicates must be two or more")]
    Replicates,
    #[error(
        "stratum {stratum} at stage {stage} has one cluster, which tells no variance; choose what \
         it is to count"
    )]
    Lonely { stage: usize, stratum: u32 },
}

#[derive(Debug, Clone)]
pub(super) struct Stage {
    /// Of each row its cluster.
    pub(super) cluster: Vec<u32>,
    /// Of each cluster its stratum; the clusters of one follow each other.
    pub(super) stratum: Vec<u32>,
    pub(super) strata: Vec<Stratum>,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Stratum {
    /// As the caller numbers it.
    pub(super) name: u32,
    /// The cluster of the stage before that it lies in; 0 at the first stage.
    pub(super) parent: u32,
    pub(super) drawn: u32,
    pub(super) population: Option<f64>,
    /// The part of the clusters above that were drawn, all stages before multiplied.
    pub(super) above: f64,
}

impl Design {
    /// A design of so many stages as there are, the first first. A stage after one without known
    /// population adds nothing to the variance and is left out (as in R's `svydesign`).
    ///
    /// # Errors
    /// Columns of different length, weights that are none, populations that contradict each
    /// other or the sample.
    pub fn new(
        weights: Vec<f64>,
        stages: &[Drawn<'_>],
        lonely: Lonely,
    ) -> Result<Self, DesignProblem> {
        let rows = weights.len();
        if u32::try_from(rows).is_err() {
            return Err(DesignProblem::Rows);
        }
        let bad = weights.iter().position(|weight| !(weight.is_finite() && *weight >= 0.0));
        if let Some((row, got)) = bad.and_then(|row| Some((row, *weights.get(row)?))) {
            return Err(DesignProblem::Weight { row, got });
        }
        let mut built: Vec<Stage> = Vec::new();
        for drawn in stages {
            let stage = Stage::of(drawn, rows, built.last())?;
            let goes_on = drawn.population.is_some();
            built.push(stage);
            if !goes_on {
                break;
            }
        }
        Ok(Self { weights: Weights::new(weights), stages: built, lonely, calibrations: vec![] })
    }

    /// The number of rows.
    pub fn rows(&self) -> usize {
        self.weights.len()
    }

    /// What a row stands for.
    pub fn weight(&self, row: u32) -> f64 {
        self.weights.of(row)
    }
}

impl Stage {
    fn of(drawn: &Drawn<'_>, rows: usize, above: Option<&Self>) -> Result<Self, DesignProblem> {
        let lengths = [
            Some(drawn.clusters.len()),
            drawn.strata.map(<[u32]>::len),
            drawn.population.map(<[f64]>::len),
        ];
        if let Some(got) = lengths.into_iter().flatten().find(|length| *length != rows) {
            return Err(DesignProblem::Length { expected: rows, got });
        }
        let keys = Keys { drawn, above };
        let (cluster, ordered) = numbered((0..rows).map(|row| keys.of(row)));
        let mut stage =
            Self { cluster, stratum: Vec::with_capacity(ordered.len()), strata: vec![] };
        for of_stratum in ordered.chunk_by(|one, other| (one.0, one.1) == (other.0, other.1)) {
            let Some((parent, name, _)) = of_stratum.first().copied() else { continue };
            let above = above.map_or(1.0, |above| above.part_drawn(parent));
            let number = stage.strata.len() as u32;
            stage.stratum.extend(of_stratum.iter().map(|_| number));
            let drawn = of_stratum.len() as u32;
            stage.strata.push(Stratum { name, parent, drawn, population: None, above });
        }
        stage.populate(drawn.population.unwrap_or_default())?;
        Ok(stage)
    }

    /// Notes how many clusters each stratum has, drawn or not.
    fn populate(&mut self, population: &[f64]) -> Result<(), DesignProblem> {
        for (row, (cluster, got)) in self.cluster.iter().zip(population).enumerate() {
            let stratum = self.stratum.get(*cluster as usize);
            let Some(stratum) = stratum.and_then(|at| self.strata.get_mut(*at as usize)) else {
                continue;
            };
            let (row, got, Stratum { name, drawn, .. }) = (row + 1, *got, *stratum);
            match stratum.population {
                Some(first) if first == got => {}
                Some(first) => {
                    return Err(DesignProblem::TwoPopulations { row, stratum: name, first, got });
                }
                None if got.is_finite() && got >= f64::from(drawn) => {
                    stratum.population = Some(got);
                }
                None => {
                    let population = got;
                    return Err(DesignProblem::Population {
                        row,
                        stratum: name,
                        population,
                        drawn,
                    });
                }
            }
        }
        Ok(())
    }

    /// Of all clusters that a cluster of this stage stands for, the part that was drawn.
    fn part_drawn(&self, cluster: u32) -> f64 {
        let stratum = self.stratum.get(cluster as usize);
        let stratum = stratum.and_then(|stratum| self.strata.get(*stratum as usize));
        stratum.map_or(0.0, |stratum| {
            let population = stratum.population.unwrap_or(f64::INFINITY);
            stratum.above * f64::from(stratum.drawn) / population
        })
    }
}

/// The cluster above, the stratum and the cluster of each row, as the caller numbers them.
struct Keys<'a> {
    drawn: &'a Drawn<'a>,
    above: Option<&'a Stage>,
}

type Key = (u32, u32, u32);

impl Keys<'_> {
    fn of(&self, row: usize) -> Key {
        let at = |values: &[u32]| values.get(row).copied().unwrap_or(0);
        let parent = self.above.map_or(0, |above| at(&above.cluster));
        (parent, self.drawn.strata.map_or(0, at), at(self.drawn.clusters))
    }
}

/// The place of each key in their order, and the keys in that order: so the numbers do not depend
/// on which row comes first.
fn numbered(keys: impl Iterator<Item = Key>) -> (Vec<u32>, Vec<Key>) {
    let mut known: FxHashMap<Key, u32> = FxHashMap::default();
    let mut found: Vec<Key> = Vec::new();
    // Files mostly hold a cluster together.
    let mut last: Option<(Key, u32)> = None;
    let number = |key: Key| match last {
        Some((before, number)) if before == key => number,
        _ => {
            let number = *known.entry(key).or_insert_with(|| {
                found.push(key);
                found.len() as u32 - 1
            });
            last = Some((key, number));
            number
        }
    };
    let mut numbers: Vec<u32> = keys.map(number).collect();
    let mut order: Vec<u32> = (0..found.len() as u32).collect();
    let key = |number: &u32| found.get(*number as usize).copied().unwrap_or_default();
    order.sort_unstable_by_key(key);
    let mut places = vec![0; order.len()];
    for (place, number) in (0..).zip(&order) {
        places.get_mut(*number as usize).into_iter().for_each(|slot| *slot = place);
    }
    for number in &mut numbers {
        *number = places.get(*number as usize).copied().unwrap_or_default();
    }
    (numbers, order.iter().map(key).collect())
}
