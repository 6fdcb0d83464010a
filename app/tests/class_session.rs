//! The lesson in which a class answers, stage by stage.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[allow(dead_code)]
mod fixtures;

use app::*;
use fixtures::*;

fn stage(wanted: &str) -> String {
    let (_, stage) = session_stages().into_iter().find(|(name, _)| *name == wanted).unwrap();
    render(&staff(Language::En), session(stage))
}

#[test]
fn a_lesson_is_started_only_where_it_may_be() {
    for (name, _) in session_stages() {
        let starts = stage(name).contains("action=\"/classes/1/session/open\"");
        assert_eq!(starts, ["before", "after", "ended"].contains(&name), "{name}");
    }
}

#[test]
fn a_class_without_slips_is_told_so_before_the_lesson() {
    let warning = "This class has no slips yet";
    assert!(!stage("before").contains(warning));
    let wave = SessionWave { slips_made: 0, ..session_wave() };
    let html = render(&staff(Language::En), session(SessionStage::Before(wave)));
    assert!(html.contains(warning) && html.contains("href=\"/classes/1/slips\""), "{html}");
}

#[test]
fn the_script_is_there_in_every_language_and_no_box_has_a_name_to_be_sent_under() {
    let html = stage("before");
    for language in Language::ALL {
        let words = format!("<blockquote lang=\"{}\" class=\"script\"", language.code());
        assert!(html.contains(&words), "{words}");
    }
    let boxes = html.split("<input type=\"checkbox\"").skip(1);
    assert_eq!(boxes.clone().count(), 5);
    assert!(boxes.into_iter().all(|rest| !rest.split('>').next().unwrap().contains("name=")));
}

#[test]
fn only_a_difference_is_explained() {
    let explanation = "A tablet without a network keeps its response";
    assert!(stage("after").contains("Responses still to come: 2."));
    assert!(stage("after").contains(explanation));
    let wave = SessionWave { responses: 23, ..session_wave() };
    let all = SessionStage::After { wave, ended_by_itself: None };
    let html = render(&staff(Language::En), session(all));
    assert!(html.contains("All responses are here") && !html.contains(explanation), "{html}");
}

#[test]
fn the_wall_shows_no_way_elsewhere() {
    let html = render(&staff(Language::En), session_screen());
    assert!(html.contains("senim.example/c/") && html.contains("<strong>7A2B</strong>"), "{html}");
    assert!(!html.contains("<header") && !html.contains("<footer"), "{html}");
}
