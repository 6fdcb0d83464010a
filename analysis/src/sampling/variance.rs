use super::design::{Design, DesignProblem, Lonely, Stage, Stratum};

/// A part of the clusters left out that counts as none: then nothing varies.
const NOTHING_LEFT: f64 = 1e-7;

/// What strata of one parent add up to.
#[derive(Clone, Default)]
struct Sum {
    square: Vec<f64>,
    strata: u32,
    /// Of those, the ones that tell a variance.
    telling: u32,
}

impl Design {
    /// The covariances of the totals of some columns of influence values: square, row by row.
    /// `values` holds for each of `rows` (any order, none twice) one value a column; all other
    /// rows count as zero.
    ///
    /// # Errors
    /// [`DesignProblem::Lonely`].
    pub(super) fn covariances(
        &self,
        rows: &[u32],
        columns: usize,
        values: &[f64],
    ) -> Result<Vec<f64>, DesignProblem> {
        if !self.calibrations.is_empty() {
            let all: Vec<u32> = (0..self.rows() as u32).collect();
            return self.stages_together(&all, columns, &self.unexplained(rows, columns, values));
        }
        self.stages_together(rows, columns, values)
    }

    fn stages_together(
        &self,
        rows: &[u32],
        columns: usize,
        values: &[f64],
    ) -> Result<Vec<f64>, DesignProblem> {
        let mut sum = vec![0.0; columns * columns];
        for (number, stage) in self.stages.iter().enumerate() {
            let totals = stage.totals(rows, columns, values);
            let stage_sum = self.of_stage(number, stage, &totals, columns)?;
            sum.iter_mut().zip(stage_sum).for_each(|(sum, more)| *sum += more);
        }
        Ok(sum)
    }

    /// The variance of the total of one column.
    ///
    /// # Errors
    /// [`DesignProblem::Lonely`].
    pub(super) fn variance(&self, rows: &[u32], values: &[f64]) -> Result<f64, DesignProblem> {
        Ok(self.covariances(rows, 1, values)?.first().copied().unwrap_or(f64::NAN))
    }

    pub(super) fn of_stage(
        &self,
        number: usize,
        stage: &Stage,
        totals: &Totals,
        columns: usize,
    ) -> Result<Vec<f64>, DesignProblem> {
        let parents = stage.strata.iter().map(|stratum| stratum.parent).max();
        let zero = Sum { square: vec![0.0; columns * columns], ..Sum::default() };
        let mut sums = vec![zero; parents.map_or(0, |most| most as usize + 1)];
        let spreads = stage.spreads(totals, columns, self.lonely);
        let each = stage.strata.iter().zip(&totals.touched).zip(spreads.chunks(columns * columns));
        for ((stratum, touched), spread) in each {
            let Some(sum) = sums.get_mut(stratum.parent as usize).filter(|_| *touched) else {
                continue;
            };
            sum.strata += 1;
            match stratum.scale(self.lonely) {
                Some(scale) => {
                    sum.telling += 1;
                    let scale = scale * stratum.above;
                    sum.square.iter_mut().zip(spread).for_each(|(sum, one)| *sum += scale * one);
                }
                None if self.lonely == Lonely::Average => {}
                None => {
                    let stratum = stratum.name;
                    return Err(DesignProblem::Lonely { stage: number + 1, stratum });
                }
            }
        }
        let mut all = vec![0.0; columns * columns];
        for sum in sums.iter().filter(|sum| sum.strata > 0) {
            let scale = f64::from(sum.strata) / f64::from(sum.telling);
            all.iter_mut().zip(&sum.square).for_each(|(all, one)| *all += scale * one);
        }
        Ok(all)
    }
}

impl Stratum {
    /// The part of its clusters that was not drawn; 0 for next to nothing.
    pub(super) fn left(&self) -> f64 {
        let drawn = f64::from(self.drawn);
        let left = self.population.map_or(1.0, |population| (population - drawn) / population);
        if left < NOTHING_LEFT { 0.0 } else { left }
    }

    /// What the squares of the differences between its clusters are taken times; `None` where
    /// one cluster tells nothing.
    fn scale(&self, lonely: Lonely) -> Option<f64> {
        let (drawn, left) = (f64::from(self.drawn), self.left());
        match self.drawn {
            _ if left == 0.0 => Some(0.0),
            0 | 1 => match lonely {
                Lonely::Certain => Some(0.0),
                Lonely::Adjust => Some(left),
                Lonely::Fail | Lonely::Average => None,
            },
            _ => Some(left * drawn / (drawn - 1.0)),
        }
    }
}

/// Totals of the influence values by cluster.
pub(super) struct Totals {
    pub(super) of_cluster: Vec<f64>,
    /// Whether a stratum holds one of the rows.
    pub(super) touched: Vec<bool>,
}

impl Stage {
    fn totals(&self, rows: &[u32], columns: usize, values: &[f64]) -> Totals {
        let mut of_cluster = vec![0.0; self.stratum.len() * columns];
        let mut touched = vec![false; self.strata.len()];
        for (row, values) in rows.iter().zip(values.chunks(columns)) {
            let Some(cluster) = self.cluster.get(*row as usize) else { continue };
            let cluster = *cluster as usize;
            let total = of_cluster.get_mut(cluster * columns..(cluster + 1) * columns);
            for (total, value) in total.into_iter().flatten().zip(values) {
                *total += value;
            }
            let stratum = self.stratum.get(cluster).map(|stratum| *stratum as usize);
            if let Some(touched) = stratum.and_then(|stratum| touched.get_mut(stratum)) {
                *touched = true;
            }
        }
        Totals { of_cluster, touched }
    }

    /// Of each stratum the sums of squares and products of what its clusters differ from their
    /// mean; of one cluster alone, from zero, which is the mean of all influence values.
    fn spreads(&self, totals: &Totals, columns: usize, lonely: Lonely) -> Vec<f64> {
        let mut means = vec![0.0; self.strata.len() * columns];
        let clusters = || self.stratum.iter().zip(totals.of_cluster.chunks(columns));
        for (stratum, total) in clusters() {
            let at = *stratum as usize;
            let drawn = self.strata.get(at).map_or(1, |stratum| stratum.drawn);
            let alone = drawn == 1 && lonely == Lonely::Adjust;
            let mean = means.get_mut(at * columns..(at + 1) * columns);
            for (mean, total) in mean.into_iter().flatten().zip(total).filter(|_| !alone) {
                *mean += total / f64::from(drawn);
            }
        }
        let mut spreads = vec![0.0; self.strata.len() * columns * columns];
        let mut difference = vec![0.0; columns];
        for (stratum, total) in clusters() {
            let at = *stratum as usize;
            let mean = means.get(at * columns..(at + 1) * columns).unwrap_or_default();
            let each = difference.iter_mut().zip(total.iter().zip(mean));
            each.for_each(|(difference, (total, mean))| *difference = total - mean);
            let square = at * columns * columns;
            let spread = spreads.get_mut(square..square + columns * columns);
            let pairs = difference.iter().flat_map(|one| difference.iter().map(move |b| one * b));
            spread.into_iter().flatten().zip(pairs).for_each(|(spread, more)| *spread += more);
        }
        spreads
    }
}
