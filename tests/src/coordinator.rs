use crate::http::{Reply, Visitor};
use crate::server::Server;
use crate::staff::PASSWORD;
use crate::wave::{ClassPlan, OpenWave};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use protocol::{Lesson, SlipCode};
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use survey_definitions::Survey;
use uuid::Uuid;

/// The grade of every class that a test makes.
const GRADE: &str = "6";

/// A signed-in coordinator of the nation.
#[derive(Clone)]
pub struct Coordinator {
    visitor: Visitor,
}

impl Coordinator {
    /// The name to sign in with.
    pub const NAME: &str = "coordinator";

    /// Makes the account and signs in.
    pub async fn sign_in(server: &Server) -> Self {
        server.add_account(Self::NAME, "coordinator", "nation", PASSWORD);
        let visitor = Visitor::of(server);
        visitor.sign_in(Self::NAME, PASSWORD).await;
        Self { visitor }
    }

    /// Makes units and a wave and opens it; the wave, its classes and their codes.
    pub async fn open_wave(
        &self,
        survey: &Survey,
        release_public_key: &str,
        classes: &[ClassPlan],
    ) -> (Uuid, Vec<(Uuid, String)>) {
        let (region, district, wave) = (Uuid::new_v4(), Uuid::new_v4(), Uuid::new_v4());
        self.put(&format!("regions/{region}"), json!({ "code": "r", "name": "Region" })).await;
        let body = json!({ "region": region, "code": "d", "name": "District" });
        self.put(&format!("districts/{district}"), body).await;
        let made = self.make_classes(district, "s", classes).await;
        self.put_wave(wave, Some(region), survey, release_public_key).await;
        (wave, made)
    }

    /// A second wave in a region of its own, with the same release key; the lesson of its one class.
    pub async fn another_wave(&self, first: &OpenWave) -> Lesson {
        let (region, district, wave) = (Uuid::new_v4(), Uuid::new_v4(), Uuid::new_v4());
        let body = json!({ "code": "another", "name": "Another region" });
        self.put(&format!("regions/{region}"), body).await;
        let body = json!({ "region": region, "code": "another", "name": "Another district" });
        self.put(&format!("districts/{district}"), body).await;
        let made = self.make_classes(district, "another", &[ClassPlan::of(100)]).await;
        self.put_wave(wave, Some(region), &first.survey, &first.public_key).await;
        self.open_session(wave, made[0].0).await
    }

    async fn put_wave(&self, wave: Uuid, region: Option<Uuid>, survey: &Survey, key: &str) {
        let days = |days: i64| {
            let at = Timestamp::now() + SignedDuration::from_hours(24 * days);
            at.to_zoned(TimeZone::UTC).date().to_string()
        };
        let body = json!({
            "name": "Autumn", "region": region, "first_day": days(-2), "last_day": days(20),
            "release_public_key": key,
            "definitions": [{ "id": survey.id, "version": survey.version, "grades": [GRADE] }],
        });
        self.put(&format!("waves/{wave}"), body).await;
        self.post(&format!("waves/{wave}/open")).await.expect_success();
    }

    /// Schools have codes that begin with `school`.
    async fn make_classes(
        &self,
        district: Uuid,
        school: &str,
        classes: &[ClassPlan],
    ) -> Vec<(Uuid, String)> {
        let school_code = |class: &ClassPlan| format!("{school}{}", class.school);
        let mut schools: BTreeMap<usize, Uuid> = BTreeMap::new();
        let mut made = Vec::new();
        for (number, class) in classes.iter().enumerate() {
            if let Entry::Vacant(entry) = schools.entry(class.school) {
                let school = Uuid::new_v4();
                let code = school_code(class);
                let body =
                    json!({ "district": district, "name": format!("School {code}"), "code": code });
                self.put(&format!("schools/{school}"), body).await;
                entry.insert(school);
            }
            let (id, code) = (Uuid::new_v4(), format!("{}-6-{number}", school_code(class)));
            let body = json!({
                "school": schools[&class.school], "code": code, "label": format!("6 №{number}"),
                "grade": GRADE, "language": "kk", "enrolment": class.enrolment,
            });
            self.put(&format!("classes/{id}"), body).await;
            made.push((id, code));
        }
        made
    }

    /// Opens the class session; what its tablets are told.
    pub async fn open_session(&self, wave: Uuid, class: Uuid) -> Lesson {
        let reply = self.post(&format!("waves/{wave}/classes/{class}/session")).await;
        reply.expect_success().json()
    }

    pub async fn close_session(&self, class: Uuid) {
        let path = format!("/classes/{class}/session/close");
        self.visitor.send(Method::POST, &path, &json!({})).await.expect_success();
    }

    pub async fn make_slips(&self, wave: Uuid, class: Uuid) -> Vec<SlipCode> {
        let reply = self.post(&format!("waves/{wave}/classes/{class}/slips")).await;
        let reply: Value = reply.expect_success().json();
        let codes = reply["slips"].as_array().unwrap().iter();
        codes.map(|code| code.as_str().unwrap().parse().unwrap()).collect()
    }

    pub async fn close(&self, wave: Uuid) {
        self.post(&format!("waves/{wave}/close")).await.expect_success();
    }

    /// For any request.
    pub fn visitor(&self) -> &Visitor {
        &self.visitor
    }

    /// Panics unless it is taken.
    pub async fn put(&self, path: &str, body: Value) {
        self.visitor.send(Method::PUT, &format!("/api/{path}"), &body).await.expect_success();
    }

    pub async fn post(&self, path: &str) -> Reply {
        self.visitor.send(Method::POST, &format!("/api/{path}"), &json!({})).await
    }
}
