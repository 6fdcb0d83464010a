use super::design::{Design, DesignProblem};
use super::estimate::student;

/// A quantile with its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quantile {
    pub value: f64,
    /// An end that lies outside what the sample can tell is `None`.
    pub low: Option<f64>,
    pub high: Option<f64>,
    /// The length of the interval over twice the quantile of Student's t.
    pub se: Option<f64>,
}

/// Values in order with the weight up to each.
struct Distribution(Vec<(f64, f64)>);

impl Design {
    /// The smallest value that at least `part` of the weight does not pass: the inverse of the
    /// distribution function, as R's `svyquantile(qrule = "math", interval.type = "mean")`. The
    /// interval is that of the share at or under the value, read back as values. Source:
    /// R. S. Woodruff, Journal of the American Statistical Association 47 (1952) 635-646.
    ///
    /// `part` from 0 to 1; `None` for no rows with a weight.
    ///
    /// # Errors
    /// [`DesignProblem::Lonely`].
    pub fn quantile(
        &self,
        rows: &[u32],
        values: &[f64],
        part: f64,
    ) -> Result<Option<Quantile>, DesignProblem> {
        let weights = rows.iter().map(|row| self.weight(*row));
        let Some(distribution) = Distribution::of(values, weights) else { return Ok(None) };
        let Some(value) = distribution.at(part) else { return Ok(None) };
        let under: Vec<f64> =
            values.iter().map(|one| if *one <= value { 1.0 } else { 0.0 }).collect();
        let share = self.mean(rows, &under)?;
        let (low, high) = share.interval().map_or((None, None), |(low, high)| {
            let low = Some(low).filter(|low| *low >= 0.0);
            let high = Some(high).filter(|high| *high <= 1.0);
            (low.and_then(|low| distribution.at(low)), high.and_then(|high| distribution.at(high)))
        });
        let se = low.zip(high).zip(student(share.df));
        let se = se.map(|((low, high), t)| (high - low) / (2.0 * t));
        Ok(Some(Quantile { value, low, high, se }))
    }
}

impl Distribution {
    fn of(values: &[f64], weights: impl Iterator<Item = f64>) -> Option<Self> {
        let pairs = values.iter().copied().zip(weights).filter(|(_, weight)| *weight > 0.0);
        let mut pairs: Vec<(f64, f64)> = pairs.collect();
        pairs.sort_by(|(one, _), (other, _)| one.total_cmp(other));
        let mut sum = 0.0;
        for (_, weight) in &mut pairs {
            sum += *weight;
            *weight = sum;
        }
        (sum > 0.0).then_some(Self(pairs))
    }

    fn at(&self, part: f64) -> Option<f64> {
        let (_, all) = self.0.last()?;
        let wanted = part * all;
        let passed = self.0.partition_point(|(_, sum)| *sum <= wanted);
        // Exactly reached, the value before it is the smallest.
        let exactly = passed.checked_sub(1).and_then(|last| self.0.get(last));
        let exactly = exactly.filter(|(_, sum)| part - sum / all == 0.0);
        exactly.or_else(|| self.0.get(passed)).or_else(|| self.0.last()).map(|(value, _)| *value)
    }
}
