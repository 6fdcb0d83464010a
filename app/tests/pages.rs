//! Every page, rendered from its struct.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod fixtures;
mod staff_fixtures;

use app::*;
use fixtures::*;
use staff_fixtures::*;

/// Every page in every language.
fn all() -> Vec<(String, String)> {
    let mut all = Vec::new();
    for language in Language::ALL {
        let shell = shell(language);
        let staff = staff(language);
        let mut page =
            |name: &str, html: String| all.push((format!("{name} {}", language.code()), html));
        page("home", render(&shell, HomePage {}));
        page("help", render(&shell, HelpPage { help: help() }));
        page("help-print", render(&shell, help_print()));
        page("stored", render(&shell, stored()));
        page("key-ceremony", render(&shell, KeyCeremonyPage {}));
        page("missing", render(&shell, LessonMissingPage {}));
        page("pupil", render(&shell, pupil()));
        page("sign-in", render(&shell, sign_in()));
        page("error", render(&shell, ErrorPage { kind: ErrorKind::NotFound }));
        page("classes", render(&staff, classes()));
        page("class", render(&staff, class()));
        for (stage, content) in session_stages() {
            page(&format!("session-{stage}"), render(&staff, session(content)));
        }
        page("running", render(&staff, running()));
        page("session-screen", render(&staff, session_screen()));
        page("slips", render(&staff, slips()));
        page("school-slips", render(&staff, school_slips()));
        page("wave", render(&staff, wave()));
        page("waves", render(&staff, waves()));
        page("new-wave", render(&staff, new_wave()));
        page("wave-preview", render(&staff, wave_preview()));
        page("enrolment", render(&staff, enrolment()));
        page("release-form", render(&staff, release_form()));
        let running = ReleaseStep::Running { done: 3, total: 9 };
        page("release-running", render(&staff, release(running)));
        let results = "/nation".to_owned();
        let forgotten = false;
        let done = ReleaseStep::Done { responses: 20, unreadable: 1, results, forgotten };
        page("release-done", render(&staff, release(done)));
        page("school-help", render(&staff, school_help()));
        page("sign-in-code", render(&shell, sign_in_code()));
        page("invitation", render(&shell, invitation()));
        page("invitation-add", render(&staff, invitation()));
        page("invitation-sheet", render(&staff, invitation_sheet()));
        page("invitation-gone", render(&shell, InvitationGonePage {}));
        page("people", render(&staff, people()));
        page("units", render(&staff, units()));
        page("teachers", render(&staff, teachers()));
        page("account", render(&staff, account()));
        page("second-factor", render(&staff, second_factor()));
        page("recovery-codes", render(&staff, recovery_codes()));
        page("audit", render(&staff, audit()));
    }
    all
}

#[test]
fn every_page_is_a_whole_document_with_one_heading() {
    for (name, html) in all() {
        assert!(html.starts_with("<!doctype html>\n<html lang=\""), "{name}");
        assert!(html.trim_end().ends_with("</html>"), "{name}");
        assert_eq!(html.matches("<h1").count(), 1, "{name}");
        assert!(html.contains("name=\"viewport\""), "{name}");
        let style = if name.starts_with("pupil") { "pupil" } else { "senim" };
        let style = format!("<link rel=\"stylesheet\" href=\"/assets/{style}.css\"");
        assert!(html.contains(&style), "{name}");
    }
}

/// What the Content-Security-Policy would block, and requests to other hosts.
#[test]
fn no_page_carries_inline_styles_handlers_or_foreign_addresses() {
    for (name, html) in all() {
        assert!(!html.contains(" style="), "{name}");
        assert!(!html.contains("<style"), "{name}");
        for tag in html.split('<').skip(1).filter_map(|rest| rest.split('>').next()) {
            let handler = tag.split_whitespace().any(|part| {
                part.split('=').next().is_some_and(|n| n.starts_with("on") && part.contains('='))
            });
            assert!(!handler, "{name}: {tag}");
            if tag.starts_with("script") {
                assert!(tag.contains("nonce=\"N0NCE\""), "{name}: {tag}");
            }
            if tag.starts_with("img") || tag.starts_with("link") {
                assert!(!tag.contains("//"), "{name}: {tag}");
            }
        }
    }
}

#[test]
fn only_pages_with_islands_load_scripts() {
    for (name, html) in all() {
        let islands = name.starts_with("pupil") || name.starts_with("running");
        assert_eq!(html.contains("<script"), islands, "{name}");
        assert_eq!(html.contains("<leptos-island"), islands, "{name}");
        assert_eq!(html.contains("<noscript"), islands, "{name}");
    }
}

#[test]
fn the_pilot_warning_stands_on_staff_pages_only() {
    let warning = "Pilot: the operator could read answers.";
    let shell = Shell { pilot: true, ..shell(Language::En) };
    let staff = Shell { pilot: true, ..staff(Language::En) };
    assert!(render(&staff, class()).contains(warning));
    assert!(render(&staff, classes()).contains(warning));
    assert!(!render(&shell, pupil()).contains(warning));
    assert!(!render(&shell, HelpPage { help: help() }).contains(warning));
}

#[test]
fn a_pilot_is_said_on_the_page_above_every_table_and_in_the_report() {
    let words = "not all texts have been checked by a native speaker";
    for pilot in [true, false] {
        let results = vec![UnitResults { pilot, ..results(analysis::Level::Class, rows()) }];
        let page = ClassPage { results, ..class() };
        let report = printed::Report::of_class(Language::En, &page).unwrap();
        assert_eq!(format!("{report:?}").contains(words), pilot);
        assert!(
            page.tables(Language::En)
                .iter()
                .all(|table| table.caption().ends_with("· pilot wave") == pilot)
        );
        assert_eq!(render(&staff(Language::En), page).contains(words), pilot);
    }
}

#[test]
fn what_people_typed_is_escaped() {
    let html = render(&shell(Language::En), sign_in());
    assert!(!html.contains("<i>"), "{html}");
    let staff = Shell { staff: Some("<i>x".into()), ..staff(Language::En) };
    let html = render(&staff, ClassPage { label: "<i>7".into(), ..class() });
    assert!(!html.contains("<i>"));
    let shell = Shell { path: "/c/\"&<x>?y".into(), ..shell(Language::En) };
    let html = render(&shell, HomePage {});
    assert!(html.contains("/language/kk?back=/c/%22%26%3Cx%3E%3Fy"));
}

#[test]
fn a_forgotten_wave_says_what_was_destroyed_and_counts_no_class() {
    let erased = |finished| ErasedWave { day: "22.11.2026".into(), responses: 300, finished };
    for (finished, says) in
        [(true, "were destroyed on 22.11.2026 (300 in all)"), (false, "not finished")]
    {
        let page = WavePage {
            state: WaveState::Released,
            classes_done: None,
            erased: Some(erased(finished)),
            ..wave()
        };
        let html = render(&staff(Language::En), page);
        assert!(html.contains(says), "{html}");
        assert!(!html.contains("Classes that have answered"), "{html}");
    }
}

#[test]
fn nothing_leads_a_pupil_away_from_the_survey() {
    let html = render(&shell(Language::Kk), pupil());
    assert!(!html.contains("href=\"/\""));
    assert!(!html.contains("/language/"));
    assert!(html.contains("data-component=\"PupilSurvey_"));
}

#[test]
fn every_page_but_a_pupils_leads_to_help_and_to_what_is_stored() {
    // The wall of a classroom shows the class link and nothing else.
    for (name, html) in all().into_iter().filter(|(name, _)| !name.starts_with("session-screen")) {
        for address in ["/help", "/stored"] {
            let leads = html.contains(&format!("<a href=\"{address}\""));
            assert_eq!(leads, !name.starts_with("pupil"), "{name}: {address}");
        }
    }
}

#[test]
fn without_classes_the_page_says_whom_to_ask() {
    let (schools, waves, results) = (Vec::new(), Vec::new(), Vec::new());
    let page = ClassesPage { schools, waves, results, ..classes() };
    assert!(render(&staff(Language::En), page).contains("No class is assigned to you yet"));
}

#[test]
fn unused_slips_stop_working_only_after_a_tick() {
    let page = |state| render(&staff(Language::En), SlipsPage { classes: vec![state], ..slips() });
    let tick = "name=\"again\" value=\"yes\" required";
    assert!(page(slip_state(7, 20)).contains(tick));
    assert!(page(slip_state(7, 20)).contains("some are not used yet (20)"));
    assert!(!page(slip_state(7, 0)).contains(tick), "nothing stops working");
    let used_up = page(slip_state(27, 0));
    assert!(!used_up.contains("<button class=\"button\""), "{used_up}");
}

#[test]
fn a_school_makes_slips_for_classes_without_any_unless_told_otherwise() {
    let html = render(&staff(Language::En), school_slips());
    assert!(html.contains("Only classes without slips: 1"), "{html}");
    assert!(html.contains("All classes: 2"));
    let none = SlipsPage { classes: Vec::new(), ..school_slips() };
    assert!(render(&staff(Language::En), none).contains("once a wave is open"));
}

#[test]
fn the_stylesheet_is_small_and_asks_nobody_else() {
    // A pupil's comes with the first bytes of a slow network; staff's has tables to print.
    for (style, most) in [(STYLE, 18), (PUPIL_STYLE, 14)] {
        assert!(style.len() < most * 1024, "{}", style.len());
        assert!(!style.contains("url(") && !style.contains("@import"));
        assert!(!style.contains("@font-face"));
    }
}
