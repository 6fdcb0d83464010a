//! A pupil's tablet in a replay: the same two requests as the browser's.

use super::ReplayError;
use super::coordinator::unreachable;
use super::journal::{Journal, Step};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use protocol::{
    ClassPart, Lesson, PendingToken, Refusal, ResponseReply, ResponseRequest, SlipCode, TokenReply,
    TokenRequest,
};
use rand_core::OsRng;
use reqwest::Client;
use serde::Serialize;
use serde::de::DeserializeOwned;
use survey_definitions::{AnswerLayout, Answers, Response, pack};

#[derive(Clone)]
pub struct Tablet {
    client: Client,
    server: String,
}

impl Tablet {
    pub fn new(server: &str) -> Result<Self, ReplayError> {
        let client = Client::builder().build().map_err(unreachable)?;
        Ok(Self { client, server: server.trim_end_matches('/').to_owned() })
    }

    /// Does for one row what is not done yet; each request is in the journal before it is sent.
    pub async fn answer(
        &self,
        journal: &Journal,
        row: usize,
        slip: &str,
        lesson: &Lesson,
        layout: &AnswerLayout,
        answers: Answers,
    ) -> Result<(), ReplayError> {
        let response = match journal.step(row) {
            Some(Step::Stored) => return Ok(()),
            Some(Step::Sending(response)) => response,
            earlier => {
                let pending = match earlier {
                    Some(Step::Asking(bytes)) => PendingToken::from_bytes(&bytes),
                    _ => PendingToken::new(&mut OsRng),
                }
                .map_err(|error| failed(row, error))?;
                journal.asking(row, pending.to_bytes()).await?;
                let response = self.response(row, &pending, slip, lesson, layout, answers).await?;
                journal.sending(row, response.clone()).await?;
                response
            }
        };
        let ResponseReply::Stored = self.post(row, "/c/response", &response).await?;
        journal.stored(row).await
    }

    /// Gets a token for the slip and seals the answers.
    async fn response(
        &self,
        row: usize,
        pending: &PendingToken,
        slip: &str,
        lesson: &Lesson,
        layout: &AnswerLayout,
        answers: Answers,
    ) -> Result<ResponseRequest, ReplayError> {
        let part: ClassPart = lesson.class_part.parse().map_err(|error| failed(row, error))?;
        let code = SlipCode::parse_with_class(part, slip).map_err(|error| failed(row, error))?;
        let request = TokenRequest { slip: code.to_string(), blinded: pending.blinded() };
        let evaluation: TokenReply = self.post(row, "/c/token", &request).await?;
        let (value, token) = pending
            .finish(&evaluation, &lesson.token_key, lesson.place)
            .map_err(|error| failed(row, error))?;
        let packed = pack(layout, &Response::Answered(answers), lesson.packed_length)
            .ok_or_else(|| failed(row, "the answers do not fit the definition"))?;
        let sealed = lesson
            .release_key
            .seal(&mut OsRng, lesson.place, &packed)
            .map_err(|error| failed(row, error))?;
        let envelope = URL_SAFE_NO_PAD.encode(sealed);
        Ok(ResponseRequest { place: lesson.place, value, token, envelope })
    }

    async fn post<T: DeserializeOwned>(
        &self,
        row: usize,
        path: &str,
        body: &impl Serialize,
    ) -> Result<T, ReplayError> {
        let url = format!("{}{path}", self.server);
        let reply = self.client.post(url).json(body).send().await.map_err(unreachable)?;
        if reply.status().is_success() {
            return reply.json().await.map_err(unreachable);
        }
        let status = reply.status();
        let refusal: Option<Refusal> = reply.json().await.ok();
        Err(failed(row, refusal.map_or_else(|| status.to_string(), |refusal| refusal.to_string())))
    }
}

/// Rows are numbered as lines of the file: the header is line 1.
fn failed(row: usize, problem: impl ToString) -> ReplayError {
    ReplayError::Row { row: row + 2, problem: problem.to_string() }
}
