//! Above a school nothing is shown of fewer than three schools: two more, quickly.

use crate::desk::Desk;
use protocol::{Lesson, SlipCode};
use reqwest::Method;
use serde_json::{Value, json};
use tests::forms::{invite, send, take};
use tests::{Pupil, Reply, Server, Visitor, answers, definition};

const PUPILS: usize = 20;
const SCHOOLS: [&str; 2] = ["№6 мектеп", "№7 мектеп"];
const TABLE: &str = "Мектеп,Сынып,Оқыту тілі,Оқушы саны\n№6 мектеп,7А,kk,20\n№7 мектеп,7А,ru,20\n";

/// Schools beside the first one, each with its coordinator.
pub struct Neighbours<'a> {
    server: &'a Server,
    coordinators: Vec<Visitor>,
}

/// The district brings both in with one table and invites their coordinators.
pub async fn make<'a>(desk: &mut Desk<'a>) -> Neighbours<'a> {
    desk.come_back("district", "/people").await;
    let officer = desk.browser.visitor(&desk.url()).await;
    let checked = officer.upload("/structure", "schools.csv", TABLE.as_bytes()).await;
    assert!(checked.location.starts_with("/structure/"), "{}", checked.text);
    officer.send(Method::POST, &checked.location, &json!({})).await.expect_success();
    tests::wait_until("two schools", 30, async || {
        (desk.server.database.count("classes").await == 32).then_some(())
    })
    .await;
    let people = officer.get("/people").await.expect_success().text;
    let mut coordinators = Vec::new();
    for (number, school) in SCHOOLS.into_iter().enumerate() {
        let (before, _) = people.split_once(&format!(">{school}</option>")).unwrap();
        let place = before.rsplit("value=\"").next().unwrap().split('"').next().unwrap();
        let link = invite(&officer, school, place).await;
        let taken = take(desk.server, &link, &format!("coordinator-{number}")).await;
        coordinators.push(taken);
    }
    Neighbours { server: desk.server, coordinators }
}

impl Neighbours<'_> {
    /// Their classes answer.
    pub async fn answer(&self, wave: &str) {
        let survey = definition("senim_pupil_senior");
        for coordinator in &self.coordinators {
            let class = own_class(coordinator).await;
            let path = format!("/api/waves/{wave}/classes/{class}");
            let lesson: Lesson = post(coordinator, &format!("{path}/session")).await.json();
            let slips: Value = post(coordinator, &format!("{path}/slips")).await.json();
            let slips = slips["slips"].as_array().unwrap().iter().take(PUPILS);
            for (number, slip) in slips.enumerate() {
                let slip: SlipCode = slip.as_str().unwrap().parse().unwrap();
                let pupil = Pupil::new(self.server, &lesson);
                pupil.answer(&slip, &survey, &answers(&survey, number)).await;
            }
            send(coordinator, &format!("/classes/{class}/session/close"), &[]).await;
        }
    }
}

async fn post(visitor: &Visitor, path: &str) -> Reply {
    visitor.send(Method::POST, path, &json!({})).await.expect_success()
}

async fn own_class(coordinator: &Visitor) -> String {
    let page = coordinator.get("/classes").await.expect_success().text;
    let (_, rest) = page.split_once("href=\"/classes/").unwrap();
    rest.split(['"', '/']).next().unwrap().to_owned()
}
