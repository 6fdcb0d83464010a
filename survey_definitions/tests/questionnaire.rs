//! What a tablet gets of a definition: all that is shown and answered, and nothing else.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod example;

use example::survey;
use survey_definitions::{
    Language, LeanPage, LeanScale, Page, Questionnaire, SHIPPED, ScaleKind, Survey,
};

fn surveys() -> Vec<Survey> {
    let shipped = SHIPPED.iter().map(|(_, text)| Survey::parse(text).unwrap());
    shipped.chain([survey()]).collect()
}

#[test]
fn answers_to_the_questionnaire_are_answers_to_the_survey() {
    for survey in surveys() {
        for language in Language::ALL {
            let layout = survey.questionnaire(language).answer_layout();
            assert_eq!(layout, survey.answer_layout(), "{}", survey.id);
        }
    }
}

#[test]
fn it_is_read_as_it_was_written() {
    for survey in surveys() {
        let made = survey.questionnaire(Language::Kk);
        let text = serde_json::to_string(&made).unwrap();
        assert_eq!(serde_json::from_str::<Questionnaire>(&text).unwrap(), made);
        let bytes = postcard::to_allocvec(&made).unwrap();
        assert_eq!(postcard::from_bytes::<Questionnaire>(&bytes).unwrap(), made);
    }
}

#[test]
fn it_asks_what_the_survey_asks_in_each_language() {
    for survey in surveys() {
        for language in Language::ALL {
            let made = survey.questionnaire(language);
            assert_eq!(made.items.len(), survey.items.len());
            for (lean, item) in made.items.iter().zip(&survey.items) {
                assert_eq!(
                    (&lean.id, lean.words.text.as_str()),
                    (&item.id, item.text.get(language))
                );
            }
        }
    }
}

#[test]
fn options_keep_their_codes_pictures_and_texts() {
    for survey in surveys() {
        let made = survey.questionnaire(Language::Ru);
        for (index, item) in survey.items.iter().enumerate() {
            let (LeanScale::One(lean) | LeanScale::Many(lean)) = made.scale_of(index).unwrap()
            else {
                continue;
            };
            let options = survey.scale_of(item).unwrap().options();
            assert_eq!(lean.len(), options.len());
            for (lean, option) in lean.iter().zip(options) {
                assert_eq!(
                    (lean.code, lean.none, lean.bit()),
                    (option.code, option.none, option.bit())
                );
                assert_eq!(lean.picture, option.picture);
                assert_eq!(lean.words.text, option.text.get(Language::Ru));
            }
        }
    }
}

#[test]
fn pages_name_items_by_their_place() {
    let made = survey().questionnaire(Language::Kk);
    assert_eq!(made.pages[1..], [LeanPage::Items(vec![0, 1]), LeanPage::Items(vec![2])]);
    let LeanPage::Reading { title, parts } = &made.pages[0] else { panic!("a page to read") };
    assert_eq!(title.text, "мәтін");
    let pictures: Vec<_> = parts.iter().map(|part| part.picture.as_deref()).collect();
    assert_eq!(pictures, [None, Some("rain")]);
    assert!(parts.iter().all(|part| part.words.text == "мәтін"));
    for survey in surveys() {
        let reading = |page: &&Page| matches!(page, Page::Reading { .. });
        let lean = survey.questionnaire(Language::Ru).pages;
        assert_eq!(lean.len(), survey.pages.len());
        let lean = lean.iter().filter(|page| matches!(page, LeanPage::Reading { .. })).count();
        assert_eq!(lean, survey.pages.iter().filter(reading).count());
    }
}

#[test]
fn a_recording_stands_beside_the_text_of_its_language_only() {
    let recordings = |language: Language| -> Vec<Option<String>> {
        let made = survey().questionnaire(language);
        let Some(LeanScale::One(options)) = made.scale_of(0) else { panic!("one option") };
        options.iter().map(|option| option.words.recording.clone()).collect()
    };
    assert_eq!(recordings(Language::Kk), [Some(format!("{}.ogg", "0a".repeat(32))), None]);
    assert_eq!(recordings(Language::Ru), [None, None]);
}

#[test]
fn a_language_that_it_does_not_speak_is_answered_in_its_first() {
    let mut survey = survey();
    for item in &mut survey.items {
        item.text.0.remove(&Language::Kk);
    }
    assert_eq!(survey.questionnaire(Language::Kk).items[0].words.text, "текст");
}

#[test]
fn the_options_that_exclude_the_others_are_told_as_bits() {
    let made = survey().questionnaire(Language::Ru);
    assert_eq!([0, 1, 2, 9].map(|item| made.none_bits(item)), [0, 0b101, 0, 0]);
    for survey in surveys() {
        let made = survey.questionnaire(Language::Ru);
        for (index, item) in survey.items.iter().enumerate() {
            let kind = &survey.scale_of(item).unwrap().kind;
            let ScaleKind::Many { options } = kind else { continue };
            let none = options.iter().filter(|option| option.none).map(|option| option.bit());
            assert_eq!(made.none_bits(index), none.sum::<u32>(), "{}", item.id);
        }
    }
}

#[test]
fn what_only_staff_and_researchers_need_stays_away_from_tablets() {
    for survey in surveys() {
        let text = serde_json::to_string(&survey.questionnaire(Language::Ru)).unwrap();
        let shown = |words: &str| text.contains(&serde_json::to_string(words).unwrap());
        assert!(!shown(&survey.source) && !shown(&survey.licence), "{}", survey.id);
        assert!(survey.items.iter().all(|item| !shown(&item.concept)), "{}", survey.id);
        assert!(!text.contains("drafted") && !text.contains("measure"), "{}", survey.id);
        let whole = serde_json::to_string(&survey).unwrap();
        assert!(text.len() * 10 < whole.len() * 9, "{} of {} bytes", text.len(), whole.len());
    }
}
