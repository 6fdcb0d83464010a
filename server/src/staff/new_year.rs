use super::{PageError, Rendered, Visit};
use crate::import_job::digest;
use crate::new_year::{Moving, has_twelfth_grade, new_year};
use crate::rights::{FoundSchool, SetUpClasses};
use crate::sorting::sort_by_name;
use crate::state::Senim;
use crate::storage::units::Unit;
use crate::storage::{StorageError, structure, structure_changes};
use crate::structure_import::{Known, Plan};
use app::{MovingClass, NewYearPage};
use axum::extract::{Form, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct LastGrade {
    #[serde(default)]
    last_grade: String,
}

#[derive(Deserialize)]
pub struct Confirmed {
    checked: String,
    last_grade: String,
}

/// `GET /schools/{school}/new-year`: what would be done.
pub async fn show(
    State(senim): State<Senim>,
    visit: Visit,
    school: FoundSchool<SetUpClasses>,
    Query(query): Query<LastGrade>,
) -> Result<Rendered, PageError> {
    page(&senim, visit, &school, &query.last_grade, false).await
}

/// `POST /schools/{school}/new-year`: does what was shown; something else is shown again.
pub async fn update(
    State(senim): State<Senim>,
    visit: Visit,
    school: FoundSchool<SetUpClasses>,
    Form(confirmed): Form<Confirmed>,
) -> Result<Response, PageError> {
    let mut transaction = senim.storage.begin().await?;
    let known = structure::known_on(&mut transaction, &[Unit::School(school.id)]).await?;
    let frozen = structure::in_open_wave(&mut transaction, school.id).await?;
    if !frozen.is_empty() || digest(&known) != confirmed.checked {
        drop(transaction);
        let page = page(&senim, visit, &school, &confirmed.last_grade, true).await?;
        return Ok((StatusCode::CONFLICT, page).into_response());
    }
    let year = new_year(&known, last_grade(&known, &confirmed.last_grade));
    let changes = year.moving.into_iter().map(|moving| (moving.fields, moving.change)).collect();
    let plan = Plan::of_school(&known, changes);
    structure_changes::apply(&mut transaction, &known, &plan, &senim.random, |_| ()).await?;
    for (class, _) in year.leaving {
        structure_changes::set_closed(&mut transaction, class, true).await?;
    }
    transaction.commit().await.map_err(StorageError::from)?;
    Ok(Redirect::to(&format!("/schools/{}/classes?saved=new-year", school.id)).into_response())
}

/// As was chosen, else as the classes tell.
fn last_grade(known: &Known, chosen: &str) -> u32 {
    match chosen {
        "11" => 11,
        "12" => 12,
        _ if has_twelfth_grade(known) => 12,
        _ => 11,
    }
}

async fn page(
    senim: &Senim,
    visit: Visit,
    school: &FoundSchool<SetUpClasses>,
    chosen: &str,
    changed: bool,
) -> Result<Rendered, PageError> {
    let known = structure::known(&senim.storage, &[Unit::School(school.id)]).await?;
    let frozen = super::set_up::in_open_wave(&senim.storage, school.id).await?;
    let last_grade = last_grade(&known, chosen);
    let mut year = new_year(&known, last_grade);
    let language = visit.language();
    sort_by_name(&mut year.moving, language, |class| &class.now);
    sort_by_name(&mut year.leaving, language, |(_, label)| label);
    sort_by_name(&mut year.stuck, language, String::as_str);
    // In another language with the same choice.
    let path = format!("/schools/{}/new-year?last_grade={last_grade}", school.id);
    Ok(visit.led_back_to(&path).render(NewYearPage {
        school_id: school.id.to_string(),
        school: school.name.clone(),
        wave_open: !frozen.is_empty(),
        checked: digest(&known),
        twelve: last_grade == 12,
        moving: year.moving.into_iter().map(shown).collect(),
        leaving: year.leaving.into_iter().map(|(_, label)| label).collect(),
        stuck: year.stuck,
        changed: changed && frozen.is_empty(),
    }))
}

fn shown(class: Moving) -> MovingClass {
    let Moving { now, fields, to_senior, combined, .. } = class;
    MovingClass { now, then: fields.label, to_senior, combined }
}
