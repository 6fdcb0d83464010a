use super::{Body, Refused};
use crate::lessons;
use crate::state::Senim;
use crate::storage::slips::{self, Redeem, Redeemed};
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
    let lesson = senim.intake.lesson(&senim.storage, &senim.clock, code.class_part()).await?;
    let lesson = lesson.ok_or(Refusal::UnknownSlip)?;
    let (wave, class) = &*lesson;
    if !takes_responses(wave, &senim.clock) {
        return Err(Refusal::IntakeEnded.into());
    }
    let slip = Redeem {
        wave: wave.id,
        hash: senim.secrets.slip_hash(&code),
        blinded_hash: senim.secrets.blinded_hash(&request.blinded),
        now: senim.clock.seconds(),
    };
    let turn = senim.tokens.turn().await?;
    // Evaluated before the slip is marked: an element that is not one, or a secret that is not
    // the wave's, costs no slip.
    let reply = evaluate(&senim, wave, &request, Place { wave: wave.id, class: class.class })?;
    let redeemed = if lessons::is_open(class, &senim.clock) {
        slips::redeem(&senim.storage, slip).await?
    } else {
        slips::standing(&senim.storage, slip).await?
    };
    // Whoever guesses waits below, and must not keep a turn meanwhile.
    drop(turn);
    match redeemed {
        Redeemed::Granted => Ok(Json(reply)),
        Redeemed::Used => Err(Refusal::SlipUsed.into()),
        Redeemed::Closed => Err(Refusal::SessionClosed.into()),
        Redeemed::Ended => Err(Refusal::IntakeEnded.into()),
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
