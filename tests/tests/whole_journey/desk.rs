use std::collections::BTreeMap;
use tests::{Authenticator, Browser, PASSWORD, Paper, Server, SignedIn, kazakh};

/// One computer at which everybody sits in turn; nobody signs out.
pub struct Desk<'a> {
    pub server: &'a Server,
    pub browser: Browser,
    now: Option<&'static str>,
    others: BTreeMap<&'static str, SignedIn>,
    /// Printed invitations that nobody took yet, by whom they are for.
    invitations: BTreeMap<&'static str, String>,
}

impl<'a> Desk<'a> {
    pub async fn of(server: &'a Server) -> Self {
        let browser = Browser::open().await;
        let (others, invitations) = (BTreeMap::new(), BTreeMap::new());
        Self { server, browser, now: None, others, invitations }
    }

    pub fn url(&self) -> String {
        self.server.url()
    }

    async fn get_up(&mut self) {
        let cookies = self.browser.leave().await;
        if let Some(name) = self.now.take() {
            self.others.insert(name, cookies);
        }
    }

    /// The operator's first account comes from the shell, everybody else's from an invitation.
    pub async fn sign_in(&mut self, name: &'static str) {
        self.get_up().await;
        self.browser.sign_in(&self.url(), name, PASSWORD).await;
        self.now = Some(name);
    }

    /// Whoever sat here before comes back to a page.
    pub async fn come_back(&mut self, name: &'static str, path: &str) {
        self.get_up().await;
        let url = format!("{}{path}", self.url());
        self.browser.come_back(&self.others[name], &url).await;
        self.now = Some(name);
    }

    /// Invites somebody on the page of people; the sheet is printed, and what is on paper kept.
    pub async fn invite(&mut self, name: &'static str, place: &str) {
        let browser = &self.browser;
        browser.press_link(&kazakh("people", "link")).await;
        browser.fill("#person", name).await;
        browser.choose_option("#place", place).await;
        browser.press(&kazakh("people", "make")).await;
        browser.wait_for(".sheet .qr svg").await;
        let paper = Paper::of(browser.printed().await);
        let [address] = <[String; 1]>::try_from(paper.qr_codes()).unwrap();
        assert!(paper.text().contains(name) && paper.text().contains(&address));
        self.invitations.insert(name, address);
    }

    /// Takes the printed invitation with a new account, and sets one-time codes up where the
    /// screens demand it.
    pub async fn take_invitation(&mut self, name: &'static str) {
        let address = self.invitations.remove(name).unwrap();
        self.take(name, &address).await;
    }

    /// The same with an address from elsewhere.
    pub async fn take(&mut self, name: &'static str, address: &str) {
        self.get_up().await;
        self.browser.take_invitation(address, name, PASSWORD).await;
        self.now = Some(name);
    }

    /// One-time codes, which the screen demands before anything else.
    pub async fn set_up_codes(&self) {
        let at = self.browser.client.current_url().await.unwrap();
        assert_eq!(at.path(), "/account/second-factor");
        Authenticator::set_up_in(&self.browser).await;
    }

    /// The path of the page on the screen.
    pub async fn path(&self) -> String {
        self.browser.client.current_url().await.unwrap().path().to_owned()
    }
}
