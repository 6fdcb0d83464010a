use proptest::prelude::*;
use protocol::{Base64, ReleasePublicKey};
use server::keys::{PrintedKey, PrintedKeyError};

fn printed(bytes: [u8; 32]) -> String {
    PrintedKey(ReleasePublicKey(Base64(bytes))).to_string()
}

fn parse(text: &str) -> Result<PrintedKey, PrintedKeyError> {
    text.parse()
}

/// Another character in one place, or two neighbours swapped.
fn mistypes(text: &str) -> Vec<String> {
    const TYPED: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let characters: Vec<char> = text.chars().collect();
    let mut mistyped = Vec::new();
    for at in 0..characters.len() {
        for other in TYPED.chars() {
            let mut changed = characters.clone();
            changed[at] = other;
            mistyped.push(changed);
        }
        let mut swapped = characters.clone();
        swapped.swap(at, (at + 1).min(characters.len() - 1));
        mistyped.push(swapped);
        let mut left_out = characters.clone();
        left_out.remove(at);
        mistyped.push(left_out);
    }
    mistyped.into_iter().map(String::from_iter).collect()
}

/// What is another way to type the same check characters is no mistake.
fn same(text: &str) -> String {
    let (key, check) = text.split_at(text.len() - 8);
    key.to_owned() + &check.to_uppercase().replace('O', "0").replace(['I', 'L'], "1")
}

/// A mistake passes with a chance of 2^-40: of the 150,000 tried here none should, ever.
#[test]
fn a_wrong_swapped_or_missing_character_is_seen() {
    for seed in 0..40_u8 {
        let right =
            printed(std::array::from_fn(|at| seed.wrapping_mul(37) ^ (at as u8).wrapping_mul(11)));
        for wrong in mistypes(&right) {
            if same(&wrong) != right {
                assert!(parse(&wrong).is_err(), "{wrong} passes for {right}");
            }
        }
    }
}

#[test]
fn it_has_one_form() {
    let text = printed([0; 32]);
    assert_eq!(text, format!("{}-T808ZY3M", "A".repeat(43)));
    assert_eq!(parse(&"A".repeat(43)), Err(PrintedKeyError::Shape));
    assert_eq!(parse(""), Err(PrintedKeyError::Shape));
    assert_eq!(parse(&text.replace("T80", "T81")), Err(PrintedKeyError::Mistyped));
}

proptest! {
    #[test]
    fn what_is_printed_is_read(bytes in any::<[u8; 32]>()) {
        let text = printed(bytes);
        prop_assert_eq!(text.len(), 52);
        prop_assert_eq!(parse(&text).unwrap().0.to_bytes(), bytes);
        prop_assert_eq!(parse(&format!(" {text}\n")).unwrap().0.to_bytes(), bytes);
    }

    #[test]
    fn nothing_typed_breaks_it(text in "\\PC{0,60}") {
        prop_assert!(parse(&text).is_err());
    }
}
