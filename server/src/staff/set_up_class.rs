use super::set_up::{TypedForm, in_open_wave};
use super::{PageError, Rendered, Visit};
use crate::rights::{Found, SetUpClasses};
use crate::state::Senim;
use crate::storage::units::{Class, Unit};
use crate::storage::{StorageError, structure, structure_changes};
use crate::structure_import::{Change, Known, KnownClass, Plan};
use app::{ClassForm, EditClassPage};
use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

/// `GET /classes/{class}/edit`
pub async fn show(
    State(senim): State<Senim>,
    visit: Visit,
    found: Found<SetUpClasses>,
) -> Result<Rendered, PageError> {
    let known = structure::known(&senim.storage, &[school(&found.class)]).await?;
    let class = class_in(&known, &found.class)?;
    let form = ClassForm {
        label: class.label.clone(),
        language: class.language.clone(),
        enrolment: class.enrolment.to_string(),
        teacher: class.teacher.clone(),
        mistakes: Vec::new(),
    };
    page(&senim, &visit, &found.class, class, form).await
}

/// `POST /classes/{class}/edit`: what cannot be taken comes back as it was typed.
pub async fn update(
    State(senim): State<Senim>,
    visit: Visit,
    found: Found<SetUpClasses>,
    Form(typed): Form<TypedForm>,
) -> Result<Response, PageError> {
    let mut transaction = senim.storage.begin().await?;
    let known = structure::known_on(&mut transaction, &[school(&found.class)]).await?;
    let class = class_in(&known, &found.class)?;
    match typed.check(&known, Some(class.id)) {
        Ok(fields) => {
            let (before, reopened) = (fields.clone(), class.closed);
            let change = Change::Changed { id: class.id, before, reopened };
            let plan = Plan::of_school(&known, vec![(fields, change)]);
            structure_changes::apply(&mut transaction, &known, &plan, &senim.random, |_| ())
                .await?;
            structure_changes::set_closed(&mut transaction, class.id, class.closed).await?;
            transaction.commit().await.map_err(StorageError::from)?;
            Ok(to_school(&found.class).into_response())
        }
        Err(form) => {
            drop(transaction);
            let page = page(&senim, &visit, &found.class, class, form).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

#[derive(Deserialize)]
pub struct ClosedForm {
    closed: String,
}

/// `POST /classes/{class}/state`: closes a class that is no more, or opens it again.
pub async fn close(
    State(senim): State<Senim>,
    found: Found<SetUpClasses>,
    Form(state): Form<ClosedForm>,
) -> Result<Redirect, PageError> {
    let closed = state.closed == "yes";
    let mut transaction = senim.storage.begin().await?;
    let frozen = structure::in_open_wave(&mut transaction, found.class.school.id).await?;
    if closed && frozen.contains(&found.class.id) {
        return Err(PageError::Refused(app::texts::StaffRefusal::ClassInWave));
    }
    structure_changes::set_closed(&mut transaction, found.class.id, closed).await?;
    transaction.commit().await.map_err(StorageError::from)?;
    Ok(to_school(&found.class))
}

fn school(class: &Class) -> Unit {
    Unit::School(class.school.id)
}

fn class_in<'a>(known: &'a Known, class: &Class) -> Result<&'a KnownClass, PageError> {
    known.classes.iter().find(|known| known.id == class.id).ok_or(PageError::NotFound)
}

fn to_school(class: &Class) -> Redirect {
    Redirect::to(&format!("/schools/{}/classes?saved=class", class.school.id))
}

async fn page(
    senim: &Senim,
    visit: &Visit,
    class: &Class,
    known: &KnownClass,
    form: ClassForm,
) -> Result<Rendered, PageError> {
    let frozen = in_open_wave(&senim.storage, class.school.id).await?;
    Ok(visit.render(EditClassPage {
        id: class.id.to_string(),
        school_id: class.school.id.to_string(),
        school: class.school.name.clone(),
        label: class.label.clone(),
        form,
        closed: known.closed,
        in_open_wave: frozen.contains(&class.id),
    }))
}
