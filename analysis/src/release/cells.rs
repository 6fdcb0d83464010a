use super::Cell;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::sync::Arc;

/// The cells of one group by id, in order. A national release has ten million cells and a few
/// dozen ids, so that the groups share the ids.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cells(Vec<(Arc<str>, Cell)>);

impl Cells {
    pub fn get(&self, id: &str) -> Option<Cell> {
        let found = self.0.binary_search_by(|(other, _)| other.as_ref().cmp(id)).ok()?;
        self.0.get(found).map(|(_, cell)| *cell)
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, Cell)> {
        self.0.iter().map(|(id, cell)| (id.as_ref(), *cell))
    }
}

impl FromIterator<(Arc<str>, Cell)> for Cells {
    fn from_iter<I: IntoIterator<Item = (Arc<str>, Cell)>>(cells: I) -> Self {
        let mut cells: Vec<_> = cells.into_iter().collect();
        cells.sort_by(|(one, _), (other, _)| one.cmp(other));
        Self(cells)
    }
}

impl Serialize for Cells {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<'de> Deserialize<'de> for Cells {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ById)
    }
}

struct ById;

impl<'de> Visitor<'de> for ById {
    type Value = Cells;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("cells by the id of their indicator")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Cells, M::Error> {
        let mut cells: Vec<(Arc<str>, Cell)> = Vec::with_capacity(map.size_hint().unwrap_or(0));
        while let Some((id, cell)) = map.next_entry::<String, Cell>()? {
            if cells.last().is_some_and(|(last, _)| last.as_ref() >= id.as_str()) {
                return Err(M::Error::custom(format!("cell {id} is out of order or there twice")));
            }
            cells.push((id.into(), cell));
        }
        Ok(Cells(cells))
    }
}
