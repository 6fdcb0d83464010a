use crate::steps::{expect_inside, expect_outside, link, linked, send, sign_in};
use reqwest::StatusCode;
use tests::{Authenticator, Database, PASSWORD, SignInProvider, Staff, Visitor};

#[tokio::test]
async fn the_provider_stands_for_the_password_and_not_for_the_code() {
    let (provider, server) = SignInProvider::with_server(Database::Sqlite).await;
    let name = Staff::account(&server, "operator", "nation");
    let visitor = Visitor::of(&server);
    visitor.sign_in(&name, PASSWORD).await;
    link(&provider, &visitor, "aigul").await;
    // A role that asks for codes asks for them here too.
    let other = Visitor::of(&server);
    assert_eq!(sign_in(&provider, &other, "aigul").await.location, "/account");
    assert_eq!(other.get("/audit").await.location, "/account/second-factor");

    let authenticator = Authenticator::set_up(&visitor).await;
    let third = Visitor::of(&server);
    let half = sign_in(&provider, &third, "aigul").await;
    assert_eq!(half.location, "/sign-in/code?back=/account");
    expect_outside(&third).await;
    let wrong = send(&third, "/sign-in/code", &[("code", "000000")]).await;
    assert_eq!(wrong.status, StatusCode::UNAUTHORIZED);
    let form = [("code", authenticator.code(1)), ("back", "/audit".to_owned())];
    let form: Vec<_> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(send(&third, "/sign-in/code", &form).await.location, "/audit");
    third.get("/language/en").await;
    let page = third.get("/audit").await.expect_success().text;
    for words in ["signed in with the sign-in provider", "linked the account with the sign-in"] {
        assert!(page.contains(words), "{words}: {page}");
    }
}

#[tokio::test]
async fn a_locked_name_is_locked_at_the_provider_too() {
    let (provider, server) = SignInProvider::with_server(Database::Sqlite).await;
    let name = linked(&provider, &server, "coordinator", "aigul").await;
    for _ in 0..10 {
        let form = [("name", name.as_str()), ("password", "wrong")];
        send(&Visitor::of(&server), "/sign-in", &form).await;
    }
    let visitor = Visitor::of(&server);
    let locked = sign_in(&provider, &visitor, "aigul").await;
    assert_eq!(locked.status, StatusCode::TOO_MANY_REQUESTS, "{locked:?}");
    expect_outside(&visitor).await;
    server.database.execute("update sign_in_tries set locked_until = 0").await;
    assert_eq!(sign_in(&provider, &visitor, "aigul").await.location, "/account");
    expect_inside(&visitor).await;
    assert_eq!(server.database.count("sign_in_tries").await, 0, "tries are not forgotten");
}
