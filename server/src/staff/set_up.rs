use super::{PageError, Rendered, Visit};
use crate::rights::{Action, FoundSchool, SetUpClasses};
use crate::sorting::sort_by_name;
use crate::state::Senim;
use crate::storage::units::Unit;
use crate::storage::{Storage, StorageError, structure, structure_changes};
use crate::structure_import::{
    Change, ClassFields, Known, KnownClass, Plan, TypedClass, label_key,
};
use app::{ClassForm, Saved, SetUpClass, StructureColumn, StructureProblem};
use axum::extract::{Form, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use std::collections::HashSet;
use survey_definitions::Language;
use uuid::Uuid;

#[derive(Deserialize)]
pub struct Done {
    #[serde(default)]
    saved: String,
}

/// What is typed of a class.
#[derive(Debug, Deserialize)]
pub struct TypedForm {
    class: String,
    language: String,
    enrolment: String,
    teacher: String,
}

/// `GET /schools/{school}/classes`
pub async fn index(
    State(senim): State<Senim>,
    visit: Visit,
    school: FoundSchool<SetUpClasses>,
    Query(done): Query<Done>,
) -> Result<Rendered, PageError> {
    let saved = match done.saved.as_str() {
        "" => None,
        "new-year" => Some(Saved::NewYear),
        _ => Some(Saved::Class),
    };
    page(&senim, &visit, &school, ClassForm::default(), saved).await
}

/// `POST /schools/{school}/classes`: what cannot be taken comes back as it was typed.
pub async fn create(
    State(senim): State<Senim>,
    visit: Visit,
    school: FoundSchool<SetUpClasses>,
    Form(typed): Form<TypedForm>,
) -> Result<Response, PageError> {
    let mut transaction = senim.storage.begin().await?;
    let known = structure::known_on(&mut transaction, &[Unit::School(school.id)]).await?;
    match typed.check(&known, None) {
        Ok(fields) => {
            let plan = Plan::of_school(&known, vec![(fields, Change::New)]);
            structure_changes::apply(&mut transaction, &known, &plan, &senim.random, |_| ())
                .await?;
            transaction.commit().await.map_err(StorageError::from)?;
            let back = format!("/schools/{}/classes?saved=class", school.id);
            Ok(Redirect::to(&back).into_response())
        }
        Err(form) => {
            drop(transaction);
            let page = page(&senim, &visit, &school, form, None).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

impl TypedForm {
    /// The class, checked as a row of a table is; or the form with what is wrong. `own` is the
    /// class that is changed.
    pub(super) fn check(&self, known: &Known, own: Option<Uuid>) -> Result<ClassFields, ClassForm> {
        let [label, enrolment, teacher] =
            [&self.class, &self.enrolment, &self.teacher].map(|text| text.trim());
        let typed = TypedClass {
            label,
            grade: None,
            language: &self.language,
            enrolment,
            teacher: Some(teacher),
        };
        let mut mistakes = Vec::new();
        let fields = typed.check(&mut |column, _, problem| mistakes.push((column, problem)));
        let key = label_key(label);
        let others = known.classes.iter().filter(|class| Some(class.id) != own);
        if fields.is_some() && others.map(KnownClass::key).any(|other| other == key) {
            mistakes.push((StructureColumn::Class, StructureProblem::Taken));
        }
        match fields {
            Some(fields) if mistakes.is_empty() => Ok(fields),
            _ => Err(ClassForm {
                label: self.class.clone(),
                language: self.language.clone(),
                enrolment: self.enrolment.clone(),
                teacher: self.teacher.clone(),
                mistakes,
            }),
        }
    }
}

async fn page(
    senim: &Senim,
    visit: &Visit,
    school: &FoundSchool<SetUpClasses>,
    form: ClassForm,
    saved: Option<Saved>,
) -> Result<Rendered, PageError> {
    let known = structure::known(&senim.storage, &[Unit::School(school.id)]).await?;
    let waiting = structure::waiting_for_accounts(&senim.storage, school.id).await?;
    let waiting: HashSet<Uuid> = waiting.into_iter().map(|class| class.class).collect();
    let in_wave = in_open_wave(&senim.storage, school.id).await?;
    let language = visit.language();
    Ok(visit.render(app::SetUpClassesPage {
        school_id: school.id.to_string(),
        school: school.name.clone(),
        wave_open: !in_wave.is_empty(),
        classes: shown(&known, false, &waiting, language),
        closed: shown(&known, true, &waiting, language),
        form,
        saved,
        invites_teachers: school.may(Action::InviteTeachers),
    }))
}

pub(super) async fn in_open_wave(
    storage: &Storage,
    school: Uuid,
) -> Result<HashSet<Uuid>, StorageError> {
    structure::in_open_wave(&mut *storage.pool().acquire().await?, school).await
}

fn shown(
    known: &Known,
    closed: bool,
    waiting: &HashSet<Uuid>,
    language: Language,
) -> Vec<SetUpClass> {
    let classes = known.classes.iter().filter(|class| class.closed == closed);
    let mut classes: Vec<_> = classes
        .map(|class| SetUpClass {
            id: class.id.to_string(),
            label: class.label.clone(),
            language: class.language.clone(),
            enrolment: class.enrolment,
            teacher: class.teacher.clone(),
            waits_for_account: waiting.contains(&class.id),
        })
        .collect();
    sort_by_name(&mut classes, language, |class| &class.label);
    classes
}
