//! The hours in which a business leaves people in peace.

use serde::{Deserialize, Serialize};

use crate::{
    messaging::pricing::INDIA_AHEAD,
    time::{SignedDuration, Timestamp},
};

const MINUTES_OF_DAY: u16 = 24 * 60;

/// Hours of every day, in India's time, in which nothing is sent that nobody waits for. They may run over midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "(u16, u16)", into = "(u16, u16)")]
pub struct QuietHours {
    from_minute: u16,
    to_minute: u16,
}

/// Why two times make no quiet hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must be two different times of the day, like 21:00 and 09:00")]
pub struct QuietHoursError;

impl QuietHours {
    /// Takes the minutes of the day at which they begin and end.
    ///
    /// # Errors
    /// Refuses minutes beyond a day, and hours that would be empty or never end.
    pub fn new(from_minute: u16, to_minute: u16) -> Result<Self, QuietHoursError> {
        if from_minute >= MINUTES_OF_DAY || to_minute >= MINUTES_OF_DAY || from_minute == to_minute {
            return Err(QuietHoursError);
        }
        Ok(Self { from_minute, to_minute })
    }

    /// The minute of the day at which they begin.
    #[must_use]
    pub const fn from_minute(self) -> u16 {
        self.from_minute
    }

    /// The minute of the day at which they end.
    #[must_use]
    pub const fn to_minute(self) -> u16 {
        self.to_minute
    }

    /// When they will be over; `None` when they do not run.
    #[must_use]
    pub fn end(self, now: Timestamp) -> Option<Timestamp> {
        let day_s = i64::from(MINUTES_OF_DAY) * 60;
        let second = (now.as_second() + INDIA_AHEAD.as_secs()).rem_euclid(day_s);
        let (from, to) = (i64::from(self.from_minute) * 60, i64::from(self.to_minute) * 60);
        let length = (to - from).rem_euclid(day_s);
        let since = (second - from).rem_euclid(day_s);
        if since >= length {
            return None;
        }
        let whole = Timestamp::from_second(now.as_second()).ok()?;
        whole.checked_add(SignedDuration::from_secs(length - since)).ok()
    }
}

impl TryFrom<(u16, u16)> for QuietHours {
    type Error = QuietHoursError;
    fn try_from((from_minute, to_minute): (u16, u16)) -> Result<Self, QuietHoursError> {
        Self::new(from_minute, to_minute)
    }
}

impl From<QuietHours> for (u16, u16) {
    fn from(hours: QuietHours) -> Self {
        (hours.from_minute, hours.to_minute)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(raw: &str) -> Timestamp {
        raw.parse().unwrap()
    }

    #[test]
    fn they_run_over_midnight_in_indian_time() {
        let night = QuietHours::new(21 * 60, 9 * 60).unwrap();
        for (now, end) in [
            ("2026-11-01T15:29:59Z", None),
            ("2026-11-01T15:30:00Z", Some("2026-11-02T03:30:00Z")),
            ("2026-11-01T19:00:00Z", Some("2026-11-02T03:30:00Z")),
            ("2026-11-02T03:29:59.5Z", Some("2026-11-02T03:30:00Z")),
            ("2026-11-02T03:30:00Z", None),
        ] {
            assert_eq!(night.end(at(now)), end.map(at), "{now}");
        }
        let noon = QuietHours::new(13 * 60, 14 * 60).unwrap();
        assert_eq!(noon.end(at("2026-11-01T08:00:00Z")), Some(at("2026-11-01T08:30:00Z")));
        assert_eq!(noon.end(at("2026-11-01T20:00:00Z")), None);
    }

    #[test]
    fn impossible_hours_are_refused() {
        for (from, to) in [(0, 0), (1_440, 10), (10, 1_440), (600, 600)] {
            assert_eq!(QuietHours::new(from, to), Err(QuietHoursError));
        }
        assert!(serde_json::from_str::<QuietHours>("[600,600]").is_err());
        assert_eq!(serde_json::to_string(&QuietHours::new(1_260, 540).unwrap()).unwrap(), "[1260,540]");
    }

    proptest! {
        #[test]
        fn their_end_is_ahead_within_a_day_and_outside_of_them(from in 0u16..1440, to in 0u16..1440, second in 1_700_000_000_i64..1_900_000_000) {
            prop_assume!(from != to);
            let hours = QuietHours::new(from, to).unwrap();
            let now = Timestamp::from_second(second).unwrap();
            if let Some(end) = hours.end(now) {
                prop_assert!(end > now && end.duration_since(now) <= SignedDuration::from_hours(24));
                prop_assert_eq!(hours.end(end), None);
            }
        }
    }
}
