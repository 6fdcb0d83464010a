//! What tablet and server say to each other, and the release job to both.
//!
//! A pupil's way through it: a [`SlipCode`] and a [`PendingToken`]'s blinded value buy an
//! [`Evaluation`], which the tablet checks and turns into a [`Token`]; the packed response is
//! [sealed](ReleasePublicKey::seal) to the wave's release key and goes to the server with the token.
//! Nothing the server holds joins the two steps.

mod bytes;
mod envelope;
mod fingerprint;
mod kept;
mod messages;
mod place;
mod slip_code;
mod token;

pub use bytes::Base64;
pub use envelope::{ENVELOPE_OVERHEAD, EnvelopeError, ReleaseKey, ReleasePublicKey};
pub use fingerprint::Fingerprint;
pub use kept::KeepingKey;
pub use messages::{Lesson, Refusal, ResponseReply, ResponseRequest, TokenReply, TokenRequest};
pub use place::Place;
pub use slip_code::{CODE_CHARACTERS, ClassPart, SlipCode, SlipCodeError};
pub use token::{
    Blinded, Evaluation, Issuer, PendingToken, Spent, Token, TokenError, TokenPublicKey, Value,
};
