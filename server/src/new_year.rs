//! A new school year: 5 «А» becomes 6 «А». A class keeps its id and its code, by which releases
//! name it, so that what was found of 5 «А» is shown for 6 «А».

use crate::structure_import::{Change, ClassFields, ClassLabel, Known, KnownClass};
use uuid::Uuid;

/// The first grade that answers the form for older pupils.
const FIRST_SENIOR: u32 = 5;

/// What the new year does to a school's classes.
#[derive(Debug, Default)]
pub struct NewYear {
    pub moving: Vec<Moving>,
    /// Closed: they have finished school.
    pub leaving: Vec<(Uuid, String)>,
    /// Labels that say no grade.
    pub stuck: Vec<String>,
}

#[derive(Debug)]
pub struct Moving {
    pub now: String,
    pub fields: ClassFields,
    pub change: Change,
    pub to_senior: bool,
    pub combined: bool,
}

/// Whether grade 11 moves up, as far as the classes tell.
pub fn has_twelfth_grade(known: &Known) -> bool {
    known.classes.iter().any(|class| !class.closed && class.grade == "12")
}

/// Moves every class of a school up.
pub fn new_year(known: &Known, last_grade: u32) -> NewYear {
    let mut year = NewYear::default();
    for class in known.classes.iter().filter(|class| !class.closed) {
        let label = ClassLabel::parse(&class.label);
        match (label, class.grade.parse::<u32>()) {
            (Some(_), Ok(grade)) if grade >= last_grade => {
                year.leaving.push((class.id, class.label.clone()));
            }
            (Some(label), Ok(grade)) => year.moving.push(moving(class, &label, grade)),
            _ => year.stuck.push(class.label.clone()),
        }
    }
    year
}

fn moving(class: &KnownClass, label: &ClassLabel, grade: u32) -> Moving {
    let before = ClassFields {
        label: class.label.clone(),
        grade,
        language: class.language.clone(),
        enrolment: class.enrolment,
        teacher: Some(class.teacher.clone()),
    };
    let label_then = label.next_year();
    Moving {
        now: class.label.clone(),
        fields: ClassFields { label: label_then.to_string(), grade: grade + 1, ..before.clone() },
        change: Change::Changed { id: class.id, before, reopened: false },
        to_senior: grade + 1 == FIRST_SENIOR,
        combined: label.is_combined(),
    }
}
