use crate::desk::Desk;
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use serde_json::json;
use tests::{kazakh, new_release_key};

/// Where the release key lies: not beside the database.
fn key(desk: &Desk<'_>) -> String {
    let directory = desk.server.path().join("key");
    std::fs::create_dir_all(&directory).unwrap();
    directory.join("release-key").display().to_string()
}

/// Makes a wave for everybody and opens it; its id.
pub async fn ministry_opens(desk: &mut Desk<'_>) -> String {
    let public_key = new_release_key(&key(desk));
    desk.take_invitation("ministry").await;
    desk.set_up_codes().await;
    let browser = &desk.browser;
    browser.press_link(&kazakh("waves", "back")).await;
    browser.press_link(&kazakh("waves", "new_wave")).await;
    browser.fill("#name", "Күз").await;
    pick_day(desk, "#first_day", -1).await;
    pick_day(desk, "#last_day", 20).await;
    browser.fill("#key", &public_key).await;
    browser.press(&kazakh("waves", "preview")).await;
    browser.wait_for_text(&kazakh("waves", "preview_title")).await;
    assert!(browser.text().await.contains(&public_key));
    if browser.count("#pilot").await == 1 {
        browser.wait_for("#pilot").await.click().await.unwrap();
    }
    browser.press(&kazakh("waves", "create")).await;
    browser.press(&kazakh("waves", "open_sure")).await;
    browser.wait_for_text(&kazakh("staff", "state_open")).await;
    desk.path().await.rsplit('/').next().unwrap().to_owned()
}

/// In a field with a calendar; what a day is typed like depends on the browser's country.
async fn pick_day(desk: &Desk<'_>, selector: &str, days: i64) {
    let at = Timestamp::now() + SignedDuration::from_hours(24 * days);
    let day = at.to_zoned(TimeZone::UTC).date().to_string();
    let script = "document.querySelector(arguments[0]).value = arguments[1]";
    desk.browser.wait_for(selector).await;
    desk.browser.run(script, vec![json!(selector), json!(day)]).await;
}

/// Closes the wave by hand and gives the key in the browser.
pub async fn ministry_releases(desk: &mut Desk<'_>, wave: &str) {
    let key = key(desk);
    desk.come_back("ministry", &format!("/waves/{wave}")).await;
    let browser = &desk.browser;
    let closing = "details:has(form[action$='/close']) summary";
    browser.wait_for(closing).await.click().await.unwrap();
    browser.press(&kazakh("staff", "close_wave_sure")).await;
    browser.press_link(&kazakh("waves", "release_link")).await;
    browser.choose_file("input[name=key_file]", &key).await;
    browser.press(&kazakh("waves", "release_start")).await;
    let results = kazakh("waves", "release_results");
    tests::wait_until("the release", 60, async || {
        if browser.text().await.contains(&results) {
            return Some(());
        }
        browser.press_link(&kazakh("waves", "release_look")).await;
        None
    })
    .await;
    let read = kazakh("waves", "release_done").replace("{{ count }}", "65");
    assert!(browser.text().await.contains(&read), "{}", browser.text().await);
    browser.press_link(&results).await;
    browser.wait_for("h1").await;
    // Of several passphrases in one form, which belong together.
    let console = browser.console().await;
    assert!(console.iter().all(|line| line.contains("\"recommendation\"")), "{console:?}");
}
