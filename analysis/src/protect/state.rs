use crate::Reason;
use crate::bands::Column;

/// What is to be shown of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    /// As a band of this width.
    Shown(Column),
    Hidden(Reason),
}

impl State {
    pub(crate) fn is_shown(self) -> bool {
        matches!(self, Self::Shown(_))
    }

    /// One step less; `None` when it is hidden already.
    pub(crate) fn coarser(self) -> Option<Self> {
        match self {
            Self::Shown(column) => {
                Some(column.coarser().map_or(Self::Hidden(Reason::Withheld), Self::Shown))
            }
            Self::Hidden(_) => None,
        }
    }

    /// The information in the cell, in bits: the binary logarithm of the number of bands, and
    /// one more for being shown at all.
    pub(crate) fn bits(self) -> f64 {
        match self {
            Self::Shown(column) => 1.0 + column.bits(),
            Self::Hidden(_) => 0.0,
        }
    }
}
