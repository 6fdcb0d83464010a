use super::structure_preview::preview;
use super::{PageError, Rendered, Visit};
use crate::api::Id;
use crate::audit::About;
use crate::import_job::{self, CHANGED};
use crate::rights::{Action, FoundUnits, SetUpClasses, may};
use crate::state::Senim;
use crate::storage::imports::{self, Import};
use crate::storage::jobs::{self, JobState};
use crate::storage::units::{self, Unit};
use crate::storage::waves::{self, WaveState};
use crate::storage::{StorageError, structure};
use crate::structure_import::{
    FoundMistakes, KnownUnit, LARGEST_FILE, MOST_PUPILS, Plan, plan, read,
};
use app::{StructureNotice, StructurePage, StructureStep};
use axum::Extension;
use axum::extract::State;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

/// Seconds in which a table that was checked can be confirmed.
const KEPT: i64 = 3600;
/// What a form adds around its file.
pub const LARGEST_UPLOAD: usize = LARGEST_FILE + 16 * 1024;

/// `GET /structure`
pub async fn index(
    State(senim): State<Senim>,
    visit: Visit,
    sets_up: FoundUnits<SetUpClasses>,
) -> Result<Rendered, PageError> {
    page(&senim, &visit, &sets_up, StructureStep::Upload(None)).await
}

/// `POST /structure`: checks a table and keeps what it would do, for an hour.
pub async fn create(
    State(senim): State<Senim>,
    visit: Visit,
    sets_up: FoundUnits<SetUpClasses>,
    multipart: Result<Multipart, MultipartRejection>,
) -> Result<Response, PageError> {
    let multipart = multipart.map_err(|error| PageError::BadRequest(error.body_text()))?;
    let file = match uploaded(multipart).await {
        Ok(file) => file,
        Err(notice) => {
            let step = StructureStep::Upload(Some(notice));
            let page = page(&senim, &visit, &sets_up, step).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    match checked(&senim, &sets_up, file).await? {
        Err(FoundMistakes { mistakes, more }) => {
            let step = StructureStep::Mistakes(mistakes, more);
            let page = page(&senim, &visit, &sets_up, step).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Ok(import) => {
            imports::create(&senim.storage, &import, senim.clock.seconds()).await?;
            let about = About::unit(plan_of(&import)?.within());
            let back = Redirect::to(&format!("/structure/{}", import.id));
            Ok((Extension(about), back).into_response())
        }
    }
}

/// What a file would do, or what is wrong with it.
async fn checked(
    senim: &Senim,
    sets_up: &FoundUnits<SetUpClasses>,
    file: Vec<u8>,
) -> Result<Result<Import, FoundMistakes>, PageError> {
    let known = structure::known(&senim.storage, &sets_up.units).await?;
    let checked_against = import_job::digest(&known);
    let units = sets_up.units.clone();
    let planned = move || plan(&read(&file)?, &known, &units);
    let planned = tokio::task::spawn_blocking(planned).await.map_err(|_| PageError::Internal)?;
    Ok(planned.map(|plan| Import {
        id: senim.random.id(),
        account: sets_up.account.id,
        expires: senim.clock.seconds().saturating_add(KEPT),
        known: checked_against,
        // Text and numbers, for which JSON cannot fail.
        plan: serde_json::to_string(&plan).unwrap_or_default(),
    }))
}

/// The one file of the form.
async fn uploaded(mut form: Multipart) -> Result<Vec<u8>, StructureNotice> {
    loop {
        let field = form.next_field().await.map_err(|_| StructureNotice::TooLarge)?;
        let field = field.ok_or(StructureNotice::NoFile)?;
        if field.name() != Some("file") {
            continue;
        }
        let file = field.bytes().await.map_err(|_| StructureNotice::TooLarge)?;
        return match file.len() {
            0 => Err(StructureNotice::NoFile),
            length if length > LARGEST_FILE => Err(StructureNotice::TooLarge),
            _ => Ok(file.to_vec()),
        };
    }
}

/// `GET /structure/{import}`: what it would do, how far it is, or how it ended.
pub async fn show(
    State(senim): State<Senim>,
    visit: Visit,
    sets_up: FoundUnits<SetUpClasses>,
    Id(id): Id,
) -> Result<Rendered, PageError> {
    let import = imports::find(&senim.storage, id, sets_up.account.id).await?;
    let import = import.ok_or(PageError::NotFound)?;
    // Asked before the job: what ended meanwhile is then seen as ended.
    let running = match senim.imports.done(id) {
        Some(done) => Some(done),
        // On another server, which alone knows how far it is.
        None => imports::is_taken(&senim.storage, id).await?.then_some(0),
    };
    let job = jobs::of_unit(&senim.storage, id).await?.into_iter().next();
    let planned = |interrupted| {
        let (one_school, language) = (sets_up.one_school(), visit.language());
        let plan = plan_of(&import)?;
        Ok::<_, PageError>(preview(id, plan, one_school, language, interrupted))
    };
    let step = match (job, running) {
        (Some(job), _) if job.state == JobState::Done => StructureStep::Done { classes: job.done },
        (Some(job), _) if job.state == JobState::Failed => {
            StructureStep::Upload(Some(match job.message.as_str() {
                CHANGED => StructureNotice::Stale,
                _ => StructureNotice::Failed,
            }))
        }
        (_, Some(done)) => {
            let total = plan_of(&import)?.classes.len();
            StructureStep::Running { done: done as u32, total: total as u32 }
        }
        _ if import.expires < senim.clock.seconds() => {
            StructureStep::Upload(Some(StructureNotice::Expired))
        }
        (job, None) => StructureStep::Preview(planned(job.is_some())?),
    };
    page(&senim, &visit, &sets_up, step).await
}

/// `POST /structure/{import}`: carries out what was shown, and nothing else.
pub async fn update(
    State(senim): State<Senim>,
    sets_up: FoundUnits<SetUpClasses>,
    Id(id): Id,
) -> Result<Response, PageError> {
    let import = imports::find(&senim.storage, id, sets_up.account.id).await?;
    let import = import.ok_or(PageError::NotFound)?;
    let waits = import.expires >= senim.clock.seconds() && !import.plan.is_empty();
    let mut about = About::default();
    if waits {
        about = About::unit(plan_of(&import)?.within());
        let (storage, random) = (&senim.storage, &senim.random);
        import_job::begin(storage, random, &senim.imports, import, sets_up.units).await?;
    }
    Ok((Extension(about), Redirect::to(&format!("/structure/{id}"))).into_response())
}

async fn page(
    senim: &Senim,
    visit: &Visit,
    sets_up: &FoundUnits<SetUpClasses>,
    step: StructureStep,
) -> Result<Rendered, PageError> {
    let school = the_school(senim, sets_up).await?;
    Ok(visit.render(StructurePage {
        teachers: teachers(sets_up, school.as_ref()),
        by_hand: school.as_ref().map(|school| format!("/schools/{}/classes", school.id)),
        school: school.map(|school| school.name),
        wave_open: wave_open(senim, &sets_up.units).await?,
        most_pupils: MOST_PUPILS,
        step,
    }))
}

/// Where the class teachers of the one school are invited.
fn teachers(sets_up: &FoundUnits<SetUpClasses>, school: Option<&KnownUnit>) -> Option<String> {
    let id = school?.id;
    let invites = may(&sets_up.account, Action::InviteTeachers, &[Unit::School(id)]);
    invites.then(|| format!("/schools/{id}/teachers"))
}

async fn the_school(
    senim: &Senim,
    sets_up: &FoundUnits<SetUpClasses>,
) -> Result<Option<KnownUnit>, StorageError> {
    if !sets_up.one_school() {
        return Ok(None);
    }
    let known = structure::known(&senim.storage, &sets_up.units).await?;
    Ok(known.schools.into_iter().next())
}

/// Whether classes of these units are frozen in a wave that takes responses.
async fn wave_open(senim: &Senim, units: &[Unit]) -> Result<bool, StorageError> {
    for wave in waves::all(&senim.storage).await? {
        if wave.state != WaveState::Open {
            continue;
        }
        let above_wave = units::units_above(&senim.storage, wave.scope).await?;
        for unit in units {
            let above = units::units_above(&senim.storage, *unit).await?;
            if above.contains(&wave.scope) || above_wave.contains(unit) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

fn plan_of(import: &Import) -> Result<Plan, PageError> {
    serde_json::from_str(&import.plan).map_err(|error| {
        tracing::error!(%error, "the plan of an import cannot be read");
        PageError::Internal
    })
}
