//! The page on what is stored, and the sheet of the key ceremony.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[allow(dead_code, reason = "shared with the tests of other pages")]
mod fixtures;

use app::*;
use fixtures::*;
use std::fs;

fn place(html: &str, text: &str) -> usize {
    html.find(text).unwrap_or_else(|| panic!("no {text}: {html}"))
}

#[test]
fn what_comes_from_pupils_stands_first_and_unfolded() {
    for (language, own) in
        [(Language::Kk, "Қазақша"), (Language::Ru, "По-русски"), (Language::En, "In English")]
    {
        let html = render(&shell(language), stored());
        let (open, _) = html.split_once("<details").unwrap();
        for text in ["title of &lt;pupils&gt;", "text of pupils", "pupils_a", "pupils_b"] {
            assert!(open.contains(&format!("{own} {text}")), "{text}: {open}");
        }
        let order = ["pupils", "school", "staff", "published", "machine"]
            .map(|about| place(&html, &format!("{own} text of {about}")));
        assert!(order.is_sorted(), "{order:?}");
    }
}

#[test]
fn what_nobody_has_explained_is_admitted_in_plain_words() {
    for (language, table, column) in [
        (Language::Kk, "Бұл кестенің не үшін керек", "Мұнда не жазылатынын"),
        (Language::Ru, "Мы забыли написать, зачем", "Мы забыли объяснить, что"),
        (Language::En, "We forgot to write what", "We forgot to explain what"),
    ] {
        let html = render(&shell(language), stored());
        let (open, folded) = html.split_once("<details").unwrap();
        assert!(open.contains("<h3>new_table</h3>") && open.contains(table), "{open}");
        assert!(open.contains("<code>seen_at</code>") && open.contains(column), "{open}");
        assert!(folded.contains(column) && folded.contains("<code>new_column</code>"));
        let mut explained = stored();
        explained.tables.retain(|table| table.words.is_some());
        explained.tables[3].columns.pop();
        let html = render(&shell(language), explained);
        assert!(!html.contains(table) && !html.contains(column), "{html}");
    }
}

/// Who holds both could open an envelope, and the page says so to everybody.
#[test]
fn a_pilot_is_owned_up_to() {
    let pilot = StoredPage { pilot: true, ..stored() };
    for (language, words) in [
        (Language::Kk, "бұл — сынақ"),
        (Language::Ru, "это пробный опрос"),
        (Language::En, "this is a trial"),
    ] {
        assert!(render(&shell(language), pilot.clone()).contains(words));
        assert!(!render(&shell(language), stored()).contains(words));
    }
}

#[test]
fn the_key_ceremony_has_the_same_commands_in_every_language() {
    let commands = |language| {
        let html = render(&shell(language), KeyCeremonyPage {});
        let found = html.split("<pre>").skip(1).map(|rest| rest.split_once("</pre>").unwrap().0);
        // Marks of the framework stand between the pieces.
        let text = |shown: &str| {
            let pieces = format!(">{shown}<");
            let pieces = pieces.split('>').filter_map(|piece| piece.split_once('<'));
            pieces.map(|(text, _)| text).collect::<String>()
        };
        found.map(text).collect::<Vec<_>>()
    };
    let english = commands(Language::En);
    for language in Language::ALL {
        assert_eq!(commands(language), english);
    }
    for command in key_ceremony_commands::OF_SENIM {
        assert!(english.iter().any(|shown| shown == command), "{command}: {english:?}");
    }
    let numbered = english.iter().filter(|shown| shown.starts_with("senim ")).count();
    assert_eq!(numbered, key_ceremony_commands::OF_SENIM.len());
}

/// The second list goes on where the first ends, and the table's signatures name both ends.
#[test]
fn the_steps_of_the_key_ceremony_are_numbered_through() {
    let html = render(&shell(Language::En), KeyCeremonyPage {});
    let (before, after) = html.split_once("<ol start=\"8\"").unwrap();
    assert_eq!(before.matches("<li>").count(), 7);
    assert_eq!(after.matches("<li>").count(), 4);
    for language in ["kk", "ru", "en"] {
        let texts = fs::read_to_string(format!("locales/{language}/key_ceremony.json")).unwrap();
        assert!(texts.contains("1–7") && texts.contains("8–11"), "{language}");
    }
}
