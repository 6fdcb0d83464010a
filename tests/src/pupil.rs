use crate::http::{Reply, Visitor};
use crate::server::Server;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use protocol::{
    Evaluation, Lesson, PendingToken, Refusal, ResponseReply, ResponseRequest, SlipCode, Token,
    TokenRequest, Value,
};
use rand_core::OsRng;
use reqwest::{Method, RequestBuilder};
use serde::Serialize;
use survey_definitions::{Response, Survey, pack};

/// A pupil's tablet: each step by itself, so that a test can leave the way.
#[derive(Clone)]
pub struct Pupil {
    pub lesson: Lesson,
    visitor: Visitor,
}

/// A refusal and the status it came with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refused(pub u16, pub Refusal);

impl Pupil {
    pub fn new(server: &Server, lesson: &Lesson) -> Self {
        Self::with(Visitor::of(server), lesson)
    }

    /// With a tablet of its own.
    pub fn with(visitor: Visitor, lesson: &Lesson) -> Self {
        Self { lesson: lesson.clone(), visitor }
    }

    /// On a tablet that holds its one connection to the server.
    pub fn connected(server: &Server, lesson: &Lesson) -> Self {
        Self { lesson: lesson.clone(), visitor: Visitor::keeping(1, &server.url()) }
    }

    /// Draws a value and blinds it.
    pub fn pending(&self) -> PendingToken {
        PendingToken::new(&mut OsRng).unwrap()
    }

    /// The first request.
    pub async fn ask(
        &self,
        slip: &SlipCode,
        pending: &PendingToken,
    ) -> Result<Evaluation, Refused> {
        let request = TokenRequest { slip: slip.to_string(), blinded: pending.blinded() };
        let reply = self.post("/c/token", &request).await;
        if reply.status.is_success() { Ok(reply.json()) } else { Err(Refused::of(&reply)) }
    }

    /// Checks the proof and unblinds.
    pub fn finish(&self, pending: &PendingToken, evaluation: &Evaluation) -> (Value, Token) {
        pending.finish(evaluation, &self.lesson.token_key, self.lesson.place).unwrap()
    }

    /// A token for a slip.
    pub async fn token(&self, slip: &SlipCode) -> (Value, Token) {
        let pending = self.pending();
        let evaluation = self.ask(slip, &pending).await.unwrap();
        self.finish(&pending, &evaluation)
    }

    /// The second request, ready to be sent.
    pub fn sealed(
        &self,
        (value, token): (Value, Token),
        survey: &Survey,
        response: &Response,
    ) -> ResponseRequest {
        let packed = pack(&survey.answer_layout(), response, self.lesson.packed_length).unwrap();
        let envelope = self.seal(&packed);
        ResponseRequest { place: self.lesson.place, value, token, envelope }
    }

    /// Any bytes in an envelope of this class.
    pub fn seal(&self, packed: &[u8]) -> String {
        let sealed = self.lesson.release_key.seal(&mut OsRng, self.lesson.place, packed);
        URL_SAFE_NO_PAD.encode(sealed.unwrap())
    }

    /// The second request.
    pub async fn send(&self, request: &ResponseRequest) -> Result<(), Refused> {
        let reply = self.post("/c/response", request).await;
        if !reply.status.is_success() {
            return Err(Refused::of(&reply));
        }
        assert_eq!(reply.json::<ResponseReply>(), ResponseReply::Stored);
        Ok(())
    }

    /// The whole way.
    pub async fn answer(&self, slip: &SlipCode, survey: &Survey, response: &Response) {
        let request = self.sealed(self.token(slip).await, survey, response);
        self.send(&request).await.unwrap();
    }

    pub async fn post(&self, path: &str, body: &impl Serialize) -> Reply {
        self.post_bytes(path, serde_json::to_vec(body).unwrap()).await
    }

    /// A body that need not be what the server expects.
    pub async fn post_bytes(&self, path: &str, body: Vec<u8>) -> Reply {
        Reply::to(self.request(path, body)).await
    }

    /// The same to a server that may be killed meanwhile: nothing unless the reply is here, whole.
    pub async fn try_post(&self, path: &str, body: &impl Serialize) -> Option<Reply> {
        Reply::heard(self.request(path, serde_json::to_vec(body).unwrap())).await.ok()
    }

    fn request(&self, path: &str, body: Vec<u8>) -> RequestBuilder {
        let request = self.visitor.request(Method::POST, path);
        request.header("content-type", "application/json").body(body)
    }
}

impl Refused {
    /// Panics when the reply gives no reason that a tablet understands.
    pub fn of(reply: &Reply) -> Self {
        Self(reply.status.as_u16(), reply.json())
    }
}
