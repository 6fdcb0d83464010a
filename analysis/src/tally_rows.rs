//! Tallies as rows, for audits where the key is.

use crate::layout::{ANSWERED, DECLINED, DO_NOT_WANT, NOT_REACHED};
use crate::{Level, Tallies};
use std::fmt;
use std::io::Write;
use std::sync::Arc;

/// How many of a group gave one answer to one item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct TallyRow<'a> {
    pub level: Level,
    pub group: &'a str,
    /// The id of the item, `ITEM_OPTION` for an item that takes many options, or `status` for
    /// the responses themselves.
    pub item: &'a str,
    pub code: TallyCode,
    pub n: u32,
}

/// What is counted. Of an answered response each item is counted once; of a declined one none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TallyCode {
    /// Responses with answers (item `status`).
    Answered,
    /// Responses of pupils who did not want to take part (item `status`).
    Declined,
    /// Empty in files.
    NotReached,
    /// -1 in files.
    DoNotWant,
    /// A valid answer; for an option 1 is chosen, 0 is not.
    Code(i16),
}

impl Tallies {
    /// Every count, zeros too, by level, group, item and code.
    pub fn rows(&self) -> impl Iterator<Item = TallyRow<'_>> {
        let order = self.order();
        let groups = self.tree.nodes.iter().enumerate();
        let counts = Arc::new(self.item_counts());
        groups.flat_map(move |(node, group)| {
            let counts = Arc::clone(&counts);
            order.clone().into_iter().map(move |(item, code, slot)| TallyRow {
                level: group.level,
                group: &group.id,
                item,
                code,
                n: counts.get(slot).and_then(|all| all.get(node)).copied().unwrap_or_default(),
            })
        })
    }

    /// Writes `level,group,item,code,n`.
    ///
    /// # Errors
    /// Those of writing.
    pub fn write_csv(&self, output: impl Write) -> std::io::Result<()> {
        let mut writer = csv::Writer::from_writer(output);
        writer.write_record(["level", "group", "item", "code", "n"])?;
        for row in self.rows() {
            let (code, n) = (row.code.to_string(), row.n.to_string());
            writer.write_record([row.level.code(), row.group, row.item, &code, &n])?;
        }
        writer.flush()
    }

    /// Item, code and place of every count of a group, sorted.
    fn order(&self) -> Vec<(&str, TallyCode, usize)> {
        let mut order = vec![
            ("status", TallyCode::Answered, ANSWERED),
            ("status", TallyCode::Declined, DECLINED),
        ];
        for column in &self.layout.columns {
            for place in 0..column.places() {
                let code = match (place, column.code(place)) {
                    (NOT_REACHED, _) | (_, None) => TallyCode::NotReached,
                    (DO_NOT_WANT, _) => TallyCode::DoNotWant,
                    (_, Some(code)) => TallyCode::Code(code),
                };
                order.push((&column.name, code, column.start + place));
            }
        }
        order.sort_unstable();
        order
    }
}

impl fmt::Display for TallyCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Answered => f.write_str("answered"),
            Self::Declined => f.write_str("declined"),
            Self::NotReached => Ok(()),
            Self::DoNotWant => f.write_str("-1"),
            Self::Code(code) => write!(f, "{code}"),
        }
    }
}
