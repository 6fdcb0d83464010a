use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The class of a wave: what a token and an envelope are bound to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Place {
    pub wave: Uuid,
    pub class: Uuid,
}

impl Place {
    /// `wave || class`: the public input of the POPRF and the associated data of the envelope.
    pub fn to_bytes(self) -> [u8; 32] {
        let mut bytes = [0; 32];
        bytes[..16].copy_from_slice(self.wave.as_bytes());
        bytes[16..].copy_from_slice(self.class.as_bytes());
        bytes
    }
}
