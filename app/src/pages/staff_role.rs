use crate::{Language, language::text};

/// What a member of staff is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StaffRole {
    Teacher,
    Coordinator,
    District,
    Region,
    Ministry,
    Researcher,
    Operator,
}

impl StaffRole {
    pub(crate) fn words(self, language: Language) -> &'static str {
        match self {
            Self::Teacher => text!(language, people.role_teacher),
            Self::Coordinator => text!(language, people.role_coordinator),
            Self::District => text!(language, people.role_district),
            Self::Region => text!(language, people.role_region),
            Self::Ministry => text!(language, people.role_ministry),
            Self::Researcher => text!(language, people.role_researcher),
            Self::Operator => text!(language, people.role_operator),
        }
    }
}

/// A role and where; `None` stands for the whole country.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleAt {
    pub role: StaffRole,
    pub unit: Option<String>,
}

impl RoleAt {
    pub(crate) fn place(&self, language: Language) -> String {
        self.unit.clone().unwrap_or_else(|| text!(language, account.nation).to_owned())
    }
}
