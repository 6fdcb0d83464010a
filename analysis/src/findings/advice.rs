//! What to do next: rules of a definition over published cells.

use crate::{Cell, Cells, Tenths};
use survey_definitions::{BandCondition, Rule};

/// Whether a rule holds of a group; `None` where a cell that it looks at is not shown, of which
/// nothing is said.
pub fn decided(rule: &Rule, cells: &Cells) -> Option<bool> {
    let mut all = true;
    for condition in &rule.when {
        let Some(Cell::Band { low, high, .. }) = cells.get(&cell_id(condition)) else {
            return None;
        };
        let above = condition.at_least.is_none_or(|least| low >= whole(least));
        let below = condition.below.is_none_or(|limit| high <= whole(limit));
        all &= above && below;
    }
    Some(all)
}

/// The cell of a condition: that of the indicator or of one part of it.
pub(super) fn cell_id(condition: &BandCondition) -> String {
    match &condition.part {
        Some(part) => format!("{}.{part}", condition.indicator),
        None => condition.indicator.clone(),
    }
}

pub(super) fn whole(percent: u8) -> Tenths {
    Tenths(u16::from(percent) * 10)
}
