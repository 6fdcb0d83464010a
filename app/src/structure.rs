//! A table of classes as people fill it in: its columns, and what can be wrong with one.

use crate::{Language, language::text};

/// A column of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StructureColumn {
    Region,
    District,
    School,
    SchoolCode,
    Class,
    Grade,
    Language,
    Enrolment,
    Teacher,
}

/// One thing that is wrong, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StructureMistake {
    /// As a spreadsheet counts: the line with the headings is 1.
    pub row: Option<u32>,
    pub column: Option<StructureColumn>,
    /// What stands there, shortened.
    pub text: String,
    pub problem: StructureProblem,
}

/// What can be wrong with a cell, a column or the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StructureProblem {
    NotATable,
    OldExcel,
    UnpacksTooLarge,
    TooManyRows {
        limit: u32,
    },
    NoRows,
    MissingColumn,
    DuplicateColumn,
    Empty,
    TooLong {
        length: u32,
        limit: u32,
    },
    Control,
    /// Windows-1251 has no Kazakh letters: whatever wrote the file put `?` in their place.
    LostLetter,
    /// A spreadsheet made a date of what was typed.
    Date,
    NoGrade,
    FirstGrade,
    UnknownGrade,
    /// The class's name says another grade.
    OtherGrade {
        of_label: u32,
    },
    UnknownLanguage,
    NotANumber,
    NoPupils,
    TooManyPupils {
        limit: u32,
    },
    DuplicateClass {
        row: u32,
    },
    /// A class of this name is there already: when added by hand.
    Taken,
    /// The same of a region, district or school.
    NameTaken,
    OtherRegion {
        region: String,
    },
    OtherDistrict {
        district: String,
    },
    NotYours,
    Ambiguous,
    CodeOfAnother {
        school: String,
    },
}

impl StructureColumn {
    pub const ALL: [Self; 9] = [
        Self::Region,
        Self::District,
        Self::School,
        Self::SchoolCode,
        Self::Class,
        Self::Grade,
        Self::Language,
        Self::Enrolment,
        Self::Teacher,
    ];

    /// Its heading.
    pub fn heading(self, language: Language) -> &'static str {
        match self {
            Self::Region => text!(language, structure.region),
            Self::District => text!(language, structure.district),
            Self::School => text!(language, structure.school),
            Self::SchoolCode => text!(language, structure.school_code),
            Self::Class => text!(language, structure.class),
            Self::Grade => text!(language, structure.grade),
            Self::Language => text!(language, structure.language),
            Self::Enrolment => text!(language, structure.enrolment),
            Self::Teacher => text!(language, structure.teacher),
        }
    }

    /// The name of its field in a form.
    pub fn name(self) -> &'static str {
        match self {
            Self::Region => "region",
            Self::District => "district",
            Self::School => "school",
            Self::SchoolCode => "school_code",
            Self::Class => "class",
            Self::Grade => "grade",
            Self::Language => "language",
            Self::Enrolment => "enrolment",
            Self::Teacher => "teacher",
        }
    }
}

impl StructureProblem {
    /// What is wrong and what to do.
    pub fn words(&self, language: Language) -> String {
        match self {
            Self::NotATable => text!(language, structure.not_a_table).to_owned(),
            Self::OldExcel => text!(language, structure.old_excel).to_owned(),
            Self::UnpacksTooLarge => text!(language, structure.unpacks_too_large).to_owned(),
            Self::TooManyRows { limit } => {
                text!(language, structure.too_many_rows, limit = *limit)
            }
            Self::NoRows => text!(language, structure.no_rows).to_owned(),
            Self::MissingColumn => text!(language, structure.missing_column).to_owned(),
            Self::DuplicateColumn => text!(language, structure.duplicate_column).to_owned(),
            Self::Empty => text!(language, structure.empty).to_owned(),
            Self::TooLong { length, limit } => {
                text!(language, structure.too_long, length = *length, limit = *limit)
            }
            Self::Control => text!(language, structure.control).to_owned(),
            Self::LostLetter => text!(language, structure.lost_letter).to_owned(),
            Self::Date => text!(language, structure.date).to_owned(),
            _ => self.words_of_class(language),
        }
    }

    fn words_of_class(&self, language: Language) -> String {
        match self {
            Self::NoGrade => text!(language, structure.no_grade).to_owned(),
            Self::FirstGrade => text!(language, structure.first_grade).to_owned(),
            Self::UnknownGrade => text!(language, structure.unknown_grade).to_owned(),
            Self::OtherGrade { of_label } => {
                text!(language, structure.other_grade, grade = *of_label)
            }
            Self::UnknownLanguage => text!(language, structure.unknown_language).to_owned(),
            Self::NotANumber => text!(language, structure.not_a_number).to_owned(),
            Self::NoPupils => text!(language, structure.no_pupils).to_owned(),
            Self::TooManyPupils { limit } => {
                text!(language, structure.too_many_pupils, limit = *limit)
            }
            Self::DuplicateClass { row } => text!(language, structure.duplicate_class, row = *row),
            Self::Taken => text!(language, structure.taken).to_owned(),
            Self::NameTaken => text!(language, setup.name_taken).to_owned(),
            Self::OtherRegion { region } => {
                text!(language, structure.other_region, region = region.as_str())
            }
            Self::OtherDistrict { district } => {
                text!(language, structure.other_district, district = district.as_str())
            }
            Self::Ambiguous => text!(language, structure.ambiguous).to_owned(),
            Self::CodeOfAnother { school } => {
                text!(language, structure.code_of_another, school = school.as_str())
            }
            _ => text!(language, structure.not_yours).to_owned(),
        }
    }
}
