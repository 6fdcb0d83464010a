//! The record of what staff did: who, what, when, on which unit. It names no pupil and holds no
//! code; only the operator reads it.

use crate::clock::Clock;
use crate::random::Random;
use crate::storage::accounts::Account;
use crate::storage::audit_lines::{self, AuditLine};
use crate::storage::units::Unit;
use crate::storage::{Storage, StorageError};
use uuid::Uuid;

/// What is done elsewhere than on a line of the table of routes.
pub const SIGNED_IN: &str = "signed in";
pub const SIGNED_IN_AT_PROVIDER: &str = "signed in with the provider";
pub const PROVIDER_LINKED: &str = "provider linked";
pub const SIGNED_OUT: &str = "signed out";
pub const INVITATION_TAKEN: &str = "invitation taken";
pub const ACCOUNT_ADDED: &str = "account added";
pub const UNLOCKED: &str = "account unlocked";
pub const SECOND_FACTOR_RESET: &str = "second factor reset";

/// On what, and whom it was done to. A handler tells the router by putting it into the reply's
/// extensions, where the path does not say it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct About {
    level: &'static str,
    unit: String,
    other: Option<Uuid>,
}

impl About {
    pub fn unit(unit: Unit) -> Self {
        Self { level: unit.level(), unit: unit.id_text(), other: None }
    }

    pub fn wave(wave: Uuid) -> Self {
        Self { level: "wave", unit: wave.to_string(), other: None }
    }

    /// Done to somebody.
    pub fn to(self, other: Uuid) -> Self {
        Self { other: Some(other), ..self }
    }
}

/// In a reply's extensions: nothing was changed, as by a preview, so no line is written.
#[derive(Debug, Clone, Copy)]
pub struct NothingDone;

/// Writes one line; nothing else does. `who` is `None` for somebody at the command line.
pub async fn record(
    storage: &Storage,
    clock: &Clock,
    random: &Random,
    who: Option<&Account>,
    what: &str,
    about: About,
) -> Result<(), StorageError> {
    let line = AuditLine {
        id: random.id().to_string(),
        moment: clock.seconds(),
        account: who.map(|account| account.id.to_string()).unwrap_or_default(),
        what: what.to_owned(),
        level: about.level.to_owned(),
        unit: about.unit,
        other: about.other.map(|id| id.to_string()).unwrap_or_default(),
    };
    audit_lines::add(storage, &line).await
}
