use super::download::Download;
use super::{PageError, Rendered, Visit, lessons_held, units};
use crate::clock::hour_and_minute;
use crate::lessons;
use crate::rights::{Action, Found, See, may};
use crate::state::Senim;
use crate::storage::StorageError;
use crate::storage::units::Class;
use crate::storage::wave_classes::{self, WaveClass};
use crate::storage::waves::{self, Wave, WaveState};
use crate::unit_results::{Publication, all_results};
use analysis::Level;
use axum::extract::State;
use protocol::{Fingerprint, Place};
use survey_definitions::Language;

/// `GET /classes/{class}`
pub async fn show(
    State(senim): State<Senim>,
    visit: Visit,
    found: Found<See>,
) -> Result<Rendered, PageError> {
    let lessons = lessons_held::log(&senim, visit.language(), &found.class).await?;
    let changes_enrolment = may(&found.account, Action::ChangeEnrolment, &found.class.units());
    let page = page(&senim, visit.language(), found.class, lessons).await?;
    Ok(visit.render(app::ClassPage { changes_enrolment, ..page }))
}

/// `GET /classes/{class}/results.xlsx`
pub async fn file(
    State(senim): State<Senim>,
    visit: Visit,
    found: Found<See>,
) -> Result<Download, PageError> {
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
    let mut session = app::SessionState::NoWave;
    let mut published = Vec::new();
    for frozen in wave_classes::of_class(&senim.storage, class.id).await? {
        let Some(wave) = waves::by_id(&senim.storage, frozen.wave).await? else { continue };
        match wave.state {
            WaveState::Released => {
                published.extend(publication(senim, &class, &frozen, &wave).await?);
            }
            WaveState::Open if session == app::SessionState::NoWave => {
                session = session_state(senim, &frozen);
            }
            WaveState::Draft | WaveState::Open | WaveState::Closed => {}
        }
    }
    Ok(app::ClassPage {
        id: class.id.to_string(),
        label: class.label,
        school: class.school.name,
        session,
        results: all_results(&senim.definitions, language, &published),
        lessons,
        changes_enrolment: false,
    })
}

/// How the class session of an open wave stands.
pub(super) fn session_state(senim: &Senim, frozen: &WaveClass) -> app::SessionState {
    if lessons::is_open(frozen, &senim.clock) {
        app::SessionState::OpenUntil(hour_and_minute(frozen.open_until))
    } else {
        app::SessionState::Closed
    }
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

/// The open wave that the class is in; refused without one.
pub(super) async fn current(senim: &Senim, class: &Class) -> Result<(Wave, WaveClass), PageError> {
    let open = open_wave(senim, class).await?;
    open.ok_or(PageError::Refused(app::texts::StaffRefusal::WaveNotOpen))
}

/// The open wave that the class is in.
pub(super) async fn open_wave(
    senim: &Senim,
    class: &Class,
) -> Result<Option<(Wave, WaveClass)>, StorageError> {
    for frozen in wave_classes::of_class(&senim.storage, class.id).await? {
        let wave = waves::by_id(&senim.storage, frozen.wave).await?;
        if let Some(wave) = wave.filter(|wave| wave.state == WaveState::Open) {
            return Ok(Some((wave, frozen)));
        }
    }
    Ok(None)
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
