//! The help page in its three forms, and the page where a school fills it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[allow(dead_code, reason = "shared with the tests of other pages")]
mod fixtures;

use app::*;
use fixtures::*;

fn texts_of(html: &str) -> String {
    let pieces = html.split('<').filter_map(|rest| rest.split_once('>'));
    pieces.map(|(_, text)| text).collect()
}

#[test]
fn all_three_forms_say_the_same_places() {
    for language in Language::ALL {
        let shell = shell(language);
        let page = render(&shell, HelpPage { help: help() });
        let print = render(&shell, help_print());
        let fragment = help_fragment(language, &help());
        for html in [&page, &print, &fragment] {
            let text = texts_of(html);
            for said in ["+7 700-111", "112", "205", "12:00–14:00", "https://help.example/"] {
                assert!(text.contains(said), "{said}: {text}");
            }
            assert_eq!(html.matches("<h2").count(), 6, "{html}");
            assert_eq!(html.matches("<svg role=\"img\"").count(), 2, "a line and a site");
            assert!(!html.contains("<i>"), "{html}");
            assert!(!html.contains("{number}"), "{html}");
        }
    }
}

#[test]
fn a_contact_speaks_the_readers_language() {
    for (language, own) in
        [(Language::Kk, "Қазақша"), (Language::Ru, "По-русски"), (Language::En, "In English")]
    {
        let fragment = help_fragment(language, &help());
        assert!(fragment.contains(&format!("{own} about +7 700-111.")), "{fragment}");
        assert!(fragment.contains(&format!("<div lang=\"{}\"", language.code())), "{fragment}");
    }
}

/// A call or a visit would stay in the history of a tablet that others use.
#[test]
fn only_ones_own_device_gets_links() {
    let page = render(&shell(Language::En), HelpPage { help: help() });
    assert!(page.contains("id=\"help-line\""), "{page}");
    assert!(page.contains("href=\"tel:+7700111\"") && page.contains("href=\"tel:112\""));
    assert!(page.contains("href=\"https://help.example/?a=1&amp;b=2\""), "{page}");
    let fragment = help_fragment(Language::En, &help());
    assert!(!fragment.contains("<a ") && !fragment.contains("<script"), "{fragment}");
    assert!(!fragment.contains(" style=") && !fragment.contains("<h1"), "{fragment}");
    assert!(!render(&shell(Language::En), help_print()).contains("href=\"tel:"));
}

#[test]
fn danger_comes_last() {
    let fragment = texts_of(&help_fragment(Language::En, &help()));
    let (line, danger) = (fragment.find("about +7").unwrap(), fragment.find("about 112").unwrap());
    assert!(line < danger, "{fragment}");
}

#[test]
fn what_a_school_does_not_say_leaves_no_line() {
    let nothing = Help { school: SchoolHelp::default(), ..help() };
    let fragment = help_fragment(Language::En, &nothing);
    assert!(fragment.contains("The school psychologist"), "{fragment}");
    assert!(!fragment.contains("Room:") && !fragment.contains("When to come:"), "{fragment}");
}

#[test]
fn the_print_page_can_be_switched_to_each_language() {
    let shell = Shell { path: "/c/7A2B/help/print".into(), ..shell(Language::Kk) };
    let html = render(&shell, help_print());
    for language in Language::ALL {
        let link = format!("href=\"/language/{}?back=/c/7A2B/help/print\"", language.code());
        assert!(html.contains(&link), "{html}");
    }
    assert!(html.contains("№ 25 мектеп"));
}

#[test]
fn a_schools_text_is_limited_and_has_nothing_unseen() {
    let of = |psychologist: &str, room: &str, times: &str| {
        let (psychologist, room, times) = (psychologist.into(), room.into(), times.into());
        SchoolHelp { psychologist, room, times }.mistakes()
    };
    assert_eq!(of("", "", ""), []);
    assert_eq!(of(&"ә".repeat(80), &"ә".repeat(80), &"ә".repeat(120)), []);
    assert_eq!(
        of(&"ә".repeat(81), "", &"ә".repeat(121)),
        [
            (HelpField::Psychologist, HelpMistake::TooLong(81)),
            (HelpField::Times, HelpMistake::TooLong(121))
        ]
    );
    for unseen in ["a\nb", "a\u{0}", "\u{7f}", "\u{85}b", "\u{202e}b", "\u{2066}b"] {
        assert_eq!(of("", unseen, ""), [(HelpField::Room, HelpMistake::Control)], "{unseen:?}");
    }
}

#[test]
fn a_mistake_stands_beside_its_field_and_keeps_what_was_typed() {
    let help = SchoolHelp { times: "ә".repeat(130), ..help().school };
    for (language, words) in [
        (Language::Kk, "Тым ұзын: 130 таңба, ең көбі 120."),
        (Language::Ru, "Слишком длинно: знаков 130, а можно не больше 120."),
        (Language::En, "Too long: 130 characters, at most 120."),
    ] {
        let mistakes = help.mistakes();
        let page = SchoolHelpPage { help: help.clone(), mistakes, ..school_help() };
        let html = render(&staff(language), page);
        let (_, after_input) = html.split_once(&format!("value=\"{}\"", help.times)).unwrap();
        let (input, beside) = after_input.split_once('>').unwrap();
        assert!(input.contains("aria-invalid=\"true\""), "{input}");
        assert!(input.contains("aria-describedby=\"times-wrong times-hint\""), "{input}");
        assert!(beside.trim_start().starts_with("<p id=\"times-wrong\""), "{beside}");
        assert!(beside.contains(words), "{beside}");
        assert_eq!(html.matches("aria-invalid").count(), 1);
        assert!(html.contains("value=\"Сәуле &lt;i&gt;Ахметова\""), "{html}");
    }
}

#[test]
fn who_may_not_change_it_gets_no_form() {
    let html = render(&staff(Language::En), SchoolHelpPage { may_change: false, ..school_help() });
    assert!(!html.contains("action=\"/schools/"), "{html}");
    assert!(html.contains("<dd>205</dd>"), "{html}");
    assert!(html.contains("Only the school coordinator"), "{html}");
}

#[test]
fn the_list_of_classes_leads_to_help() {
    let html = render(&staff(Language::En), classes());
    assert!(html.contains("href=\"/schools/3/help\""), "{html}");
    assert!(html.contains("href=\"/c/7A2B/help/print\""), "{html}");
}
