//! Regions, districts and schools made and renamed by hand.

use reqwest::StatusCode;
use tests::forms::send;
use tests::{
    Browser, Database, PASSWORD, Server, Staff, Visitor, audit, on_both_databases, text_in,
};

on_both_databases! { units_are_made_and_renamed_by_hand_from_the_top }

/// Where the last link that begins and ends so leads, on a page.
fn link(page: &str, start: &str, end: &str) -> String {
    let links = page.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
    let found = links.filter(|link| link.starts_with(start) && link.ends_with(end)).last();
    found.unwrap_or_else(|| panic!("no link {start}…{end}: {page}")).to_owned()
}

async fn units_are_made_and_renamed_by_hand_from_the_top(database: Database) {
    let server = Server::start(database).await;
    let operator = Staff::sign_in(&server, "operator", "nation").await;
    operator.get("/language/en").await;
    assert!(operator.get("/classes").await.text.contains("href=\"/regions\""));
    let mut path = "/regions".to_owned();
    for (unit, start, end) in [
        ("Ақмола облысы", "/regions/", "/districts"),
        ("Бурабай ауданы", "/districts/", "/schools"),
        ("№5 мектеп", "/schools/", "/classes"),
    ] {
        assert!(operator.get(&path).await.text.contains(&text_in("en", "setup", "no_units")));
        let made = send(&operator, &path, &[("name", &format!("  {unit} "))]).await;
        assert_eq!(made.location, format!("{path}?saved=yes"), "{}", made.text);
        let page = operator.get(&made.location).await.expect_success().text;
        assert!(page.contains(&format!(">{unit}<")) && page.contains("role=\"status\""), "{page}");
        let below = link(&page, start, end);
        let own = below.strip_suffix(end).unwrap().to_owned();
        let other = format!("{unit}, жаңа");
        let renamed = send(&operator, &own, &[("name", &other)]).await;
        assert_eq!(renamed.location, format!("{path}?saved=yes"), "{}", renamed.text);
        assert!(operator.get(&path).await.text.contains(&format!(">{other}<")));
        wrong_names_are_refused(&operator, &path, &own, &other).await;
        path = below;
    }
    for table in ["regions", "districts", "schools"] {
        assert_eq!(server.database.count(table).await, 1, "{table}");
    }
    let code = server.database.text("select code from schools").await;
    assert_eq!(code, "S01");
}

/// Said beside what was typed, which stays; nothing is made.
async fn wrong_names_are_refused(visitor: &Visitor, path: &str, own: &str, taken: &str) {
    let long = "ұ".repeat(151);
    let capitals = taken.to_uppercase();
    for (typed, words) in [
        (" ", text_in("en", "structure", "empty")),
        (&capitals, text_in("en", "setup", "name_taken")),
        ("a\u{202e}b", text_in("en", "structure", "control")),
        (&long, "151".to_owned()),
    ] {
        let reply = send(visitor, path, &[("name", typed)]).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
        assert!(reply.text.contains(&words), "{words}: {}", reply.text);
        assert!(reply.text.contains(&format!("value=\"{typed}\"")), "{typed}: {}", reply.text);
    }
    let reply = send(visitor, own, &[("name", "")]).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(reply.text.contains("<details open"), "what was typed is folded away");
    // Its own name in other capitals is no other unit's.
    send(visitor, own, &[("name", &capitals)]).await.expect_success();
    send(visitor, own, &[("name", taken)]).await.expect_success();
}

#[tokio::test]
async fn the_pages_of_units_can_be_used_by_everybody() {
    let server = Server::start(Database::Sqlite).await;
    let operator = Staff::sign_in(&server, "operator", "nation").await;
    for name in ["Алматы", "Ақмола облысы"] {
        send(&operator, "/regions", &[("name", name)]).await.expect_success();
    }
    let region = server.database.text("select id from regions order by code limit 1").await;
    server.add_account("region", "region", &format!("region:{region}"), PASSWORD);
    let browser = Browser::open().await;
    browser.sign_in(&server.url(), "region", PASSWORD).await;
    audit(&browser, "the first page of a region").await;
    browser.press_link(&text_in("kk", "setup", "districts_link")).await;
    browser.fill("#name", "Медеу ауданы").await;
    browser.press(&text_in("kk", "setup", "add")).await;
    browser.wait_for("table.list tbody tr").await;
    audit(&browser, "the districts of a region").await;
    browser.fill("#name", "Медеу ауданы").await;
    browser.press(&text_in("kk", "setup", "add")).await;
    browser.wait_for("#name-wrong").await;
    audit(&browser, "a district that is there").await;
    let console = browser.console().await;
    assert!(console.iter().all(|line| line.contains("422")), "{console:?}");
    browser.close().await;
}
