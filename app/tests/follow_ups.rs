//! Questions that only some pupils are asked, in the study.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use app::Taking;
use std::sync::Arc;
use survey_definitions::{Answer, Language, LeanPage, Survey, shipped};

/// The study, at the screen that asks for an item.
fn study_at(id: &str, answers: &[(&str, i16)]) -> Taking {
    let study = Survey::parse(shipped("senim_online_study", 1).unwrap()).unwrap();
    let mut taking = Taking::new(Arc::new(study.questionnaire(Language::Kk)));
    walk(&mut taking, id, answers);
    taking
}

fn index(taking: &Taking, id: &str) -> usize {
    taking.questionnaire().items.iter().position(|item| item.id == id).unwrap()
}

/// Goes on until an item's screen, skipping what has no answer here.
fn walk(taking: &mut Taking, id: &str, answers: &[(&str, i16)]) {
    let wanted = index(taking, id);
    let of_screen = |taking: &Taking| match &taking.questionnaire().pages[taking.at()] {
        LeanPage::Items(items) => items.clone(),
        LeanPage::ItemWhen(item) => vec![item[0]],
        LeanPage::Reading { .. } => Vec::new(),
    };
    while !of_screen(taking).contains(&wanted) {
        for item in taking.items_here().to_vec() {
            let name = taking.questionnaire().items[item].id.clone();
            match answers.iter().find(|(id, _)| *id == name) {
                Some((_, code)) => taking.choose(item, *code),
                None => taking.do_not_want_here(),
            }
        }
        taking.next();
    }
}

#[test]
fn a_follow_up_is_asked_only_after_the_answer_that_it_follows() {
    for (code, asked) in [(0, false), (1, true), (3, true), (8, false)] {
        let taking = study_at("upset_how", &[("upset", code)]);
        assert_eq!((taking.items_here().len(), taking.shows_task()), (usize::from(asked), !asked));
        assert!(!taking.has_declined() && taking.is_ready() != asked);
    }
    assert!(study_at("upset_how", &[]).shows_task(), "who did not want to say is not asked more");
    for (age, asked) in [(12, false), (13, true), (18, true)] {
        assert_eq!(study_at("sexual_seen", &[("age", age)]).shows_task(), !asked, "{age}");
    }
    assert!(study_at("sexual_seen", &[]).shows_task(), "an unknown age is not old enough");
}

#[test]
fn an_answer_to_what_is_asked_no_longer_is_dropped_with_all_that_followed_from_it() {
    let yes = [("strangers_talk", 1), ("strangers_met", 1), ("met_who", 4), ("met_mood", 3)];
    let mut taking = study_at("pa_talk", &yes);
    let followed = ["strangers_met", "met_who", "met_mood"].map(|id| index(&taking, id));
    assert!(followed.iter().all(|item| matches!(taking.answer(*item), Answer::Code(_))));
    let talk = index(&taking, "strangers_talk");
    while !taking.items_here().contains(&talk) {
        taking.back();
    }
    let [_, others @ ..] = yes;
    let no: Vec<_> = [("strangers_talk", 0)].into_iter().chain(others).collect();
    walk(&mut taking, "pa_talk", &no);
    assert!(followed.iter().all(|item| taking.answer(*item) == Answer::NotReached));
}
