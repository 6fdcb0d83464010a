//! XLSForm: a workbook with the sheets survey, choices and settings, as ODK, Kobo and SurveyCTO
//! read it. What Senim alone has stands in columns that begin with `senim_`, and on the sheet
//! `senim_indicators`; other programs pass over both.

mod choices;
mod export;
mod export_sheets;
mod import;
mod items;
mod pages;
mod rows;
mod scales;
mod settings;
mod sheet;
mod texts;
mod types;

pub use export::export;
pub use import::import;
