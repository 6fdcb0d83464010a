//! What people can do wrong when they type a slip's code.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use protocol::{CODE_CHARACTERS, ClassPart, SlipCode, SlipCodeError};
use rand_core::OsRng;

const ALPHABET: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CODES: usize = 200;

fn random_codes() -> impl Iterator<Item = SlipCode> {
    (0..CODES).map(|_| SlipCode::random(ClassPart::random(&mut OsRng), &mut OsRng))
}

fn characters(code: &SlipCode) -> Vec<char> {
    code.to_string().chars().collect()
}

fn parse(characters: &[char]) -> Result<SlipCode, SlipCodeError> {
    characters.iter().collect::<String>().parse()
}

#[test]
fn a_code_is_read_back() {
    for code in random_codes() {
        assert_eq!(code.to_string().len(), CODE_CHARACTERS);
        assert!(code.to_string().chars().all(|c| ALPHABET.contains(c)));
        assert!(code.to_string().parse() == Ok(code));
        assert!(SlipCode::parse_with_class(code.class_part(), &code.own_part()) == Ok(code));
        assert!(SlipCode::parse_with_class(code.class_part(), &code.to_string()) == Ok(code));
    }
}

#[test]
fn every_single_wrong_character_is_seen() {
    for code in random_codes() {
        let right = characters(&code);
        for at in 0..CODE_CHARACTERS {
            for wrong in ALPHABET.chars().filter(|c| *c != right[at]) {
                let mut typed = right.clone();
                typed[at] = wrong;
                assert!(parse(&typed) == Err(SlipCodeError::Check), "{typed:?} passes");
            }
        }
    }
}

#[test]
fn every_swap_of_neighbours_is_seen() {
    for code in random_codes() {
        let right = characters(&code);
        for at in 1..CODE_CHARACTERS {
            let mut typed = right.clone();
            typed.swap(at - 1, at);
            if typed != right {
                assert!(parse(&typed) == Err(SlipCodeError::Check), "{typed:?} passes");
            }
        }
    }
}

#[test]
fn a_missing_or_additional_character_is_seen() {
    for code in random_codes() {
        let mut short = characters(&code);
        let last = short.pop().unwrap();
        assert!(parse(&short) == Err(SlipCodeError::Length));
        let long: Vec<char> = characters(&code).into_iter().chain([last]).collect();
        assert!(parse(&long) == Err(SlipCodeError::Length));
    }
    assert!("".parse::<SlipCode>() == Err(SlipCodeError::Length));
}

#[test]
fn what_people_type_for_a_code_is_read() {
    for code in random_codes() {
        let text = code.to_string();
        let spaced: String = text.chars().flat_map(|c| [' ', c, '\u{a0}']).collect();
        let dashed: String = text.chars().flat_map(|c| ['-', c, '–', '—']).collect();
        let confused = |one: char| text.replace('0', "o").replace('1', &one.to_string());
        for typed in [
            text.to_lowercase(),
            spaced,
            dashed,
            confused('i'),
            confused('l'),
            confused('I').replace('o', "O"),
            confused('L'),
        ] {
            assert!(typed.parse() == Ok(code), "{typed:?} is not read");
        }
    }
}

#[test]
fn what_no_code_has_is_named_so() {
    for typed in ["U", "ab*", "Ж", "\u{0}"] {
        assert!(typed.parse::<SlipCode>() == Err(SlipCodeError::Character), "{typed:?}");
    }
}

#[test]
fn a_class_part_alone_is_read_and_no_other_length() {
    let part = ClassPart::random(&mut OsRng);
    assert_eq!(part.to_string().to_lowercase().parse(), Ok(part));
    assert!("ABC".parse::<ClassPart>().is_err());
    assert!("ABCDE".parse::<ClassPart>().is_err());
}

#[test]
fn debug_shows_no_code() {
    let code = random_codes().next().unwrap();
    assert_eq!(format!("{code:?}"), "SlipCode");
}
