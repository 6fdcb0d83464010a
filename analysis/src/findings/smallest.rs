use crate::{Cell, Group};

/// The first of `chain` that shows the cell; groups come smallest first, each within the next.
pub fn smallest_shown<'r>(chain: &[&'r Group], cell: &str) -> Option<&'r Group> {
    let shown = |group: &&&Group| matches!(group.cells.get(cell), Some(Cell::Band { .. }));
    chain.iter().find(shown).copied()
}
