//! How the shipped texts are written: letters, the fixed terms, one way to speak to a pupil.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod shipped_texts;

use shipped_texts::{all, for_pupils, in_language, own, surveys};
use survey_definitions::{Item, Language, Survey, Text};

const FREQUENCY_SCALES: [&str; 4] = ["freq5", "times3", "places", "told"];
const RUSSIAN: &str = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя";
const ONLY_KAZAKH: &str = "әғқңөұүһі";

/// Every text in one language, for pupils and adults.
fn texts(language: Language) -> Vec<String> {
    in_language(&all(), language)
}

/// Every text in every language, other people's definitions included.
fn whatever_is_shipped() -> Vec<String> {
    let surveys = surveys();
    let others = surveys.iter().flat_map(Survey::texts).cloned();
    let every = all().into_iter().chain(others);
    every.flat_map(|text| text.0.into_values().map(|one| one.text)).collect()
}

fn is_cyrillic(letter: char) -> bool {
    ('\u{400}'..='\u{52f}').contains(&letter)
}

#[test]
fn no_word_mixes_latin_and_cyrillic_letters() {
    for text in whatever_is_shipped() {
        for word in text.split(|c: char| !c.is_alphabetic()) {
            let cyrillic = word.chars().filter(|letter| is_cyrillic(*letter)).count();
            assert!(cyrillic == 0 || cyrillic == word.chars().count(), "{word:?} in {text:?}");
        }
    }
}

#[test]
fn kazakh_and_russian_are_in_cyrillic_and_english_is_in_latin() {
    for language in Language::ALL {
        for text in texts(language) {
            let mut letters = text.chars().filter(|letter| letter.is_alphabetic());
            assert!(
                letters.all(|letter| is_cyrillic(letter) != (language == Language::En)),
                "{text}"
            );
        }
    }
}

#[test]
fn no_text_is_empty_or_has_spaces_to_spare() {
    for text in whatever_is_shipped() {
        assert!(!text.is_empty() && text.trim() == text, "{text:?}");
        assert!(!text.contains("  "), "{text:?}");
    }
}

#[test]
fn kazakh_is_not_a_copy_of_russian() {
    // Numbers, names and fruit among the answers to a riddle are called the same.
    let tasks = shipped_texts::tasks();
    let tasks = tasks.junior.iter().chain(&tasks.senior);
    let answers: Vec<&Text> =
        tasks.flat_map(|task| &task.options).map(|option| &option.text).collect();
    for text in all() {
        let [kazakh, russian] = [Language::Kk, Language::Ru].map(|one| text.get(one));
        let one_word = answers.contains(&&text) && !kazakh.contains(' ');
        assert!(kazakh != russian || one_word, "{kazakh}");
    }
}

#[test]
fn each_language_is_written_in_its_own_alphabet() {
    let kazakh = format!("{RUSSIAN}{ONLY_KAZAKH}");
    for (language, alphabet) in [(Language::Kk, kazakh.as_str()), (Language::Ru, RUSSIAN)] {
        for text in texts(language) {
            let lower = text.to_lowercase();
            let strange = lower.chars().find(|c| c.is_alphabetic() && !alphabet.contains(*c));
            assert_eq!(strange, None, "{text}");
        }
    }
}

#[test]
fn no_letter_is_put_together_from_a_letter_and_a_mark() {
    for text in whatever_is_shipped() {
        assert!(!text.chars().any(|c| ('\u{300}'..='\u{36f}').contains(&c)), "{text}");
    }
}

#[test]
fn every_letter_of_kazakh_occurs() {
    let kazakh = texts(Language::Kk).concat().to_lowercase();
    for letter in ONLY_KAZAKH.chars() {
        assert!(kazakh.contains(letter), "{letter}");
    }
}

#[test]
fn bullying_has_one_name_in_each_language() {
    for (language, stem) in [(Language::Kk, "жәбірле"), (Language::Ru, "травл")] {
        for text in texts(language) {
            let text = text.to_lowercase();
            assert_eq!(text.contains(stem), text.contains("буллинг"), "{text}");
        }
    }
    for other in ["қорлау", "издевательств", "третиров", "виктимиз"]
    {
        let both = texts(Language::Kk).into_iter().chain(texts(Language::Ru));
        assert!(both.into_iter().all(|text| !text.to_lowercase().contains(other)), "{other}");
    }
}

#[test]
fn pupils_are_spoken_to_as_children_are() {
    let polite = |text: &String| {
        let text = text.to_lowercase();
        let mut words = text.split(|c: char| !c.is_alphabetic());
        words.any(|word| {
            ["вы", "вас", "вам", "ваш", "вами", "сіз", "сізді", "сізге", "сіздің"].contains(&word)
        })
    };
    let shown = for_pupils();
    for language in [Language::Kk, Language::Ru] {
        for text in in_language(&shown, language) {
            assert!(!polite(&text), "{text}");
        }
    }
}

#[test]
fn every_question_about_what_happened_names_the_same_months() {
    let period = [
        (Language::Kk, "соңғы екі-үш айда"),
        (Language::Ru, "за последние два-три месяца"),
        (Language::En, "in the past couple of months"),
    ];
    let surveys = own();
    let asks = |item: &&Item| FREQUENCY_SCALES.contains(&item.scale.as_str());
    for item in surveys.iter().flat_map(|survey| &survey.items).filter(asks) {
        for (language, months) in period {
            assert!(
                item.text.get(language).to_lowercase().contains(months),
                "{}: {months}",
                item.id
            );
        }
    }
}

#[test]
fn other_programmes_are_not_named_to_pupils() {
    for language in Language::ALL {
        for text in texts(language) {
            let text = text.to_lowercase();
            let mut words = text.split(|c: char| !c.is_alphabetic());
            let start =
                |word: &str| ["kiva", "olweus", "ольвеус"].iter().any(|n| word.starts_with(n));
            // Not more of this name: "сталкивался" holds it.
            let named = words.any(|word| start(word) || word == "кива");
            assert!(!named, "{text}");
        }
    }
}
