//! What a tab keeps under a slip.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use protocol::{ClassPart, SlipCode, keep_under, kept_under};
use rand_core::OsRng;

#[test]
fn only_the_same_slip_opens_what_was_kept() {
    let part = ClassPart::random(&mut OsRng);
    let slip = SlipCode::random(part, &mut OsRng);
    let other = SlipCode::random(part, &mut OsRng);
    let kept = keep_under(&slip, &mut OsRng, b"value and token").unwrap();
    assert_eq!(kept_under(&slip, &kept).unwrap(), b"value and token");
    assert_eq!(kept_under(&other, &kept), None);
    assert!(!kept.windows(5).any(|window| window == b"value"));
}

#[test]
fn what_was_changed_or_cut_is_not_opened() {
    let slip = SlipCode::random(ClassPart::random(&mut OsRng), &mut OsRng);
    let mut kept = keep_under(&slip, &mut OsRng, b"value and token").unwrap();
    assert_eq!(kept_under(&slip, &kept[..10]), None);
    assert_eq!(kept_under(&slip, &[]), None);
    kept[20] ^= 1;
    assert_eq!(kept_under(&slip, &kept), None);
}
