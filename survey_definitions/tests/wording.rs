//! How the shipped texts are written: letters, the fixed terms, one way to speak to a pupil.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use survey_definitions::{Item, Language, SHIPPED, Survey, Text};

const FREQUENCY_SCALES: [&str; 4] = ["freq5", "times3", "places", "told"];

fn shipped() -> Vec<Survey> {
    SHIPPED.iter().map(|(_, text)| Survey::parse(text).unwrap()).collect()
}

fn own() -> Vec<Survey> {
    shipped().into_iter().filter(|survey| survey.id.starts_with("senim_")).collect()
}

/// Every text of the own definitions in one language.
fn texts(language: Language) -> Vec<String> {
    let surveys = own();
    let texts = surveys.iter().flat_map(Survey::texts);
    texts.map(|text| text.0[&language].text.clone()).collect()
}

fn is_cyrillic(letter: char) -> bool {
    ('\u{400}'..='\u{52f}').contains(&letter)
}

#[test]
fn no_word_mixes_latin_and_cyrillic_letters() {
    for text in shipped().iter().flat_map(Survey::texts).flat_map(|text| text.0.values()) {
        for word in text.text.split(|c: char| !c.is_alphabetic()) {
            let cyrillic = word.chars().filter(|letter| is_cyrillic(*letter)).count();
            assert!(
                cyrillic == 0 || cyrillic == word.chars().count(),
                "{word:?} in {:?}",
                text.text
            );
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
    for text in shipped().iter().flat_map(Survey::texts).flat_map(|text| text.0.values()) {
        assert!(!text.text.is_empty() && text.text.trim() == text.text, "{:?}", text.text);
        assert!(!text.text.contains("  "), "{:?}", text.text);
    }
}

#[test]
fn kazakh_is_not_a_copy_of_russian() {
    for survey in own() {
        for Text(languages) in survey.texts() {
            assert_ne!(languages[&Language::Kk].text, languages[&Language::Ru].text);
        }
    }
}

#[test]
fn kazakh_uses_its_own_letters_and_russian_does_not() {
    let special = "әғқңөұүһі";
    let kazakh = texts(Language::Kk).concat().to_lowercase();
    for letter in "әғқңөұүі".chars() {
        assert!(kazakh.contains(letter), "{letter}");
    }
    for text in texts(Language::Ru) {
        assert!(!text.to_lowercase().contains(|letter| special.contains(letter)), "{text}");
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
    for text in texts(Language::Kk).iter().chain(&texts(Language::Ru)) {
        assert!(!polite(text), "{text}");
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
            assert!(
                !["kiva", "olweus", "кива", "ольвеус"].iter().any(|name| text.contains(name)),
                "{text}"
            );
        }
    }
}
