use crate::sorting::sort_by_name;
use crate::structure_import::{Change, ClassFields, Plan, PlannedUnit};
use app::{PreviewClass, PreviewFields, StructurePreview};
use survey_definitions::Language;
use uuid::Uuid;

/// What a plan would do. `one_school` leaves out where its classes lie.
pub(super) fn preview(
    id: Uuid,
    plan: Plan,
    one_school: bool,
    language: Language,
    interrupted: bool,
) -> StructurePreview {
    let units = |units: &[PlannedUnit]| {
        let new = units.iter().filter(|unit| unit.id.is_none());
        sorted(new.map(|unit| unit.name.clone()).collect(), language)
    };
    let schools = plan.schools.iter().filter(|school| school.id.is_none());
    let new_schools = sorted(schools.map(|school| school.name.clone()).collect(), language);
    let (new, changed) = classes(&plan, one_school, language);
    StructurePreview {
        id: id.to_string(),
        new_regions: units(&plan.regions),
        new_districts: units(&plan.districts),
        new_schools,
        new,
        changed,
        same: plan.same,
        not_in_table: plan.not_in_table,
        ignored: plan.ignored,
        interrupted,
    }
}

/// New classes and those that change, by school and label.
fn classes(
    plan: &Plan,
    one_school: bool,
    language: Language,
) -> (Vec<PreviewClass>, Vec<PreviewClass>) {
    let (mut new, mut changed) = (Vec::new(), Vec::new());
    for class in &plan.classes {
        let school = plan.schools.get(class.school).map(|school| school.name.clone());
        let row = |before: Option<&ClassFields>, reopened| PreviewClass {
            school: school.clone().filter(|_| !one_school),
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
    (new, changed)
}

fn sorted(mut names: Vec<String>, language: Language) -> Vec<String> {
    sort_by_name(&mut names, language, String::as_str);
    names
}

/// A class as a page shows it; a teacher of whom nothing is said stays.
fn shown(fields: &ClassFields, before: Option<&ClassFields>) -> PreviewFields {
    let teacher = fields.teacher.clone();
    let stays = || before.and_then(|before| before.teacher.clone());
    PreviewFields {
        label: fields.label.clone(),
        language: fields.language.clone(),
        enrolment: fields.enrolment,
        teacher: teacher.or_else(stays).unwrap_or_default(),
    }
}
