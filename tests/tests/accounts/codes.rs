use reqwest::StatusCode;
use tests::forms::{send, sign_in};
use tests::{Authenticator, Database, PASSWORD, Server, Staff, Visitor};

async fn with_codes(server: &Server) -> (String, Authenticator) {
    let name = Staff::account(server, "coordinator", "nation");
    let visitor = Visitor::of(server);
    visitor.sign_in(&name, PASSWORD).await;
    (name, Authenticator::set_up(&visitor).await)
}

#[tokio::test]
async fn a_password_alone_is_not_enough_and_a_code_works_once() {
    let server = Server::start(Database::Sqlite).await;
    let (name, authenticator) = with_codes(&server).await;
    let code = authenticator.code(1);
    let visitor = Visitor::of(&server);
    let half = sign_in(&visitor, &name, PASSWORD).await;
    assert!(half.location.starts_with("/sign-in/code"), "{half:?}");
    assert!(visitor.get("/classes").await.location.starts_with("/sign-in"));
    let wrong = send(&visitor, "/sign-in/code", &[("code", "000000")]).await;
    assert_eq!(wrong.status, StatusCode::UNAUTHORIZED);
    let spaced = format!("{} {}", &code[..3], &code[3..]);
    send(&visitor, "/sign-in/code", &[("code", &spaced)]).await.expect_success();
    assert_eq!(visitor.get("/classes").await.status, StatusCode::OK);
    let lines = "select cast(count(*) as text) from audit_lines
         where what = 'POST /account/second-factor'";
    assert_eq!(server.database.text(lines).await, "1");

    let thief = Visitor::of(&server);
    sign_in(&thief, &name, PASSWORD).await;
    for replayed in [code, authenticator.code(0)] {
        let reply = send(&thief, "/sign-in/code", &[("code", &replayed)]).await;
        assert_eq!(reply.status, StatusCode::UNAUTHORIZED, "a code worked twice");
    }
    assert!(thief.get("/classes").await.location.starts_with("/sign-in"));
}

#[tokio::test]
async fn a_recovery_code_works_once() {
    let server = Server::start(Database::Sqlite).await;
    let (name, authenticator) = with_codes(&server).await;
    assert_eq!(authenticator.recovery_codes.len(), 10);
    let code = authenticator.recovery_codes[3].to_lowercase();
    for (visitor, status) in [
        (Visitor::of(&server), StatusCode::SEE_OTHER),
        (Visitor::of(&server), StatusCode::UNAUTHORIZED),
    ] {
        sign_in(&visitor, &name, PASSWORD).await;
        let reply = send(&visitor, "/sign-in/code", &[("code", &code)]).await;
        assert_eq!(reply.status, status);
    }
    assert_eq!(server.database.count("recovery_codes").await, 9);
}

#[tokio::test]
async fn a_role_for_the_whole_country_leads_to_codes_before_anything_else() {
    let server = Server::start(Database::Sqlite).await;
    for role in ["ministry", "researcher", "operator"] {
        let name = Staff::account(&server, role, "nation");
        let visitor = Visitor::of(&server);
        visitor.sign_in(&name, PASSWORD).await;
        for path in ["/classes", "/people", "/audit"] {
            assert_eq!(visitor.get(path).await.location, "/account/second-factor", "{role} {path}");
        }
        assert_eq!(visitor.get("/account").await.status, StatusCode::OK);
        Authenticator::set_up(&visitor).await;
        assert_eq!(visitor.get("/classes").await.status, StatusCode::OK, "{role}");
    }
}

/// In neither the database nor its journal.
#[tokio::test]
async fn nothing_that_signs_in_is_stored_as_it_is() {
    let server = Server::start(Database::Sqlite).await;
    let name = Staff::account(&server, "coordinator", "nation");
    let visitor = Visitor::of(&server);
    visitor.sign_in(&name, PASSWORD).await;
    let page = visitor.get("/account/second-factor").await.text;
    let key = page.split("<p class=\"link-code\">").nth(1).unwrap().split('<').next().unwrap();
    let key = key.replace(' ', "");
    let authenticator = Authenticator::set_up(&visitor).await;
    let files = server.database.files();
    let holds = |text: &str| files.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(holds(&name), "the search finds what is there");
    for secret in authenticator.recovery_codes.iter().chain([&key, &PASSWORD.to_owned()]) {
        assert!(!holds(secret) && !holds(&secret.replace('-', "")), "{secret}");
    }
}

#[tokio::test]
async fn codes_are_turned_off_with_the_password_or_from_the_shell() {
    let server = Server::start(Database::Sqlite).await;
    let (name, authenticator) = with_codes(&server).await;
    let visitor = Visitor::of(&server);
    sign_in(&visitor, &name, PASSWORD).await;
    send(&visitor, "/sign-in/code", &[("code", &authenticator.code(1))]).await.expect_success();
    let refused = send(&visitor, "/account/second-factor/off", &[("password", "x")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let form = [("password", PASSWORD)];
    send(&visitor, "/account/second-factor/off", &form).await.expect_success();
    visitor.sign_in(&name, PASSWORD).await;
    assert_eq!(visitor.get("/classes").await.status, StatusCode::OK);

    Authenticator::set_up(&visitor).await;
    server.senim(&["accounts", "reset-totp", "--name", &name]).expect_success();
    assert!(visitor.get("/classes").await.location.starts_with("/sign-in"), "still signed in");
    visitor.sign_in(&name, PASSWORD).await;
    assert_eq!(visitor.get("/classes").await.status, StatusCode::OK);
}
