use reqwest::{Method, StatusCode};
use serde_json::json;
use tests::forms::{invite, new_account, send, take};
use tests::{Authenticator, Coordinator, Database, PASSWORD, Server, Staff, Visitor};
use uuid::Uuid;

/// Two regions of nothing, made by their operator.
async fn regions(server: &Server) -> (Visitor, [Uuid; 2]) {
    let operator = Staff::sign_in(server, "operator", "nation").await;
    let ids = [Uuid::new_v4(), Uuid::new_v4()];
    for (number, id) in ids.iter().enumerate() {
        let body = json!({ "code": number.to_string(), "name": format!("Region {number}") });
        let path = format!("/api/regions/{id}");
        operator.send(Method::PUT, &path, &body).await.expect_success();
    }
    (operator, ids)
}

#[tokio::test]
async fn an_invitation_makes_an_account_once() {
    let server = Server::start(Database::Sqlite).await;
    let (operator, [region, _]) = regions(&server).await;
    let link = invite(&operator, "Әсел Қайратова", &format!("region region:{region}")).await;
    assert!(!operator.get("/people").await.text.contains(&link), "the link is shown once");
    let somebody = Visitor::of(&server);
    let page = somebody.get(&link).await;
    assert!(page.text.contains("Әсел Қайратова") && page.text.contains("Region 0"), "{page:?}");
    let invited = take(&server, &link.to_lowercase().replace('-', ""), "asel").await;
    assert_eq!(invited.get("/people").await.status, StatusCode::OK);
    let people = operator.get("/people").await.text;
    assert!(people.contains("Әсел Қайратова") && people.contains("asel"), "{people}");
    for reply in [somebody.get(&link).await, send(&somebody, &link, &new_account("other")).await] {
        assert_eq!(reply.status, StatusCode::GONE);
    }
    assert_eq!(server.database.count("invitations").await, 0);
    invited.sign_in("asel", PASSWORD).await;
}

#[tokio::test]
async fn what_is_wrong_with_a_new_account_is_said_and_nothing_is_used_up() {
    let server = Server::start(Database::Sqlite).await;
    let (operator, [region, _]) = regions(&server).await;
    let link = invite(&operator, "x", &format!("region region:{region}")).await;
    let somebody = Visitor::of(&server);
    somebody.get("/language/en").await;
    for (form, told) in [
        ([("name", "as"), ("new", PASSWORD), ("repeat", PASSWORD)], "at least 3 characters"),
        ([("name", "a b c"), ("new", PASSWORD), ("repeat", PASSWORD)], "no spaces"),
        ([("name", "aliya"), ("new", "ninechars"), ("repeat", "ninechars")], "there are 9"),
        ([("name", "aliya"), ("new", PASSWORD), ("repeat", "another one")], "not the same"),
        ([("name", "operator-nation"), ("new", PASSWORD), ("repeat", PASSWORD)], "already"),
    ] {
        let reply = send(&somebody, &link, &form).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{told}");
        assert!(reply.text.contains(told), "{told}: {}", reply.text);
        assert!(reply.text.contains(&format!("value=\"{}\"", form[0].1)), "the name is lost");
        assert!(!reply.text.contains(PASSWORD), "a password comes back");
    }
    take(&server, &link, "aliya").await;
}

#[tokio::test]
async fn an_invitation_that_was_revoked_or_has_run_out_is_gone() {
    let server = Server::start(Database::Sqlite).await;
    let (operator, [region, other]) = regions(&server).await;
    let somebody = Visitor::of(&server);
    let late = invite(&operator, "late", &format!("region region:{region}")).await;
    server.database.execute("update invitations set expires = expires - 14 * 86400").await;
    assert_eq!(somebody.get(&late).await.status, StatusCode::GONE);
    let revoked = invite(&operator, "revoked", &format!("region region:{other}")).await;
    let query = "select id from invitations where person = 'revoked'";
    let id = server.database.text(query).await;
    let region_officer = Staff::sign_in(&server, "region", &format!("region:{other}")).await;
    let theirs = send(&region_officer, "/people/revoke", &[("invitation", &id)]).await;
    assert_eq!(theirs.status, StatusCode::NOT_FOUND, "not theirs to revoke");
    assert_eq!(somebody.get(&revoked).await.status, StatusCode::OK);
    send(&operator, "/people/revoke", &[("invitation", &id)]).await.expect_success();
    let lines = "select cast(count(*) as text) from audit_lines
         where what = 'POST /people/revoke' and level = 'region'";
    assert_eq!(server.database.text(lines).await, "1");
    assert_eq!(somebody.get(&revoked).await.status, StatusCode::GONE);
    assert_eq!(send(&somebody, &revoked, &new_account("x-y")).await.status, StatusCode::GONE);
}

#[tokio::test]
async fn everybody_invites_directly_below_and_nobody_else() {
    let server = Server::start(Database::Sqlite).await;
    let (_, [region, other]) = regions(&server).await;
    let district = Uuid::new_v4();
    let officer = Staff::sign_in(&server, "region", &format!("region:{region}")).await;
    let body = json!({ "region": region, "code": "d", "name": "District" });
    officer.send(Method::PUT, &format!("/api/districts/{district}"), &body).await.expect_success();
    for place in [
        format!("region region:{other}"),
        format!("region region:{region}"),
        format!("coordinator district:{district}"),
        format!("district district:{}", Uuid::new_v4()),
        format!("district region:{region}"),
        "operator nation:".to_owned(),
    ] {
        let form = [("person", "x"), ("place", place.as_str())];
        let reply = send(&officer, "/people/invite", &form).await;
        assert_eq!(reply.status, StatusCode::NOT_FOUND, "{place}");
    }
    let link = invite(&officer, "below", &format!("district district:{district}")).await;
    take(&server, &link, "below").await;
    let account = server.database.text("select id from accounts where name = 'below'").await;
    let place = format!("district district:{district}");
    let form = [("account", account.as_str()), ("place", &place)];
    let stranger = Staff::sign_in(&server, "region", &format!("region:{other}")).await;
    let refused = send(&stranger, "/people/remove", &form).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
    send(&officer, "/people/remove", &form).await.expect_success();
    assert_eq!(send(&officer, "/people/remove", &form).await.status, StatusCode::NOT_FOUND);
    let removed = "select cast(count(*) as text) from audit_lines
         where what = 'POST /people/remove' and other_account <> ''";
    assert_eq!(server.database.text(removed).await, "1");
}

#[tokio::test]
async fn somebody_with_an_account_adds_the_role_to_it() {
    let server = Server::start(Database::Sqlite).await;
    let coordinator = Coordinator::sign_in(&server).await;
    let (operator, _) = regions(&server).await;
    let link = invite(&operator, "x", "operator nation:").await;
    let added = send(coordinator.visitor(), &format!("{link}/add"), &[]).await;
    assert_eq!(added.location, "/account");
    let lines = "select cast(count(*) as text) from audit_lines
         where what = 'POST /invitation/{token}/add' and level = 'nation'";
    assert_eq!(server.database.text(lines).await, "1");
    // The new role asks for codes before anything else.
    let led = coordinator.visitor().get("/audit").await;
    assert_eq!(led.location, "/account/second-factor");
    Authenticator::set_up(coordinator.visitor()).await;
    assert_eq!(coordinator.visitor().get("/audit").await.status, StatusCode::OK);
    let own = server.database.text("select id from accounts where name = 'coordinator'").await;
    let form = [("account", own.as_str()), ("place", "operator nation:")];
    let kept = send(coordinator.visitor(), "/people/remove", &form).await;
    assert_eq!(kept.status, StatusCode::CONFLICT, "nobody takes this role from themselves");
}
