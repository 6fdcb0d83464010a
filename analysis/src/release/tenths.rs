use serde::de::{Error, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// Tenths of a percentage point, 0 to 1000: `Tenths(195)` is 19.5 %.
///
/// In files a number in percentage points, `19.5` or `20`. A tenth is not a binary fraction, so
/// the value is kept as a whole number and the file gives back exactly what was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tenths(pub u16);

impl Tenths {
    /// 0 %.
    pub const NONE: Self = Self(0);
    /// 100 %.
    pub const ALL: Self = Self(1000);

    /// From 0 to 1.
    pub fn fraction(self) -> f64 {
        f64::from(self.0) / 1000.0
    }
}

impl fmt::Display for Tenths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0 / 10, self.0 % 10) {
            (whole, 0) => write!(f, "{whole}"),
            (whole, tenth) => write!(f, "{whole}.{tenth}"),
        }
    }
}

impl Serialize for Tenths {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.is_multiple_of(10) {
            serializer.serialize_u16(self.0 / 10)
        } else {
            // The nearest double to k/10 is printed with its shortest digits, which are those of k/10.
            serializer.serialize_f64(f64::from(self.0) / 10.0)
        }
    }
}

impl<'de> Deserialize<'de> for Tenths {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Percentage)
    }
}

struct Percentage;

impl Visitor<'_> for Percentage {
    type Value = Tenths;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a percentage from 0 to 100 with at most one decimal")
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Tenths, E> {
        u16::try_from(value)
            .ok()
            .filter(|whole| *whole <= 100)
            .map(|whole| Tenths(whole * 10))
            .ok_or_else(|| E::invalid_value(Unexpected::Unsigned(value), &self))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Tenths, E> {
        // A cast from a float saturates, so what is out of range stays out of range.
        let tenths = (value * 10.0).round() as u16;
        if tenths <= 1000 && f64::from(tenths) / 10.0 == value {
            Ok(Tenths(tenths))
        } else {
            Err(E::invalid_value(Unexpected::Float(value), &self))
        }
    }
}
