use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// Why pupils' requests failed since this was last told, with how many. A line in the log for each
/// would say with its time when somebody sent, as an access log does (promise 1); so they are told
/// on the clock of the counts.
static TROUBLES: Mutex<BTreeMap<String, u32>> = Mutex::new(BTreeMap::new());

/// Different errors kept at once; no more than a log has use for.
const MOST: usize = 20;

pub(super) fn note(trouble: &impl ToString) {
    let mut troubles = TROUBLES.lock().unwrap_or_else(PoisonError::into_inner);
    let trouble = trouble.to_string();
    if troubles.len() < MOST || troubles.contains_key(&trouble) {
        *troubles.entry(trouble).or_default() += 1;
    }
}

/// Logs what has been noted, a line for each error.
pub fn tell_troubles() {
    let troubles = std::mem::take(&mut *TROUBLES.lock().unwrap_or_else(PoisonError::into_inner));
    for (error, requests) in troubles {
        tracing::error!(error, requests, "pupils' requests could not be carried out");
    }
}
