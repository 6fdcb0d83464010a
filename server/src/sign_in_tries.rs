//! Slows guessing of passwords and one-time codes, by name: each wrong try after the first few locks
//! the name for longer. A name that nobody has is treated alike.

use crate::state::Senim;
use crate::storage::{StorageError, sign_in_tries};

/// Wrong tries without a wait.
const FREE: i64 = 9;
/// The first wait, in seconds; each is twice the one before.
const FIRST_WAIT: i64 = 30;
/// The longest: whoever types wrong names on purpose cannot shut somebody out for a day.
const LONGEST_WAIT: i64 = 15 * 60;
/// Seconds after which tries are forgotten.
pub const KEPT: i64 = 24 * 60 * 60;

/// Counts a try for a name; the seconds to wait when it is locked.
pub async fn begin(senim: &Senim, name: &str) -> Result<Option<i64>, StorageError> {
    let hash = senim.secrets.name_hash(name);
    sign_in_tries::begin(&senim.storage, &hash, senim.clock.seconds(), wait).await
}

/// Forgets the tries for a name: somebody signed in.
pub async fn succeeded(senim: &Senim, name: &str) -> Result<(), StorageError> {
    sign_in_tries::forget(&senim.storage, &senim.secrets.name_hash(name)).await.map(drop)
}

fn wait(tries: i64) -> i64 {
    let doublings = tries - FREE - 1;
    if doublings < 0 { 0 } else { LONGEST_WAIT.min(FIRST_WAIT << doublings.min(20)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_end() {
        let waits: Vec<_> = (9..=15).map(wait).collect();
        assert_eq!(waits, [0, 30, 60, 120, 240, 480, 900]);
        assert_eq!(wait(i64::MAX), LONGEST_WAIT);
    }
}
