//! Tables as people and programs write them, clean, careless and hostile.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod careless;
mod country;
mod hostile;
mod laws;

use app::{StructureColumn, StructureProblem};
use server::storage::units::Unit;
use server::structure_import::{FoundMistakes, Known, Plan, plan, read};

/// What a file would do where everything may be set up.
fn check(file: &[u8], known: &Known) -> Result<Plan, FoundMistakes> {
    plan(&read(file)?, known, &[Unit::Nation])
}

/// Row, column and problem of each mistake.
type Found = Vec<(Option<u32>, Option<StructureColumn>, StructureProblem)>;

fn found(result: Result<Plan, FoundMistakes>) -> Found {
    let mistakes = result.expect_err("no mistake was found").mistakes;
    mistakes.into_iter().map(|one| (one.row, one.column, one.problem)).collect()
}
