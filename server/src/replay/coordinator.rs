//! The coordinator's side of a replay, through the coordinator's routes.

use super::ReplayError;
use super::data::Data;
use super::journal::Plan;
use crate::api::lessons::SlipsReply;
use crate::api::units::{DistrictBody, RegionBody, SchoolBody};
use crate::api::waves::{Counted, WaveBody, WaveReply};
use crate::clock::Clock;
use crate::definitions::Definition;
use crate::keys::PrintedKey;
use crate::storage::units::NewClass;
use crate::storage::waves::WaveState;
use crate::wave_setup::DefinitionForGrades;
use protocol::{Lesson, ReleasePublicKey};
use reqwest::{Client, Method, StatusCode, redirect};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;
use std::collections::BTreeSet;
use uuid::Uuid;

/// Days that a replayed wave stays open.
const DAYS: i64 = 28;

/// A signed-in coordinator.
#[derive(Clone)]
pub struct Coordinator {
    client: Client,
    server: String,
}

impl Coordinator {
    pub async fn sign_in(server: &str, name: &str, password: &str) -> Result<Self, ReplayError> {
        let client = Client::builder()
            .cookie_store(true)
            .redirect(redirect::Policy::none())
            .build()
            .map_err(unreachable)?;
        let server = server.trim_end_matches('/').to_owned();
        let form = [("name", name), ("password", password), ("back", "/classes")];
        let reply = client
            .post(format!("{server}/sign-in"))
            .form(&form)
            .send()
            .await
            .map_err(unreachable)?;
        match reply.status() {
            StatusCode::SEE_OTHER => Ok(Self { client, server }),
            StatusCode::UNAUTHORIZED => Err(ReplayError::SignIn(name.to_owned())),
            status => Err(ReplayError::Refused {
                what: "the sign-in".to_owned(),
                reply: status.to_string(),
            }),
        }
    }

    /// Units and wave of the plan; what is there already stays as it is.
    pub async fn set_up(
        &self,
        plan: &Plan,
        data: &Data,
        definition: &Definition,
        release_key: &ReleasePublicKey,
    ) -> Result<(), ReplayError> {
        let (name, code) =
            (definition.survey.id.clone(), format!("{}-region", definition.survey.id));
        let region = RegionBody { code, name: name.clone() };
        self.put(&format!("regions/{}", plan.region), &region).await?;
        let code = format!("{name}-district");
        let district = DistrictBody { region: plan.region, code, name };
        self.put(&format!("districts/{}", plan.district), &district).await?;
        for (code, id) in &plan.schools {
            let (code, name) = (code.clone(), code.clone());
            let school = SchoolBody { district: plan.district, code, name };
            self.put(&format!("schools/{id}"), &school).await?;
        }
        for class in &data.classes {
            let body = NewClass {
                school: plan.schools.get(&class.school).copied().unwrap_or_default(),
                code: class.code.clone(),
                label: class.code.clone(),
                grade: class.grade.clone(),
                language: definition.survey.languages.first().map_or("", |l| l.code()).to_owned(),
                enrolment: class.rows.len() as u32,
            };
            self.put(&format!("classes/{}", plan.class(&class.code)?), &body).await?;
        }
        self.set_up_wave(plan, data, definition, release_key).await
    }

    async fn set_up_wave(
        &self,
        plan: &Plan,
        data: &Data,
        definition: &Definition,
        release_key: &ReleasePublicKey,
    ) -> Result<(), ReplayError> {
        let grades: BTreeSet<_> = data.classes.iter().map(|class| class.grade.clone()).collect();
        let today = Clock::system().today();
        let wave = WaveBody {
            name: definition.survey.id.clone(),
            region: Some(plan.region),
            first_day: today,
            last_day: today.saturating_add(jiff::Span::new().days(DAYS)),
            release_public_key: PrintedKey(*release_key),
            definitions: vec![DefinitionForGrades {
                definition: definition.survey.definition_id(),
                grades: grades.into_iter().collect(),
            }],
        };
        let path = format!("waves/{}", plan.wave);
        let wave: WaveReply =
            self.send(Method::PUT, &path, &wave).await?.json().await.map_err(unreachable)?;
        // In an earlier run it may have been opened, or closed although that reply was lost.
        if wave.state == WaveState::Draft.code() {
            let _: Counted = self.post(&format!("{path}/open")).await?;
        }
        Ok(())
    }

    pub async fn open_session(&self, wave: Uuid, class: Uuid) -> Result<Lesson, ReplayError> {
        self.post(&format!("waves/{wave}/classes/{class}/session")).await
    }

    pub async fn make_slips(&self, wave: Uuid, class: Uuid) -> Result<Vec<String>, ReplayError> {
        let reply: SlipsReply = self.post(&format!("waves/{wave}/classes/{class}/slips")).await?;
        Ok(reply.slips)
    }

    pub async fn close(&self, wave: Uuid) -> Result<(), ReplayError> {
        let _: Counted = self.post(&format!("waves/{wave}/close")).await?;
        Ok(())
    }

    async fn put(&self, path: &str, body: &impl Serialize) -> Result<(), ReplayError> {
        self.send(Method::PUT, path, body).await.map(drop)
    }

    async fn post<T: DeserializeOwned>(&self, path: &str) -> Result<T, ReplayError> {
        let reply = self.send(Method::POST, path, &json!({})).await?;
        reply.json().await.map_err(unreachable)
    }

    async fn send(
        &self,
        method: Method,
        path: &str,
        body: &impl Serialize,
    ) -> Result<reqwest::Response, ReplayError> {
        let url = format!("{}/api/{path}", self.server);
        let reply =
            self.client.request(method, url).json(body).send().await.map_err(unreachable)?;
        if reply.status().is_success() {
            return Ok(reply);
        }
        let status = reply.status();
        let text = reply.text().await.unwrap_or_default();
        Err(ReplayError::Refused { what: path.to_owned(), reply: format!("{status} {text}") })
    }
}

pub(super) fn unreachable(error: reqwest::Error) -> ReplayError {
    ReplayError::Unreachable(error.without_url().to_string())
}
