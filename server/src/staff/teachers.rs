//! Invitations of class teachers whose names came with the classes: all of a school on one press.

use super::download::Download;
use super::people::{address, invitation};
use super::{PageError, Rendered, Visit};
use crate::clock::day_of;
use crate::pdf::{Printed, Template};
use crate::rights::{FoundSchool, InviteTeachers};
use crate::sorting::sort_by_name;
use crate::state::Senim;
use crate::storage::accounts::{Grant, Role};
use crate::storage::structure::{self, ClassTeacher};
use crate::storage::units::Unit;
use crate::storage::{StorageError, invitations};
use app::printed::{TeacherInvitations, TeacherSheet};
use app::{TeachersPage, WaitingTeacher};
use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use std::collections::{BTreeMap, HashSet};

impl Printed for TeacherInvitations {
    const TEMPLATE: Template = Template::Invitations;
}

/// The field of a chosen name.
const TEACHER: &str = "teacher";

/// `GET /schools/{school}/teachers`
pub async fn show(
    State(senim): State<Senim>,
    visit: Visit,
    found: FoundSchool<InviteTeachers>,
) -> Result<Rendered, PageError> {
    Ok(visit.render(page(&senim, &visit, &found, false).await?))
}

/// `POST /schools/{school}/teachers`: a sheet for each of the chosen, in this reply and nowhere
/// else. Links that they had and did not use stop working.
pub async fn create(
    State(senim): State<Senim>,
    visit: Visit,
    found: FoundSchool<InviteTeachers>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let chosen = fields.into_iter().filter(|(name, _)| name == TEACHER);
    let chosen: HashSet<_> = chosen.map(|(_, teacher)| teacher).collect();
    let mut waiting = by_teacher(&senim, found.id).await?;
    waiting.retain(|teacher, _| chosen.contains(teacher));
    if waiting.is_empty() {
        let page = visit.render(page(&senim, &visit, &found, true).await?);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let (mut made, mut sheets) = (Vec::new(), Vec::new());
    for (teacher, classes) in &waiting {
        let mut sheet = TeacherSheet::of(teacher);
        for class in classes {
            let (token, new) = invitation(&senim, teacher, grant(class), &found.account);
            sheet.add(&class.label, address(&senim, &token));
            made.push((new, senim.secrets.invitation_hash(&token)));
        }
        sheets.push(sheet);
    }
    let until = made.first().map(|(new, _)| day_of(new.expires)).unwrap_or_default();
    let language = visit.language();
    sort_by_name(&mut sheets, language, TeacherSheet::person);
    // Printed first: nobody's link stops working for a file that could not be made.
    let printed = TeacherInvitations::new(language, &found.name, &until, sheets);
    let pdf = senim.printer.print(printed).await?;
    invitations::replace(&senim.storage, &made).await?;
    Ok(Download::pdf(&format!("invitations {}", found.name), pdf).into_response())
}

fn grant(class: &ClassTeacher) -> Grant {
    Grant { role: Role::Teacher, unit: Unit::Class(class.class) }
}

/// The classes without an account, by the name of who is to teach them.
async fn by_teacher(
    senim: &Senim,
    school: uuid::Uuid,
) -> Result<BTreeMap<String, Vec<ClassTeacher>>, StorageError> {
    let mut by_teacher: BTreeMap<String, Vec<ClassTeacher>> = BTreeMap::new();
    for class in structure::waiting_for_accounts(&senim.storage, school).await? {
        by_teacher.entry(class.teacher.clone()).or_default().push(class);
    }
    Ok(by_teacher)
}

async fn page(
    senim: &Senim,
    visit: &Visit,
    found: &FoundSchool<InviteTeachers>,
    nobody_chosen: bool,
) -> Result<TeachersPage, StorageError> {
    let (storage, language) = (&senim.storage, visit.language());
    let invited = invitations::of_classes(storage, found.id, senim.clock.seconds()).await?;
    let until = |class: &ClassTeacher| {
        let of_class = |one: &&invitations::Invitation| one.grant == grant(class);
        invited.iter().filter(of_class).map(|one| one.expires).max()
    };
    let by_teacher = by_teacher(senim, found.id).await?.into_iter();
    let mut waiting: Vec<_> = by_teacher
        .map(|(name, classes)| WaitingTeacher {
            invited_until: classes.iter().filter_map(until).min().map(day_of),
            classes: classes.into_iter().map(|class| class.label).collect(),
            name,
        })
        .collect();
    sort_by_name(&mut waiting, language, |teacher| &teacher.name);
    let known = structure::known(storage, &[Unit::School(found.id)]).await?;
    let unnamed = known.classes.into_iter().filter(|one| !one.closed && one.teacher.is_empty());
    let mut unnamed: Vec<_> = unnamed.map(|class| class.label).collect();
    sort_by_name(&mut unnamed, language, |label| label);
    let (school_id, school) = (found.id.to_string(), found.name.clone());
    Ok(TeachersPage { school_id, school, waiting, unnamed, nobody_chosen })
}
