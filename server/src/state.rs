use crate::assets::Assets;
use crate::clock::Clock;
use crate::counts::Counts;
use crate::definitions::Definitions;
use crate::guessing::Guessing;
use crate::help_contacts::HelpContacts;
use crate::import_job::Imports;
use crate::intake::Intake;
use crate::pdf::Printer;
use crate::provider::Provider;
use crate::pupil::Turns;
use crate::random::Random;
use crate::readiness::Draining;
use crate::school_calendar::SchoolCalendar;
use crate::secrets::Secrets;
use crate::storage::Storage;
use crate::stored_columns::StoredColumns;
use axum::extract::FromRef;
use std::sync::Arc;

/// What handlers work with.
#[derive(Clone)]
pub struct Senim {
    pub storage: Storage,
    pub clock: Clock,
    pub random: Random,
    pub secrets: Arc<Secrets>,
    pub definitions: Definitions,
    pub assets: Assets,
    pub counts: Counts,
    pub guessing: Guessing,
    pub intake: Intake,
    pub tokens: Turns,
    pub help_contacts: HelpContacts,
    pub imports: Imports,
    pub school_calendar: SchoolCalendar,
    pub stored_columns: Arc<StoredColumns>,
    pub printer: Printer,
    /// Where staff may sign in too, if that was set.
    pub provider: Option<Arc<Provider>>,
    /// The address people see, without a slash at the end.
    pub public_url: Arc<str>,
    /// Seconds without a touch after which a tablet deletes a pupil's answers.
    pub idle_seconds: u32,
    pub pilot: bool,
    pub draining: Draining,
}

impl FromRef<Senim> for Assets {
    fn from_ref(senim: &Senim) -> Self {
        senim.assets.clone()
    }
}
