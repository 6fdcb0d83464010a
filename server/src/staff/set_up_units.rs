//! Regions, districts and schools made and renamed by hand, one level at a time.

mod below;
pub mod districts;
pub mod regions;
pub mod schools;

pub(super) use below::ways;
