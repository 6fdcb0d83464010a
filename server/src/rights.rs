//! Who may do what where: one table of actions and roles. Each line of the table of routes names
//! its action; the router lets nobody past who may not (`rights/gate.rs`), and handlers take from
//! it what was found (`rights/found.rs`). A unit that is not yours is "not found".

mod found;
mod gate;
mod marks;
mod record;

pub use found::{
    DistrictBelow, Found, FoundDistrict, FoundNation, FoundRegion, FoundSchool, FoundUnit,
    FoundUnits, FoundWave, RegionBelow, SchoolBelow,
};
pub use gate::{Admitted, Gate, Place, gate};
pub use marks::*;

use crate::storage::accounts::{Account, Grant, Role};
use crate::storage::units::Unit;

/// What is done to a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// One's own account; also without the second factor that one's roles ask for.
    OwnAccount,
    /// Lists that hold nothing but what one may see.
    OwnLists,
    /// Read a class's page: nobody above a school.
    SeeClass,
    /// Write down which lessons a class had.
    NoteLesson,
    /// Open and close its class session, see how many are done, print slips.
    RunLesson,
    /// Read a school's page.
    SeeSchool,
    /// Read what a school says about its own psychologist.
    SeeHelp,
    /// Change that.
    ChangeHelp,
    /// Print the slips of all its classes.
    PrintSlips,
    /// Read and print what is handed out before a wave.
    ReadLetters,
    SeeDistrict,
    SeeRegion,
    SeeNation,
    /// Create and change classes of a school, by hand or from a table.
    SetUpClasses,
    /// Create and change schools of a district.
    SetUpSchools,
    /// Create and change districts of a region.
    SetUpDistricts,
    /// Create and change regions.
    SetUpRegions,
    /// Create and open waves for the unit.
    SetUpWave,
    /// Close a wave for it.
    CloseWave,
    /// Ask for a change of what a wave froze of a class, or decide it; note refusals.
    ChangeEnrolment,
    /// Release a closed wave.
    Release,
    /// Invite people directly below, and take back what they were given: see [`invites`].
    Invite,
    /// Invite all class teachers of a school at once.
    InviteTeachers,
    /// Read the record of what staff did.
    SeeAudit,
}

/// How far a role goes with an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    No,
    /// Its unit and everything below, if the unit is of the role's own kind: [`Role::level`].
    Own,
    /// The school of its class.
    Inside,
    /// The same at any level. Only `senim accounts add` makes coordinators of more than a school,
    /// for replays and trials: they set up everything below their unit and read no results.
    Wide,
}

/// Actions and roles, in the order of [`Role::ALL`].
#[rustfmt::skip]
const MATRIX: [(Action, [Reach; 7]); 24] = { use {Action::*, Reach::*}; [
    //                 teacher coordinator district region ministry researcher operator
    (OwnAccount,     [ Wide,   Wide,       Wide,    Wide,  Wide,    Wide,      Wide ]),
    (OwnLists,       [ Wide,   Wide,       Wide,    Wide,  Wide,    Wide,      Wide ]),
    (SeeClass,       [ Own,    Own,        No,      No,    No,      No,        No   ]),
    (NoteLesson,     [ Own,    Own,        No,      No,    No,      No,        No   ]),
    (RunLesson,      [ Own,    Wide,       No,      No,    No,      No,        No   ]),
    (SeeSchool,      [ No,     Own,        No,      No,    No,      No,        No   ]),
    (SeeHelp,        [ Inside, Own,        No,      No,    No,      No,        No   ]),
    (ChangeHelp,     [ No,     Own,        No,      No,    No,      No,        No   ]),
    (PrintSlips,     [ No,     Own,        No,      No,    No,      No,        No   ]),
    (ReadLetters,    [ Inside, Own,        No,      No,    No,      No,        No   ]),
    (SeeDistrict,    [ No,     No,         Own,     Own,   Own,     No,        No   ]),
    (SeeRegion,      [ No,     No,         No,      Own,   Own,     No,        No   ]),
    (SeeNation,      [ No,     No,         No,      No,    Own,     Own,       No   ]),
    (SetUpClasses,   [ No,     Wide,       Own,     Own,   No,      No,        Own  ]),
    (SetUpSchools,   [ No,     Wide,       Own,     Own,   No,      No,        Own  ]),
    (SetUpDistricts, [ No,     Wide,       No,      Own,   No,      No,        Own  ]),
    (SetUpRegions,   [ No,     Wide,       No,      No,    No,      No,        Own  ]),
    (SetUpWave,      [ No,     Wide,       No,      No,    Own,     No,        No   ]),
    (CloseWave,      [ No,     Wide,       No,      No,    Own,     No,        No   ]),
    (ChangeEnrolment, [ No,    Wide,       No,      No,    Own,     No,        No   ]),
    (Release,        [ No,     No,         No,      No,    Own,     No,        No   ]),
    (Invite,         [ No,     Own,        Own,     Own,   No,      No,        Own  ]),
    (InviteTeachers, [ No,     Own,        No,      No,    No,      No,        No   ]),
    (SeeAudit,       [ No,     No,         No,      No,    No,      No,        Own  ]),
] };

/// Whom a role invites into its unit or a unit directly below: the one directly responsible.
pub fn invites(role: Role) -> &'static [Role] {
    match role {
        Role::Operator => &[Role::Region, Role::Ministry, Role::Researcher, Role::Operator],
        Role::Region => &[Role::District],
        Role::District => &[Role::Coordinator],
        Role::Coordinator => &[Role::Teacher],
        Role::Teacher | Role::Ministry | Role::Researcher => &[],
    }
}

/// Whether the account may do this to the unit whose own and upper units are `units`.
pub fn may(account: &Account, action: Action, units: &[Unit]) -> bool {
    account.grants.iter().any(|grant| units.contains(&grant.unit) && allows(*grant, action))
}

/// Whether there is any unit to which the account may do this.
pub fn may_somewhere(account: &Account, action: Action) -> bool {
    matches!(action, Action::OwnAccount | Action::OwnLists)
        || account.grants.iter().any(|grant| allows(*grant, action))
}

/// The units to which, with everything below them, the account may do this.
pub fn units_of(account: &Account, action: Action) -> Vec<Unit> {
    let allowed = account.grants.iter().filter(|grant| allows(**grant, action));
    let mut units: Vec<Unit> = Vec::new();
    for grant in allowed {
        if !units.contains(&grant.unit) {
            units.push(grant.unit);
        }
    }
    units
}

/// Whether the account may give and take away this role for the unit whose own and upper units are
/// `units`: it is directly responsible above.
pub fn manages(account: &Account, role: Role, units: &[Unit]) -> bool {
    let of_its_kind = units.first().is_some_and(|unit| unit.level() == role.level());
    of_its_kind
        && account.grants.iter().any(|grant| {
            allows(*grant, Action::Invite)
                && invites(grant.role).contains(&role)
                && units.contains(&grant.unit)
        })
}

fn allows(grant: Grant, action: Action) -> bool {
    match reach(grant.role, action) {
        Reach::No => false,
        Reach::Wide => true,
        Reach::Own | Reach::Inside => grant.unit.level() == grant.role.level(),
    }
}

/// Whether a class inside a school gives its teacher this right for the school.
fn reaches_inside(action: Action) -> bool {
    Role::ALL.into_iter().any(|role| reach(role, action) == Reach::Inside)
}

fn reach(role: Role, action: Action) -> Reach {
    let row = MATRIX.iter().find(|(of, _)| *of == action).map(|(_, row)| row);
    let at = Role::ALL.iter().position(|one| *one == role);
    row.zip(at).and_then(|(row, at)| row.get(at)).copied().unwrap_or(Reach::No)
}
