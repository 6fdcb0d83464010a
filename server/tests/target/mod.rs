//! Paths and bodies for the lines of the table of routes.
#![allow(dead_code, reason = "no test that has targets asks for all of this")]

use protocol::{Base64, ReleasePublicKey};
use reqwest::Method;
use serde_json::{Value, json};
use server::keys::PrintedKey;
use server::routes::Route;
use tests::{ClassPlan, Database, OpenWave, Reply, Visitor};
use uuid::Uuid;

/// The units that a path of the table is filled with.
pub struct Target {
    pub wave: Uuid,
    pub class: Uuid,
    pub school: String,
    pub district: String,
    pub region: String,
    pub part: String,
}

impl Target {
    /// A class of the wave with all that lies above it.
    pub async fn of(wave: &OpenWave, number: usize) -> Self {
        let class = wave.classes[number].id;
        let ids = async |table: &str, id: &str, above: usize| {
            let columns = wave.server.database.tables().await[table].clone();
            let rows = wave.server.database.rows(table, &columns).await;
            let row = rows.iter().find(|row| row.starts_with(id)).unwrap();
            row.split(' ').nth(above).unwrap().to_owned()
        };
        let school = ids("classes", &class.to_string(), 1).await;
        let district = ids("schools", &school, 1).await;
        let region = ids("districts", &district, 1).await;
        let part = wave.classes[number].part().to_string();
        Self { wave: wave.id, class, school, district, region, part }
    }

    /// Ids that nothing has, in the place of each.
    pub fn nowhere(like: &Self) -> Self {
        let id = || Uuid::new_v4().to_string();
        let (school, district, region) = (id(), id(), id());
        let (wave, class, part) = (Uuid::new_v4(), Uuid::new_v4(), like.part.clone());
        Self { wave, class, school, district, region, part }
    }

    pub fn path(&self, route: &Route) -> String {
        route
            .path
            .replace("{wave}", &self.wave.to_string())
            .replace("{class}", &self.class.to_string())
            .replace("{school}", &self.school)
            .replace("{district}", &self.district)
            .replace("{region}", &self.region)
            .replace("{part}", &self.part)
            .replace("{import}", &Uuid::new_v4().to_string())
            .replace("{token}", "00000-00000-00000-00000")
            .replace("{lesson}", &Uuid::new_v4().to_string())
            .replace("{code}", "ru")
            .replace("{language}", "kk")
            .replace("{unit}", &Uuid::new_v4().to_string())
    }

    /// A body that would be carried out if the caller may.
    pub fn body(&self, route: &Route) -> Value {
        let code = Uuid::new_v4().to_string();
        match route.path {
            "/api/regions/{unit}" => json!({ "code": code, "name": "x" }),
            "/api/districts/{unit}" => json!({ "region": self.region, "code": code, "name": "x" }),
            "/api/schools/{unit}" => {
                json!({ "district": self.district, "code": code, "name": "x" })
            }
            "/api/classes/{unit}" => json!({
                "school": self.school, "code": code, "label": "x", "grade": "6",
                "language": "kk", "enrolment": 20,
            }),
            "/api/waves/{wave}" if route.method == Method::PUT => json!({
                "name": "x", "region": self.region, "first_day": "2026-01-01",
                "last_day": "2026-01-02", "release_public_key": PrintedKey(ReleasePublicKey(Base64([0; 32]))),
                "definitions": [],
            }),
            _ => json!({}),
        }
    }

    pub async fn ask(&self, visitor: &Visitor, route: &Route) -> Reply {
        visitor.send(route.method.clone(), &self.path(route), &self.body(route)).await
    }
}

pub fn named(route: &Route) -> String {
    format!("{} {}", route.method, route.path)
}

/// A day on which a lesson may have been held.
pub fn yesterday() -> String {
    day(-1)
}

/// Today plus so many days.
#[allow(clippy::disallowed_methods, reason = "no response is near")]
pub fn day(days: i64) -> String {
    let at = jiff::Timestamp::now() + jiff::SignedDuration::from_hours(24 * days);
    at.to_zoned(jiff::tz::TimeZone::UTC).date().to_string()
}

pub async fn two_schools() -> OpenWave {
    let classes = [ClassPlan { school: 0, enrolment: 10 }, ClassPlan { school: 1, enrolment: 10 }];
    OpenWave::start(Database::Sqlite, "senim_pupil_senior", &classes).await
}

/// A wave, the units of its first class, and others of every kind.
pub struct Country {
    pub wave: OpenWave,
    pub own: Target,
    /// A class of another school of the same district, another district of the same region,
    /// another region: who is responsible for one of these has nothing to do with `own`.
    pub other: Target,
    /// The other class of the same school.
    pub neighbour: Uuid,
}

impl Country {
    pub async fn make() -> Self {
        let class = |school| ClassPlan { school, enrolment: 10 };
        let classes = [class(0), class(0), class(1)];
        let wave = OpenWave::start(Database::Sqlite, "senim_pupil_senior", &classes).await;
        let own = Target::of(&wave, 0).await;
        let mut other = Target::of(&wave, 2).await;
        (other.region, other.district) = (Uuid::new_v4().to_string(), Uuid::new_v4().to_string());
        let body = json!({ "code": "r2", "name": "Region 2" });
        wave.coordinator.put(&format!("regions/{}", other.region), body).await;
        let body = json!({ "region": own.region, "code": "d2", "name": "District 2" });
        wave.coordinator.put(&format!("districts/{}", other.district), body).await;
        let neighbour = wave.classes[1].id;
        Self { wave, own, other, neighbour }
    }
}
