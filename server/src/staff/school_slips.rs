use super::download::Download;
use super::slips::{Answering, SlipsForm, print};
use super::{PageError, Rendered, Visit};
use crate::rights::{FoundSchool, PrintSlips};
use crate::state::Senim;
use crate::storage::class_lists;
use crate::storage::units::{self, Unit};
use app::texts::StaffRefusal;
use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use survey_definitions::Language;
use uuid::Uuid;

/// `GET /schools/{school}/slips`: the classes that answer now and their slips so far.
pub async fn show(
    State(senim): State<Senim>,
    visit: Visit,
    found: FoundSchool<PrintSlips>,
) -> Result<Rendered, PageError> {
    let classes = answering(&senim, found.id).await?;
    Ok(visit.render(page(visit.language(), &found, &classes, false)))
}

/// `POST /schools/{school}/slips`: the slips of all classes as one PDF file, in this reply and
/// nowhere else.
pub async fn create(
    State(senim): State<Senim>,
    visit: Visit,
    found: FoundSchool<PrintSlips>,
    Form(form): Form<SlipsForm>,
) -> Result<Response, PageError> {
    let classes = answering(&senim, found.id).await?;
    let (new, begun): (Vec<_>, Vec<_>) = classes.into_iter().partition(|one| one.state.is_new());
    if new.is_empty() && !form.again() {
        let page = visit.render(page(visit.language(), &found, &begun, true));
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let mut wanted = new;
    if form.again() {
        wanted.extend(begun);
        wanted.sort_by(|a, b| {
            (&a.class.grade, &a.class.label).cmp(&(&b.class.grade, &b.class.label))
        });
    }
    let school = &found.name;
    let pdf = print(&senim, visit.language(), school, wanted).await?;
    Ok(Download::pdf(&format!("slips {school}"), pdf).into_response())
}

/// The classes of a school that a wave takes responses of.
async fn answering(senim: &Senim, school: Uuid) -> Result<Vec<Answering>, PageError> {
    let mut answering = Vec::new();
    for line in class_lists::classes_of(&senim.storage, Unit::School(school)).await? {
        let Some(class) = units::class_by_id(&senim.storage, line.id).await? else { continue };
        match Answering::load(senim, class).await {
            Ok(one) => answering.push(one),
            Err(PageError::Refused(StaffRefusal::WaveNotOpen)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(answering)
}

fn page(
    language: Language,
    found: &FoundSchool<PrintSlips>,
    classes: &[Answering],
    confirm_needed: bool,
) -> app::SlipsPage {
    app::SlipsPage {
        letters: classes.first().map(|one| one.letters(language)),
        scope: app::SlipsScope::School { name: found.name.clone() },
        address: format!("/schools/{}/slips", found.id),
        classes: classes.iter().map(|one| one.state.clone()).collect(),
        confirm_needed,
    }
}
