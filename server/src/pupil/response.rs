use super::{Body, Refused};
use crate::state::Senim;
use crate::storage::envelopes::{self, Envelope, Stored};
use crate::wave_setup::takes_responses;
use axum::Json;
use axum::extract::State;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use protocol::{ENVELOPE_OVERHEAD, Refusal, ResponseReply, ResponseRequest};

/// `POST /c/response`: spends the token and stores the envelope. The reply is sent when the disk
/// has it; the same value again is answered the same and the first write stays.
pub async fn create(
    State(senim): State<Senim>,
    Body(request): Body<ResponseRequest>,
) -> Result<Json<ResponseReply>, Refused> {
    let place = request.place;
    let wave = senim.intake.wave(&senim.storage, &senim.clock, place.wave).await?;
    let wave = wave.ok_or(Refusal::Token)?;
    let envelope = URL_SAFE_NO_PAD.decode(&request.envelope).map_err(|_| Refusal::Unreadable)?;
    let fits = envelope.len() == wave.packed_length + ENVELOPE_OVERHEAD;
    #[cfg(feature = "planted")]
    let fits = fits || crate::planted::is("envelope_not_padded");
    if !fits {
        return Err(Refusal::EnvelopeLength.into());
    }
    let spent = request.value.spent();
    // Before the token is looked at: a forgotten wave has no secret to look at it with.
    if !takes_responses(&wave, &senim.clock) {
        let before = envelopes::was_stored(&senim.storage, wave.id, &spent).await?;
        return if before {
            Ok(Json(ResponseReply::Stored))
        } else {
            Err(Refusal::IntakeEnded.into())
        };
    }
    let issuer = senim.secrets.issuer(&wave).map_err(|error| {
        tracing::error!(%error, "the token secret of a wave cannot be used");
        Refusal::Busy
    })?;
    if !issuer.verify(&request.value, &request.token, place) {
        return Err(Refusal::Token.into());
    }
    let envelope = Envelope {
        id: senim.random.id(),
        wave: wave.id,
        class: place.class,
        sealed: request.envelope,
    };
    match envelopes::store(&senim.storage, envelope, spent).await? {
        Stored::First | Stored::Again => Ok(Json(ResponseReply::Stored)),
        Stored::WaveNotOpen => Err(Refusal::IntakeEnded.into()),
    }
}
