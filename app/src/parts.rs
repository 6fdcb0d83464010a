//! What several pages show.

pub(crate) mod chart;
pub(crate) mod drawing;
pub(crate) mod field;
pub(crate) mod file_links;
pub(crate) mod footer;
pub(crate) mod header;
pub(crate) mod help_cards;
pub(crate) mod list;
pub(crate) mod qr;
pub(crate) mod table;
