//! The linker: who may see what, and can pupils be linked to what they answered (privacy.md,
//! section 2)?
//!
//! **The operator** holds everything but the release key: what both databases write to their
//! journals with each commit (a backup after each commit differs from the one before by exactly
//! these pages), the log at its most talkative, the bodies and lengths of all requests and replies,
//! their number, order and times. For two pupils of a class, one of whom declined and one not, or
//! one of whom answered yes to an item and one no, he says which is which: by chance he is right
//! half of the time. He is even told which requests belong to one pupil.
//!
//! **The insider** of the release job holds what the job reads (every column of a closed wave's
//! envelopes, in the order read, opened) and what it hands on (the pools in their order), what was
//! said but not when (all bodies, shuffled), the server's log, the other tables as they are after
//! the wave, and what a teacher sees: who drew which slip, who was absent or waited for the
//! network, and in which order pupils began and finished. He pairs pupils with responses.
//!
//! He is not given the journal or the order inside the database's files: whoever has these **and**
//! the release key is not covered, and the README says so. On PostgreSQL every row carries the
//! number of its transaction (`xmin`) until it is removed: with that in place of the order read,
//! every pupil is found (tried: z = 35 in eight classes). The job reads by random id and gets no
//! such column; an export of envelopes has none either.
//!
//! One attack of one adversary on one stratum of pupils is one row of the table. Fixed: the plan of
//! classes, answers and times, and the coins of the adversaries. The protocol's own randomness is
//! the machine's, so hits differ from run to run by chance.
//!
//! **Sizes.** Daily 40 classes of 14; with `SENIM_PROVE` five waves of 256, which gives every
//! stratum at least 2,000 targets. **Limits.** The chance of every number of hits is known exactly
//! (statistics.rs): all rows together stay under z = 3 after Bonferroni, by exact one-sided
//! probabilities, and each planted leak passes five standard errors in the row made for it.

mod attacks;
mod calibration;
mod drive;
mod holdings;
mod insider;
mod journal;
mod matching;
mod operator;
mod pairs;
mod parts;
mod plan;
mod planted;
mod schedule;
mod shipped;
mod statistics;
mod table;
