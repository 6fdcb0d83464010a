//! Roles, units and accounts as pages show them.

use crate::state::Senim;
use crate::storage::accounts::{Account, Grant, Role};
use crate::storage::units::{self, Unit};
use crate::storage::{StorageError, unit_names};

pub(super) fn page_role(role: Role) -> app::StaffRole {
    match role {
        Role::Teacher => app::StaffRole::Teacher,
        Role::Coordinator => app::StaffRole::Coordinator,
        Role::District => app::StaffRole::District,
        Role::Region => app::StaffRole::Region,
        Role::Ministry => app::StaffRole::Ministry,
        Role::Researcher => app::StaffRole::Researcher,
        Role::Operator => app::StaffRole::Operator,
    }
}

/// A role and the name of its unit.
pub(super) async fn role_at(senim: &Senim, grant: Grant) -> Result<app::RoleAt, StorageError> {
    let unit = match grant.unit {
        Unit::Nation => None,
        Unit::Class(id) => {
            let class = units::class_by_id(&senim.storage, id).await?;
            class.map(|class| format!("{}, {}", class.label, class.school.name))
        }
        unit => unit_names::named(&senim.storage, unit).await?.map(|named| named.name),
    };
    Ok(app::RoleAt { role: page_role(grant.role), unit })
}

/// A grant as forms send it: `coordinator school:ID`.
pub(super) fn place(grant: Grant) -> String {
    let (role, unit) = (grant.role.code(), grant.unit);
    format!("{role} {}:{}", unit.level(), unit.id_text())
}

pub(super) fn grant_in(place: &str) -> Option<Grant> {
    let (role, unit) = place.split_once(' ')?;
    let (level, id) = unit.split_once(':')?;
    Some(Grant { role: Role::from_code(role)?, unit: Unit::from_stored(level, id).ok()? })
}

/// Where somebody begins who asked for nothing else.
pub(super) fn first_page(account: &Account) -> &'static str {
    if account.grants.is_empty() { "/account" } else { "/classes" }
}
