//! "Stored" is said when the disk has the response, and a database that cannot promise that is not
//! served.

mod disk;
mod power;
mod start;
mod synced;
mod trace;

const DEFINITION: &str = "senim_pupil_senior";
