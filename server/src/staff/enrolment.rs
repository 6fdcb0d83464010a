use super::{PageError, Rendered, Visit};
use crate::audit::NothingDone;
use crate::rights::{Action, ChangeEnrolment, Found, may};
use crate::state::Senim;
use crate::storage::accounts::Account;
use crate::storage::enrolment_changes::{self, ChangeState, EnrolmentChange};
use crate::storage::units::{self, Class};
use crate::storage::waves::{self, Wave, WaveState};
use crate::storage::{StorageError, wave_classes};
use crate::wave_setup;
use app::{EnrolmentPage, FrozenClass, WrongNumber};
use axum::Extension;
use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use std::ops::RangeInclusive;
use uuid::Uuid;

/// As for any class.
const ENROLMENT: RangeInclusive<u32> = 1..=500;

#[derive(Deserialize)]
pub struct ChangeForm {
    #[serde(default)]
    enrolment: String,
    #[serde(default)]
    change: String,
    #[serde(default)]
    answer: String,
}

#[derive(Deserialize)]
pub struct RefusalsForm {
    #[serde(default)]
    number: String,
}

/// `GET /classes/{class}/enrolment`
pub async fn show(
    State(senim): State<Senim>,
    visit: Visit,
    found: Found<ChangeEnrolment>,
) -> Result<Rendered, PageError> {
    Ok(visit.render(page(&senim, &found.class, &found.account, None).await?))
}

/// `POST /classes/{class}/enrolment`: asks for a change, or decides what somebody else asked for.
pub async fn update(
    State(senim): State<Senim>,
    visit: Visit,
    found: Found<ChangeEnrolment>,
    Form(form): Form<ChangeForm>,
) -> Result<Response, PageError> {
    let (class, account) = (&found.class, &found.account);
    let wave = open_wave(&senim, class).await?;
    let wave = wave.ok_or(PageError::Refused(app::texts::StaffRefusal::WaveNotOpen))?;
    let place = (wave.id, class.id);
    let state = match form.answer.as_str() {
        "approve" => ChangeState::Approved,
        "decline" => ChangeState::Declined,
        _ => {
            let number = form.enrolment.trim().parse().ok();
            let Some(number) = number.filter(|number| ENROLMENT.contains(number)) else {
                let wrong = WrongNumber::Enrolment(form.enrolment);
                return wrong_number(&senim, &visit, class, account, wrong).await;
            };
            let mut transaction = senim.storage.begin().await?;
            let id = senim.random.id();
            let asked =
                enrolment_changes::ask(&mut transaction, place, id, number, account.id).await?;
            transaction.commit().await.map_err(StorageError::from)?;
            return Ok(back(class, asked));
        }
    };
    let changes = enrolment_changes::of_class(&senim.storage, place).await?;
    let change = changes.into_iter().find(|one| one.id.to_string() == form.change);
    let change = change.ok_or(PageError::NotFound)?;
    let decided =
        wave_setup::decide(&senim.storage, &senim.random, class, &change, state, account.id)
            .await?;
    Ok(back(class, decided))
}

/// `POST /classes/{class}/refusals`: a number, never a name.
pub async fn create(
    State(senim): State<Senim>,
    visit: Visit,
    found: Found<ChangeEnrolment>,
    Form(form): Form<RefusalsForm>,
) -> Result<Response, PageError> {
    let (class, account) = (&found.class, &found.account);
    let (wave, frozen) = super::class::current(&senim, class).await?;
    let number = form.number.trim().parse::<u32>().ok();
    let Some(number) = number.filter(|number| *number <= frozen.enrolment) else {
        let wrong = WrongNumber::Refusals(form.number);
        return wrong_number(&senim, &visit, class, account, wrong).await;
    };
    enrolment_changes::save_refusals(&senim.storage, (wave.id, class.id), number).await?;
    Ok(back(class, true))
}

/// To the page, which says what holds now.
fn back(class: &Class, done: bool) -> Response {
    let page = Redirect::to(&format!("/classes/{}/enrolment", class.id)).into_response();
    if done { page } else { (Extension(NothingDone), page).into_response() }
}

async fn wrong_number(
    senim: &Senim,
    visit: &Visit,
    class: &Class,
    account: &Account,
    wrong: WrongNumber,
) -> Result<Response, PageError> {
    let page = page(senim, class, account, Some(wrong)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, visit.render(page)).into_response())
}

/// The open wave of the class, or one that is for such classes and opened before this one was made.
async fn open_wave(senim: &Senim, class: &Class) -> Result<Option<Wave>, PageError> {
    let (above, mut without) = (class.units(), None);
    for wave in waves::all(&senim.storage).await? {
        if wave.state != WaveState::Open || !above.contains(&wave.scope) {
            continue;
        }
        if wave_classes::find(&senim.storage, wave.id, class.id).await?.is_some() {
            return Ok(Some(wave));
        }
        let definitions = waves::definitions(&senim.storage, wave.id).await?;
        if definitions.iter().any(|row| row.grade == class.grade) {
            without = without.or(Some(wave));
        }
    }
    Ok(without)
}

async fn page(
    senim: &Senim,
    class: &Class,
    account: &Account,
    wrong: Option<WrongNumber>,
) -> Result<EnrolmentPage, PageError> {
    let wave = match open_wave(senim, class).await? {
        None => None,
        Some(wave) => {
            let place = (wave.id, class.id);
            let frozen = wave_classes::find(&senim.storage, wave.id, class.id).await?;
            let changes = enrolment_changes::of_class(&senim.storage, place).await?;
            Some(FrozenClass {
                wave: wave.name,
                enrolment: frozen.map(|frozen| frozen.enrolment),
                refusals: enrolment_changes::refusals(&senim.storage, place).await?,
                changes: changes.into_iter().map(|one| shown(one, account.id)).collect(),
            })
        }
    };
    let (class_id, class) = (class.id.to_string(), class.label.clone());
    Ok(EnrolmentPage { class_id, class, wave, wrong })
}

fn shown(change: EnrolmentChange, reader: Uuid) -> app::EnrolmentChange {
    app::EnrolmentChange {
        id: change.id.to_string(),
        enrolment: change.enrolment,
        asked_by: change.asked_by_name,
        state: match change.state {
            ChangeState::Asked => {
                app::ChangeState::Asked { own: change.asked_by == reader.to_string() }
            }
            ChangeState::Approved => app::ChangeState::Approved(change.decided_by_name),
            ChangeState::Declined => app::ChangeState::Declined(change.decided_by_name),
        },
    }
}

/// Classes whose change waits for somebody with the right of this account.
pub(super) async fn waiting(
    senim: &Senim,
    account: &Account,
) -> Result<Vec<app::WaitingChange>, PageError> {
    let mut waiting = Vec::new();
    for class in enrolment_changes::waiting(&senim.storage).await? {
        let class = units::class_by_id(&senim.storage, class).await?;
        let mine = |class: &Class| may(account, Action::ChangeEnrolment, &class.units());
        if let Some(class) = class.filter(mine) {
            let (class_id, school) = (class.id.to_string(), class.school.name);
            waiting.push(app::WaitingChange { class_id, school, class: class.label });
        }
    }
    Ok(waiting)
}
