//! A table of classes, as a school or an education office fills it in, becomes a plan: what would
//! be created, changed and left alone, or every mistake with its row and column. Nothing here
//! reads or writes anything but its arguments.

mod cells;
mod class_label;
mod columns;
mod csv_table;
mod draft;
mod export;
mod known;
mod mistakes;
mod places;
mod plan;
mod table;
mod xlsx_table;

pub use cells::{ClassFields, MOST_PUPILS, TypedClass, unit_name};
pub use class_label::ClassLabel;
pub use export::{csv_file, xlsx_file};
pub use known::{Known, KnownClass, KnownUnit, label_key, same_name};
pub use mistakes::FoundMistakes;
pub use plan::{Change, Plan, PlannedClass, PlannedSchool, PlannedUnit, plan};
pub use table::{LARGEST_FILE, Table, read};
