use super::classes::page_state;
use super::{PageError, Rendered, Visit, lessons_held, units};
use crate::clock::hour_and_minute;
use crate::lessons;
use crate::rights::{Found, Run, See};
use crate::settings::slips_allowed;
use crate::state::Senim;
use crate::storage::units::Class;
use crate::storage::wave_classes::{self, WaveClass};
use crate::storage::waves::{self, Wave, WaveState};
use crate::storage::{StorageError, slips};
use crate::unit_results::{Publication, all_results};
use analysis::Level;
use axum::Json;
use axum::extract::State;
use axum::response::{Redirect, Response};
use protocol::{Fingerprint, Place};
use serde::Serialize;
use survey_definitions::Language;

/// `GET /classes/{class}`
pub async fn show(
    State(senim): State<Senim>,
    visit: Visit,
    found: Found<See>,
) -> Result<Rendered, PageError> {
    let lessons = lessons_held::log(&senim, visit.language(), &found.class).await?;
    Ok(visit.render(page(&senim, visit.language(), found.class, lessons).await?))
}

/// `GET /classes/{class}/results.xlsx`
pub async fn file(
    State(senim): State<Senim>,
    visit: Visit,
    found: Found<See>,
) -> Result<Response, PageError> {
    let lessons = app::LessonsHeld::default();
    let page = page(&senim, visit.language(), found.class, lessons).await?;
    units::tables("senim-class", &page.tables(visit.language()))
}

/// The page of a class with its log of lessons.
pub(super) async fn page(
    senim: &Senim,
    language: Language,
    class: Class,
    lessons: app::LessonsHeld,
) -> Result<app::ClassPage, PageError> {
    let mut open = None;
    let mut published = Vec::new();
    for frozen in wave_classes::of_class(&senim.storage, class.id).await? {
        let Some(wave) = waves::by_id(&senim.storage, frozen.wave).await? else { continue };
        match wave.state {
            WaveState::Released => {
                published.extend(publication(senim, &class, &frozen, &wave).await?);
            }
            WaveState::Open if open.is_none() => {
                open = Some(open_wave(senim, &frozen, &wave).await?);
            }
            WaveState::Draft | WaveState::Open | WaveState::Closed => {}
        }
    }
    Ok(app::ClassPage {
        id: class.id.to_string(),
        label: class.label,
        school: class.school.name,
        wave: open,
        results: all_results(&senim.definitions, language, &published),
        lessons,
    })
}

async fn open_wave(
    senim: &Senim,
    frozen: &WaveClass,
    wave: &Wave,
) -> Result<app::OpenWave, PageError> {
    let counts = slips::counts(&senim.storage, wave.id, frozen.class).await?;
    let open = senim.clock.seconds() < frozen.open_until;
    let allowed = slips_allowed(frozen.enrolment);
    Ok(app::OpenWave {
        name: wave.name.clone(),
        state: page_state(wave.state),
        fingerprint: fingerprint(wave),
        enrolment: frozen.enrolment,
        done: senim.counts.done(wave.id, frozen.class),
        class_link: open_class_link(senim, frozen)?,
        link_fragment: class_fingerprint(wave, frozen).fragment(""),
        session_open_until: open.then(|| hour_and_minute(frozen.open_until)),
        slips_made: counts.used + counts.unused,
        slips_allowed: allowed,
        may_make_slips: counts.used < allowed,
    })
}

/// What is published of the class in one wave, by the definition of its grade.
async fn publication(
    senim: &Senim,
    class: &Class,
    frozen: &WaveClass,
    wave: &Wave,
) -> Result<Option<Publication>, StorageError> {
    let rows = waves::definitions(&senim.storage, wave.id).await?;
    let Some(row) = rows.into_iter().find(|row| row.grade == frozen.grade) else {
        return Ok(None);
    };
    Publication::load(&senim.storage, wave, row.definition, Level::Class, &class.code).await
}

/// What `GET /classes/{class}/done` says.
#[derive(Serialize)]
pub struct Done {
    done: u32,
    enrolment: u32,
}

/// `GET /classes/{class}/done`: as of the last count.
pub async fn done(State(senim): State<Senim>, found: Found<Run>) -> Result<Json<Done>, PageError> {
    let (wave, frozen) = current(&senim, &found.class).await?;
    let done = senim.counts.done(wave.id, frozen.class);
    Ok(Json(Done { done, enrolment: frozen.enrolment }))
}

/// `POST /classes/{class}/session/open`
pub async fn open_session(
    State(senim): State<Senim>,
    found: Found<Run>,
) -> Result<Redirect, PageError> {
    let (wave, frozen) = current(&senim, &found.class).await?;
    lessons::open(&senim, &wave, &frozen).await?;
    Ok(Redirect::to(&format!("/classes/{}", found.class.id)))
}

/// `POST /classes/{class}/session/close`
pub async fn close_session(
    State(senim): State<Senim>,
    found: Found<Run>,
) -> Result<Redirect, PageError> {
    let (wave, frozen) = current(&senim, &found.class).await?;
    lessons::close(&senim, &wave, &frozen).await?;
    Ok(Redirect::to(&format!("/classes/{}", found.class.id)))
}

/// The open wave that the class is in.
pub(super) async fn current(senim: &Senim, class: &Class) -> Result<(Wave, WaveClass), PageError> {
    for frozen in wave_classes::of_class(&senim.storage, class.id).await? {
        let wave = waves::by_id(&senim.storage, frozen.wave).await?;
        if let Some(wave) = wave.filter(|wave| wave.state == WaveState::Open) {
            return Ok((wave, frozen));
        }
    }
    Err(PageError::Refused(app::texts::StaffRefusal::WaveNotOpen))
}

pub(super) fn fingerprint(wave: &Wave) -> String {
    Fingerprint::of(wave.id, &wave.token_key, &wave.release_key).to_string()
}

/// What a tablet of this class compares.
pub(super) fn class_fingerprint(wave: &Wave, frozen: &WaveClass) -> Fingerprint {
    let place = Place { wave: wave.id, class: frozen.class };
    Fingerprint::of_class(place, wave.packed_length, &wave.token_key, &wave.release_key)
}

/// Where the tablets of a class go; nowhere once its wave was forgotten.
pub fn class_link(senim: &Senim, frozen: &WaveClass) -> Option<String> {
    frozen.link(&senim.public_url)
}

/// The same for a wave that takes responses.
pub(super) fn open_class_link(senim: &Senim, frozen: &WaveClass) -> Result<String, PageError> {
    class_link(senim, frozen).ok_or(PageError::Refused(app::texts::StaffRefusal::WaveNotOpen))
}
