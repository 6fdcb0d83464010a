//! Estimates from a sample that was drawn by strata and clusters with unequal chances.
//!
//! A [`Design`] says how the sample was drawn. An estimator is replaced by the total of its
//! influence values, one a row, zero outside its domain; the error of that total follows from how
//! much the totals of the clusters of a stratum differ (Taylor linearisation: C.-E. Sarndal,
//! B. Swensson, J. Wretman, Model Assisted Survey Sampling, 1992, chapters 4 and 5; the same
//! figures as R's `survey` by T. Lumley).

mod association;
mod calibrated;
mod calibration;
mod design;
mod domain;
mod estimate;
mod margins;
mod quantile;
mod replicates;
mod variance;
mod weights;

pub use association::Association;
pub use calibration::{Calibration, CalibrationProblem, Convergence, Known, Method};
pub use design::{Design, DesignProblem, Drawn, Lonely};
pub use estimate::{Estimate, logit_interval};
pub use margins::{Trimming, margins};
pub use quantile::Quantile;
pub use replicates::Replicates;
