//! Class sessions and slips: the coordinator's and the teacher's side of a lesson.

use crate::clock::Clock;
use crate::settings::SESSION_SECONDS;
use crate::slip_making::SlipMaker;
use crate::staff::PageError;
use crate::state::Senim;
use crate::storage::StorageError;
use crate::storage::wave_classes::{self, WaveClass};
use crate::storage::waves::Wave;
use crate::wave_setup::in_lesson_time;
use app::texts::StaffRefusal;
use protocol::SlipCode;

/// Opens the class session for two hours from now; may be opened again.
pub async fn open(senim: &Senim, wave: &Wave, class: &WaveClass) -> Result<(), PageError> {
    if !in_lesson_time(wave, &senim.clock) {
        return Err(PageError::Refused(StaffRefusal::WaveNotOpen));
    }
    let until = senim.clock.seconds() + SESSION_SECONDS;
    Ok(wave_classes::set_open_until(&senim.storage, wave.id, class.class, until).await?)
}

/// Whether the class session is open now. One that would go on for longer than any does was opened
/// while the clock was wrong, or ended before it was set back: it does not open its slips again,
/// and whoever holds the lesson opens it anew. A clock that is set right by less harms no lesson.
pub fn is_open(class: &WaveClass, clock: &Clock) -> bool {
    let left = class.open_until.saturating_sub(clock.seconds());
    0 < left && left <= 2 * SESSION_SECONDS
}

/// Closes the class session: its slips stop working, its tokens do not.
pub async fn close(senim: &Senim, wave: &Wave, class: &WaveClass) -> Result<(), StorageError> {
    wave_classes::set_open_until(&senim.storage, wave.id, class.class, 0).await
}

/// Voids unused slips and makes as many new ones as the class may still have, in random order.
pub async fn make_slips(
    senim: &Senim,
    wave: &Wave,
    class: &WaveClass,
) -> Result<Vec<SlipCode>, PageError> {
    let maker = SlipMaker::of(senim);
    let mut drawn = maker.draw(wave.clone(), class.clone()).await?;
    maker.store(&mut drawn).await?;
    Ok(drawn.into_codes())
}
