//! A coordinator brings the school's classes in from a table: what is wrong is said with its place
//! and nothing changes, what is right is shown first and then done.

mod by_hand;
mod journey;
mod limits;
mod school;
mod teachers;
mod units;
