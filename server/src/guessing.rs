use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use protocol::ClassPart;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

/// Wrong codes a class may type in a minute before replies to wrong codes take longer.
const FREE_A_MINUTE: NonZeroU32 = NonZeroU32::new(30).unwrap();
/// The longest a reply is held back.
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// Slows guessing of slip codes: per class part, never per address (a school sits behind one),
/// and never a lock that one pupil could put on a class. Each server counts for itself: ten of them
/// let 300 codes of 2^40 be tried a minute before it takes longer.
#[derive(Clone)]
pub struct Guessing(Arc<DefaultKeyedRateLimiter<ClassPart>>);

impl Default for Guessing {
    fn default() -> Self {
        Self(Arc::new(RateLimiter::keyed(Quota::per_minute(FREE_A_MINUTE))))
    }
}

impl Guessing {
    /// Call after a wrong code: waits when there were many.
    pub async fn wrong(&self, part: ClassPart) {
        if let Err(until) = self.0.check_key(&part) {
            let wait = until.wait_time_from(DefaultClock::default().now());
            tokio::time::sleep(wait.min(LONGEST_WAIT)).await;
        }
    }
}
