use super::{Body, Id};
use crate::audit::About;
use crate::keys::PrintedKey;
use crate::rights::{Action, CloseWave, FoundWave, SetUpWave, may};
use crate::staff::{PageError, SignedIn};
use crate::state::Senim;
use crate::storage::units::{self, Unit};
use crate::storage::waves::Wave;
use crate::wave_setup::{self, DefinitionForGrades, NewWave};
use axum::extract::State;
use axum::{Extension, Json};
use jiff::civil::Date;
use protocol::Fingerprint;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What `PUT /api/waves/{wave}` takes.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WaveBody {
    pub name: String,
    /// The region the wave is for; the nation when absent.
    pub region: Option<Uuid>,
    pub first_day: Date,
    pub last_day: Date,
    /// As `senim keys show` prints it.
    pub release_public_key: PrintedKey,
    pub definitions: Vec<DefinitionForGrades>,
}

/// How a wave stands.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct WaveReply {
    pub id: Uuid,
    pub name: String,
    pub state: String,
    pub fingerprint: String,
}

/// What an opened or closed wave counts.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Counted {
    pub counted: usize,
}

/// `PUT /api/waves/{wave}`
pub async fn put(
    State(senim): State<Senim>,
    SignedIn(account): SignedIn,
    Id(id): Id,
    Body(body): Body<WaveBody>,
) -> Result<(Extension<About>, Json<WaveReply>), PageError> {
    let scope = body.region.map_or(Unit::Nation, Unit::Region);
    let above = units::units_above(&senim.storage, scope).await?;
    if !may(&account, Action::SetUpWave, &above) {
        return Err(PageError::NotFound);
    }
    let new = NewWave {
        id,
        name: body.name,
        scope,
        first_day: body.first_day,
        last_day: body.last_day,
        release_key: body.release_public_key.0,
        definitions: body.definitions,
    };
    let wave =
        wave_setup::create(&senim.storage, &senim.secrets, &senim.definitions, &senim.random, new)
            .await?;
    Ok((Extension(About::wave(wave.id)), Json(reply(&wave))))
}

/// `GET /api/waves/{wave}`
pub async fn show(found: FoundWave<SetUpWave>) -> Json<WaveReply> {
    Json(reply(&found.wave))
}

/// `POST /api/waves/{wave}/open`
pub async fn open(
    State(senim): State<Senim>,
    found: FoundWave<SetUpWave>,
) -> Result<Json<Counted>, PageError> {
    let counted = wave_setup::open(&senim.storage, &senim.random, &found.wave).await?;
    Ok(Json(Counted { counted }))
}

/// `POST /api/waves/{wave}/close`
pub async fn close(
    State(senim): State<Senim>,
    found: FoundWave<CloseWave>,
) -> Result<Json<Counted>, PageError> {
    let counted = wave_setup::close(&senim.storage, &senim.random, &found.wave).await? as usize;
    Ok(Json(Counted { counted }))
}

fn reply(wave: &Wave) -> WaveReply {
    WaveReply {
        id: wave.id,
        name: wave.name.clone(),
        state: wave.state.code().to_owned(),
        fingerprint: Fingerprint::of(wave.id, &wave.token_key, &wave.release_key).to_string(),
    }
}
