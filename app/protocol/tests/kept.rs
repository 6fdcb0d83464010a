//! What a tab keeps under a slip.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use protocol::{ClassPart, KeepingKey, SlipCode};
use rand_core::OsRng;

const SECRET: &[u8] = b"value and token";

fn slip() -> SlipCode {
    SlipCode::random(ClassPart::random(&mut OsRng), &mut OsRng)
}

fn opened(slip: &SlipCode, kept: &[u8]) -> Option<Vec<u8>> {
    KeepingKey::open(slip, kept).map(|(_, plain)| plain)
}

#[test]
fn only_the_same_slip_opens_what_was_kept() {
    let slip_of_one = slip();
    let kept = KeepingKey::new(&slip_of_one, &mut OsRng).seal(&mut OsRng, SECRET).unwrap();
    assert_eq!(opened(&slip_of_one, &kept).unwrap(), SECRET);
    assert_eq!(opened(&slip(), &kept), None);
    assert!(!kept.windows(5).any(|window| window == b"value"));
}

#[test]
fn what_was_changed_or_cut_is_not_opened() {
    let slip = slip();
    let kept = KeepingKey::new(&slip, &mut OsRng).seal(&mut OsRng, SECRET).unwrap();
    for cut in 0..kept.len() {
        if cut % 7 == 0 {
            assert_eq!(opened(&slip, &kept[..cut]), None);
        }
    }
    for changed in [0, 20, 40] {
        let mut kept = kept.clone();
        kept[changed] ^= 1;
        assert_eq!(opened(&slip, &kept), None);
    }
}

#[test]
fn keeping_twice_never_looks_the_same_and_goes_on_after_opening() {
    let slip = slip();
    let key = KeepingKey::new(&slip, &mut OsRng);
    let first = key.seal(&mut OsRng, SECRET).unwrap();
    assert_ne!(first, key.seal(&mut OsRng, SECRET).unwrap());
    let (key, _) = KeepingKey::open(&slip, &first).unwrap();
    let later = key.seal(&mut OsRng, b"more").unwrap();
    assert_eq!(opened(&slip, &later).unwrap(), b"more");
}
