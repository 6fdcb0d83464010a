use super::class::{class_fingerprint, current, fingerprint, open_class_link, open_wave};
use super::{PageError, Rendered, Visit};
use crate::clock::{day, day_and_time, hour_and_minute};
use crate::lessons;
use crate::rights::{Found, Run};
use crate::settings::slips_allowed;
use crate::state::Senim;
use crate::storage::units::Class;
use crate::storage::wave_classes::{self, WaveClass};
use crate::storage::waves::{self, Wave, WaveState};
use crate::storage::{StorageError, slips};
use crate::wave_setup::{in_lesson_time, intake_ends, takes_responses};
use axum::extract::State;
use axum::response::Redirect;

/// `GET /classes/{class}/session`: before, in and after the lesson in which the class answers.
pub async fn show(
    State(senim): State<Senim>,
    visit: Visit,
    found: Found<Run>,
) -> Result<Rendered, PageError> {
    let class = found.class;
    let of = app::SessionClass {
        id: class.id.to_string(),
        label: class.label.clone(),
        school: class.school.name.clone(),
    };
    let Some((wave, frozen)) = open_wave(&senim, &class).await? else {
        let stage = no_wave(&senim, &class).await?;
        return Ok(visit.render(app::ClassSessionPage { class: of, stage }));
    };
    let about = session_wave(&senim, &wave, &frozen).await?;
    if in_lesson_time(&wave, &senim.clock) && lessons::is_open(&frozen, &senim.clock) {
        let open_until = hour_and_minute(frozen.open_until);
        return Ok(visit.render(app::RunningSessionPage { class: of, wave: about, open_until }));
    }
    let stage = stage(&senim, &wave, &frozen, about);
    Ok(visit.render(app::ClassSessionPage { class: of, stage }))
}

/// `POST /classes/{class}/session/open`
pub async fn create(State(senim): State<Senim>, found: Found<Run>) -> Result<Redirect, PageError> {
    let (wave, frozen) = current(&senim, &found.class).await?;
    lessons::open(&senim, &wave, &frozen).await?;
    Ok(Redirect::to(&format!("/classes/{}/session", found.class.id)))
}

/// `POST /classes/{class}/session/close`
pub async fn delete(State(senim): State<Senim>, found: Found<Run>) -> Result<Redirect, PageError> {
    let (wave, frozen) = current(&senim, &found.class).await?;
    lessons::close(&senim, &wave, &frozen).await?;
    Ok(Redirect::to(&format!("/classes/{}/session", found.class.id)))
}

/// Where the lesson of an open wave stands while its class session is closed.
fn stage(
    senim: &Senim,
    wave: &Wave,
    frozen: &WaveClass,
    about: app::SessionWave,
) -> app::SessionStage {
    let today = senim.clock.today();
    let begun = about.tokens > 0 || about.responses > 0;
    match frozen.open_until {
        _ if today < wave.first_day => app::SessionStage::NotYet(about),
        _ if today > wave.last_day => {
            let takes_responses = takes_responses(wave, &senim.clock);
            app::SessionStage::Over { wave: about, takes_responses }
        }
        // Closed by hand leaves no moment behind.
        0 if begun => app::SessionStage::After { wave: about, ended_by_itself: None },
        0 => app::SessionStage::Before(about),
        moment => {
            app::SessionStage::After { wave: about, ended_by_itself: Some(day_and_time(moment)) }
        }
    }
}

async fn session_wave(
    senim: &Senim,
    wave: &Wave,
    frozen: &WaveClass,
) -> Result<app::SessionWave, PageError> {
    let made = slips::counts(&senim.storage, wave.id, frozen.class).await?;
    let counted = senim.counts.counted(wave.id, frozen.class);
    let allowed = slips_allowed(frozen.enrolment);
    Ok(app::SessionWave {
        name: wave.name.clone(),
        first_day: day(wave.first_day),
        last_day: day(wave.last_day),
        responses_until: day(intake_ends(wave.last_day)),
        fingerprint: fingerprint(wave),
        class_link: open_class_link(senim, frozen)?,
        link_fragment: class_fingerprint(wave, frozen).fragment(""),
        enrolment: frozen.enrolment,
        responses: counted.responses,
        tokens: counted.tokens,
        slips_made: made.used + made.unused,
        slips_allowed: allowed,
        may_make_slips: made.used < allowed,
    })
}

/// Whether results are awaited, and when the next planned wave is that the class will be in.
async fn no_wave(senim: &Senim, class: &Class) -> Result<app::SessionStage, StorageError> {
    let latest = wave_classes::of_class(&senim.storage, class.id).await?.into_iter().next();
    let mut awaiting_results = false;
    let mut next = None;
    let units = class.units();
    for wave in waves::all(&senim.storage).await? {
        let is_latest = latest.as_ref().is_some_and(|latest| latest.wave == wave.id);
        awaiting_results |= is_latest && wave.state == WaveState::Closed;
        if wave.state == WaveState::Draft && units.contains(&wave.scope) {
            let definitions = waves::definitions(&senim.storage, wave.id).await?;
            if definitions.iter().any(|row| row.grade == class.grade) {
                next = next.into_iter().chain([(wave.first_day, wave.last_day)]).min();
            }
        }
    }
    let next = next.map(|(first, last)| (day(first), day(last)));
    Ok(app::SessionStage::NoWave { awaiting_results, next })
}
