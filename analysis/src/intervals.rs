use statrs::distribution::{ContinuousCDF, Normal, StudentsT};
use std::sync::LazyLock;

/// The 0.975 quantile of the standard normal distribution, 1.959964: 95 % intervals.
pub static Z: LazyLock<f64> = LazyLock::new(|| Normal::standard().inverse_cdf(0.975));

/// Wilson's score interval for a proportion: `hits` of `n`, as fractions from 0 to 1.
///
/// [`wilson_share`] for a simple random sample. `None` for `n = 0` and for more hits than
/// answers.
pub fn wilson(hits: u32, n: u32) -> Option<(f64, f64)> {
    wilson_share(f64::from(hits) / f64::from(n), f64::from(n))
}

/// Wilson's score interval for a share on an effective sample size, 95 %.
///
/// With p the share and n the effective size the ends are
/// `(p + z^2/2n -+ z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n)`.
/// Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference,
/// Journal of the American Statistical Association 22 (1927) 209-212; as method 3 in R. G.
/// Newcombe, Statistics in Medicine 17 (1998) 857-872. On the effective size of a clustered
/// sample, n / deff, as in N. Dean and M. Pagano, Journal of Survey Statistics and Methodology 3
/// (2015) 484-503.
///
/// `share` from 0 to 1, `effective` any number over 0 (see [`crate::Clusters::effective`]);
/// the ends are fractions from 0 to 1 and hold the share between them. Shares of 0 and 1, where
/// nothing varies, have an interval too, which begins or ends exactly there. `None` for an
/// effective size of 0 (nobody answered) and for a share outside 0 to 1.
pub fn wilson_share(share: f64, effective: f64) -> Option<(f64, f64)> {
    let usable = (0.0..=1.0).contains(&share) && effective > 0.0 && effective.is_finite();
    if !usable {
        return None;
    }
    let (low, high) = score(share, effective);
    // The formula holds the share and stays within 0 and 1, give or take rounding.
    let low = if share == 0.0 { 0.0 } else { low.clamp(0.0, share) };
    let high = if share == 1.0 { 1.0 } else { high.clamp(share, 1.0) };
    Some((low, high))
}

/// The ends of Wilson's interval for any share of `n`, which must be over 0.
pub(crate) fn score(share: f64, n: f64) -> (f64, f64) {
    let z = *Z;
    let middle = share + z * z / (2.0 * n);
    let half = z * (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt();
    let scale = 1.0 + z * z / n;
    ((middle - half) / scale, (middle + half) / scale)
}

/// Student's t interval for a mean, 95 %: `mean -+ t(freedom) sd / sqrt(effective)`.
///
/// Source: Student, The probable error of a mean, Biometrika 6 (1908) 1-25; on clusters
/// `se = sd sqrt(deff / n)`, so `effective` is n / deff, and `freedom` one less than the number
/// of clusters (L. Kish, Survey Sampling, 1965); without clusters one less than the number of
/// pupils.
///
/// All in the unit of the mean, and not cut at the ends of the scale. `None` where nothing
/// tells how far the mean of another cohort might lie: no variance (`sd` is 0: R's `t.test`
/// refuses it too), no answers (`effective` is 0), one cluster or one pupil (`freedom` under 1).
pub fn mean_interval(mean: f64, sd: f64, effective: f64, freedom: f64) -> Option<(f64, f64)> {
    let usable = mean.is_finite() && effective.is_finite() && sd.is_finite();
    if !usable || sd <= 0.0 || effective <= 0.0 {
        return None;
    }
    let half = student(freedom)? * sd / effective.sqrt();
    Some((mean - half, mean + half))
}

/// The 0.975 quantile of Student's t; `None` under 1 degree of freedom.
fn student(freedom: f64) -> Option<f64> {
    if freedom >= 400.0 {
        return Some(student_of_many(freedom));
    }
    let distribution = StudentsT::new(0.0, 1.0, freedom).ok().filter(|_| freedom >= 1.0)?;
    Some(distribution.inverse_cdf(0.975))
}

/// Three terms of formula 26.7.5 of M. Abramowitz and I. A. Stegun, Handbook of Mathematical
/// Functions (1964), exact to 1e-10 from 400 degrees of freedom up. The library's quantile loses
/// its digits there as 1 minus a number close to 1: it is off by 3e-7 at 50,000 and by 1e-4 at a
/// million.
fn student_of_many(freedom: f64) -> f64 {
    let (z, u) = (*Z, 1.0 / freedom);
    let s = z * z;
    let first = z * (s + 1.0) / 4.0;
    let second = z * ((5.0 * s + 16.0) * s + 3.0) / 96.0;
    let third = z * (((3.0 * s + 19.0) * s + 17.0) * s - 15.0) / 384.0;
    z + u * (first + u * (second + u * third))
}
