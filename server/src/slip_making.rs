//! Makes slips. A code is drawn, printed and forgotten: what stays is its keyed hash.

use crate::clock::Clock;
use crate::definitions::Definitions;
use crate::pdf::{PrintError, Printed, Template};
use crate::pilot::has_unchecked_texts;
use crate::random::Random;
use crate::secrets::Secrets;
use crate::settings::slips_allowed;
use crate::staff::PageError;
use crate::state::Senim;
use crate::storage::units::Class;
use crate::storage::wave_classes::WaveClass;
use crate::storage::waves::Wave;
use crate::storage::{Storage, StorageError, slips};
use crate::wave_setup::takes_responses;
use app::printed::{ClassSlips, SlipSheets};
use app::texts::StaffRefusal;
use protocol::{Fingerprint, Place, SlipCode};
use std::sync::Arc;

/// What making slips needs, in the server and on the command line.
#[derive(Clone)]
pub struct SlipMaker {
    pub storage: Storage,
    pub clock: Clock,
    pub random: Random,
    pub secrets: Arc<Secrets>,
    pub definitions: Definitions,
    /// The address people see, without a slash at the end.
    pub public_url: Arc<str>,
}

#[derive(Debug, thiserror::Error)]
pub enum SlipError {
    #[error("the wave does not take responses now")]
    WaveNotOpen,
    #[error(transparent)]
    Print(#[from] PrintError),
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// Drawn for a class and not valid yet.
pub struct DrawnSlips {
    pub wave: Wave,
    pub frozen: WaveClass,
    /// Not all its texts have been checked by native speakers.
    pilot: bool,
    codes: Vec<SlipCode>,
}

impl Printed for SlipSheets {
    const TEMPLATE: Template = Template::Slips;
}

impl From<SlipError> for PageError {
    fn from(error: SlipError) -> Self {
        match error {
            SlipError::WaveNotOpen => Self::Refused(StaffRefusal::WaveNotOpen),
            SlipError::Print(error) => error.into(),
            SlipError::Storage(error) => error.into(),
        }
    }
}

impl SlipMaker {
    pub fn of(senim: &Senim) -> Self {
        Self {
            storage: senim.storage.clone(),
            clock: senim.clock.clone(),
            random: senim.random.clone(),
            secrets: senim.secrets.clone(),
            definitions: senim.definitions.clone(),
            public_url: senim.public_url.clone(),
        }
    }

    /// As many as the class may still have, in random order.
    pub async fn draw(&self, wave: Wave, frozen: WaveClass) -> Result<DrawnSlips, SlipError> {
        // A forgotten wave has no class parts, but neither does it take responses.
        let part = frozen.class_part.filter(|_| takes_responses(&wave, &self.clock));
        let class_part = part.ok_or(SlipError::WaveNotOpen)?;
        let used = slips::counts(&self.storage, wave.id, frozen.class).await?.used;
        let draw = |_| self.random.draw(|rng| SlipCode::random(class_part, rng));
        let codes = (used..slips_allowed(frozen.enrolment)).map(draw).collect();
        let pilot = has_unchecked_texts(&self.storage, &self.definitions, wave.id).await?;
        Ok(DrawnSlips { wave, frozen, pilot, codes })
    }

    /// Makes them valid and the unused ones from before void. Slips that were used meanwhile leave
    /// room for fewer: the others are dropped. Whether none was.
    pub async fn store(&self, drawn: &mut DrawnSlips) -> Result<bool, SlipError> {
        let hashes: Vec<_> = drawn.codes.iter().map(|code| self.secrets.slip_hash(code)).collect();
        let (wave, class) = (drawn.wave.id, drawn.frozen.class);
        let allowed = slips_allowed(drawn.frozen.enrolment);
        let kept = slips::reprint(&self.storage, wave, class, &hashes, allowed).await? as usize;
        let all = kept == drawn.codes.len();
        drawn.codes.truncate(kept);
        Ok(all)
    }

    /// The sheet of a class.
    pub fn sheet(&self, class: &Class, drawn: &DrawnSlips) -> Option<ClassSlips> {
        let DrawnSlips { wave, frozen, pilot, codes } = drawn;
        let link = frozen.link(&self.public_url)?;
        let fingerprint = Fingerprint::of(wave.id, &wave.token_key, &wave.release_key).to_string();
        let names = [class.school.name.clone(), class.label.clone(), wave.name.clone()];
        let mut sheet = ClassSlips::new(names, *pilot, fingerprint, &link);
        let place = Place { wave: wave.id, class: frozen.class };
        let keys =
            Fingerprint::of_class(place, wave.packed_length, &wave.token_key, &wave.release_key);
        for code in codes {
            let own = code.own_part();
            // In the fragment: a browser does not send it, so no log between can have it.
            let fragment = keys.fragment(&own.replace('-', ""));
            sheet.add(own, &format!("{link}#{fragment}"));
        }
        Some(sheet)
    }
}

impl DrawnSlips {
    pub fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }

    pub fn len(&self) -> usize {
        self.codes.len()
    }

    /// For programs; everything else gets paper.
    pub fn into_codes(self) -> Vec<SlipCode> {
        self.codes
    }
}
