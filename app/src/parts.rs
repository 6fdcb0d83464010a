//! What several pages or islands show.

pub(crate) mod help;

#[cfg(feature = "ssr")]
pub(crate) mod chart;
#[cfg(feature = "ssr")]
pub(crate) mod header;
#[cfg(feature = "ssr")]
pub(crate) mod numbers_table;
