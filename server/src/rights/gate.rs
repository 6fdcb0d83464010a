//! Every line of staff's routes goes through here: who asks, whether there is such a unit, whether
//! it is theirs.

use super::record::Record;
use super::{Action, may, may_somewhere, reaches_inside};
use crate::staff::{PageError, SignedIn};
use crate::state::Senim;
use crate::storage::accounts::Account;
use crate::storage::units::{self, Class, Named, Unit};
use crate::storage::waves::{self, Wave};
use crate::storage::{StorageError, unit_names};
use axum::extract::{FromRequestParts, RawPathParams, Request, State};
use axum::http::Method;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::Response;
use tower_sessions::Session;
use uuid::Uuid;

/// What the router knows of a line.
#[derive(Clone)]
pub struct Gate {
    pub senim: Senim,
    pub action: Action,
    /// Answers as JSON.
    pub program: bool,
    pub path: &'static str,
}

/// Where a session says when it was used.
const LATEST: &str = "latest";
/// Seconds between two notes of it.
const WRITTEN_EVERY: i64 = 5 * 60;

/// Who asks for what, found and allowed.
#[derive(Debug, Clone)]
pub struct Admitted {
    pub account: Account,
    pub action: Action,
    pub place: Place,
    /// The unit and all above it; empty when the path names none.
    pub units: Vec<Unit>,
}

/// What the path names.
#[derive(Debug, Clone)]
pub enum Place {
    /// Nothing: the handler shows only what is the account's, or asks [`may`] about a unit that
    /// stands in the body.
    Nothing,
    Class(Box<Class>),
    /// A region, district or school.
    Unit(Named),
    Wave(Box<Wave>),
}

/// Lets through who may, with [`Admitted`] for the handler's extractors.
pub async fn gate(
    State(gate): State<Gate>,
    request: Request,
    next: Next,
) -> Result<Response, PageError> {
    let (mut parts, body) = request.into_parts();
    let admitted = admit(&gate, &mut parts).await?;
    let record = Record::of(&gate, &parts, &admitted);
    keep_awake(&gate, &parts).await?;
    parts.extensions.insert(admitted);
    let response = next.run(Request::from_parts(parts, body)).await;
    record.with(&response).write(&gate.senim).await?;
    Ok(response)
}

/// Puts off the end of a session that is used. A page that asks by itself, as for the number of
/// those who are done, keeps nobody signed in.
async fn keep_awake(gate: &Gate, parts: &Parts) -> Result<(), PageError> {
    let by_itself = gate.program && parts.method == Method::GET;
    let Some(session) = parts.extensions.get::<Session>().filter(|_| !by_itself) else {
        return Ok(());
    };
    let now = gate.senim.clock.seconds();
    let latest: Option<i64> = session.get(LATEST).await?;
    if latest.is_none_or(|latest| now - latest > WRITTEN_EVERY) {
        session.insert(LATEST, now).await?;
    }
    Ok(())
}

async fn admit(gate: &Gate, parts: &mut Parts) -> Result<Admitted, PageError> {
    let Gate { senim, action, .. } = gate;
    let SignedIn(account) = SignedIn::from_request_parts(parts, senim).await?;
    if account.lacks_second_factor() && *action != Action::OwnAccount {
        return Err(PageError::SecondFactorNeeded);
    }
    let path = RawPathParams::from_request_parts(parts, senim).await;
    let path = path.map_err(|_| PageError::NotFound)?;
    // What is put is put under a new id, which names nothing yet.
    let named = if parts.method == Method::PUT { None } else { find(senim, &path).await? };
    let Some((place, units)) = named else {
        return match may_somewhere(&account, *action) {
            true => {
                Ok(Admitted { account, action: *action, place: Place::Nothing, units: Vec::new() })
            }
            false => Err(PageError::NotFound),
        };
    };
    let inside = match (reaches_inside(*action), units.first()) {
        (true, Some(Unit::School(school))) => own_classes_in(senim, &account, *school).await?,
        _ => Vec::new(),
    };
    if may(&account, *action, &[&units[..], &inside[..]].concat()) {
        Ok(Admitted { account, action: *action, place, units })
    } else {
        Err(PageError::NotFound)
    }
}

/// The smallest thing that the path names, with its units; `None` when it names none.
async fn find(
    senim: &Senim,
    path: &RawPathParams,
) -> Result<Option<(Place, Vec<Unit>)>, PageError> {
    let id = |name: &str| path.iter().find(|(of, _)| *of == name).map(|(_, text)| parsed(text));
    let storage = &senim.storage;
    if let Some(id) = id("class") {
        let class = units::class_by_id(storage, id?).await?.ok_or(PageError::NotFound)?;
        let units = class.units().to_vec();
        return Ok(Some((Place::Class(Box::new(class)), units)));
    }
    for name in ["school", "district", "region"] {
        if let Some(id) = id(name) {
            let unit = Unit::from_stored(name, &id?.to_string())?;
            let named = unit_names::named(storage, unit).await?.ok_or(PageError::NotFound)?;
            return Ok(Some((Place::Unit(named), units::units_above(storage, unit).await?)));
        }
    }
    if let Some(id) = id("wave") {
        let wave = waves::by_id(storage, id?).await?.ok_or(PageError::NotFound)?;
        let units = units::units_above(storage, wave.scope).await?;
        return Ok(Some((Place::Wave(Box::new(wave)), units)));
    }
    Ok(None)
}

fn parsed(text: &str) -> Result<Uuid, PageError> {
    text.parse().map_err(|_| PageError::NotFound)
}

/// Those classes of the school that the account has a grant for.
async fn own_classes_in(
    senim: &Senim,
    account: &Account,
    school: Uuid,
) -> Result<Vec<Unit>, StorageError> {
    let mut own = Vec::new();
    for grant in &account.grants {
        if let Unit::Class(class) = grant.unit {
            let class = units::class_by_id(&senim.storage, class).await?;
            if class.is_some_and(|class| class.school.id == school) {
                own.push(grant.unit);
            }
        }
    }
    Ok(own)
}
