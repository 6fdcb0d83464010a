use crate::desk::Desk;
use tests::{PASSWORD, kazakh};

pub const REGION: &str = "Ақмола облысы";
pub const DISTRICT: &str = "Бурабай ауданы";
pub const SCHOOL: &str = "№5 «Дарын» мектебі";

/// Region, ministry and researcher get their invitations.
pub async fn operator_begins(desk: &mut Desk<'_>) {
    desk.server.add_account("operator", "operator", "nation", PASSWORD);
    desk.sign_in("operator").await;
    desk.set_up_codes().await;
    desk.browser.press_link(&kazakh("setup", "regions_link")).await;
    add(desk, REGION).await;
    desk.browser.press_link(&kazakh("setup", "units_invite")).await;
    desk.invite("region", REGION).await;
    desk.invite("ministry", &kazakh("people", "role_ministry")).await;
    desk.invite("researcher", &kazakh("people", "role_researcher")).await;
}

pub async fn region_makes_a_district(desk: &mut Desk<'_>) {
    desk.take_invitation("region").await;
    desk.browser.press_link(&kazakh("setup", "districts_link")).await;
    add(desk, DISTRICT).await;
    desk.invite("district", DISTRICT).await;
}

pub async fn district_makes_a_school(desk: &mut Desk<'_>) {
    desk.take_invitation("district").await;
    desk.browser.press_link(&kazakh("setup", "schools_link")).await;
    add(desk, SCHOOL).await;
    desk.invite("coordinator", SCHOOL).await;
}

/// Adds a unit on the page that lists those of its level.
async fn add(desk: &Desk<'_>, name: &str) {
    desk.browser.fill("#name", name).await;
    desk.browser.press(&kazakh("setup", "add")).await;
    desk.browser.wait_for("p[role=status]").await;
    desk.browser.wait_for_text(name).await;
}
