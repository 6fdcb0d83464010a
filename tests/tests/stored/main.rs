//! "What we store about you", made from the database that is there, and the sheet of the key
//! ceremony.

mod printed;

use tests::{Browser, Database, Server, Visitor, audit, on_both_databases};

on_both_databases! {
    every_table_and_column_of_the_database_is_on_the_page,
    a_column_that_nobody_has_explained_is_shown_and_admitted,
}

/// What the page says where an explanation is missing.
const FORGOTTEN: [(&str, &str); 3] =
    [("kk", "ұмытыппыз"), ("ru", "Мы забыли"), ("en", "We forgot to")];

async fn page(visitor: &Visitor, language: &str) -> String {
    let page = visitor.get(&format!("/language/{language}?back=/stored")).await;
    page.expect_success();
    visitor.get("/stored").await.expect_success().text
}

async fn every_table_and_column_of_the_database_is_on_the_page(database: Database) {
    let server = Server::start(database).await;
    let tables = server.database.tables().await;
    let columns: usize = tables.values().map(Vec::len).sum();
    let visitor = Visitor::of(&server);
    for (language, forgotten) in FORGOTTEN {
        let page = page(&visitor, language).await;
        assert!(page.contains(&format!("<html lang=\"{language}\"")), "{page}");
        assert_eq!(page.matches("<code>").count(), columns, "{language}: {page}");
        for column in tables.values().flatten() {
            let named = format!("<code>{}</code>", column.name);
            assert!(page.contains(&named), "{language}, {named}: {page}");
        }
        assert!(!page.contains(forgotten), "{language}: {page}");
        assert!(!page.contains("<script"), "{page}");
    }
}

async fn a_column_that_nobody_has_explained_is_shown_and_admitted(database: Database) {
    let server = Server::start(database).await;
    let visitor = Visitor::of(&server);
    server.database.execute("alter table envelopes add column seen_at bigint").await;
    server.database.execute("create table visits (address text primary key)").await;
    for (language, forgotten) in FORGOTTEN {
        let page = page(&visitor, language).await;
        let (open, _) = page.split_once("<details").unwrap();
        assert!(open.contains("<code>seen_at</code>"), "{language}: {open}");
        assert!(open.contains("<h3>visits</h3>"), "{language}: {open}");
        assert!(open.contains("<code>address</code>"), "{language}: {open}");
        assert_eq!(open.matches(forgotten).count(), 3, "{language}: {open}");
    }
    assert!(!server.log().contains("ERROR"), "{}", server.log());
}

#[tokio::test]
async fn both_pages_are_reached_without_typing_an_address() {
    let server = Server::start(Database::Sqlite).await;
    let browser = Browser::open().await;
    browser.go(&format!("{}/language/en?back=/", server.url())).await;
    browser.wait_for("footer a[href='/stored']").await.click().await.unwrap();
    browser.wait_for_text("There is nothing else about you").await;
    audit(&browser, "stored").await;
    browser.go(&format!("{}/key-ceremony", server.url())).await;
    browser.wait_for_text("Holder of share 5").await;
    audit(&browser, "key ceremony").await;
}
