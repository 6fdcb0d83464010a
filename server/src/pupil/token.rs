use super::{Body, Refused, find_lesson};
use crate::lessons;
use crate::state::Senim;
use crate::storage::slips::{self, Redeemed};
use crate::storage::waves::Wave;
use crate::wave_setup::takes_responses;
use axum::Json;
use axum::extract::State;
use protocol::{Place, Refusal, SlipCode, TokenReply, TokenRequest};

/// `POST /c/token`: a slip buys one evaluation. The same request again gets the same bytes.
pub async fn create(
    State(senim): State<Senim>,
    Body(request): Body<TokenRequest>,
) -> Result<Json<TokenReply>, Refused> {
    let code: SlipCode = request.slip.parse().map_err(|_| Refusal::Unreadable)?;
    let Some((wave, class)) = find_lesson(&senim, code.class_part()).await? else {
        return Err(Refusal::UnknownSlip.into());
    };
    if !takes_responses(&wave, &senim.clock) {
        return Err(Refusal::IntakeEnded.into());
    }
    let place = Place { wave: wave.id, class: class.class };
    let hash = senim.secrets.slip_hash(&code);
    let blinded = senim.secrets.blinded_hash(&request.blinded);
    let lesson_is_open = lessons::is_open(&senim, &class);
    if !lesson_is_open && slips::is_unused(&senim.storage, wave.id, &hash).await? {
        return Err(Refusal::SessionClosed.into());
    }
    // Evaluated before the slip is marked: an element that is not one, or a secret that is not
    // the wave's, costs no slip.
    let reply = evaluate(&senim, &wave, &request, place)?;
    let redeemed = if lesson_is_open {
        slips::redeem(&senim.storage, wave.id, &hash, &blinded).await?
    } else {
        slips::used(&senim.storage, wave.id, &hash, &blinded).await?
    };
    match redeemed {
        Redeemed::Granted => Ok(Json(reply)),
        Redeemed::Used => Err(Refusal::SlipUsed.into()),
        Redeemed::Unknown => {
            senim.guessing.wrong(code.class_part()).await;
            Err(Refusal::UnknownSlip.into())
        }
    }
}

fn evaluate(
    senim: &Senim,
    wave: &Wave,
    request: &TokenRequest,
    place: Place,
) -> Result<TokenReply, Refused> {
    let issuer = senim.secrets.issuer(wave).map_err(|error| {
        tracing::error!(%error, "the token secret of a wave cannot be used");
        Refusal::Busy
    })?;
    Ok(issuer.evaluate(&request.blinded, place).map_err(|_| Refusal::Unreadable)?)
}
