//! How names of units and labels of classes are put in order for a reader: «2 А» before «10 А»,
//! and letters as in the reader's own alphabet.

use icu_collator::options::CollatorOptions;
use icu_collator::preferences::CollationNumericOrdering;
use icu_collator::{CollatorBorrowed, CollatorPreferences};
use icu_locale_core::{Locale, locale};
use std::cmp::Ordering;
use survey_definitions::Language;

/// Sorts a list by the name of each, for a reader of this language.
pub fn sort_by_name<T>(list: &mut [T], language: Language, name: impl Fn(&T) -> &str) {
    let collator = collator(language);
    list.sort_by(|a, b| {
        let (a, b) = (name(a), name(b));
        // Without the data of an alphabet there would still be an order.
        collator.as_ref().map_or_else(|| a.cmp(b), |collator| compared(collator, a, b))
    });
}

/// Names that only differ in what the alphabet does not tell apart keep one order.
fn compared(collator: &CollatorBorrowed<'_>, a: &str, b: &str) -> Ordering {
    collator.compare(a, b).then_with(|| a.cmp(b))
}

fn collator(language: Language) -> Option<CollatorBorrowed<'static>> {
    let locale: Locale = match language {
        Language::Kk => locale!("kk"),
        Language::Ru => locale!("ru"),
        Language::En => locale!("en"),
    };
    let mut preferences = CollatorPreferences::from(&locale);
    preferences.numeric_ordering = Some(CollationNumericOrdering::True);
    CollatorBorrowed::try_new(preferences, CollatorOptions::default()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(language: Language, mut names: Vec<&str>) -> Vec<&str> {
        sort_by_name(&mut names, language, |name| name);
        names
    }

    #[test]
    fn numbers_count_and_letters_follow_the_alphabet() {
        for language in Language::ALL {
            let names = vec!["10 «А»", "2 «Б»", "2 «А»", "2 «Ә»", "11 «Қ»", "11 «К»", "9"];
            let expected = ["2 «А»", "2 «Ә»", "2 «Б»", "9", "10 «А»", "11 «К»", "11 «Қ»"];
            assert_eq!(sorted(language, names), expected, "{language:?}");
        }
    }

    #[test]
    fn a_kazakh_reader_finds_every_letter_where_the_alphabet_has_it() {
        let alphabet = "АӘБВГҒДЕЁЖЗИЙКҚЛМНҢОӨПРСТУҰҮФХҺЦЧШЩЪЫІЬЭЮЯ";
        let letters: Vec<String> = alphabet.chars().map(String::from).collect();
        let mut names: Vec<&str> = letters.iter().map(String::as_str).collect();
        names.reverse();
        assert_eq!(sorted(Language::Kk, names).concat(), alphabet);
    }
}
