//! What a class is called: 5 «А», 5А, 5-А and 5 "А" are one class.

use std::fmt;

/// A class's name, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClassLabel {
    pub grade: u32,
    /// The highest grade of a class in which several are taught together.
    highest: Option<u32>,
    /// What stands after the grade.
    tail: String,
}

const DASHES: [char; 4] = ['-', '–', '—', '‑'];
const QUOTES: [char; 12] = ['«', '»', '"', '“', '”', '„', '\'', '’', '‘', '`', '(', ')'];
/// Capital letters that look the same in both alphabets, Latin first.
const ALIKE: [(char, char); 12] = [
    ('A', 'А'),
    ('B', 'В'),
    ('C', 'С'),
    ('E', 'Е'),
    ('H', 'Н'),
    ('I', 'І'),
    ('K', 'К'),
    ('M', 'М'),
    ('O', 'О'),
    ('P', 'Р'),
    ('T', 'Т'),
    ('X', 'Х'),
];
/// Letters of a class: `А`, `БГ`, `МАТ`.
const MOST_LETTERS: usize = 3;

impl ClassLabel {
    /// `None` when it does not begin with a number.
    pub fn parse(text: &str) -> Option<Self> {
        let (grade, rest) = number(text.trim())?;
        let (highest, rest) = match highest(rest) {
            Some((highest, rest)) => (Some(highest), rest),
            None => (None, rest),
        };
        let between = |c: char| c.is_whitespace() || c == '.' || DASHES.contains(&c);
        let bare: String = rest
            .trim_matches(|c| between(c) || QUOTES.contains(&c))
            .chars()
            .flat_map(char::to_uppercase)
            .collect();
        let letters = bare.chars().count();
        let tail = if (1..=MOST_LETTERS).contains(&letters) && bare.chars().all(char::is_alphabetic)
        {
            format!(" «{bare}»")
        } else if letters == 0 {
            String::new()
        } else {
            rest.trim_end().to_owned()
        };
        Some(Self { grade, highest, tail })
    }

    /// With Latin letters turned into the Cyrillic ones that look the same, which is what a
    /// Kazakh or Russian class has; as it is when one has no such twin.
    pub fn in_cyrillic(mut self) -> Self {
        let latin = self.tail.chars().filter(char::is_ascii_alphabetic);
        if latin.clone().all(|c| cyrillic(c) != c) {
            self.tail = self.tail.chars().map(cyrillic).collect();
        }
        self
    }

    /// Equal for all ways to write one class.
    pub fn key(&self) -> String {
        let kept = |c: &char| {
            !c.is_whitespace() && !QUOTES.contains(c) && !DASHES.contains(c) && *c != '.'
        };
        let tail = self.tail.chars().filter(kept).flat_map(char::to_uppercase).map(cyrillic);
        let highest = self.highest.unwrap_or_default();
        format!("{}-{highest}:{}", self.grade, tail.collect::<String>())
    }

    /// Whether several grades are taught together.
    pub fn is_combined(&self) -> bool {
        self.highest.is_some()
    }

    /// What the class is called a year later.
    pub fn next_year(&self) -> Self {
        Self {
            grade: self.grade.saturating_add(1),
            highest: self.highest.map(|highest| highest.saturating_add(1)),
            tail: self.tail.clone(),
        }
    }
}

impl fmt::Display for ClassLabel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.grade)?;
        if let Some(highest) = self.highest {
            write!(f, "–{highest}")?;
        }
        f.write_str(&self.tail)
    }
}

/// The number at the start, and the rest.
fn number(text: &str) -> Option<(u32, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at_checked(end)?;
    Some((digits.parse().ok()?, rest))
}

/// `–3` of `2–3`.
fn highest(rest: &str) -> Option<(u32, &str)> {
    number(rest.trim_start().strip_prefix(DASHES)?.trim_start())
}

fn cyrillic(letter: char) -> char {
    ALIKE.iter().find(|(latin, _)| *latin == letter).map_or(letter, |(_, cyrillic)| *cyrillic)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_class_may_be_written_in_many_ways() {
        for text in ["5 «А»", "5А", "5-А", "5 \"А\"", "5 а", " 5  “а” ", "5A", "5.А", "5 – а"]
        {
            let label = ClassLabel::parse(text).unwrap().in_cyrillic();
            assert_eq!((label.to_string(), label.grade), ("5 «А»".to_owned(), 5), "{text}");
            assert_eq!(label.key(), ClassLabel::parse("5А").unwrap().key(), "{text}");
        }
    }

    #[test]
    fn a_class_moves_up_with_all_of_its_grades() {
        for (now, then) in
            [("5 «Ә»", "6 «Ә»"), ("2–3", "3–4"), ("9", "10"), ("7 №1", "8 №1"), ("10Б", "11 «Б»")]
        {
            let label = ClassLabel::parse(now).unwrap();
            assert_eq!(label.next_year().to_string(), then, "{now}");
        }
    }

    #[test]
    fn what_has_no_number_in_front_has_no_grade() {
        for text in ["", "А", "«А» 5", "-5", "99999999999 А"] {
            assert!(ClassLabel::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn a_name_is_the_same_when_it_is_read_again() {
        for text in ["5 «А»", "2–3", "7", "7 №1", "6 жаратылыстану", "3 - 4 «Б»", "5/1"]
        {
            let label = ClassLabel::parse(text).unwrap();
            assert_eq!(ClassLabel::parse(&label.to_string()).unwrap(), label, "{text}");
        }
    }
}
