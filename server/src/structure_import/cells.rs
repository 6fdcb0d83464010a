//! What may stand in the fields of a class, typed into a form or a table.

use super::class_label::ClassLabel;
use app::{Language, StructureColumn, StructureProblem};
use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;

/// Grades that are surveyed; some schools have a twelfth.
const GRADES: RangeInclusive<u32> = 2..=12;
/// Pupils of a class: above that a number was mistyped.
pub const MOST_PUPILS: u32 = 60;
const LONGEST_LABEL: u32 = 20;
/// Of a unit or a person.
pub(super) const LONGEST_NAME: u32 = 150;
pub(super) const LONGEST_CODE: u32 = 40;

/// A class as somebody typed it.
#[derive(Debug, Clone, Copy)]
pub struct TypedClass<'a> {
    pub label: &'a str,
    /// `None` or empty: as the label says.
    pub grade: Option<&'a str>,
    pub language: &'a str,
    pub enrolment: &'a str,
    /// `None`: nothing is said about it.
    pub teacher: Option<&'a str>,
}

/// A class whose fields are in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassFields {
    pub label: String,
    pub grade: u32,
    /// `kk`, `ru` or `en`.
    pub language: String,
    pub enrolment: u32,
    /// Empty: nobody is named. `None`: as it is.
    pub teacher: Option<String>,
}

impl TypedClass<'_> {
    /// The class, unless something is wrong; everything that is goes to `wrong`.
    pub fn check(
        &self,
        wrong: &mut impl FnMut(StructureColumn, &str, StructureProblem),
    ) -> Option<ClassFields> {
        let mut take = |column, text, result: Result<u32, StructureProblem>| match result {
            Ok(number) => Some(number),
            Err(problem) => {
                wrong(column, text, problem);
                None
            }
        };
        let enrolment = take(StructureColumn::Enrolment, self.enrolment, enrolment(self.enrolment));
        let label = label(self.label);
        let grade_text = self.grade.filter(|text| !text.is_empty());
        let grade = match (&label, grade_text) {
            (Ok(label), None) => take(StructureColumn::Class, self.label, surveyed(label.grade)),
            (Ok(label), Some(text)) => {
                let grade = grade(text).and_then(|grade| agrees(grade, label));
                take(StructureColumn::Grade, text, grade)
            }
            (Err(_), Some(text)) => take(StructureColumn::Grade, text, grade(text)),
            (Err(_), None) => None,
        };
        if let Err(problem) = &label {
            wrong(StructureColumn::Class, self.label, problem.clone());
        }
        let language = language(self.language);
        if let Err(problem) = &language {
            wrong(StructureColumn::Language, self.language, problem.clone());
        }
        let of_teacher = self.teacher.and_then(|teacher| mistake_in_text(teacher, LONGEST_NAME));
        if let Some(problem) = &of_teacher {
            let text = self.teacher.unwrap_or_default();
            wrong(StructureColumn::Teacher, text, problem.clone());
        }
        let (label, language) = (label.ok()?, language.ok()?);
        let label = if language == Language::En { label } else { label.in_cyrillic() };
        of_teacher.is_none().then_some(())?;
        Some(ClassFields {
            label: label.to_string(),
            grade: grade?,
            language: language.code().to_owned(),
            enrolment: enrolment?,
            teacher: self.teacher.map(str::to_owned),
        })
    }
}

/// The name of a region, district or school, typed into a form.
pub fn unit_name(typed: &str) -> Result<String, StructureProblem> {
    let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    match mistake_in_text(&name, LONGEST_NAME) {
        Some(problem) => Err(problem),
        None if name.is_empty() => Err(StructureProblem::Empty),
        None => Ok(name),
    }
}

/// What is wrong with a name or a code, apart from being empty.
pub(super) fn mistake_in_text(text: &str, limit: u32) -> Option<StructureProblem> {
    let length = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    if text.chars().any(is_invisible) {
        Some(StructureProblem::Control)
    } else {
        (length > limit).then_some(StructureProblem::TooLong { length, limit })
    }
}

/// Controls, and signs that turn the order of letters around or stand for nothing.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fffd}')
}

fn label(text: &str) -> Result<ClassLabel, StructureProblem> {
    if text.is_empty() {
        return Err(StructureProblem::Empty);
    }
    if let Some(problem) = mistake_in_text(text, LONGEST_LABEL) {
        return Err(problem);
    }
    if is_date(text) {
        return Err(StructureProblem::Date);
    }
    ClassLabel::parse(text).ok_or(StructureProblem::NoGrade)
}

/// `05.06.2026`: what a spreadsheet makes of 5-6.
fn is_date(text: &str) -> bool {
    let parts: Vec<_> = text.split('.').collect();
    let lengths: Vec<_> = parts.iter().map(|part| part.len()).collect();
    lengths == [2, 2, 4] && parts.iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()))
}

fn grade(text: &str) -> Result<u32, StructureProblem> {
    let digits = without_zero_fraction(text);
    surveyed(digits.parse().map_err(|_| StructureProblem::UnknownGrade)?)
}

fn surveyed(grade: u32) -> Result<u32, StructureProblem> {
    match grade {
        1 => Err(StructureProblem::FirstGrade),
        grade if GRADES.contains(&grade) => Ok(grade),
        _ => Err(StructureProblem::UnknownGrade),
    }
}

fn agrees(grade: u32, label: &ClassLabel) -> Result<u32, StructureProblem> {
    let problem = StructureProblem::OtherGrade { of_label: label.grade };
    if grade == label.grade { Ok(grade) } else { Err(problem) }
}

fn language(text: &str) -> Result<Language, StructureProblem> {
    let word = text.to_lowercase();
    match word.trim_end_matches('.') {
        "" => Err(StructureProblem::Empty),
        "kk"
        | "kz"
        | "kaz"
        | "kazakh"
        | "қазақ"
        | "қазақша"
        | "қаз"
        | "қазақ тілі"
        | "казахский"
        | "каз"
        | "казахский язык" => Ok(Language::Kk),
        "ru"
        | "rus"
        | "russian"
        | "орыс"
        | "орысша"
        | "орыс тілі"
        | "русский"
        | "рус"
        | "русский язык" => Ok(Language::Ru),
        "en"
        | "eng"
        | "english"
        | "ағылшын"
        | "ағылшынша"
        | "ағылшын тілі"
        | "английский"
        | "англ"
        | "английский язык" => Ok(Language::En),
        _ => Err(StructureProblem::UnknownLanguage),
    }
}

fn enrolment(text: &str) -> Result<u32, StructureProblem> {
    if text.is_empty() {
        return Err(StructureProblem::Empty);
    }
    let digits = without_zero_fraction(text);
    // Not `parse` alone, which takes "+24".
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(StructureProblem::NotANumber);
    }
    match digits.parse() {
        Ok(0) => Err(StructureProblem::NoPupils),
        Ok(number) if number <= MOST_PUPILS => Ok(number),
        // Digits alone fail by being too many.
        _ => Err(StructureProblem::TooManyPupils { limit: MOST_PUPILS }),
    }
}

fn without_zero_fraction(text: &str) -> &str {
    text.strip_suffix(".0").or_else(|| text.strip_suffix(",0")).unwrap_or(text)
}
