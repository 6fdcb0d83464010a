//! Estimates from samples, against R's `survey`: the figures, the data and the script are in
//! `tests/reference/sampling`.

mod data;
mod figures;
mod laws;
