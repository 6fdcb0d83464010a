/// x of A x = b for a symmetric positive definite A, by elimination; `None` when A is not, to
/// rounding.
pub(crate) fn solve(mut rows: Vec<Vec<f64>>, mut right: Vec<f64>) -> Option<Vec<f64>> {
    let size = rows.len();
    for step in 0..size {
        let (pivot_row, pivot_right) = (rows.get(step)?.clone(), *right.get(step)?);
        let pivot = *pivot_row.get(step)?;
        if pivot.is_nan() || pivot <= 1e-12 {
            return None;
        }
        for (row, value) in rows.iter_mut().zip(&mut right).skip(step + 1) {
            let factor = *row.get(step)? / pivot;
            row.iter_mut().zip(&pivot_row).skip(step).for_each(|(x, p)| *x -= factor * p);
            *value -= factor * pivot_right;
        }
    }
    for step in (0..size).rev() {
        let row = rows.get(step)?;
        let known: f64 = row.iter().zip(&right).skip(step + 1).map(|(a, x)| a * x).sum();
        let solved = (*right.get(step)? - known) / *row.get(step)?;
        *right.get_mut(step)? = solved;
    }
    Some(right)
}
