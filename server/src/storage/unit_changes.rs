//! Regions, districts and schools made and renamed by hand.

use super::connection::{StorageError, Transaction};
use super::structure_changes::{UnitCodes, insert_unit};
use super::units::Unit;
use crate::random::Random;

/// Makes a unit directly below `above`, with a code that nobody has: releases name groups by it.
pub async fn add(
    transaction: &mut Transaction,
    above: Unit,
    name: &str,
    random: &Random,
) -> Result<Unit, StorageError> {
    let id = random.id();
    let (unit, codes, prefix, insert) = match above {
        Unit::Nation => (
            Unit::Region(id),
            "select code from regions",
            "R",
            "insert into regions (id, code, name) values ($1, $2, $3)",
        ),
        Unit::Region(_) => (
            Unit::District(id),
            "select code from districts",
            "D",
            "insert into districts (id, region_id, code, name) values ($1, $2, $3, $4)",
        ),
        Unit::District(_) => (
            Unit::School(id),
            "select code from schools",
            "S",
            "insert into schools (id, district_id, code, name) values ($1, $2, $3, $4)",
        ),
        Unit::School(_) | Unit::Class(_) => return Err(not_made_by_hand(above)),
    };
    let code = UnitCodes::of(transaction, codes, prefix).await?.next();
    let ids = [id.to_string(), above.id_text()].into_iter().filter(|id| !id.is_empty());
    let ids: Vec<_> = ids.collect();
    insert_unit(transaction, insert, &ids, &code, name).await?;
    Ok(unit)
}

/// Gives a region, district or school another name; its code stays.
pub async fn rename(
    transaction: &mut Transaction,
    unit: Unit,
    name: &str,
) -> Result<(), StorageError> {
    let update = match unit {
        Unit::Region(_) => "update regions set name = $2 where id = $1",
        Unit::District(_) => "update districts set name = $2 where id = $1",
        Unit::School(_) => "update schools set name = $2 where id = $1",
        Unit::Nation | Unit::Class(_) => return Err(not_made_by_hand(unit)),
    };
    sqlx::query(update).bind(unit.id_text()).bind(name).execute(&mut **transaction).await?;
    Ok(())
}

fn not_made_by_hand(unit: Unit) -> StorageError {
    StorageError::Content { expected: "a region or a district", value: unit.level().to_owned() }
}
