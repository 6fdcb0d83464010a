//! The bodies of the pupil's two requests, as JSON. Every field has one length, so that all
//! requests of a wave do.

use crate::{Base64, Evaluation, Place, ReleasePublicKey, Token, TokenPublicKey, Value};
use serde::{Deserialize, Serialize};

/// What a tablet knows of its class from the class link: the same for every pupil of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lesson {
    pub class_part: String,
    pub place: Place,
    pub school: String,
    pub class: String,
    /// Bytes of a packed response in this wave.
    pub packed_length: usize,
    pub token_key: TokenPublicKey,
    pub release_key: ReleasePublicKey,
}

/// `POST /c/token`: a slip and a blinded value.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TokenRequest {
    pub slip: String,
    pub blinded: Base64<32>,
}

/// The evaluation; the same request gets the same bytes.
pub type TokenReply = Evaluation;

/// `POST /c/response`: what is spent, and what is sealed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResponseRequest {
    pub place: Place,
    pub value: Value,
    pub token: Token,
    /// base64url without padding.
    pub envelope: String,
}

/// The response is on disk; also said when it was there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResponseReply {
    Stored,
}

/// Why the server refuses a pupil's request. Says nothing about the pupil.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case", tag = "refused")]
pub enum Refusal {
    #[error("the request cannot be read")]
    Unreadable,
    #[error("no slip has this code")]
    UnknownSlip,
    #[error("this slip was used already")]
    SlipUsed,
    #[error("the teacher has not opened the lesson, or has closed it")]
    SessionClosed,
    #[error("the token is not valid for this class and wave")]
    Token,
    #[error("the envelope has the wrong length")]
    EnvelopeLength,
    #[error("responses to this wave are no longer taken")]
    IntakeEnded,
    #[error("the server is busy; the same request may be sent again")]
    Busy,
}
