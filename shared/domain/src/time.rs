//! Time as an argument: the domain never asks a clock.

pub use jiff::{SignedDuration, Timestamp, Zoned, civil, tz::TimeZone};

use crate::id::IdSource;

/// When and with which ids a use case runs: made once per invocation by `shared::boot`, handed down from there.
#[derive(Debug)]
pub struct Moment {
    /// The time of the invocation.
    pub now: Timestamp,
    /// Fresh ids of this invocation.
    pub ids: IdSource,
}

impl Moment {
    /// Makes a moment at `now` whose ids come from sixteen random bytes.
    #[must_use]
    pub fn new(now: Timestamp, seed: [u8; 16]) -> Self {
        Self { now, ids: IdSource::new(now, seed) }
    }
}

/// The hour a time falls into, counted from 1970 in UTC: index keys move at most once an hour.
#[must_use]
pub fn hour(at: Timestamp) -> i64 {
    at.as_second().div_euclid(3600)
}

/// The minute a time falls into, counted from 1970 in UTC: timers lie in partitions of a minute.
#[must_use]
pub fn minute(at: Timestamp) -> i64 {
    at.as_second().div_euclid(60)
}
