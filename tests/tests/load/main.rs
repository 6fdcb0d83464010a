//! Many whole journeys at once: none fails, and what was acknowledged is stored once. `cargo xtask
//! prove load` has 1,000 pupils at once, `cargo xtask bench load` also tells what was measured;
//! `SENIM_LOAD_AT_ONCE` and `SENIM_LOAD_JOURNEYS` set other sizes.

mod full;
mod journeys;
mod run;
