use super::PageError;
use super::class::current;
use crate::rights::{Found, Run};
use crate::state::Senim;
use axum::Json;
use axum::extract::State;
use serde::Serialize;

/// What `GET /classes/{class}/done` says.
#[derive(Serialize)]
pub struct Done {
    done: u32,
    enrolment: u32,
}

/// `GET /classes/{class}/done`: as of the last count.
pub async fn show(State(senim): State<Senim>, found: Found<Run>) -> Result<Json<Done>, PageError> {
    let (wave, frozen) = current(&senim, &found.class).await?;
    let done = senim.counts.done(wave.id, frozen.class);
    Ok(Json(Done { done, enrolment: frozen.enrolment }))
}
