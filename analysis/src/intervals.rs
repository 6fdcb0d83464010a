use statrs::distribution::{ContinuousCDF, Normal};
use std::sync::LazyLock;

/// The 0.975 quantile of the standard normal distribution, 1.959964: 95 % intervals.
pub static Z: LazyLock<f64> = LazyLock::new(|| Normal::standard().inverse_cdf(0.975));

/// Wilson's score interval for a proportion: `hits` of `n`, as fractions from 0 to 1.
///
/// With p = hits / n the ends are
/// `(p + z^2/2n -+ z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n)`.
/// Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference,
/// Journal of the American Statistical Association 22 (1927) 209-212; as method 3 in R. G.
/// Newcombe, Statistics in Medicine 17 (1998) 857-872. Simple random sampling, 95 %.
///
/// `None` for `n = 0` and for more hits than answers.
pub fn wilson(hits: u32, n: u32) -> Option<(f64, f64)> {
    if n == 0 || hits > n {
        return None;
    }
    let (low, high) = score(f64::from(hits) / f64::from(n), n);
    // At the ends the formula gives 0 and 1, give or take rounding.
    Some((if hits == 0 { 0.0 } else { low }, if hits == n { 1.0 } else { high }))
}

/// The ends of Wilson's interval for any share of `n`, which must not be 0.
pub(crate) fn score(share: f64, n: u32) -> (f64, f64) {
    let (z, n) = (*Z, f64::from(n));
    let middle = share + z * z / (2.0 * n);
    let half = z * (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt();
    let scale = 1.0 + z * z / n;
    ((middle - half) / scale, (middle + half) / scale)
}
