//! What hits are worth: exact chances, no approximation by a normal curve.

use std::collections::BTreeMap;

/// A group of `n` pupils and `n` responses in which `k` of the pupils are targets. Matched without
/// knowledge, their hits are the fixed points among `k` places of a random permutation of `n`. A
/// pair of pupils with opposite answers is the group (2, 1).
pub type Group = (usize, usize);

/// The hits of one attack on one stratum, with the groups that they were scored in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Score {
    pub hits: usize,
    pub groups: BTreeMap<Group, usize>,
}

impl Score {
    pub fn add(&mut self, group: Group, hits: usize) {
        self.hits += hits;
        *self.groups.entry(group).or_default() += 1;
    }

    pub fn merge(&mut self, other: &Self) {
        self.hits += other.hits;
        for (group, times) in &other.groups {
            *self.groups.entry(*group).or_default() += times;
        }
    }

    pub fn targets(&self) -> usize {
        self.groups.iter().map(|((_, k), times)| k * times).sum()
    }

    /// Hits that chance gives.
    pub fn expected(&self) -> f64 {
        self.sum(|n, k| k / n)
    }

    /// Hits over what chance gives, in standard deviations.
    pub fn z(&self) -> f64 {
        (self.hits as f64 - self.expected()) / self.sum(variance).sqrt()
    }

    fn sum(&self, of_group: impl Fn(f64, f64) -> f64) -> f64 {
        let of = |(&(n, k), &times): (&Group, &usize)| of_group(n as f64, k as f64) * times as f64;
        self.groups.iter().map(of).sum()
    }
}

/// Places of a permutation are fixed with probability 1/n each, and slightly together.
fn variance(n: f64, k: f64) -> f64 {
    let together = if n > 1.0 { k * (k - 1.0) / (n * n * (n - 1.0)) } else { 0.0 };
    k / n * (1.0 - 1.0 / n) + together
}

/// The probability of each number of hits under chance, remembered: rows share their groups.
#[derive(Default)]
pub struct Chances(BTreeMap<BTreeMap<Group, usize>, Vec<f64>>);

impl Chances {
    /// The probability of as many hits or more by chance.
    pub fn p(&mut self, score: &Score) -> f64 {
        let chances = self.0.entry(score.groups.clone()).or_insert_with(|| of(&score.groups));
        chances.iter().skip(score.hits).sum()
    }
}

fn of(groups: &BTreeMap<Group, usize>) -> Vec<f64> {
    let powers = groups.iter().map(|(&(n, k), &times)| power(&fixed_points(n, k), times));
    powers.fold(vec![1.0], |all, one| convolved(&all, &one))
}

/// The probability of exactly 0, 1, … k fixed points among k places of a permutation of n, by
/// inclusion and exclusion.
fn fixed_points(n: usize, k: usize) -> Vec<f64> {
    let choose = |from: usize, some: usize| {
        (0..some).fold(1.0, |product, i| product * (from - i) as f64 / (i + 1) as f64)
    };
    // (n - i)! / n!
    let rest = |i: usize| (0..i).fold(1.0, |product, j| product / (n - j) as f64);
    let exactly = |j: usize| {
        let terms = (j..=k).map(|i| {
            let sign = if (i - j).is_multiple_of(2) { 1.0 } else { -1.0 };
            sign * choose(i, j) * choose(k, i) * rest(i)
        });
        terms.sum::<f64>().max(0.0)
    };
    (0..=k).map(exactly).collect()
}

fn power(one: &[f64], times: usize) -> Vec<f64> {
    let (mut result, mut square, mut left) = (vec![1.0], one.to_vec(), times);
    while left > 0 {
        if left % 2 == 1 {
            result = convolved(&result, &square);
        }
        left /= 2;
        if left > 0 {
            square = convolved(&square, &square);
        }
    }
    result
}

/// Without the ends that no number of rows makes likely: whole waves have thousands of hits.
fn convolved(left: &[f64], right: &[f64]) -> Vec<f64> {
    let mut sums = vec![0.0; left.len() + right.len() - 1];
    for (i, a) in left.iter().enumerate().filter(|(_, a)| **a > 1e-30) {
        for (sum, b) in sums[i..].iter_mut().zip(right) {
            *sum += a * b;
        }
    }
    let end = sums.iter().rposition(|p| *p > 1e-30).map_or(1, |last| last + 1);
    sums.truncate(end);
    sums
}

/// The one-sided probability of a z of 3 or more.
pub const P_OF_THREE: f64 = 0.001_349_898;

#[cfg(test)]
mod tests {
    use super::{Chances, P_OF_THREE, Score, fixed_points};

    #[test]
    fn fixed_points_are_those_of_permutations() {
        let all = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
        for k in 1..=3 {
            let mut counted = vec![0.0; k + 1];
            for permutation in all {
                let fixed = (0..k).filter(|place| permutation[*place] == *place).count();
                counted[fixed] += 1.0 / 6.0;
            }
            let chances = fixed_points(3, k);
            assert!(
                chances.iter().zip(&counted).all(|(a, b)| (a - b).abs() < 1e-12),
                "{chances:?}"
            );
        }
    }

    #[test]
    fn a_pair_is_a_coin() {
        let mut score = Score::default();
        (0..10).for_each(|_| score.add((2, 1), 1));
        assert!((Chances::default().p(&score) - 0.5_f64.powi(10)).abs() < 1e-15);
        assert!((score.z() - 10.0_f64.sqrt()).abs() < 1e-9);
    }

    #[test]
    fn the_limit_is_that_of_a_z_of_three() {
        // As many heads of 10,000 coins as three standard deviations are.
        let mut score = Score::default();
        (0..10_000).for_each(|number| score.add((2, 1), usize::from(number < 5_150)));
        let p = Chances::default().p(&score);
        assert!((score.z() - 3.0).abs() < 1e-9);
        assert!((p / P_OF_THREE - 1.0).abs() < 0.05, "{p}");
    }
}
