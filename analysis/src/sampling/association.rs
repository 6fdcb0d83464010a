use super::design::{Design, DesignProblem};
use crate::linear_equations::solve;
use statrs::distribution::{ContinuousCDF, FisherSnedecor};

/// Whether two classifications go together, of a sample by a [`Design`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Association {
    /// Pearson's statistic over its mean under independence.
    pub f: f64,
    pub numerator_df: f64,
    pub denominator_df: f64,
    pub p: f64,
}

impl Design {
    /// Pearson's chi-square of a table with the second-order correction of Rao and Scott, as an F
    /// statistic: R's `svychisq(statistic = "F")`. Sources: J. N. K. Rao, A. J. Scott, Annals of
    /// Statistics 12 (1984) 46-60; D. R. Thomas, J. N. K. Rao, JASA 82 (1987) 630-636.
    ///
    /// `classes` holds for each of `rows` its row and column in the table, from 0; every row and
    /// column of `size` must occur. `None` for a table with one row or column, with an empty one,
    /// or where nothing varies.
    ///
    /// # Errors
    /// [`DesignProblem::Lonely`].
    pub fn association(
        &self,
        rows: &[u32],
        classes: &[(usize, usize)],
        size: (usize, usize),
    ) -> Result<Option<Association>, DesignProblem> {
        let table = Table::of(self, rows, classes, size);
        if size.0 < 2 || size.1 < 2 || !table.is_full() {
            return Ok(None);
        }
        let covariances = self.covariances(rows, table.cells(), &table.influence(self, rows))?;
        let contrasts = table.contrasts();
        let left = table.between(&contrasts, |a, b| {
            covariances.get(a * table.cells() + b).copied().unwrap_or_default()
                * table.inverse(a)
                * table.inverse(b)
        });
        let n = rows.len() as f64;
        let simple =
            table.between(&contrasts, |a, b| if a == b { table.inverse(a) / n } else { 0.0 });
        let Some(effects) = divided(&simple, &left) else { return Ok(None) };
        let (trace, square) = traces(&effects);
        let df = trace * trace / square;
        let denominator_df = df * self.freedom(rows) as f64;
        let f = table.pearson(n) / trace;
        let law = FisherSnedecor::new(df, denominator_df).ok();
        Ok(law.map(|law| {
            let p = law.sf(f);
            Association { f, numerator_df: df, denominator_df, p }
        }))
    }
}

/// Shares of the weight in each cell, row by row.
struct Table {
    size: (usize, usize),
    shares: Vec<f64>,
    of_row: Vec<usize>,
    weight: f64,
}

impl Table {
    fn of(design: &Design, rows: &[u32], classes: &[(usize, usize)], size: (usize, usize)) -> Self {
        let of_row: Vec<usize> =
            classes.iter().map(|(row, column)| row * size.1 + column).collect();
        let mut shares = vec![0.0; size.0 * size.1];
        let mut weight = 0.0;
        for (row, cell) in rows.iter().zip(&of_row) {
            weight += design.weight(*row);
            if let Some(share) = shares.get_mut(*cell) {
                *share += design.weight(*row);
            }
        }
        shares.iter_mut().for_each(|share| *share /= weight);
        Self { size, shares, of_row, weight }
    }

    fn cells(&self) -> usize {
        self.shares.len()
    }

    fn share(&self, cell: usize) -> f64 {
        self.shares.get(cell).copied().unwrap_or_default()
    }

    /// Empty cells are left out, as in R.
    fn inverse(&self, cell: usize) -> f64 {
        let share = self.share(cell);
        if share == 0.0 { 0.0 } else { 1.0 / share }
    }

    /// Shares of the rows and of the columns of the table.
    fn margins(&self) -> (Vec<f64>, Vec<f64>) {
        let (mut of_rows, mut of_columns) = (vec![0.0; self.size.0], vec![0.0; self.size.1]);
        for (cell, share) in self.shares.iter().enumerate() {
            let (row, column) = (cell / self.size.1, cell % self.size.1);
            of_rows.get_mut(row).into_iter().for_each(|sum| *sum += share);
            of_columns.get_mut(column).into_iter().for_each(|sum| *sum += share);
        }
        (of_rows, of_columns)
    }

    fn is_full(&self) -> bool {
        let (of_rows, of_columns) = self.margins();
        of_rows.iter().chain(&of_columns).all(|share| *share > 0.0)
    }

    /// Pearson's statistic of `n` answers with these shares.
    fn pearson(&self, n: f64) -> f64 {
        let (of_rows, of_columns) = self.margins();
        let pairs =
            of_rows.iter().flat_map(|row| of_columns.iter().map(move |column| row * column));
        let terms = pairs.zip(&self.shares).map(|(expected, share)| {
            let difference = share - expected;
            difference * difference / expected
        });
        n * terms.sum::<f64>()
    }

    fn influence(&self, design: &Design, rows: &[u32]) -> Vec<f64> {
        let mut values = Vec::with_capacity(rows.len() * self.cells());
        for (row, of_row) in rows.iter().zip(&self.of_row) {
            let weight = design.weight(*row) / self.weight;
            values.extend(self.shares.iter().enumerate().map(|(cell, share)| {
                weight * (if cell == *of_row { 1.0 - share } else { -share })
            }));
        }
        values
    }

    /// Of each interaction of a row with a column, what is left of it in each cell after the
    /// margins: centred by row and by column.
    fn contrasts(&self) -> Vec<Vec<f64>> {
        let centred = |at: usize, chosen: usize, size: usize| {
            (if at == chosen { 1.0 } else { 0.0 }) - 1.0 / size as f64
        };
        let pairs =
            (1..self.size.0).flat_map(|row| (1..self.size.1).map(move |column| (row, column)));
        let contrast = |(row, column)| {
            let cells = 0..self.cells();
            let of_cell = |cell: usize| {
                centred(cell / self.size.1, row, self.size.0)
                    * centred(cell % self.size.1, column, self.size.1)
            };
            cells.map(of_cell).collect()
        };
        pairs.map(contrast).collect()
    }

    /// The contrasts on both sides of a matrix over the cells.
    fn between(
        &self,
        contrasts: &[Vec<f64>],
        matrix: impl Fn(usize, usize) -> f64,
    ) -> Vec<Vec<f64>> {
        let product = |one: &[f64], other: &[f64]| {
            let cells = one.iter().enumerate();
            let of_cell = |(a, left): (usize, &f64)| {
                let terms = other.iter().enumerate().map(|(b, right)| matrix(a, b) * right);
                left * terms.sum::<f64>()
            };
            cells.map(of_cell).sum()
        };
        let line = |one: &Vec<f64>| contrasts.iter().map(|other| product(one, other)).collect();
        contrasts.iter().map(line).collect()
    }
}

/// The columns of the inverse of `by` times `matrix`.
fn divided(by: &[Vec<f64>], matrix: &[Vec<f64>]) -> Option<Vec<Vec<f64>>> {
    let column = |at: usize| -> Option<Vec<f64>> {
        let column = matrix.iter().map(|line| line.get(at).copied()).collect::<Option<_>>()?;
        solve(by.to_vec(), column)
    };
    (0..matrix.len()).map(column).collect()
}

/// The sum of the diagonal of a matrix, and of that of its square.
fn traces(columns: &[Vec<f64>]) -> (f64, f64) {
    let at = |row: usize, column: usize| {
        columns.get(column).and_then(|column| column.get(row)).copied().unwrap_or_default()
    };
    let all = 0..columns.len();
    let trace = all.clone().map(|at_both| at(at_both, at_both)).sum();
    let pairs = all.clone().flat_map(|row| all.clone().map(move |column| (row, column)));
    (trace, pairs.map(|(row, column)| at(row, column) * at(column, row)).sum())
}
