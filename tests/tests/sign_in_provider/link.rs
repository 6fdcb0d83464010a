use crate::steps::{expect_inside, expect_outside, lines, link, linked, send, sign_in, visit};
use reqwest::StatusCode;
use tests::{Database, PASSWORD, SignInProvider, Staff, Visitor, on_both_databases};

on_both_databases! { a_linked_account_signs_in_by_the_provider_until_it_is_unlinked }

async fn a_linked_account_signs_in_by_the_provider_until_it_is_unlinked(database: Database) {
    let (provider, server) = SignInProvider::with_server(database).await;
    let name = Staff::account(&server, "coordinator", "nation");
    let here = Visitor::of(&server);
    here.sign_in(&name, PASSWORD).await;
    link(&provider, &here, "aigul").await;
    assert_eq!(lines!(server, "POST /account/provider"), "1");

    let elsewhere = Visitor::of(&server);
    let came = sign_in(&provider, &elsewhere, "aigul").await;
    assert_eq!(came.location, "/account", "{came:?}");
    expect_inside(&elsewhere).await;
    assert_eq!(lines!(server, "signed in with the provider"), "1");

    let wrong = send(&here, "/account/provider/off", &[("password", "wrong")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let off = send(&here, "/account/provider/off", &[("password", PASSWORD)]).await;
    assert_eq!(off.location, "/account?provider=unlinked");
    expect_inside(&here).await;
    expect_outside(&elsewhere).await;
    assert_eq!(lines!(server, "POST /account/provider/off"), "1");
    let again = send(&here, "/account/provider/off", &[("password", PASSWORD)]).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    let came = sign_in(&provider, &elsewhere, "aigul").await;
    assert_eq!(came.location, "/sign-in?back=/account&provider=not-linked");
    expect_outside(&elsewhere).await;
}

#[tokio::test]
async fn nobody_gets_an_account_by_the_provider() {
    let (provider, server) = SignInProvider::with_server(Database::Sqlite).await;
    linked(&provider, &server, "coordinator", "aigul").await;
    let accounts = server.database.count("accounts").await;
    let stranger = Visitor::of(&server);
    let came = sign_in(&provider, &stranger, "somebody").await;
    assert_eq!(came.location, "/sign-in?back=/account&provider=not-linked");
    stranger.get("/language/en").await;
    let page = stranger.get(&came.location).await.text;
    assert!(page.contains("School Door knows you, but no account here is linked"), "{page}");
    expect_outside(&stranger).await;
    assert_eq!(server.database.count("accounts").await, accounts);
}

#[tokio::test]
async fn a_link_is_made_with_the_password_and_with_nobody_elses_person() {
    let (provider, server) = SignInProvider::with_server(Database::Sqlite).await;
    linked(&provider, &server, "coordinator", "aigul").await;
    let other = Staff::account(&server, "researcher", "nation");
    let visitor = Visitor::of(&server);
    visitor.sign_in(&other, PASSWORD).await;
    let way = "/sign-in/provider?link=yes";
    let taken = visit(&provider, &visitor, way, "aigul").await;
    assert_eq!(taken.location, "/account?provider=taken");

    let nobody_came = send(&visitor, "/account/provider", &[("password", PASSWORD)]).await;
    assert_eq!(nobody_came.status, StatusCode::CONFLICT);
    let came = visit(&provider, &visitor, way, "berik").await;
    let page = visitor.get(&came.location).await.text;
    assert!(page.contains("Мектеп есігі") && page.contains(&other), "{page}");
    let wrong = send(&visitor, "/account/provider", &[("password", "wrong")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(server.database.count("provider_links").await, 1);
    // Somebody else signs in meanwhile in the same browser.
    visitor.sign_in("coordinator-nation", PASSWORD).await;
    let not_theirs = send(&visitor, "/account/provider", &[("password", PASSWORD)]).await;
    assert_eq!(not_theirs.status, StatusCode::CONFLICT);
    let stranger = Visitor::of(&server).get(way).await;
    assert!(stranger.location.starts_with("/sign-in?back="), "{stranger:?}");
}

#[tokio::test]
async fn neither_who_it_is_there_nor_the_secret_is_stored_or_logged() {
    let (provider, server) = SignInProvider::with_server(Database::Sqlite).await;
    linked(&provider, &server, "coordinator", "900101-of-aigul").await;
    sign_in(&provider, &Visitor::of(&server), "900101-of-aigul").await;
    let files = server.database.files();
    let holds = |text: &str| files.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(holds(&provider.issuer()), "the search finds what is there");
    let log = server.log();
    for secret in ["900101-of-aigul", SignInProvider::SECRET] {
        assert!(!holds(secret) && !log.contains(secret), "{secret}");
    }
}
