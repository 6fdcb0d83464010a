//! Forms of accounts, as a browser sends them.

use crate::{PASSWORD, Reply, Server, Visitor};
use reqwest::Method;

/// Sends a form.
pub async fn send(visitor: &Visitor, path: &str, form: &[(&str, &str)]) -> Reply {
    Reply::to(visitor.request(Method::POST, path).form(form)).await
}

pub async fn sign_in(visitor: &Visitor, name: &str, password: &str) -> Reply {
    send(visitor, "/sign-in", &[("name", name), ("password", password)]).await
}

/// Invites somebody; the path of the link.
pub async fn invite(inviter: &Visitor, person: &str, place: &str) -> String {
    let sheet = send(inviter, "/people/invite", &[("person", person), ("place", place)]).await;
    let sheet = sheet.expect_success().text;
    let link = sheet.split("/invitation/").nth(1).unwrap_or_else(|| panic!("{sheet}"));
    format!("/invitation/{}", link.split('<').next().unwrap())
}

/// Takes an invitation with a new account; who is signed in then.
pub async fn take(server: &Server, link: &str, name: &str) -> Visitor {
    let visitor = Visitor::of(server);
    let reply = send(&visitor, link, &new_account(name)).await;
    assert!(reply.status.is_redirection(), "{reply:?}");
    visitor
}

pub fn new_account(name: &str) -> [(&str, &str); 3] {
    [("name", name), ("new", PASSWORD), ("repeat", PASSWORD)]
}
