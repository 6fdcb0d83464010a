use reqwest::StatusCode;
use tests::forms::send;
use tests::{Database, PASSWORD, Server, Staff, Visitor};

#[tokio::test]
async fn the_language_changes_without_losing_where_to_go() {
    let server = Server::start(Database::Sqlite).await;
    let name = Staff::account(&server, "coordinator", "nation");
    let visitor = Visitor::of(&server);
    let led = visitor.get("/waves/x").await.location;
    let asked = "/sign-in?back=/account";
    assert!(led.starts_with("/sign-in?back="), "{led}");
    let page = visitor.get(asked).await.text;
    let link = page.split("href=\"/language/ru?back=").nth(1).unwrap();
    let link = format!("/language/ru?back={}", link.split('"').next().unwrap());
    let back = visitor.get(&link).await.location;
    assert_eq!(back, asked);
    let page = visitor.get(&back).await.text;
    assert!(page.contains("name=\"back\" value=\"/account\""), "{page}");
    let form = [("name", name.as_str()), ("password", PASSWORD), ("back", "/account")];
    assert_eq!(send(&visitor, "/sign-in", &form).await.location, "/account");
}

#[tokio::test]
async fn a_new_password_ends_every_other_session() {
    let server = Server::start(Database::Sqlite).await;
    let name = Staff::account(&server, "coordinator", "nation");
    let (here, elsewhere) = (Visitor::of(&server), Visitor::of(&server));
    here.sign_in(&name, PASSWORD).await;
    elsewhere.sign_in(&name, PASSWORD).await;
    let new = "another long password";
    for (current, status) in
        [("wrong", StatusCode::UNPROCESSABLE_ENTITY), (PASSWORD, StatusCode::SEE_OTHER)]
    {
        let form = [("current", current), ("new", new), ("repeat", new)];
        assert_eq!(send(&here, "/account/password", &form).await.status, status);
    }
    assert_eq!(here.get("/classes").await.status, StatusCode::OK);
    assert!(elsewhere.get("/classes").await.location.starts_with("/sign-in"));
    elsewhere.sign_in(&name, new).await;
    send(&here, "/account/sign-out", &[]).await.expect_success();
    for visitor in [here, elsewhere] {
        assert!(visitor.get("/classes").await.location.starts_with("/sign-in"));
    }
}

#[tokio::test]
async fn a_session_ends_when_it_is_not_used_and_not_while_it_is() {
    let server = Server::start(Database::Sqlite).await;
    let visitor = Staff::sign_in(&server, "coordinator", "nation").await;
    // Three hours ago; a request of one's own puts the end off again.
    server.database.execute("update staff_sessions set expires = expires - 3 * 3600").await;
    assert_eq!(visitor.get("/classes").await.status, StatusCode::OK);
    let left = "select cast(expires as text) from staff_sessions";
    let expires: i64 = server.database.text(left).await.parse().unwrap();
    let now = jiff::Timestamp::now().as_second();
    assert!((3 * 3600 + 1800..=4 * 3600 + 60).contains(&(expires - now)), "{}", expires - now);
    server.database.execute("update staff_sessions set expires = expires - 4 * 3600 - 60").await;
    assert!(visitor.get("/classes").await.location.starts_with("/sign-in"));
}
