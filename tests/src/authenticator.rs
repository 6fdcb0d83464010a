use crate::browser::Browser;
use crate::http::{Reply, Visitor};
use crate::texts::kazakh;
use reqwest::{Method, StatusCode};
use std::time::{SystemTime, UNIX_EPOCH};
use totp_rs::{Builder, Secret, Totp};

const BASE32: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// The app on a phone that shows one-time codes, and the recovery codes beside it.
pub struct Authenticator {
    totp: Totp,
    pub recovery_codes: Vec<String>,
}

impl Authenticator {
    /// Sets one-time codes up for who is signed in.
    pub async fn set_up(visitor: &Visitor) -> Self {
        let page = visitor.get("/account/second-factor").await.expect_success().text;
        let between = |start: &str, end: &str| {
            let rest = page.split(start).nth(1).unwrap_or_else(|| panic!("no {start}: {page}"));
            rest.split(end).next().unwrap().to_owned()
        };
        let sealed = between("name=\"sealed\" value=\"", "\"");
        let totp = of_key(&between("<p class=\"link-code\">", "</p>"));
        let code = totp.generate(now()).to_string();
        let form = [("sealed", sealed.as_str()), ("code", &code)];
        let confirm = visitor.request(Method::POST, "/account/second-factor").form(&form);
        let reply = Reply::to(confirm).await;
        assert_eq!(reply.status, StatusCode::OK, "{reply:?}");
        let codes = reply.text.split("<li class=\"link-code\">").skip(1);
        let codes = codes.map(|rest| rest.split('<').next().unwrap().to_owned());
        Self { recovery_codes: codes.collect(), totp }
    }

    /// The same in a browser, on the page that asks for it; afterwards on the page that it leads to.
    pub async fn set_up_in(browser: &Browser) -> Self {
        browser.wait_for("input[name=sealed]").await;
        let totp = of_key(&browser.text_of("p.link-code").await);
        browser.fill("#code", &totp.generate(now()).to_string()).await;
        browser.press(&kazakh("account", "confirm")).await;
        browser.wait_for("li.link-code").await;
        let codes = browser.run(
            "return [...document.querySelectorAll('li.link-code')].map((code) => code.innerText)",
            Vec::new(),
        );
        let recovery_codes = serde_json::from_value(codes.await).unwrap();
        browser.press_link(&kazakh("account", "go_on")).await;
        Self { totp, recovery_codes }
    }

    /// The code shown so many half minutes from now: the one of now is used up by the set-up.
    pub fn code(&self, half_minutes: i64) -> String {
        let at = now().checked_add_signed(30 * half_minutes).unwrap();
        self.totp.generate(at).to_string()
    }
}

fn of_key(key: &str) -> Totp {
    let digits = key.chars().filter(|c| !c.is_whitespace());
    let bits = digits.flat_map(|c| {
        let digit = BASE32.find(c).unwrap();
        (0..5).rev().map(move |at| (digit >> at & 1) as u8)
    });
    let bits: Vec<u8> = bits.collect();
    let bytes: Vec<u8> =
        bits.chunks(8).map(|byte| byte.iter().fold(0, |sum, b| sum << 1 | b)).collect();
    let secret = Secret::new_stack(bytes.try_into().unwrap());
    Builder::new().with_secret(secret).build().unwrap()
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()
}
