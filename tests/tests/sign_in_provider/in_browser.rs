use tests::{Browser, Database, PASSWORD, SignInProvider, Staff, audit};

#[tokio::test]
async fn somebody_links_cancels_and_signs_in_with_a_browser() {
    let (provider, server) = SignInProvider::with_server(Database::Sqlite).await;
    let name = Staff::account(&server, "coordinator", "nation");
    let browser = Browser::open().await;
    browser.go(&format!("{}/language/en", server.url())).await;
    browser.sign_in(&server.url(), &name, PASSWORD).await;
    browser.go(&format!("{}/account", server.url())).await;
    audit(&browser, "account with a provider").await;
    browser.press_link("Link with School Door").await;
    at_the_provider(&browser, "aigul").await;
    browser.wait_for_text("You came back from School Door").await;
    audit(&browser, "confirming a link").await;
    browser.fill("input[name=password]", PASSWORD).await;
    browser.press("Yes, link").await;
    browser.wait_for_text("You can now sign in with School Door too.").await;
    audit(&browser, "a linked account").await;
    browser.wait_for("form[action='/sign-out'] button").await.click().await.unwrap();
    browser.wait_for("body:not(:has(form[action='/sign-out']))").await;

    browser.go(&format!("{}/sign-in", server.url())).await;
    audit(&browser, "sign-in with a provider").await;
    browser.press_link("Sign in with School Door").await;
    browser.wait_for("input[name=login]").await;
    browser.press_link("[ Cancel ]").await;
    browser.wait_for_text("You cancelled at School Door").await;
    browser.press_link("Sign in with School Door").await;
    // Whoever was signed in there is asked again.
    at_the_provider(&browser, "aigul").await;
    browser.wait_for("form[action='/sign-out']").await;
    assert!(browser.client.current_url().await.unwrap().path().starts_with("/classes"));
    provider.issuer();
}

async fn at_the_provider(browser: &Browser, who: &str) {
    browser.fill("input[name=login]", who).await;
    browser.fill("input[name=password]", "any").await;
    browser.wait_for("button[type=submit]").await.click().await.unwrap();
}
