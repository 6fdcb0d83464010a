use crate::steps::{expect_inside, linked, send, sign_in};
use tests::{Database, PASSWORD, SignInProvider, Staff, Visitor, senim, wait_until};

const AWAY: &str = "School Door does not answer at the moment";

#[tokio::test]
async fn the_server_works_without_the_provider_and_finds_it_when_it_comes() {
    let mut provider = SignInProvider::away();
    let server = provider.server(Database::Sqlite).await;
    let name = Staff::account(&server, "coordinator", "nation");
    let visitor = Visitor::of(&server);
    visitor.get("/language/en").await;
    let page = visitor.get("/sign-in").await.text;
    assert!(page.contains(AWAY) && !page.contains("href=\"/sign-in/provider"), "{page}");
    let sent = visitor.get("/sign-in/provider?back=/account").await.location;
    assert_eq!(sent, "/sign-in?back=/account&provider=unreachable");
    visitor.sign_in(&name, PASSWORD).await;
    expect_inside(&visitor).await;
    assert!(visitor.get("/account").await.text.contains(AWAY));

    provider.start(&server).await;
    assert!(!visitor.get("/account").await.text.contains(AWAY));
    crate::steps::link(&provider, &visitor, "aigul").await;
    let other = Visitor::of(&server);
    assert_eq!(sign_in(&provider, &other, "aigul").await.location, "/account");

    // It goes while somebody is there.
    let led = other.get("/sign-in/provider?back=/account").await.location;
    let back = provider.sign_in(&led, "aigul").await;
    provider.stop();
    let reply = other.get(&back).await;
    assert_eq!(reply.location, "/sign-in?back=/account&provider=unreachable");
    wait_until("the page says that it is away", 20, async || {
        visitor.get("/sign-in").await.text.contains(AWAY).then_some(())
    })
    .await;
}

#[tokio::test]
async fn whoever_cancels_at_the_provider_is_back_where_they_were() {
    let (provider, server) = SignInProvider::with_server(Database::Sqlite).await;
    linked(&provider, &server, "coordinator", "aigul").await;
    let visitor = Visitor::of(&server);
    visitor.get("/language/en").await;
    let led = visitor.get("/sign-in/provider?back=/people").await.location;
    let cancelled = visitor.get(&provider.cancel(&led).await).await;
    assert_eq!(cancelled.location, "/sign-in?back=/people&provider=cancelled");
    let page = visitor.get(&cancelled.location).await.text;
    assert!(page.contains("You cancelled at School Door"), "{page}");
    assert!(page.contains("name=\"back\" value=\"/people\""), "{page}");
    let form = [("name", "coordinator-nation"), ("password", PASSWORD), ("back", "/people")];
    assert_eq!(send(&visitor, "/sign-in", &form).await.location, "/people");
}

#[tokio::test]
async fn a_provider_that_wants_the_secret_in_the_form_gets_it_there() {
    let mut provider = SignInProvider::away();
    provider.method = "client_secret_post";
    let server = provider.server(Database::Sqlite).await;
    provider.start(&server).await;
    linked(&provider, &server, "coordinator", "aigul").await;
    let visitor = Visitor::of(&server);
    assert_eq!(sign_in(&provider, &visitor, "aigul").await.location, "/account");
}

#[test]
fn settings_that_would_be_unsafe_or_are_not_whole_are_refused() {
    let directory = tempfile::tempdir().unwrap();
    let path = |name: &str| directory.path().join(name).display().to_string();
    let (secret, empty) = (path("secret"), path("empty"));
    std::fs::write(&secret, "secret").unwrap();
    std::fs::write(&empty, "\n").unwrap();
    let database = format!("sqlite://{}", path("senim.sqlite"));
    let start = ["serve", "--address", "127.0.0.1:0", "--database", &database];
    let (missing, secrets) = (path("missing"), path("secrets"));
    for (issuer, file, told) in [
        ("http://id.example.kz", &secret, "must begin with https://"),
        ("nothing", &secret, "--oidc-issuer"),
        ("https://id.example.kz", &missing, "No such file"),
        ("https://id.example.kz", &empty, "first line is empty"),
    ] {
        let settings = ["--secrets", &secrets, "--oidc-issuer", issuer, "--oidc-client-id", "x"];
        let file = ["--oidc-client-secret-file", file.as_str()];
        let ended = senim(&[&start[..], &settings, &file].concat());
        assert!(ended.stderr.contains(told), "{told}: {}", ended.stderr);
    }
    let alone = senim(&[&start[..], &["--oidc-issuer", "https://id.example.kz"]].concat());
    assert!(alone.stderr.contains("--oidc-client-secret-file"), "{}", alone.stderr);
}
