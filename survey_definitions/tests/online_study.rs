//! What the yearly online study asks, of whom, and in which words.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;
use survey_definitions::{
    Condition, Form, Item, Language, Need, Page, Review, ScaleKind, Survey, shipped,
};

const CHILDREN: [&str; 2] = ["senim_online_study", "senim_online_study_junior"];
const PARENTS: &str = "senim_online_study_parent";
const MODULES: [&str; 12] = [
    "identity",
    "access",
    "opportunities",
    "communication",
    "skills",
    "harms",
    "risks",
    "parents",
    "school",
    "friends",
    "rights",
    "quality",
];

fn survey(id: &str) -> Survey {
    Survey::parse(shipped(id, 1).unwrap()).unwrap()
}

fn study() -> Vec<Survey> {
    CHILDREN.into_iter().chain([PARENTS]).map(survey).collect()
}

#[test]
fn every_module_has_its_core_and_every_item_its_concept() {
    for survey in study() {
        let modules: Vec<_> = survey.modules.iter().map(|module| module.id.as_str()).collect();
        assert_eq!(modules, MODULES, "{}", survey.id);
        for module in MODULES {
            let of_module = |item: &&Item| item.module.as_deref() == Some(module);
            let items: Vec<_> = survey.items.iter().filter(of_module).collect();
            let own_check = module == "quality";
            let has_core = items.iter().any(|item| item.need == Need::Core);
            let parents_own =
                survey.form == Form::Parent && ["friends", "quality"].contains(&module);
            assert!(has_core || parents_own, "{}: {module}", survey.id);
            for item in items {
                let named = item.maps_to.as_ref().is_some_and(|one| one.starts_with("Global Kids"));
                assert!(named != own_check, "{}", item.id);
            }
        }
    }
}

/// A minute for three screens, as in the pupil survey, and the rest of the lesson for explaining.
#[test]
fn a_childs_survey_fits_a_lesson_and_the_youngest_have_half_of_it() {
    let [older, younger] = CHILDREN.map(survey);
    assert!(older.pages.len() <= 60 && younger.pages.len() <= 30);
    assert!(younger.items.len() * 2 <= older.items.len());
    let core = |survey: &Survey| survey.items.iter().filter(|one| one.need == Need::Core).count();
    assert!(core(&older) < older.items.len() && core(&younger) < younger.items.len());
}

#[test]
fn its_texts_are_unchecked_so_a_wave_of_it_is_a_pilot() {
    for survey in study() {
        assert_eq!(survey.unchecked(), Language::ALL);
        assert_eq!(survey.review(Language::Kk), Some(Review::Drafted));
    }
}

/// "I do not want to answer" stands under every item, and no option says it a second time.
#[test]
fn who_does_not_know_and_who_does_not_want_to_say_are_kept_apart() {
    for survey in study() {
        for scale in &survey.scales {
            for option in scale.options() {
                let unknowing =
                    ["I do not know", "I do not remember", "I do not understand what this is"];
                let words = option.text.get(Language::En);
                assert_eq!(option.missing.is_some(), unknowing.contains(&words), "{words}");
                assert!(!words.contains("want"), "{words}");
            }
        }
        let asks = |item: &&Item| item.scale == "year4" || item.scale == "year3";
        for item in survey.items.iter().filter(asks) {
            assert_eq!(survey.scale_of(item).unwrap().missing_codes(), [8], "{}", item.id);
        }
    }
}

#[test]
fn every_question_about_what_happened_says_since_when() {
    let periods = [
        ("year4", ["соңғы 12 айда", "за последние 12 месяцев", "in the past 12 months"]),
        ("how_often", ["соңғы 12 айда", "за последние 12 месяцев", "in the past 12 months"]),
        ("often5", ["соңғы бір айда", "за последний месяц", "in the past month"]),
        ("often3", ["соңғы бір айда", "за последний месяц", "in the past month"]),
        ("year3", ["соңғы бір жылда", "за последний год", "in the past year"]),
        ("seldom3", ["соңғы бір жылда", "за последний год", "in the past year"]),
        ("rule3", ["қазір", "", "at present"]),
    ];
    let mut seen = BTreeSet::new();
    for survey in study() {
        for item in &survey.items {
            let Some((scale, words)) = periods.iter().find(|(scale, _)| *scale == item.scale)
            else {
                continue;
            };
            seen.insert(scale);
            for (language, words) in Language::ALL.into_iter().zip(words) {
                let text = item.text.get(language).to_lowercase();
                assert!(text.contains(words), "{}: {text}", item.id);
            }
        }
    }
    assert_eq!(seen.len(), periods.len());
}

#[test]
fn what_is_not_for_everybody_is_asked_alone_and_named_here() {
    let asked_of_some = |survey: &Survey| -> Vec<String> {
        let some = survey.items.iter().filter(|item| item.shown_when.is_some());
        some.map(|item| item.id.clone()).collect()
    };
    let [older, younger] = CHILDREN.map(survey);
    assert_eq!(
        asked_of_some(&older),
        [
            "upset_how",
            "upset_told",
            "upset_did",
            "hate_seen",
            "self_harm_seen",
            "sexual_seen",
            "sexual_asked",
            "strangers_met",
            "met_who",
            "met_mood"
        ]
    );
    assert_eq!(asked_of_some(&younger), ["upset_how", "upset_told", "strangers_met", "met_mood"]);
    for survey in [older, younger] {
        assert!(survey.is_for_classes());
        for page in &survey.pages {
            let Page::Items { items } = page else { continue };
            let some = items.iter().any(|id| survey.item(id).unwrap().shown_when.is_some());
            assert!(!some || items.len() == 1, "{items:?}");
        }
        // One tap and "next", as for the puzzle in its place.
        let hidden = survey.items.iter().filter(|one| one.sensitive && one.shown_when.is_some());
        for item in hidden {
            let scale = survey.scale_of(item).unwrap();
            assert!(matches!(scale.kind, ScaleKind::One { .. }), "{}", item.id);
        }
    }
}

#[test]
fn sexual_content_and_self_harm_are_for_older_children_and_kept_from_class_pages() {
    let [older, younger] = CHILDREN.map(survey);
    for (id, from) in
        [("hate_seen", 11), ("self_harm_seen", 13), ("sexual_seen", 13), ("sexual_asked", 15)]
    {
        let item = older.item(id).unwrap();
        let ages: Vec<i16> = (from..=18).collect();
        let expected = Condition::Codes { item: "age".to_owned(), codes: ages };
        assert_eq!(item.shown_when.as_ref(), Some(&expected), "{id}");
        assert!(younger.item(id).is_none());
    }
    let kept = |survey: &Survey| -> Vec<String> {
        let kept = survey.items.iter().filter(|item| item.sensitive);
        kept.map(|item| item.id.clone()).collect()
    };
    assert_eq!(
        kept(&older)[2..],
        [
            "hurt_others",
            "hate_seen",
            "self_harm_seen",
            "sexual_seen",
            "sexual_asked",
            "strangers_talk",
            "strangers_met",
            "met_who",
            "met_mood"
        ]
    );
    assert_eq!(kept(&younger), ["strangers_talk", "strangers_met", "met_mood"]);
}

#[test]
fn parents_answer_no_class_survey() {
    let parents = survey(PARENTS);
    assert_eq!((parents.form, parents.is_for_classes()), (Form::Parent, false));
}

#[test]
fn an_indicator_of_a_follow_up_is_among_those_who_were_asked() {
    for survey in study() {
        for indicator in &survey.indicators {
            let survey_definitions::Measure::Share { of, among } = &indicator.measure else {
                continue;
            };
            let some = |id: &&str| survey.item(id).unwrap().shown_when.is_some();
            let chained = matches!(of, Condition::All { .. });
            let asked = of.items().iter().any(some);
            assert!(!asked || chained || among.is_some(), "{}", indicator.id);
        }
        let many = survey.scales.iter().filter(|one| matches!(one.kind, ScaleKind::Many { .. }));
        for scale in many {
            assert!(scale.options().iter().any(|option| option.none), "{}", scale.id);
        }
    }
}
