use crate::desk::Desk;
use std::collections::BTreeSet;
use tests::workbook::{thirty_classes, with_three_mistakes, workbook};
use tests::{Paper, kazakh, text_in};

/// Who teaches the class that answers.
const TEACHER: &str = "Мұғалім 7 А";

/// Rows as a spreadsheet counts, and the keys of the columns and of what is wrong there.
const MISTAKES: [(&str, &str, &str); 3] = [
    ("4", "language", "unknown_language"),
    ("15", "enrolment", "not_a_number"),
    ("31", "class", "duplicate_class"),
];

pub async fn coordinator_brings_classes_in(desk: &mut Desk<'_>) {
    let faulty = desk.server.file("faulty.xlsx", workbook(&with_three_mistakes()));
    let clean = desk.server.file("clean.xlsx", workbook(&thirty_classes()));
    desk.take_invitation("coordinator").await;
    let browser = &desk.browser;
    browser.wait_for_text(&kazakh("setup", "no_classes_yet")).await;
    browser.press_link(&kazakh("structure", "link")).await;
    browser.choose_file("input[name=file]", &faulty).await;
    browser.press(&kazakh("structure", "check")).await;
    browser.wait_for("table.mistakes").await;
    for (line, (row, column, words)) in (1..).zip(MISTAKES) {
        let said = browser.text_of(&format!("table.mistakes tbody tr:nth-child({line})")).await;
        let words = text_in("kk", "structure", words).replace("{{ row }}", "2");
        for part in [row, &kazakh("structure", column), &words] {
            assert!(said.contains(part), "{part}: {said}");
        }
    }
    assert_eq!(browser.count("table.mistakes tbody tr").await, MISTAKES.len());
    assert_eq!(desk.server.database.count("classes").await, 0);
    // The status of a refused table, which a browser notes.
    let console = browser.console().await;
    assert!(console.iter().all(|line| line.contains("422")), "{console:?}");

    browser.choose_file("input[name=file]", &clean).await;
    browser.press(&kazakh("structure", "check")).await;
    browser.press(&kazakh("structure", "confirm")).await;
    browser.wait_for_text(&kazakh("structure", "done").replace("{{ count }}", "30")).await;
    assert_eq!(desk.server.database.count("classes").await, 30);
}

/// All invitations of the school come on one press; one of them is followed.
pub async fn teacher_takes_the_printed_invitation(desk: &mut Desk<'_>) {
    let browser = &desk.browser;
    browser.press_link(&kazakh("teachers", "link")).await;
    browser.wait_for("input[name=teacher]").await;
    assert_eq!(browser.count("input[name=teacher]:checked").await, 30);
    let (name, bytes) = browser.download(&kazakh("teachers", "make")).await;
    assert!(name.ends_with(".pdf"), "{name}");
    let paper = Paper::of(bytes);
    paper.expect_accessible("kk");
    let text = paper.text();
    let (_, own) = text.split_once(&format!("{TEACHER}\n")).unwrap();
    let address = own.split_whitespace().find(|word| word.contains("/invitation/")).unwrap();
    let scanned: BTreeSet<_> = paper.qr_codes().into_iter().collect();
    assert_eq!(scanned.len(), 30);
    assert!(scanned.contains(address), "{address}: {scanned:?}");
    let made = desk.browser.count("input[name=teacher]").await;
    assert_eq!(desk.server.database.count("invitations").await, made as i64 + 2, "and two above");
    let address = address.to_owned();
    desk.take("teacher", &address).await;
    desk.browser.wait_for_text("7 «А»").await;
    assert_eq!(desk.browser.count("table.list tbody tr").await, 1, "the own class alone");
}
