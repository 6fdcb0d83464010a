//! What adversaries hold after a wave, and who is who, which only the scoring reads.

use crate::journal::Growth;
use crate::plan::Class;
use protocol::SlipCode;
use std::collections::BTreeMap;

/// A wave from beginning to end.
pub struct Holdings {
    pub classes: Vec<Class>,
    /// For each class, what its seats sent and what that left behind.
    pub sent: Vec<Vec<Sent>>,
    /// For each class, its envelopes in the order in which the release job reads them.
    pub rows: Vec<Vec<Row>>,
    pub classifiers: Classifiers,
}

/// What one pupil's tablet sent, in full.
#[derive(Debug, Clone, Default)]
pub struct Sent {
    /// The slips used, in this order.
    pub slips: Vec<SlipCode>,
    pub requests: usize,
    /// Bytes of request and reply: of the last exchange about a token, and of the response.
    pub lengths: [usize; 2],
    /// Of the pair that counted.
    pub blinded: Vec<u8>,
    pub evaluation: Vec<u8>,
    pub value: Vec<u8>,
    pub token: Vec<u8>,
    /// base64url.
    pub envelope: String,
    /// What storing the response did to the database's journal and to the log.
    pub journal: Growth,
    pub logged: usize,
    /// Seconds from the response to its reply.
    pub worked: f64,
    /// Bytes of the stored row, every column: what a backup has of it.
    pub stored: usize,
    /// How many responses of the wave were stored before.
    pub arrival: usize,
}

/// A stored response as the insider has it.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// Whose it is: the truth, for scoring alone.
    pub seat: usize,
    pub id: String,
    pub envelope: String,
    /// Every other column, where it is not null.
    pub columns: BTreeMap<String, String>,
    /// Its place among the class's responses as the release job hands them on.
    pub pool: Option<usize>,
    /// The byte of the log at which its id or envelope first appears.
    pub logged: Option<usize>,
    /// Whether another table names it.
    pub named_elsewhere: bool,
    /// From the body that brought it, which the insider has without its moment.
    pub value: Vec<u8>,
    pub token: Vec<u8>,
}

impl Row {
    /// Bytes of all its columns.
    pub fn length(&self) -> usize {
        let columns = self.columns.values().map(String::len);
        self.id.len() + self.envelope.len() + columns.sum::<usize>()
    }
}

/// How far an envelope looks like those that the operator sealed himself: higher for declined than
/// for answered, and higher for yes than for no.
pub struct Classifiers {
    pub declined: Linear,
    pub yes: Linear,
}

/// A weight for each byte of an envelope.
pub struct Linear(Vec<f64>);

impl Linear {
    /// From examples of both kinds: the difference of the means over the spread, byte by byte.
    pub fn trained(high: &[Vec<u8>], low: &[Vec<u8>]) -> Self {
        let length = high.iter().chain(low).map(Vec::len).min().unwrap_or(0);
        let of = |examples: &[Vec<u8>], at: usize, power: i32| {
            let sum: f64 = examples.iter().map(|one| f64::from(one[at]).powi(power)).sum();
            sum / examples.len() as f64
        };
        let weight = |at: usize| {
            let (mean_high, mean_low) = (of(high, at, 1), of(low, at, 1));
            let spread = of(high, at, 2) - mean_high.powi(2) + of(low, at, 2) - mean_low.powi(2);
            (mean_high - mean_low) / (spread + 1e-9)
        };
        Self((0..length).map(weight).collect())
    }

    pub fn score(&self, envelope: &[u8]) -> f64 {
        self.0.iter().zip(envelope).map(|(weight, byte)| weight * f64::from(*byte)).sum()
    }
}
