use crate::steps::{expect_inside, expect_outside, lines, linked, send, sign_in, visit};
use reqwest::StatusCode;
use tests::{Authenticator, Database, PASSWORD, Server, SignInProvider, Staff, Visitor};

/// An invitation of an operator; the path of the link.
async fn invite(server: &Server) -> String {
    let operator = Staff::sign_in(server, "operator", "nation").await;
    let form = [("person", "Айгүл"), ("place", "operator nation:")];
    let sheet = send(&operator, "/people/invite", &form).await.expect_success().text;
    let link = sheet.split("/invitation/").nth(1).unwrap_or_else(|| panic!("{sheet}"));
    format!("/invitation/{}", link.split('<').next().unwrap().replace('-', ""))
}

/// The way from the invitation's page to the provider.
async fn way(visitor: &Visitor, link: &str) -> String {
    let page = visitor.get(link).await.text;
    let way = page.split("href=\"/sign-in/provider?invitation=").nth(1);
    let token = way.unwrap_or_else(|| panic!("{page}")).split('"').next().unwrap();
    format!("/sign-in/provider?invitation={token}")
}

#[tokio::test]
async fn an_invitation_is_taken_without_a_password_here() {
    let (provider, server) = SignInProvider::with_server(Database::Sqlite).await;
    let link = invite(&server).await;
    let visitor = Visitor::of(&server);
    let way = way(&visitor, &link).await;
    let came = visit(&provider, &visitor, &way, "aigul").await;
    assert_eq!(came.location, link);
    let page = visitor.get(&link).await.text;
    assert!(!page.contains("type=\"password\"") && page.contains("Мектеп есігі"), "{page}");
    let short = send(&visitor, &link, &[("name", "ai"), ("provider", "yes")]).await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!short.text.contains("type=\"password\""), "{short:?}");
    let taken = send(&visitor, &link, &[("name", "aigul.s"), ("provider", "yes")]).await;
    assert!(taken.status.is_redirection(), "{taken:?}");
    expect_inside(&visitor).await;
    let hash = "select password_hash from accounts where name = 'aigul.s'";
    assert_eq!(server.database.text(hash).await, "");
    assert_eq!(lines!(server, "invitation taken"), "1");
    assert_eq!(lines!(server, "provider linked"), "1");
    assert_eq!(lines!(server, "signed in with the provider"), "1");
    // The role asks for codes, and the only way in is kept.
    Authenticator::set_up(&visitor).await;
    let off = send(&visitor, "/account/provider/off", &[]).await;
    assert_eq!(off.status, StatusCode::CONFLICT);
    for password in ["", PASSWORD] {
        let stranger = Visitor::of(&server);
        send(&stranger, "/sign-in", &[("name", "aigul.s"), ("password", password)]).await;
        expect_outside(&stranger).await;
    }
    let again = sign_in(&provider, &Visitor::of(&server), "aigul").await;
    assert_eq!(again.location, "/sign-in/code?back=/account");
    assert_eq!(visitor.get(&way).await.status, StatusCode::GONE, "the link works twice");
}

#[tokio::test]
async fn whoever_did_not_come_back_for_this_invitation_needs_a_password() {
    let (provider, server) = SignInProvider::with_server(Database::Sqlite).await;
    linked(&provider, &server, "coordinator", "aigul").await;
    let link = invite(&server).await;
    let visitor = Visitor::of(&server);
    let never_there = send(&visitor, &link, &[("name", "berik"), ("provider", "yes")]).await;
    assert_eq!(never_there.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(never_there.text.contains("value=\"berik\""), "the name is lost: {never_there:?}");
    let way = way(&visitor, &link).await;
    let taken = visit(&provider, &visitor, &way, "aigul").await;
    assert_eq!(taken.location, format!("{link}?provider=taken"));
    let cancelled = visitor.get(&way).await.location;
    let cancelled = visitor.get(&provider.cancel(&cancelled).await).await;
    assert_eq!(cancelled.location, format!("{link}?provider=cancelled"));
    // On the way there the link itself lies nowhere to be read.
    visitor.get(&way).await;
    let files = server.database.files();
    let token = link.rsplit('/').next().unwrap();
    assert!(!files.windows(token.len()).any(|window| window == token.as_bytes()));
    let form = [("name", "berik"), ("new", PASSWORD), ("repeat", PASSWORD)];
    assert!(send(&visitor, &link, &form).await.status.is_redirection());
}
