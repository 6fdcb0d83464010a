use super::{Browser, SECONDS};
use crate::http::Visitor;
use fantoccini::cookies::Cookie;

/// Who somebody is to a server: the cookies.
pub struct SignedIn(Vec<Cookie<'static>>);

impl Browser {
    /// Gets up from the desk without signing out.
    pub async fn leave(&self) -> SignedIn {
        let cookies = self.client.get_all_cookies().await.unwrap();
        self.client.delete_all_cookies().await.unwrap();
        SignedIn(cookies)
    }

    /// Sits down where somebody was before, on this page.
    pub async fn come_back(&self, who: &SignedIn, url: &str) {
        self.client.delete_all_cookies().await.unwrap();
        for cookie in &who.0 {
            self.client.add_cookie(cookie.clone()).await.unwrap();
        }
        self.go(url).await;
    }

    /// The same person without a window.
    pub async fn visitor(&self, url: &str) -> Visitor {
        let cookies = self.client.get_all_cookies().await.unwrap();
        let cookies = cookies.iter().map(|cookie| (cookie.name(), cookie.value()));
        Visitor::with_cookies(url, cookies)
    }

    /// Takes an invitation with a new account; who is signed in then.
    pub async fn take_invitation(&self, address: &str, name: &str, password: &str) {
        self.go(address).await;
        self.fill("#name", name).await;
        self.fill("#new", password).await;
        self.fill("#repeat", password).await;
        self.press(&crate::kazakh("account", "begin")).await;
        self.wait_for("form[action='/sign-out']").await;
    }

    /// Chooses in a list the option that reads so.
    pub async fn choose_option(&self, selector: &str, words: &str) {
        let choose = async || self.wait_for(selector).await.select_by_label(words).await.ok();
        crate::wait_until(words, SECONDS, choose).await;
    }
}
