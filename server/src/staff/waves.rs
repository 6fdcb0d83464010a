use super::classes::wave_rows;
use super::{PageError, Rendered, SignedIn, Visit, enrolment};
use crate::state::Senim;
use crate::storage::waves;
use axum::extract::State;

/// `GET /waves`: those that the reader may close, with their pages.
pub async fn index(
    State(senim): State<Senim>,
    visit: Visit,
    SignedIn(account): SignedIn,
) -> Result<Rendered, PageError> {
    let waves = wave_rows(&senim, &account, waves::all(&senim.storage).await?).await?;
    let waiting = enrolment::waiting(&senim, &account).await?;
    Ok(visit.render(app::WavesPage { waves, waiting }))
}
