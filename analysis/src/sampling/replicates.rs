use super::design::{Design, DesignProblem, Lonely, Stage, Stratum};

/// Other weights for the rows of a sample, of which the spread of an estimate tells its error: for
/// users whose programs know no strata and clusters.
#[derive(Debug, Clone)]
pub struct Replicates {
    /// For each replicate what it makes of the clusters.
    each: Vec<Replicate>,
    /// What sums of squares are taken times.
    pub scale: f64,
}

#[derive(Debug, Clone)]
struct Replicate {
    /// Whose clusters are changed; of those of other strata the weight stays.
    change: Change,
    /// What its own square is taken times.
    scale: f64,
}

#[derive(Debug, Clone)]
enum Change {
    /// One cluster is left out; its stratum has others that stand for it.
    Without { cluster: u32, stratum: u32, factor: f64 },
    /// The only cluster of a stratum is left out; all others stand for it.
    WithoutStratum { stratum: u32, factor: f64 },
    /// A factor a cluster.
    Factors(Vec<f64>),
}

impl Design {
    /// Leaves one first-stage cluster out at a time: R's `as.svrepdesign(type = "JKn")`, or `"JK1"`
    /// without strata, which is one stratum. Stages after the first are left to their clusters.
    /// Source: J. N. K. Rao, J. Shao, Journal of Official Statistics 15 (1999) 1-21.
    ///
    /// # Errors
    /// [`DesignProblem::Lonely`].
    pub fn jackknife(&self) -> Result<Replicates, DesignProblem> {
        let mut replicates = Replicates { each: Vec::new(), scale: 1.0 };
        let Some(first) = self.stages.first() else { return Ok(replicates) };
        let mut unsaid = 0;
        for (cluster, at) in (0_u32..).zip(&first.stratum) {
            let Some(stratum) = first.strata.get(*at as usize) else { continue };
            let (left, drawn) = (stratum.left(), f64::from(stratum.drawn));
            let (change, scale) = if stratum.drawn > 1 {
                let factor = drawn / (drawn - 1.0);
                (Change::Without { cluster, stratum: *at, factor }, left / factor)
            } else {
                let strata = first.strata.len() as f64;
                match self.lonely {
                    _ if left == 0.0 => continue,
                    Lonely::Fail => return Err(first.lonely(stratum)),
                    Lonely::Certain => continue,
                    Lonely::Average => {
                        unsaid += 1;
                        continue;
                    }
                    Lonely::Adjust => {
                        let factor = strata / (strata - 1.0);
                        (Change::WithoutStratum { stratum: *at, factor }, 1.0 / factor)
                    }
                }
            };
            replicates.each.push(Replicate { change, scale });
        }
        if unsaid > 0 {
            replicates.scale = first.stratum.len() as f64 / replicates.each.len() as f64;
        }
        Ok(replicates)
    }

    /// Draws clusters of each stratum with replacement, one less than it has: R's
    /// `as.svrepdesign(type = "subbootstrap")`, for a sample drawn with replacement. `draw(n)` is a
    /// random number under n, each as likely as the others. Source: J. N. K. Rao, C. F. J. Wu,
    /// Journal of the American Statistical Association 83 (1988) 231-241.
    ///
    /// # Errors
    /// [`DesignProblem::Lonely`], unless a stratum of one cluster counts as certain;
    /// [`DesignProblem::Replicates`] for less than two.
    pub fn bootstrap(
        &self,
        replicates: usize,
        mut draw: impl FnMut(u32) -> u32,
    ) -> Result<Replicates, DesignProblem> {
        if replicates < 2 {
            return Err(DesignProblem::Replicates);
        }
        let mut each = Vec::with_capacity(replicates);
        let first = self.stages.first();
        for _ in 0..replicates {
            let mut factors: Vec<f64> = Vec::new();
            for stratum in first.iter().flat_map(|first| &first.strata) {
                let start = factors.len();
                if stratum.drawn < 2 {
                    if self.lonely != Lonely::Certain {
                        return Err(first.map_or(DesignProblem::Replicates, |f| f.lonely(stratum)));
                    }
                    factors.push(1.0);
                    continue;
                }
                factors.resize(start + stratum.drawn as usize, 0.0);
                let drawn = f64::from(stratum.drawn);
                for _ in 1..stratum.drawn {
                    let chosen = start + draw(stratum.drawn) as usize;
                    let slot = factors.get_mut(chosen);
                    slot.into_iter().for_each(|slot| *slot += drawn / (drawn - 1.0));
                }
            }
            each.push(Replicate { change: Change::Factors(factors), scale: 1.0 });
        }
        Ok(Replicates { scale: 1.0 / (each.len() as f64 - 1.0), each })
    }

    /// The weights of a replicate, a row each; `None` past the last.
    pub fn replicate_weights(&self, replicates: &Replicates, number: usize) -> Option<Vec<f64>> {
        let replicate = replicates.each.get(number)?;
        let first = self.stages.first()?;
        let rows = first.cluster.iter().zip(self.weights.all());
        Some(rows.map(|(cluster, weight)| weight * replicate.factor(first, *cluster)).collect())
    }

    /// The variance of `estimator`, a number made of the rows' weights: R's `svrVar` with
    /// `mse = FALSE`, from the mean of the replicates. NaN where one of them is.
    pub fn replicated_variance(
        &self,
        replicates: &Replicates,
        estimator: impl Fn(&[f64]) -> f64,
    ) -> f64 {
        let numbers = 0..replicates.each.len();
        let weights = numbers.filter_map(|number| self.replicate_weights(replicates, number));
        let values: Vec<f64> = weights.map(|weights| estimator(&weights)).collect();
        replicates.variance(&values)
    }
}

impl Replicates {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.each.len()
    }

    /// Whether there is none: then nothing varies.
    pub fn is_empty(&self) -> bool {
        self.each.is_empty()
    }

    /// What the square of a replicate's difference is taken times, besides [`Self::scale`].
    pub fn scale_of(&self, number: usize) -> Option<f64> {
        self.each.get(number).map(|replicate| replicate.scale)
    }

    /// The variance of an estimate that is `values` in the replicates.
    fn variance(&self, values: &[f64]) -> f64 {
        let counted = self.each.iter().zip(values).filter(|(replicate, _)| replicate.scale > 0.0);
        let counted: Vec<(f64, f64)> = counted.map(|(one, value)| (one.scale, *value)).collect();
        let mean = counted.iter().map(|(_, value)| value).sum::<f64>() / counted.len() as f64;
        let squares = counted.iter().map(|(scale, value)| scale * (value - mean) * (value - mean));
        self.scale * squares.sum::<f64>()
    }
}

impl Replicate {
    fn factor(&self, stage: &Stage, of: u32) -> f64 {
        let lies_in = stage.stratum.get(of as usize);
        match &self.change {
            Change::Without { cluster, .. } if *cluster == of => 0.0,
            Change::Without { stratum, factor, .. } if lies_in == Some(stratum) => *factor,
            Change::Without { .. } => 1.0,
            Change::WithoutStratum { stratum, .. } if lies_in == Some(stratum) => 0.0,
            Change::WithoutStratum { factor, .. } => *factor,
            Change::Factors(factors) => factors.get(of as usize).copied().unwrap_or(1.0),
        }
    }
}

impl Stage {
    fn lonely(&self, stratum: &Stratum) -> DesignProblem {
        DesignProblem::Lonely { stage: 1, stratum: stratum.name }
    }
}
