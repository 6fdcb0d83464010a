//! Which requests leave a line in the record of what staff did, and the line.

use super::{Action, Admitted, Gate, Place};
use crate::audit::{self, About, NothingDone};
use crate::staff::PageError;
use crate::state::Senim;
use crate::storage::accounts::Account;
use axum::http::Method;
use axum::http::request::Parts;
use axum::response::Response;

/// What is to be written when the request was carried out; `None` for what only reads.
pub(super) struct Record(Option<Line>);

struct Line {
    account: Account,
    what: String,
    about: About,
}

impl Record {
    /// No line of the table can forget this: the router makes it.
    pub(super) fn of(gate: &Gate, parts: &Parts, admitted: &Admitted) -> Self {
        let reads = matches!(parts.method, Method::GET | Method::HEAD);
        if reads && !reads_results(gate.action) {
            return Self(None);
        }
        let about = match (&admitted.place, admitted.units.first()) {
            (Place::Wave(wave), _) => About::wave(wave.id),
            (_, Some(unit)) => About::unit(*unit),
            (_, None) => About::default(),
        };
        let what = format!("{} {}", parts.method, gate.path);
        Self(Some(Line { account: admitted.account.clone(), what, about }))
    }

    /// What the reply makes of it: nothing when the request was not carried out; what the handler
    /// made or changed where that is more than the path names.
    pub(super) fn with(self, response: &Response) -> Self {
        let status = response.status();
        let nothing = response.extensions().get::<NothingDone>().is_some();
        let carried_out = (status.is_success() || status.is_redirection()) && !nothing;
        let said = response.extensions().get::<About>().cloned();
        Self(self.0.filter(|_| carried_out).map(|line| {
            let about = said.unwrap_or(line.about);
            Line { about, ..line }
        }))
    }

    /// Nothing is answered as done that the record does not hold.
    pub(super) async fn write(self, senim: &Senim) -> Result<(), PageError> {
        let Some(Line { account, what, about }) = self.0 else { return Ok(()) };
        let (storage, clock, random) = (&senim.storage, &senim.clock, &senim.random);
        Ok(audit::record(storage, clock, random, Some(&account), &what, about).await?)
    }
}

/// Results of one class or one school: who looked at them is kept.
fn reads_results(action: Action) -> bool {
    matches!(action, Action::SeeClass | Action::SeeSchool)
}
