use super::class::fingerprint;
use super::classes::page_state;
use super::{PageError, Rendered, Visit};
use crate::audit::NothingDone;
use crate::clock::day;
use crate::keys::PrintedKey;
use crate::pilot::has_unchecked_texts;
use crate::rights::{Action, CloseWave, FoundWave, SetUpWave, may};
use crate::state::Senim;
use crate::storage::accounts::Account;
use crate::storage::erasures::{self, Erasure};
use crate::storage::waves::{Wave, WaveState};
use crate::storage::{StorageError, envelopes, units, wave_classes};
use crate::{wave_rules, wave_setup};
use axum::Extension;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};

/// `GET /waves/{wave}`
pub async fn show(
    State(senim): State<Senim>,
    visit: Visit,
    FoundWave { wave, account, .. }: FoundWave<CloseWave>,
) -> Result<Rendered, PageError> {
    let erasure = erasures::of_wave(&senim.storage, wave.id).await?;
    let classes_done = if erasure.is_some() || wave.state == WaveState::Draft {
        None
    } else {
        Some(classes_done(&senim, &wave).await?)
    };
    Ok(visit.render(app::WavePage {
        id: wave.id.to_string(),
        name: wave.name.clone(),
        state: page_state(wave.state),
        days: (day(wave.first_day), day(wave.last_day)),
        classes_done,
        erased: erasure.as_ref().map(erased),
        may_close: wave.state == WaveState::Open,
        may_release: matches!(wave.state, WaveState::Closed | WaveState::Released)
            && may(
                &account,
                Action::Release,
                &units::units_above(&senim.storage, wave.scope).await?,
            ),
        pilot: has_unchecked_texts(&senim.storage, &senim.definitions, wave.id).await?,
        frozen: frozen(&senim, &wave).await?,
        opening: opening(&senim, &wave, &account).await?,
        intake_until: day(wave_setup::intake_ends(wave.last_day)),
        release_key: PrintedKey(wave.release_key).to_string(),
        fingerprint: fingerprint(&wave),
    }))
}

/// Classes with a response, and all.
async fn classes_done(senim: &Senim, wave: &Wave) -> Result<(u32, u32), StorageError> {
    let classes = wave_classes::of_wave(&senim.storage, wave.id).await?;
    let done = match wave.state {
        // Its responses are no longer counted on the clock, and none arrives.
        WaveState::Released => envelopes::counts(&senim.storage, wave.id).await?.len(),
        _ => classes.iter().filter(|one| senim.counts.done(wave.id, one.class) > 0).count(),
    };
    Ok((done as u32, classes.len() as u32))
}

fn erased(record: &Erasure) -> app::ErasedWave {
    app::ErasedWave { day: day(record.day), responses: record.envelopes, finished: record.finished }
}

async fn frozen(senim: &Senim, wave: &Wave) -> Result<Option<app::WaveNumbers>, StorageError> {
    if wave.state == WaveState::Draft {
        return Ok(None);
    }
    let classes = wave_classes::of_wave(&senim.storage, wave.id).await?;
    let pupils = classes.iter().map(|class| class.enrolment).sum();
    Ok(Some(app::WaveNumbers { classes: classes.len(), pupils }))
}

/// What opening would freeze, and what is in its way.
async fn opening(
    senim: &Senim,
    wave: &Wave,
    account: &Account,
) -> Result<Option<app::Opening>, StorageError> {
    let above = units::units_above(&senim.storage, wave.scope).await?;
    if wave.state != WaveState::Draft || !may(account, Action::SetUpWave, &above) {
        return Ok(None);
    }
    let classes = wave_setup::classes_of(&senim.storage, wave).await?;
    let ids = classes.iter().map(|class| class.id).collect();
    let mistake = if classes.is_empty() {
        Some(app::WaveMistake::NoClasses)
    } else if wave.last_day < senim.clock.today() {
        Some(app::WaveMistake::Past)
    } else {
        let obstacle = wave_rules::obstacle(&senim.storage, &ids, wave.first_day).await?;
        obstacle.map(app::WaveMistake::from)
    };
    let pupils = classes.iter().map(|class| class.enrolment).sum();
    let now = app::WaveNumbers { classes: classes.len(), pupils };
    Ok(Some(app::Opening { now, mistake }))
}

/// `POST /waves/{wave}/open`; what is in the way is said on the wave's page, to which it leads.
pub async fn open(
    State(senim): State<Senim>,
    FoundWave { wave, account, .. }: FoundWave<SetUpWave>,
) -> Result<Response, PageError> {
    let page = Redirect::to(&format!("/waves/{}", wave.id));
    let opening = opening(&senim, &wave, &account).await?;
    if opening.is_none_or(|opening| opening.mistake.is_some()) {
        return Ok((Extension(NothingDone), page).into_response());
    }
    wave_setup::open(&senim.storage, &senim.random, &wave).await?;
    Ok(page.into_response())
}

/// `POST /waves/{wave}/close`
pub async fn close(
    State(senim): State<Senim>,
    FoundWave { wave, .. }: FoundWave<CloseWave>,
) -> Result<Redirect, PageError> {
    wave_setup::close(&senim.storage, &senim.random, &wave).await?;
    Ok(Redirect::to(&format!("/waves/{}", wave.id)))
}
