use super::class::session_state;
use super::{PageError, Rendered, SignedIn, Visit, roles, set_up_units, units as unit_pages};
use crate::clock::day;
use crate::pilot::has_unchecked_texts;
use crate::rights::{Action, may, may_somewhere};
use crate::sorting::sort_by_name;
use crate::state::Senim;
use crate::storage::accounts::{Account, Role};
use crate::storage::class_lists::{self, ClassLine};
use crate::storage::units::{self, Unit};
use crate::storage::wave_classes::{self, WaveClass};
use crate::storage::waves::{self, Wave, WaveState};
use axum::extract::State;
use std::collections::{BTreeMap, HashMap, HashSet};
use uuid::Uuid;

/// `GET /classes`: the classes of the person who is signed in.
pub async fn index(
    State(senim): State<Senim>,
    visit: Visit,
    SignedIn(account): SignedIn,
) -> Result<Rendered, PageError> {
    let waves = waves::all(&senim.storage).await?;
    let standing = Standing::load(&senim, &waves).await?;
    let mut schools: BTreeMap<Uuid, app::SchoolClasses> = BTreeMap::new();
    for line in classes_of(&senim, &account).await? {
        let row = standing.row(&senim, &line);
        let school = schools.entry(line.school_id).or_insert_with(|| no_classes(&account, &line));
        school.help_print = school.help_print.take().or_else(|| standing.help_print(line.id));
        school.classes.push(row);
    }
    let mut schools: Vec<_> = schools.into_values().collect();
    sort_by_name(&mut schools, visit.language(), |school| &school.school);
    for school in &mut schools {
        sort_by_name(&mut school.classes, visit.language(), |class| &class.label);
    }
    let page = app::ClassesPage {
        roles: roles_of(&account),
        schools,
        sets_up: set_up_units::ways(&account),
        waves: wave_rows(&senim, &account, waves).await?,
        sets_up_waves: may_somewhere(&account, Action::SetUpWave),
        results: unit_pages::pages_of(&senim, &account).await?,
    };
    Ok(visit.render(page))
}

/// Every class that a grant covers, once.
async fn classes_of(senim: &Senim, account: &Account) -> Result<Vec<ClassLine>, PageError> {
    let mut seen = HashSet::new();
    let mut lines = Vec::new();
    for grant in &account.grants {
        if matches!(grant.role, Role::Teacher | Role::Coordinator) {
            let of_grant = class_lists::classes_of(&senim.storage, grant.unit).await?;
            lines.extend(of_grant.into_iter().filter(|line| seen.insert(line.id)));
        }
    }
    Ok(lines)
}

/// The school of a line, before its classes.
fn no_classes(account: &Account, line: &ClassLine) -> app::SchoolClasses {
    let units = [Unit::Class(line.id), Unit::School(line.school_id)];
    let may_change = may(account, Action::SetUpClasses, &units);
    let may_see = may(account, Action::SeeHelp, &units);
    let may_print = may(account, Action::PrintSlips, &units[1..]);
    let may_invite = may(account, Action::InviteTeachers, &units[1..]);
    app::SchoolClasses {
        school: line.school.clone(),
        classes: Vec::new(),
        teachers: may_invite.then(|| format!("/schools/{}/teachers", line.school_id)),
        slips_page: may_print.then(|| format!("/schools/{}/slips", line.school_id)),
        help_page: may_see.then(|| format!("/schools/{}/help", line.school_id)),
        help_print: None,
        set_up: may_change.then(|| format!("/schools/{}/classes", line.school_id)),
    }
}

/// How classes stand in the wave that takes responses, and which have results.
struct Standing {
    open: HashMap<Uuid, WaveClass>,
    released: HashSet<Uuid>,
}

impl Standing {
    async fn load(senim: &Senim, waves: &[Wave]) -> Result<Self, PageError> {
        let mut standing = Self { open: HashMap::new(), released: HashSet::new() };
        for wave in waves {
            match wave.state {
                WaveState::Open => {
                    let classes = wave_classes::of_wave(&senim.storage, wave.id).await?;
                    standing.open.extend(classes.into_iter().map(|class| (class.class, class)));
                }
                WaveState::Released => {
                    let classes = wave_classes::of_wave(&senim.storage, wave.id).await?;
                    standing.released.extend(classes.into_iter().map(|class| class.class));
                }
                WaveState::Draft | WaveState::Closed => {}
            }
        }
        Ok(standing)
    }

    /// The sheet about help, which is the same for all classes of a school.
    fn help_print(&self, class: Uuid) -> Option<String> {
        let part = self.open.get(&class)?.class_part?;
        Some(format!("/c/{part}/help/print"))
    }

    fn row(&self, senim: &Senim, line: &ClassLine) -> app::ClassRow {
        let open = self.open.get(&line.id);
        app::ClassRow {
            id: line.id.to_string(),
            label: line.label.clone(),
            grade: line.grade.parse().ok(),
            enrolment: open.map_or(line.enrolment, |class| class.enrolment),
            session: match open {
                None => app::SessionState::NoWave,
                Some(class) => session_state(senim, class),
            },
            done: open.map(|class| senim.counts.done(class.wave, class.class)),
            has_release: self.released.contains(&line.id),
        }
    }
}

pub(super) async fn wave_rows(
    senim: &Senim,
    account: &Account,
    waves: Vec<Wave>,
) -> Result<Vec<app::WaveRow>, PageError> {
    let mut rows = Vec::new();
    for wave in waves {
        let above = units::units_above(&senim.storage, wave.scope).await?;
        if may(account, Action::CloseWave, &above) {
            let pilot = has_unchecked_texts(&senim.storage, &senim.definitions, wave.id).await?;
            rows.push(app::WaveRow {
                pilot,
                id: wave.id.to_string(),
                name: wave.name,
                state: page_state(wave.state),
                first_day: day(wave.first_day),
                last_day: day(wave.last_day),
            });
        }
    }
    Ok(rows)
}

/// The word that a page uses for a wave's state.
pub(super) fn page_state(state: WaveState) -> app::WaveState {
    match state {
        WaveState::Draft => app::WaveState::Planned,
        WaveState::Open => app::WaveState::Open,
        WaveState::Closed => app::WaveState::Closed,
        WaveState::Released => app::WaveState::Released,
    }
}

/// Each role once.
fn roles_of(account: &Account) -> Vec<app::StaffRole> {
    let held = |role: &Role| account.grants.iter().any(|grant| grant.role == *role);
    Role::ALL.into_iter().filter(held).map(roles::page_role).collect()
}
