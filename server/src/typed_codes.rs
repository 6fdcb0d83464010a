//! Codes that grown-ups type: of invitations and for recovery. Crockford's base32 in groups of
//! five, five bits a character.

use crate::random::Random;
use rand_core::RngCore;

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const GROUP: usize = 5;

/// Draws a code of so many characters.
pub fn draw(random: &Random, characters: usize) -> String {
    let mut bytes = vec![0_u8; characters];
    random.draw(|rng| rng.fill_bytes(&mut bytes));
    let letters = bytes.iter().filter_map(|byte| ALPHABET.get(usize::from(byte & 0x1f)));
    letters.map(|letter| char::from(*letter)).collect()
}

/// As it is printed: `7A2B5-QRS9T`.
pub fn printed(code: &str) -> String {
    let letters: Vec<char> = code.chars().collect();
    letters.chunks(GROUP).map(String::from_iter).collect::<Vec<_>>().join("-")
}

/// What was typed, as it was drawn; `None` when it has another length or other characters.
pub fn read(typed: &str, characters: usize) -> Option<String> {
    let letters = typed.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '–' | '—'));
    // Bounded: what is typed may be of any length.
    let read: Option<String> = letters.take(characters + 1).map(letter).collect();
    read.filter(|read| read.len() == characters)
}

fn letter(typed: char) -> Option<char> {
    let upper = match typed.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    ALPHABET.iter().any(|c| char::from(*c) == upper).then_some(upper)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let code = draw(&Random::seeded(1), 20);
        assert_eq!(code.len(), 20);
        let shown = printed(&code);
        assert_eq!(shown.matches('-').count(), 3, "{shown}");
        let typed = format!(" {} ", shown.to_lowercase().replace('-', " – "));
        assert_eq!(read(&typed, 20), Some(code.clone()));
        assert_eq!(read("oil5U-x", 5), None);
        assert_eq!(read("oil5v", 5).as_deref(), Some("0115V"));
        for wrong in ["", &code[1..], &format!("{code}0"), &code.replace(&code[..1], "ә")] {
            assert_eq!(read(wrong, 20), None, "{wrong}");
        }
    }
}
