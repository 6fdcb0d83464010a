use std::collections::HashMap;

/// How a sample was drawn: what a row stands for, and the stages of selection.
#[derive(Debug, Clone)]
pub struct Design {
    pub(super) weights: Vec<f64>,
    /// From the first stage on; of the stages after the first those that have an effect.
    pub(super) stages: Vec<Stage>,
    pub(super) lonely: Lonely,
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
    #[error("{got} values for {expected} rows")]
    Length { expected: usize, got: usize },
    #[error("row {row}: a weight must be a number of 0 or more, got {got}")]
    Weight { row: usize, got: f64 },
    #[error("row {row}: the stratum has {population} clusters of which {drawn} were drawn")]
    Population { row: usize, population: f64, drawn: u32 },
    #[error("row {row}: the number of clusters in the stratum is {got}, in an earlier row {first}")]
    TwoPopulations { row: usize, first: f64, got: f64 },
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
    /// Of each cluster its stratum.
    pub(super) stratum: Vec<u32>,
    pub(super) strata: Vec<Stratum>,
}

#[derive(Debug, Clone)]
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
        Ok(Self { weights, stages: built, lonely })
    }

    /// The number of rows.
    pub fn rows(&self) -> usize {
        self.weights.len()
    }

    /// What a row stands for.
    pub fn weight(&self, row: u32) -> f64 {
        self.weights.get(row as usize).copied().unwrap_or_default()
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
        let mut stage = Self { cluster: Vec::with_capacity(rows), stratum: vec![], strata: vec![] };
        let mut strata: HashMap<(u32, u32), u32> = HashMap::new();
        let mut clusters: HashMap<(u32, u32), u32> = HashMap::new();
        let parents = above.map(|above| above.cluster.as_slice());
        for (row, of_row) in drawn.clusters.iter().enumerate() {
            let parent = parents.and_then(|parents| parents.get(row)).copied().unwrap_or(0);
            let name = drawn.strata.and_then(|strata| strata.get(row)).copied().unwrap_or(0);
            let population = drawn.population.and_then(|population| population.get(row)).copied();
            let stratum = *strata.entry((parent, name)).or_insert_with(|| {
                let above = above.map_or(1.0, |above| above.part_drawn(parent));
                let one = Stratum { name, parent, drawn: 0, population, above };
                stage.strata.push(one);
                stage.strata.len() as u32 - 1
            });
            stage.same_population(stratum, row, population)?;
            let cluster = *clusters.entry((stratum, *of_row)).or_insert_with(|| {
                stage.stratum.push(stratum);
                stage.stratum.len() as u32 - 1
            });
            stage.cluster.push(cluster);
        }
        stage.count()?;
        Ok(stage)
    }

    fn same_population(
        &self,
        stratum: u32,
        row: usize,
        got: Option<f64>,
    ) -> Result<(), DesignProblem> {
        let first = self.strata.get(stratum as usize).and_then(|stratum| stratum.population);
        match (first, got) {
            (Some(first), Some(got)) if first != got => {
                Err(DesignProblem::TwoPopulations { row: row + 1, first, got })
            }
            _ => Ok(()),
        }
    }

    fn count(&mut self) -> Result<(), DesignProblem> {
        for stratum in &self.stratum {
            if let Some(stratum) = self.strata.get_mut(*stratum as usize) {
                stratum.drawn += 1;
            }
        }
        let short = self.strata.iter().position(|stratum| {
            stratum.population.is_some_and(|population| {
                !(population.is_finite() && population >= f64::from(stratum.drawn))
            })
        });
        let Some((index, stratum)) = short.and_then(|at| Some((at, self.strata.get(at)?))) else {
            return Ok(());
        };
        let of_row = |cluster: &u32| self.stratum.get(*cluster as usize) == Some(&(index as u32));
        let row = self.cluster.iter().position(of_row).unwrap_or_default();
        let population = stratum.population.unwrap_or_default();
        Err(DesignProblem::Population { row: row + 1, population, drawn: stratum.drawn })
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
