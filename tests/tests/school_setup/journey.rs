use crate::school::{School, confirm, in_language, table_rows};
use reqwest::StatusCode;
use tests::workbook::{thirty_classes, with_three_mistakes, workbook};
use tests::{Browser, Database, audit, kazakh, on_both_databases, text_in};

on_both_databases! { three_mistakes_are_named_in_each_language_and_the_clean_table_makes_30_classes }

/// Rows as a spreadsheet counts, columns, and keys of the words.
const MISTAKES: [(&str, &str, &str, &str); 3] = [
    ("4", "language", "эльфийский", "unknown_language"),
    ("15", "enrolment", "жиырма", "not_a_number"),
    ("31", "class", "11 «ә»", "duplicate_class"),
];

/// The reader's order of the thirty classes.
fn labels() -> Vec<String> {
    (2..=11).flat_map(|grade| ["А", "Ә", "Б"].map(|letter| format!("{grade} «{letter}»"))).collect()
}

async fn three_mistakes_are_named_in_each_language_and_the_clean_table_makes_30_classes(
    database: Database,
) {
    let school = School::start(database).await;
    let coordinator = &school.coordinator;
    let mut before = school.server.database.content().await;
    before.remove("staff_sessions");
    for language in ["kk", "ru", "en"] {
        in_language(coordinator, language).await;
        let file = workbook(&with_three_mistakes());
        let reply = coordinator.upload("/structure", "classes.xlsx", &file).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
        let rows = table_rows(&reply.text);
        let expected = MISTAKES.map(|(row, column, cell, words)| {
            let words = text_in(language, "structure", words).replace("{{ row }}", "2");
            let column = text_in(language, "structure", column);
            vec![row.to_owned(), column, format!("{cell} {words}")]
        });
        assert_eq!(rows, expected, "{language}");
    }
    let mut after = school.server.database.content().await;
    after.remove("staff_sessions");
    assert_eq!(after, before, "a table with mistakes changed something");

    in_language(coordinator, "kk").await;
    let file = workbook(&thirty_classes());
    let checked = coordinator.upload("/structure", "classes.xlsx", &file).await;
    assert_eq!(checked.status, StatusCode::SEE_OTHER, "{}", checked.text);
    assert!(school.rows("classes").await.is_empty(), "checking made classes");
    let preview = coordinator.get(&checked.location).await.expect_success();
    let shown: Vec<_> = table_rows(&preview.text).into_iter().map(|row| row[0].clone()).collect();
    assert_eq!(shown, labels());
    let done = confirm(coordinator, &checked).await;
    assert!(done.text.contains("30"), "{}", done.text);
    assert_eq!(school.rows("classes").await.len(), 30);
    let list = coordinator.get("/classes").await.expect_success();
    let rows: Vec<_> = table_rows(&list.text).into_iter().map(|row| row[0].clone()).collect();
    let listed: Vec<_> = labels().into_iter().zip(rows).collect();
    assert!(listed.iter().all(|(label, row)| row.starts_with(label.as_str())), "{listed:?}");
    assert_eq!(listed.len(), 30);

    let again = coordinator.upload("/structure", "classes.xlsx", &file).await;
    let page = coordinator.get(&again.location).await.expect_success();
    assert!(page.text.contains(&kazakh("structure", "nothing_to_do")), "{}", page.text);
}

#[tokio::test]
async fn a_coordinator_does_it_in_a_browser() {
    let school = School::start(Database::Sqlite).await;
    let (name, password) = school.sign_in();
    let faulty = school.server.file("faulty.xlsx", workbook(&with_three_mistakes()));
    let clean = school.server.file("clean.xlsx", workbook(&thirty_classes()));
    let browser = Browser::open().await;
    browser.sign_in(&school.server.url(), &name, password).await;
    browser.press_link(&kazakh("structure", "link")).await;
    browser.wait_for_text(&kazakh("structure", "step_upload")).await;
    audit(&browser, "the form for a table").await;

    browser.choose_file("input[name=file]", &faulty).await;
    browser.press(&kazakh("structure", "check")).await;
    browser.wait_for("table.mistakes").await;
    assert_eq!(browser.count("table.mistakes tbody tr").await, MISTAKES.len());
    let text = browser.text().await;
    assert!(MISTAKES.iter().all(|(_, _, cell, _)| text.contains(cell)), "{text}");
    audit(&browser, "a table with mistakes").await;
    assert!(school.rows("classes").await.is_empty());

    browser.choose_file("input[name=file]", &clean).await;
    browser.press(&kazakh("structure", "check")).await;
    browser.wait_for_text(&kazakh("structure", "preview_title")).await;
    assert_eq!(browser.count("table.list tbody tr").await, 30);
    audit(&browser, "a table that is in order").await;
    browser.press(&kazakh("structure", "confirm")).await;
    let done = kazakh("structure", "done").replace("{{ count }}", "30");
    browser.wait_for_text(&done).await;
    browser.press_link(&kazakh("structure", "to_classes")).await;
    browser.wait_for("table.list tbody tr").await;
    assert_eq!(browser.count("table.list tbody tr").await, 30);
    assert_eq!(school.rows("classes").await.len(), 30);
    let console = browser.console().await;
    assert!(console.iter().all(|line| line.contains("422")), "{console:?}");
    browser.close().await;
}
