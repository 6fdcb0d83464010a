//! Whole pupil journeys, slip to "stored", as many at once as wanted, from a process of its own:
//! what it costs is told apart from what the server costs. Blinding and sealing are done before, and
//! the proof in the reply is not checked, which on tablets is not the server's machine's work.

mod connection;
mod drive;
mod generator;
mod journey;

pub use drive::drive;
pub use generator::Generator;

use protocol::{Lesson, SlipCode};
use serde::{Deserialize, Serialize};
use std::net::SocketAddr;

/// What is to be driven.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct LoadPlan {
    /// Where connections lead in turn.
    pub servers: Vec<SocketAddr>,
    /// Pupils under way at any moment. Each holds its connection and is followed on it by another.
    pub at_once: usize,
    /// Whether those wait for each other with their tokens and send in the same moment.
    pub together: bool,
    /// A packed response, the same for all: whatever is in it costs the same.
    pub packed: Vec<u8>,
    pub classes: Vec<LoadClass>,
}

/// A class session and the slips that are to be used.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct LoadClass {
    pub lesson: Lesson,
    pub slips: Vec<String>,
}

/// What became of it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct LoadResult {
    /// Responses that were acknowledged.
    pub acknowledged: usize,
    /// Journeys that ended in anything else, in words; the first few.
    pub failures: Vec<String>,
    /// Replies that asked to come again, each of which was followed.
    pub busy: usize,
    /// From the first request to the last reply.
    pub milliseconds: u64,
    /// Of the generator's own processor time meanwhile.
    pub cpu_milliseconds: u64,
    pub token: Latency,
    pub response: Latency,
}

/// Microseconds from request to reply, those that were asked to come again included.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Latency {
    pub p50: u64,
    pub p99: u64,
    pub p999: u64,
    pub longest: u64,
}

impl LoadPlan {
    /// How many pupils answer.
    pub fn journeys(&self) -> usize {
        self.classes.iter().map(|class| class.slips.len()).sum()
    }
}

impl LoadClass {
    pub fn new(lesson: &Lesson, slips: &[SlipCode]) -> Self {
        Self { lesson: lesson.clone(), slips: slips.iter().map(ToString::to_string).collect() }
    }
}

impl LoadResult {
    pub fn journeys_per_second(&self) -> u64 {
        self.acknowledged as u64 * 1000 / self.milliseconds.max(1)
    }
}

impl Latency {
    fn of(mut microseconds: Vec<u64>) -> Self {
        microseconds.sort_unstable();
        let at = |thousandth: usize| {
            let last = microseconds.len().saturating_sub(1);
            microseconds.get((microseconds.len() * thousandth / 1000).min(last)).copied()
        };
        let [p50, p99, p999, longest] =
            [500, 990, 999, 1000].map(|thousandth| at(thousandth).unwrap_or_default());
        Self { p50, p99, p999, longest }
    }
}
