use proptest::prelude::*;
use proptest::sample::subsequence;
use server::keys::{KeyError, Share, join, split};
use server::random::Random;

fn chosen(shares: &[Share], numbers: &[usize]) -> Vec<Share> {
    numbers.iter().map(|number| shares[*number].clone()).collect()
}

/// A secret, how many shares, how many needed, and which are taken: exactly as many.
fn splits() -> impl Strategy<Value = ([u8; 32], u8, u8, Vec<usize>)> {
    (2_u8..=16).prop_flat_map(|shares| (any::<[u8; 32]>(), Just(shares), 2..=shares)).prop_flat_map(
        |(secret, shares, needed)| {
            let all: Vec<usize> = (0..shares.into()).collect();
            let taken = subsequence(all, usize::from(needed)).prop_shuffle();
            (Just(secret), Just(shares), Just(needed), taken)
        },
    )
}

proptest! {
    #[test]
    fn any_shares_that_are_enough_join(
        (secret, shares, needed, taken) in splits(), seed in any::<u64>(),
    ) {
        let all = split(&secret, shares, needed, &Random::seeded(seed)).unwrap();
        prop_assert_eq!(all.len(), usize::from(shares));
        prop_assert_eq!(*join(&chosen(&all, &taken)).unwrap(), secret);
        prop_assert_eq!(*join(&all).unwrap(), secret);
    }

    #[test]
    fn one_share_too_few_gives_something_else(
        (secret, shares, needed, mut taken) in splits(), seed in any::<u64>(),
    ) {
        let all = split(&secret, shares, needed, &Random::seeded(seed)).unwrap();
        taken.pop();
        let joined = join(&chosen(&all, &taken));
        prop_assert!(joined.map_or(true, |joined| *joined != secret));
    }
}

/// Of two needed shares one is the same whatever the secret is: over many splits each byte of it
/// takes every value about as often (chi-squared with 255 degrees of freedom, z under 6).
#[test]
fn a_share_alone_does_not_depend_on_the_secret() {
    const SPLITS: u32 = 2_000;
    for secret in [[0_u8; 32], [255; 32]] {
        let mut seen = [0_u32; 256];
        let random = Random::seeded(1);
        for _ in 0..SPLITS {
            let shares = split(&secret, 2, 2, &random).unwrap();
            shares[0].bytes().iter().for_each(|byte| seen[usize::from(*byte)] += 1);
        }
        let expected = f64::from(SPLITS * 32) / 256.0;
        let squared: f64 = seen.iter().map(|n| (f64::from(*n) - expected).powi(2) / expected).sum();
        let z = (squared - 255.0) / (2.0_f64 * 255.0).sqrt();
        assert!(z.abs() < 6.0, "z = {z}");
    }
}

#[test]
fn splits_that_cannot_be_are_refused() {
    for (shares, needed) in [(1, 1), (2, 1), (2, 3), (17, 2), (0, 0)] {
        let refused = split(&[7; 32], shares, needed, &Random::seeded(1));
        assert!(matches!(refused, Err(KeyError::Split { .. })), "{shares} {needed}");
    }
}
