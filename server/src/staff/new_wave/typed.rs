//! From what was typed to a new wave, or to what is wrong with it.

use crate::fields::Fields;
use crate::keys::{PrintedKey, PrintedKeyError};
use crate::rights::{Action, may};
use crate::staff::PageError;
use crate::state::Senim;
use crate::storage::StorageError;
use crate::storage::accounts::{Account, Role};
use crate::storage::class_lists::ClassLine;
use crate::storage::unit_names;
use crate::storage::units::{self, Unit};
use crate::unit_results::sorted;
use crate::wave_rules;
use crate::wave_setup::{DefinitionForGrades, NewWave, classes_of_grades};
use app::{DefinitionChoice, LONGEST_WAVE_NAME, TypedWave, WaveMistake};
use jiff::civil::Date;
use std::collections::{BTreeMap, HashSet};
use std::ops::RangeInclusive;
use survey_definitions::{DefinitionId, Form, Language, Survey};

/// Grade 1 is not surveyed: its children cannot read yet.
const GRADES: RangeInclusive<u8> = 2..=12;
const JUNIOR: (u8, u8) = (2, 4);
const SENIOR: (u8, u8) = (5, 12);
/// What a key file and a share have and a public half has not.
const SECRET: [&str; 3] = ["unprotected:", "BEGIN AGE ENCRYPTED", "senim release key"];

/// The form before anything was typed: the newest junior and senior survey for their grades.
pub(super) fn empty(senim: &Senim) -> TypedWave {
    let newest = |grade: u8| {
        let id = if grade <= JUNIOR.1 { "senim_pupil_junior" } else { "senim_pupil_senior" };
        senim.definitions.latest(id).map(|one| value(&one.survey)).unwrap_or_default()
    };
    TypedWave {
        id: senim.random.id().to_string(),
        grades: GRADES.map(|grade| (grade, newest(grade))).collect(),
        ..TypedWave::default()
    }
}

/// Everything that the form holds; a file goes before what was pasted.
pub(super) fn of_fields(fields: &Fields) -> TypedWave {
    let text = |name: &str| fields.text(name).trim().to_owned();
    let file = text("key_file");
    let key = if file.is_empty() { text("key") } else { file };
    TypedWave {
        id: text("id"),
        name: text("name"),
        scope: text("scope"),
        first_day: text("first_day"),
        last_day: text("last_day"),
        key,
        grades: GRADES.map(|grade| (grade, text(&format!("grade_{grade}")))).collect(),
    }
}

/// The wave and the classes that it is for now, or all that is wrong. The key that was found is
/// put in the place of the text around it; what may be a secret is not shown again.
pub(super) async fn checked(
    senim: &Senim,
    account: &Account,
    typed: &mut TypedWave,
) -> Result<Result<(NewWave, Vec<ClassLine>), Vec<WaveMistake>>, PageError> {
    let mut mistakes = Vec::new();
    let key = key(&typed.key).map_err(|mistake| mistakes.push(mistake)).ok();
    typed.key = match key {
        Some(key) => PrintedKey(key).to_string(),
        None if mistakes.contains(&WaveMistake::KeySecret) => String::new(),
        None => std::mem::take(&mut typed.key),
    };
    let scope = scope(senim, account, &typed.scope).await?;
    mistakes.extend(scope.is_none().then_some(WaveMistake::Scope));
    mistakes.extend(name_mistake(&typed.name));
    let days = days(typed, senim.clock.today()).map_err(|mut more| mistakes.append(&mut more));
    let definitions = definitions(senim, typed);
    mistakes.extend(definitions.is_empty().then_some(WaveMistake::NoGrade));
    let id = typed.id.parse().unwrap_or_else(|_| senim.random.id());
    typed.id = id.to_string();
    let (Some(release_key), Some(scope), Ok((first_day, last_day)), []) =
        (key, scope, days, mistakes.as_slice())
    else {
        mistakes.sort_by_key(WaveMistake::field);
        return Ok(Err(mistakes));
    };
    let name = typed.name.clone();
    let new = NewWave { id, name, scope, first_day, last_day, release_key, definitions };
    let classes = classes(senim, &new).await?;
    Ok(classes.map(|classes| (new, classes)).map_err(|mistake| vec![mistake]))
}

async fn classes(
    senim: &Senim,
    new: &NewWave,
) -> Result<Result<Vec<ClassLine>, WaveMistake>, StorageError> {
    let grades = new.definitions.iter().flat_map(|one| one.grades.iter().cloned()).collect();
    let classes = classes_of_grades(&senim.storage, new.scope, &grades).await?;
    if classes.is_empty() {
        return Ok(Err(WaveMistake::NoClasses));
    }
    let ids: HashSet<_> = classes.iter().map(|class| class.id).collect();
    let obstacle = wave_rules::obstacle(&senim.storage, &ids, new.first_day).await?;
    Ok(obstacle.map_or(Ok(classes), |obstacle| Err(obstacle.into())))
}

fn name_mistake(name: &str) -> Option<WaveMistake> {
    match name.chars().filter(|letter| !letter.is_control()).count() {
        0 => Some(WaveMistake::NameMissing),
        length if length > LONGEST_WAVE_NAME => Some(WaveMistake::NameTooLong(length)),
        length if length < name.chars().count() => Some(WaveMistake::NameMissing),
        _ => None,
    }
}

fn days(typed: &TypedWave, today: Date) -> Result<(Date, Date), Vec<WaveMistake>> {
    let day = |text: &str| text.parse::<Date>().ok();
    match (day(&typed.first_day), day(&typed.last_day)) {
        (Some(first), Some(last)) if last < first => Err(vec![WaveMistake::DaysOrder]),
        (Some(_), Some(last)) if last < today => Err(vec![WaveMistake::Past]),
        (Some(first), Some(last)) => Ok((first, last)),
        (first, last) => {
            let first = first.is_none().then_some(WaveMistake::FirstDay);
            let last = last.is_none().then_some(WaveMistake::LastDay);
            Err(first.into_iter().chain(last).collect())
        }
    }
}

/// The public half in a text, as `senim keys show` prints it.
fn key(text: &str) -> Result<protocol::ReleasePublicKey, WaveMistake> {
    if text.is_empty() {
        return Err(WaveMistake::KeyMissing);
    }
    if SECRET.iter().any(|sign| text.contains(sign)) {
        return Err(WaveMistake::KeySecret);
    }
    let words = || text.split_whitespace().map(str::parse::<PrintedKey>);
    if let Some(PrintedKey(key)) = words().flatten().next() {
        return Ok(key);
    }
    match words().any(|word| word == Err(PrintedKeyError::Mistyped)) {
        true => Err(WaveMistake::KeyMistyped),
        false => Err(WaveMistake::KeyShape),
    }
}

/// The grades that take part by what they answer; a survey that is not made for a grade is left
/// out as if none had been chosen.
fn definitions(senim: &Senim, typed: &TypedWave) -> Vec<DefinitionForGrades> {
    let mut of_survey: BTreeMap<DefinitionId, Vec<String>> = BTreeMap::new();
    for (grade, chosen) in &typed.grades {
        let mut all = senim.definitions.all();
        let survey = all.find(|one| value(&one.survey) == *chosen).map(|one| &one.survey);
        let fits = survey.filter(|survey| {
            grades_of(survey).is_some_and(|(first, last)| (first..=last).contains(grade))
        });
        if let Some(survey) = fits {
            of_survey.entry(survey.definition_id()).or_default().push(grade.to_string());
        }
    }
    let lines = of_survey.into_iter();
    lines.map(|(definition, grades)| DefinitionForGrades { definition, grades }).collect()
}

/// Every survey that classes can answer, with the grades that it is made for.
pub(super) fn choices(senim: &Senim, language: Language) -> Vec<DefinitionChoice> {
    let choice = |survey: &Survey| {
        Some(DefinitionChoice {
            value: value(survey),
            title: survey.title.get(language).to_owned(),
            version: survey.version,
            grades: grades_of(survey)?,
        })
    };
    senim.definitions.all().filter_map(|one| choice(&one.survey)).collect()
}

fn value(survey: &Survey) -> String {
    format!("{}.{}", survey.id, survey.version)
}

/// `None` for what no class can answer: a survey of parents, or one that a tablet cannot follow.
fn grades_of(survey: &Survey) -> Option<(u8, u8)> {
    let of_form = match survey.form {
        Form::Junior => JUNIOR,
        Form::Senior => SENIOR,
        Form::Parent => return None,
    };
    let own = survey.grades.map(|grades| (grades.first, grades.last));
    survey.is_for_classes().then_some(own.unwrap_or(of_form))
}

/// The units for which the account may set up waves: its own, and the regions of the nation.
pub(super) async fn scopes(
    senim: &Senim,
    language: Language,
    account: &Account,
) -> Result<Vec<(String, String)>, PageError> {
    let mut scopes: Vec<(String, String)> = Vec::new();
    for grant in &account.grants {
        if !matches!(grant.role, Role::Coordinator | Role::Ministry)
            || !may(account, Action::SetUpWave, &[grant.unit])
        {
            continue;
        }
        let named = unit_names::named(&senim.storage, grant.unit).await?;
        let name = named.map(|named| named.name).unwrap_or_default();
        scopes.push((scope_value(grant.unit), name));
        if grant.unit == Unit::Nation {
            for region in sorted(senim, language, Unit::Nation).await? {
                scopes.push((scope_value(Unit::Region(region.id)), region.name));
            }
        }
    }
    scopes.dedup();
    Ok(scopes)
}

fn scope_value(unit: Unit) -> String {
    format!("{}:{}", unit.level(), unit.id_text())
}

/// The unit, if there is such a one and it is the account's.
async fn scope(senim: &Senim, account: &Account, typed: &str) -> Result<Option<Unit>, PageError> {
    let (level, id) = typed.split_once(':').unwrap_or((typed, ""));
    let Ok(unit) = Unit::from_stored(level, id) else { return Ok(None) };
    let above = units::units_above(&senim.storage, unit).await?;
    Ok(may(account, Action::SetUpWave, &above).then_some(unit))
}
