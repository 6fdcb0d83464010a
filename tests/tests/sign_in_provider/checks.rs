use crate::steps::{expect_inside, expect_outside, linked, sign_in};
use reqwest::StatusCode;
use serde_json::json;
use tests::{Database, SignInProvider, Visitor};

const WAY: &str = "/sign-in/provider?back=/account";

#[tokio::test]
async fn what_comes_back_works_once_and_only_where_it_was_asked_for() {
    let (provider, server) = SignInProvider::with_server(Database::Sqlite).await;
    linked(&provider, &server, "coordinator", "aigul").await;
    let (asker, thief) = (Visitor::of(&server), Visitor::of(&server));
    let led = asker.get(WAY).await.location;
    let back = provider.sign_in(&led, "aigul").await;
    assert_eq!(thief.get(&back).await.location, "/sign-in?provider=expired", "another browser");
    expect_outside(&thief).await;
    assert_eq!(asker.get(&back).await.location, "/account");
    // Signed in as before, by nothing that came back the second time.
    assert_eq!(asker.get(&back).await.location, "/account?provider=expired");

    // The used code under a state that is right.
    let code = back.split("code=").nth(1).unwrap().split('&').next().unwrap();
    let led = thief.get(WAY).await.location;
    let state = led.split("state=").nth(1).unwrap().split('&').next().unwrap();
    let replayed = format!("/sign-in/provider/back?code={code}&state={state}");
    let reply = thief.get(&replayed).await;
    assert_eq!(reply.location, "/sign-in?back=/account&provider=failed", "{reply:?}");
    expect_outside(&thief).await;
}

#[tokio::test]
async fn a_wrong_state_uses_the_try_up() {
    let (provider, server) = SignInProvider::with_server(Database::Sqlite).await;
    linked(&provider, &server, "coordinator", "aigul").await;
    let visitor = Visitor::of(&server);
    let led = visitor.get(WAY).await.location;
    let back = provider.sign_in(&led, "aigul").await;
    let state = back.split("state=").nth(1).unwrap().split('&').next().unwrap();
    for wrong in [back.replace(state, "A"), back.replace("state=", "x="), back] {
        assert_eq!(visitor.get(&wrong).await.location, "/sign-in?provider=expired", "{wrong}");
        expect_outside(&visitor).await;
    }
    // And one from another provider.
    let led = visitor.get(WAY).await.location;
    let back = provider.sign_in(&led, "aigul").await;
    let mixed_up = back.replace("iss=http", "iss=https");
    assert_ne!(mixed_up, back);
    let reply = visitor.get(&mixed_up).await;
    assert_eq!(reply.location, "/sign-in?back=/account&provider=failed");
    // Ten minutes later.
    let led = visitor.get(WAY).await.location;
    let back = provider.sign_in(&led, "aigul").await;
    server.database.execute("update staff_sessions set expires = expires - 601").await;
    assert_eq!(visitor.get(&back).await.location, "/sign-in?provider=expired");
}

/// Each is refused for its own reason, which the log says, and what is right is taken again.
#[tokio::test]
async fn an_id_token_that_is_not_right_in_everything_signs_nobody_in() {
    let (mut provider, server) = SignInProvider::with_server(Database::Sqlite).await;
    linked(&provider, &server, "coordinator", "aigul").await;
    for (claims, sign, why) in [
        (json!({ "nonce": "another" }), "right", "nonce mismatch"),
        (json!({ "nonce": null }), "right", "nonce"),
        (json!({ "aud": "somebody else" }), "right", "audience"),
        (json!({ "aud": ["senim", "somebody else"] }), "right", "audience"),
        (json!({ "iss": "https://id.example" }), "right", "issuer"),
        (json!({ "exp": 1_700_000_000 }), "right", "expired"),
        (json!({}), "other key", "signature"),
        (json!({}), "secret", "HS256"),
        (json!({}), "none", "no signature"),
    ] {
        provider.stop();
        (provider.claims, provider.sign) = (claims.clone(), sign);
        provider.start(&server).await;
        let (visitor, from) = (Visitor::of(&server), server.log_length());
        let reply = sign_in(&provider, &visitor, "aigul").await;
        let log = server.log()[from..].to_lowercase();
        let failed = "/sign-in?back=/account&provider=failed";
        assert_eq!(reply.location, failed, "{claims}, {sign}: {log}");
        assert!(log.contains(&why.to_lowercase()), "{claims}, {sign}: {log}");
        expect_outside(&visitor).await;
    }
    // With keys that are newer than what the server asked for last.
    provider.stop();
    (provider.claims, provider.sign) = (json!({}), "right");
    provider.start(&server).await;
    let visitor = Visitor::of(&server);
    assert_eq!(sign_in(&provider, &visitor, "aigul").await.location, "/account");
    expect_inside(&visitor).await;
}

#[tokio::test]
async fn a_site_where_no_provider_is_set_says_nothing_of_one() {
    let server = tests::Server::start(Database::Sqlite).await;
    let visitor = tests::Staff::sign_in(&server, "coordinator", "nation").await;
    for path in ["/sign-in", "/account"] {
        assert!(!visitor.get(path).await.text.contains("provider"), "{path}");
    }
    for path in ["/sign-in/provider", "/sign-in/provider/back?state=x&code=x"] {
        assert_eq!(visitor.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}
