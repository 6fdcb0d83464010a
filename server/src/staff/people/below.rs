//! What lies directly below the roles of an account: units, people and invitations.

use crate::clock::day_of;
use crate::rights::{Action, invites, may};
use crate::sorting::sort_by_name;
use crate::staff::roles::{page_role, place, role_at};
use crate::staff::set_up_units;
use crate::state::Senim;
use crate::storage::accounts::{Account, Grant, Role};
use crate::storage::units::Unit;
use crate::storage::{StorageError, grants, invitations, unit_names};
use survey_definitions::Language;

/// The page; what was typed in the form stays.
pub(super) async fn page(
    senim: &Senim,
    account: &Account,
    language: Language,
    form: app::InviteForm,
) -> Result<app::PeoplePage, StorageError> {
    let (people, invitations) = (Vec::new(), Vec::new());
    let (sets_up, teachers) = (set_up_units::ways(account), all_teachers(account));
    let mut page = app::PeoplePage { people, invitations, form, sets_up, teachers };
    let mut seen: Vec<Grant> = Vec::new();
    for own in &account.grants {
        if !may(account, Action::Invite, &[own.unit]) {
            continue;
        }
        for role in invites(own.role) {
            let mut found = Vec::new();
            for (unit, name) in units_of(senim, *role, own.unit).await? {
                let grant = Grant { role: *role, unit };
                if seen.contains(&grant) {
                    continue;
                }
                seen.push(grant);
                add_rows(senim, account, grant, &mut page).await?;
                found.push((place(grant), name));
            }
            sort_by_name(&mut found, language, |(_, name)| name);
            add_places(&mut page.form, *role, found);
        }
    }
    sort_by_name(&mut page.people, language, |row| unit_of(&row.role));
    sort_by_name(&mut page.invitations, language, |row| unit_of(&row.role));
    Ok(page)
}

fn unit_of(role: &app::RoleAt) -> &str {
    role.unit.as_deref().unwrap_or_default()
}

/// Where all class teachers of the account's school are invited.
fn all_teachers(account: &Account) -> Option<String> {
    account.grants.iter().find_map(|grant| match grant.unit {
        Unit::School(id) if may(account, Action::InviteTeachers, &[grant.unit]) => {
            Some(format!("/schools/{id}/teachers"))
        }
        _ => None,
    })
}

/// The units that a role is given for inside `own`, by name; the nation has none.
async fn units_of(
    senim: &Senim,
    role: Role,
    own: Unit,
) -> Result<Vec<(Unit, String)>, StorageError> {
    match role.level() {
        "nation" => Ok(vec![(Unit::Nation, String::new())]),
        _ => unit_names::directly_below(&senim.storage, own).await,
    }
}

fn add_places(form: &mut app::InviteForm, role: Role, found: Vec<(String, String)>) {
    let role_shown = page_role(role);
    if role.level() == "nation" {
        for (value, _) in found {
            let nation = Some(value);
            form.places.push(app::PlacesOfRole { role: role_shown, units: Vec::new(), nation });
        }
        return;
    }
    match form.places.iter_mut().find(|of| of.role == role_shown) {
        Some(of) => of.units.extend(found),
        None => {
            form.places.push(app::PlacesOfRole { role: role_shown, units: found, nation: None });
        }
    }
}

async fn add_rows(
    senim: &Senim,
    account: &Account,
    grant: Grant,
    page: &mut app::PeoplePage,
) -> Result<(), StorageError> {
    let (storage, now) = (&senim.storage, senim.clock.seconds());
    let holders = grants::of_unit(storage, grant.role, grant.unit).await?;
    let waiting = invitations::of_unit(storage, grant.role, grant.unit, now).await?;
    if holders.is_empty() && waiting.is_empty() {
        return Ok(());
    }
    let role = role_at(senim, grant).await?;
    page.people.extend(holders.into_iter().map(|holder| app::PersonRow {
        account: holder.account.to_string(),
        person: holder.person,
        name: holder.name,
        role: role.clone(),
        place: place(grant),
        yourself: holder.account == account.id,
    }));
    page.invitations.extend(waiting.into_iter().map(|invitation| app::InvitationRow {
        id: invitation.id.to_string(),
        person: invitation.person,
        role: role.clone(),
        until: day_of(invitation.expires),
    }));
    Ok(())
}
