//! What a reader with a computer can work out from releases: the range of counts that fits
//! everything published, for every cell and every difference of shown groups.
//!
//! Written from privacy.md, section 3, alone: nothing here calls the code that protects. The
//! attacker has the releases, the structure (who is enrolled where) and, where given, how many
//! were done in each class. Two releases of one wave are about the same answers. Two waves are
//! not; what follows if nobody changed their mind is told apart, as supposed.
//!
//! Every answer about an indicator is a pupil of a class and of a sex, so the unknowns are, for
//! every group that is published, the valid answers and the hits. [`links`] holds how groups
//! add up, [`limit`] what a cell says about one group, [`solve`] narrows both together.

mod differences;
mod domain;
mod family;
mod findings;
mod groups;
mod known;
mod limit;
mod links;
mod profile;
mod published;
mod solve;
mod tables;
mod ties;
mod tree;
mod try_all;

pub use findings::{Broken, Finding, Findings};
pub use known::Known;
pub use published::Published;
pub use try_all::attack;

/// Why releases cannot be attacked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AttackError {
    #[error("the header is missing")]
    NoHeader,
    #[error("line {line}: {problem}")]
    Line { line: usize, problem: String },
    #[error("{group} is in the release, but no class of the structure lies in it")]
    UnknownGroup { group: String },
    #[error(
        "line {line}: {problem}; expected `class,done` with a class of the structure and a number"
    )]
    DoneLine { line: u64, problem: String },
    #[error(
        "{group}: how many are done contradicts itself; check the structure and the done counts"
    )]
    Done { group: String },
    #[error("{group}, {indicator}: no counts fit what is published; is the structure another one?")]
    Contradiction { group: String, indicator: String },
}
