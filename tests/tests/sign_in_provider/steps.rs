use reqwest::{Method, StatusCode};
use tests::{PASSWORD, Reply, Server, SignInProvider, Staff, Visitor};

/// Sends a form.
pub async fn send(visitor: &Visitor, path: &str, form: &[(&str, &str)]) -> Reply {
    Reply::to(visitor.request(Method::POST, path).form(form)).await
}

/// Goes to the provider from this address, signs in there and comes back.
pub async fn visit(
    provider: &SignInProvider,
    visitor: &Visitor,
    address: &str,
    who: &str,
) -> Reply {
    let led = visitor.get(address).await.location;
    let back = provider.sign_in(&led, who).await;
    visitor.get(&back).await
}

/// Signs in by the provider.
pub async fn sign_in(provider: &SignInProvider, visitor: &Visitor, who: &str) -> Reply {
    visit(provider, visitor, "/sign-in/provider?back=/account", who).await
}

/// Links the account of who is signed in with somebody at the provider.
pub async fn link(provider: &SignInProvider, visitor: &Visitor, who: &str) {
    let came = visit(provider, visitor, "/sign-in/provider?link=yes", who).await;
    assert_eq!(came.location, "/account/provider", "{came:?}");
    let done = send(visitor, "/account/provider", &[("password", PASSWORD)]).await;
    assert_eq!(done.location, "/account?provider=linked", "{done:?}");
}

/// An account linked with somebody at the provider; its name.
pub async fn linked(provider: &SignInProvider, server: &Server, role: &str, who: &str) -> String {
    let name = Staff::account(server, role, "nation");
    let visitor = Visitor::of(server);
    visitor.sign_in(&name, PASSWORD).await;
    link(provider, &visitor, who).await;
    name
}

/// Panics unless nobody is signed in.
pub async fn expect_outside(visitor: &Visitor) {
    let reply = visitor.get("/account").await;
    assert!(reply.location.starts_with("/sign-in?back="), "{reply:?}");
}

/// Panics unless somebody is.
pub async fn expect_inside(visitor: &Visitor) {
    assert_eq!(visitor.get("/account").await.status, StatusCode::OK);
}

/// How many lines of the record say this.
macro_rules! lines {
    ($server:expr, $what:literal) => {
        $server
            .database
            .text(concat!(
                "select cast(count(*) as text) from audit_lines where what = '",
                $what,
                "'"
            ))
            .await
    };
}
pub(crate) use lines;
