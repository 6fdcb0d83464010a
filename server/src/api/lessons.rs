use crate::lessons;
use crate::pupil::lesson_of;
use crate::rights::{Found, Run};
use crate::staff::PageError;
use crate::state::Senim;
use crate::storage::wave_classes::{self, WaveClass};
use crate::storage::waves::{self, Wave};
use axum::Json;
use axum::extract::{Path, State};
use protocol::Lesson;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use uuid::Uuid;

/// Codes of fresh slips, all thirteen characters; they are shown this once.
#[derive(Clone, Serialize, Deserialize)]
pub struct SlipsReply {
    pub slips: Vec<String>,
}

/// `POST /api/waves/{wave}/classes/{class}/session`: opens the class session and tells what
/// its tablets are told.
pub async fn open_session(
    State(senim): State<Senim>,
    found: Found<Run>,
    Path(path): Path<HashMap<String, String>>,
) -> Result<Json<Lesson>, PageError> {
    let (wave, class) = in_wave(&senim, &found, &path).await?;
    lessons::open(&senim, &wave, &class).await?;
    let lesson = lesson_of(&senim, &wave, &class).await?.ok_or(PageError::NotFound)?;
    Ok(Json(lesson.0))
}

/// `POST /api/waves/{wave}/classes/{class}/slips`: voids unused slips and makes new ones.
pub async fn make_slips(
    State(senim): State<Senim>,
    found: Found<Run>,
    Path(path): Path<HashMap<String, String>>,
) -> Result<Json<SlipsReply>, PageError> {
    let (wave, class) = in_wave(&senim, &found, &path).await?;
    let slips = lessons::make_slips(&senim, &wave, &class).await?;
    Ok(Json(SlipsReply { slips: slips.iter().map(ToString::to_string).collect() }))
}

async fn in_wave(
    senim: &Senim,
    found: &Found<Run>,
    path: &HashMap<String, String>,
) -> Result<(Wave, WaveClass), PageError> {
    let id: Uuid =
        path.get("wave").and_then(|text| text.parse().ok()).ok_or(PageError::NotFound)?;
    let wave = waves::by_id(&senim.storage, id).await?.ok_or(PageError::NotFound)?;
    let class =
        wave_classes::find(&senim.storage, id, found.class.id).await?.ok_or(PageError::NotFound)?;
    Ok((wave, class))
}
