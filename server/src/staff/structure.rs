use super::{PageError, Rendered, Visit};
use crate::api::Id;
use crate::import_job::{self, CHANGED};
use crate::rights::SetsUp;
use crate::sorting::sort_by_name;
use crate::state::Senim;
use crate::storage::imports::{self, Import};
use crate::storage::jobs::{self, JobState};
use crate::storage::units::{self, Unit};
use crate::storage::waves::{self, WaveState};
use crate::storage::{StorageError, structure};
use crate::structure_import::{
    Change, ClassFields, FoundMistakes, Known, KnownUnit, LARGEST_FILE, MOST_PUPILS, Plan,
    csv_file, plan, read, xlsx_file,
};
use app::{StructureNotice, StructurePage, StructureStep};
use axum::extract::State;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::http::{HeaderName, StatusCode, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use survey_definitions::Language;

/// Seconds in which a table that was checked can be confirmed.
const KEPT: i64 = 3600;
/// What a form adds around its file.
pub const LARGEST_UPLOAD: usize = LARGEST_FILE + 16 * 1024;

/// `GET /structure`
pub async fn index(
    State(senim): State<Senim>,
    visit: Visit,
    sets_up: SetsUp,
) -> Result<Rendered, PageError> {
    page(&senim, &visit, &sets_up, StructureStep::Upload(None)).await
}

/// `POST /structure`: checks a table and keeps what it would do, for an hour.
pub async fn create(
    State(senim): State<Senim>,
    visit: Visit,
    sets_up: SetsUp,
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
    let known = structure::known(&senim.storage, &sets_up.units).await?;
    let (checked_against, units) = (import_job::digest(&known), sets_up.units.clone());
    let checked = move || {
        let table = read(&file)?;
        Ok(plan(&table, &known, &units).map(|plan| {
            // Text and numbers, for which JSON cannot fail.
            serde_json::to_string(&plan).unwrap_or_default()
        })?)
    };
    let checked: Result<String, FoundMistakes> =
        tokio::task::spawn_blocking(checked).await.map_err(|_| PageError::Internal)?;
    match checked {
        Err(FoundMistakes { mistakes, more }) => {
            let step = StructureStep::Mistakes(mistakes, more);
            let page = page(&senim, &visit, &sets_up, step).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Ok(plan) => {
            let now = senim.clock.seconds();
            let import = Import {
                id: senim.random.id(),
                account: sets_up.account.id,
                expires: now.saturating_add(KEPT),
                known: checked_against,
                plan,
            };
            imports::create(&senim.storage, &import, now).await?;
            Ok(Redirect::to(&format!("/structure/{}", import.id)).into_response())
        }
    }
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
    sets_up: SetsUp,
    Id(id): Id,
) -> Result<Rendered, PageError> {
    let import = imports::find(&senim.storage, id, sets_up.account.id).await?;
    let import = import.ok_or(PageError::NotFound)?;
    // Asked before the job: what ended meanwhile is then seen as ended.
    let running = senim.imports.done(id);
    let job = jobs::of_unit(&senim.storage, id).await?.into_iter().next();
    let planned = |interrupted| preview(&import, &visit, &sets_up, interrupted);
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
        (job, None) => planned(job.is_some())?,
    };
    page(&senim, &visit, &sets_up, step).await
}

/// `POST /structure/{import}`: carries out what was shown, and nothing else.
pub async fn update(
    State(senim): State<Senim>,
    sets_up: SetsUp,
    Id(id): Id,
) -> Result<Redirect, PageError> {
    let import = imports::find(&senim.storage, id, sets_up.account.id).await?;
    let import = import.ok_or(PageError::NotFound)?;
    let waits = import.expires >= senim.clock.seconds() && !import.plan.is_empty();
    if waits {
        let (storage, random) = (&senim.storage, &senim.random);
        import_job::begin(storage, random, &senim.imports, import, sets_up.units).await?;
    }
    Ok(Redirect::to(&format!("/structure/{id}")))
}

/// `GET /structure/files/template.csv` and `.xlsx`: the template; `current.csv` and `.xlsx`: the
/// classes as they are now.
pub async fn file(
    State(senim): State<Senim>,
    visit: Visit,
    sets_up: SetsUp,
    address: Uri,
) -> Result<Response, PageError> {
    let name = address.path().rsplit('/').next().unwrap_or_default();
    let (what, kind) = name.split_once('.').ok_or(PageError::NotFound)?;
    let known = match what {
        "template" => Known::default(),
        "current" => in_order(structure::known(&senim.storage, &sets_up.units).await?),
        _ => return Err(PageError::NotFound),
    };
    let (one_school, language) = (sets_up.one_school(), visit.language());
    let (bytes, kind) = match kind {
        "csv" => (csv_file(&known, one_school, language), "text/csv; charset=utf-8"),
        "xlsx" => {
            let made = move || xlsx_file(&known, one_school, language);
            let made = tokio::task::spawn_blocking(made).await.map_err(|_| PageError::Internal)?;
            (made.map_err(|_| PageError::Internal)?, XLSX)
        }
        _ => return Err(PageError::NotFound),
    };
    let headers: [(HeaderName, String); 2] = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    Ok((headers, bytes).into_response())
}

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

fn in_order(mut known: Known) -> Known {
    sort_by_name(&mut known.classes, Language::Kk, |class| &class.label);
    known.classes.sort_by_key(|class| class.school);
    known
}

async fn page(
    senim: &Senim,
    visit: &Visit,
    sets_up: &SetsUp,
    step: StructureStep,
) -> Result<Rendered, PageError> {
    let school = the_school(senim, sets_up).await?;
    Ok(visit.render(StructurePage {
        by_hand: school.as_ref().map(|school| format!("/schools/{}/classes", school.id)),
        school: school.map(|school| school.name),
        wave_open: wave_open(senim, &sets_up.units).await?,
        most_pupils: MOST_PUPILS,
        step,
    }))
}

async fn the_school(senim: &Senim, sets_up: &SetsUp) -> Result<Option<KnownUnit>, StorageError> {
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

fn preview(
    import: &Import,
    visit: &Visit,
    sets_up: &SetsUp,
    interrupted: bool,
) -> Result<StructureStep, PageError> {
    let plan = plan_of(import)?;
    let language = visit.language();
    let units = |units: &[crate::structure_import::PlannedUnit]| {
        let new = units.iter().filter(|unit| unit.id.is_none());
        sorted(new.map(|unit| unit.name.clone()).collect(), language)
    };
    let schools = plan.schools.iter().filter(|school| school.id.is_none());
    let new_schools = sorted(schools.map(|school| school.name.clone()).collect(), language);
    let (mut new, mut changed) = (Vec::new(), Vec::new());
    for class in &plan.classes {
        let school = plan.schools.get(class.school).map(|school| school.name.clone());
        let row = |before: Option<&ClassFields>, reopened| app::PreviewClass {
            school: school.clone().filter(|_| !sets_up.one_school()),
            fields: shown(&class.fields, before),
            before: before.map(|before| shown(before, None)),
            reopened,
        };
        match &class.change {
            Change::New => new.push(row(None, false)),
            Change::Changed { before, reopened, .. } => changed.push(row(Some(before), *reopened)),
        }
    }
    for list in [&mut new, &mut changed] {
        sort_by_name(list, language, |class| &class.fields.label);
        sort_by_name(list, language, |class| class.school.as_deref().unwrap_or_default());
    }
    Ok(StructureStep::Preview(app::StructurePreview {
        id: import.id.to_string(),
        new_regions: units(&plan.regions),
        new_districts: units(&plan.districts),
        new_schools,
        new,
        changed,
        same: plan.same,
        not_in_table: plan.not_in_table,
        ignored: plan.ignored,
        interrupted,
    }))
}

fn sorted(mut names: Vec<String>, language: Language) -> Vec<String> {
    sort_by_name(&mut names, language, String::as_str);
    names
}

/// A class as a page shows it; a teacher of whom nothing is said stays.
fn shown(fields: &ClassFields, before: Option<&ClassFields>) -> app::PreviewFields {
    let teacher = fields.teacher.clone();
    let stays = || before.and_then(|before| before.teacher.clone());
    app::PreviewFields {
        label: fields.label.clone(),
        language: fields.language.clone(),
        enrolment: fields.enrolment,
        teacher: teacher.or_else(stays).unwrap_or_default(),
    }
}
