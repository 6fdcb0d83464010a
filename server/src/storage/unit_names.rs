//! Units by name: one, or those directly below one.

use super::connection::{Storage, StorageError, id};
use super::units::{Named, Unit};

/// Id, code and name of a unit; a class has a label for a name, the nation has neither.
pub async fn named(storage: &Storage, unit: Unit) -> Result<Option<Named>, StorageError> {
    let query = match unit {
        Unit::Region(_) => "select id, code, name from regions where id = $1",
        Unit::District(_) => "select id, code, name from districts where id = $1",
        Unit::School(_) => "select id, code, name from schools where id = $1",
        Unit::Class(_) => "select id, code, label from classes where id = $1",
        Unit::Nation => return Ok(None),
    };
    let row: Option<(String, String, String)> =
        sqlx::query_as(query).bind(unit.id_text()).fetch_optional(storage.pool()).await?;
    row.map(|(unit_id, code, name)| Ok(Named { id: id(&unit_id)?, code, name })).transpose()
}

/// The units directly below a unit with their names, by code.
pub async fn directly_below(
    storage: &Storage,
    unit: Unit,
) -> Result<Vec<(Unit, String)>, StorageError> {
    let (query, level) = match unit {
        Unit::Nation => ("select id, name from regions where $1 = '' order by code", "region"),
        Unit::Region(_) => {
            ("select id, name from districts where region_id = $1 order by code", "district")
        }
        Unit::District(_) => {
            ("select id, name from schools where district_id = $1 order by code", "school")
        }
        Unit::School(_) => {
            ("select id, label from classes where school_id = $1 order by code", "class")
        }
        Unit::Class(_) => return Ok(Vec::new()),
    };
    let rows: Vec<(String, String)> =
        sqlx::query_as(query).bind(unit.id_text()).fetch_all(storage.pool()).await?;
    let rows = rows.into_iter();
    rows.map(|(id, name)| Ok((Unit::from_stored(level, &id)?, name))).collect()
}
