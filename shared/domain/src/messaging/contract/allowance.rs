//! The service messages WhatsApp gives away each month, counted by ourselves.
//!
//! WhatsApp tells nobody how many are left. Whoever sends counts a message when it is about to go and hands the count over where the row
//! of the number's rate is written anyway, so it costs nothing. It is an estimate: a sandbox that ends within a lease takes up to nine
//! uncounted with it, what fails on the way to the phone stays counted, and what another program sends from the number is not seen.
//! What rests on it says so.

use std::{fmt, ops::RangeInclusive};

use serde::{Deserialize, Serialize};

use super::{Decision, Verdict};
use crate::{
    messaging::pricing::{Category, Cost, INDIA_AHEAD},
    time::{SignedDuration, TimeZone, Timestamp},
};

/// How many service messages a month a number may send without charge, while a business lays down nothing else. Not every price list
/// of WhatsApp's has it, so it can be set.
const FREE_SERVICE_MESSAGES: u32 = 1_000;
/// For how long a sandbox relies on what it last saw of the count: others count too.
const FRESH: SignedDuration = SignedDuration::from_mins(15);

/// How many of the month's free service messages a number has left.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Allowance {
    /// Nobody here has looked; so the cost is "at most".
    #[default]
    Unknown,
    /// About this many, by our own count.
    About(u32),
}

/// How WhatsApp bills the account of a business: what has to be known to count what is free.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "(u32, i16)", into = "(u32, i16)")]
pub struct Billing {
    free_service_messages: u32,
    utc_offset_minutes: i16,
}

/// Why two numbers say nothing about billing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BillingError {
    /// More messages than anybody gets for nothing.
    #[error("must be between 0 and 1000000")]
    FreeServiceMessages,
    /// No place on earth has this time.
    #[error("must be between -720 and 840, such as 330 for India")]
    UtcOffset,
}

impl Billing {
    /// How many free messages a month may have.
    pub const FREE: RangeInclusive<u32> = 0..=1_000_000;
    /// How far a clock on earth may be from UTC, in minutes.
    pub const OFFSETS: RangeInclusive<i16> = -720..=840;

    /// So many free service messages a month, whose days begin so many minutes before those of UTC: by the time zone of the account.
    ///
    /// # Errors
    /// Refuses what is beyond [`Self::FREE`] or [`Self::OFFSETS`].
    pub fn new(free_service_messages: u32, utc_offset_minutes: i16) -> Result<Self, BillingError> {
        if !Self::FREE.contains(&free_service_messages) {
            return Err(BillingError::FreeServiceMessages);
        }
        if !Self::OFFSETS.contains(&utc_offset_minutes) {
            return Err(BillingError::UtcOffset);
        }
        Ok(Self { free_service_messages, utc_offset_minutes })
    }

    /// How many service messages a month are free.
    #[must_use]
    pub const fn free_service_messages(self) -> u32 {
        self.free_service_messages
    }

    /// How far the account's time is ahead of UTC, in minutes.
    #[must_use]
    pub const fn utc_offset_minutes(self) -> i16 {
        self.utc_offset_minutes
    }

    /// The month it is for the account.
    #[must_use]
    pub fn month(self, now: Timestamp) -> Month {
        let ahead = SignedDuration::from_mins(i64::from(self.utc_offset_minutes));
        let there = TimeZone::UTC.to_datetime(now.checked_add(ahead).unwrap_or(now));
        Month(i32::from(there.year()) * 12 + i32::from(there.month()) - 1)
    }

    /// What is left when so many have been counted.
    #[must_use]
    pub fn left(self, counted: i64) -> u32 {
        self.free_service_messages.saturating_sub(u32::try_from(counted.max(0)).unwrap_or(u32::MAX))
    }
}

impl Default for Billing {
    fn default() -> Self {
        let utc_offset_minutes = i16::try_from(INDIA_AHEAD.as_secs() / 60).unwrap_or_default();
        Self { free_service_messages: FREE_SERVICE_MESSAGES, utc_offset_minutes }
    }
}

impl TryFrom<(u32, i16)> for Billing {
    type Error = BillingError;
    fn try_from((free_service_messages, utc_offset_minutes): (u32, i16)) -> Result<Self, BillingError> {
        Self::new(free_service_messages, utc_offset_minutes)
    }
}

impl From<Billing> for (u32, i16) {
    fn from(billing: Billing) -> Self {
        (billing.free_service_messages, billing.utc_offset_minutes)
    }
}

/// A month of some account's calendar, shown as `202611`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Month(i32);

impl Month {
    /// The month before.
    #[must_use]
    pub const fn before(self) -> Self {
        Self(self.0 - 1)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}{:02}", self.0.div_euclid(12), self.0.rem_euclid(12) + 1)
    }
}

/// What is to be added to a month's count. Less than nothing, when messages that were counted did not go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Addition {
    /// The month.
    pub month: Month,
    /// How many.
    pub service_messages: i64,
}

/// What one sandbox has counted of a number's service messages and not handed over, and what it last saw of the whole count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    unreported: i64,
    seen: Option<Seen>,
}

/// A count, as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Seen {
    month: Month,
    count: i64,
    at: Timestamp,
}

impl Tally {
    /// A message is about to go.
    pub const fn goes(&mut self) {
        self.unreported = self.unreported.saturating_add(1);
    }

    /// It did not go after all.
    pub const fn stays(&mut self) {
        self.unreported = self.unreported.saturating_sub(1);
    }

    /// What to hand over now.
    #[must_use]
    pub const fn addition(&self, month: Month) -> Addition {
        Addition { month, service_messages: self.unreported }
    }

    /// It was handed over; the month's count is this now.
    pub const fn handed_over(&mut self, addition: &Addition, count: i64, at: Timestamp) {
        self.unreported = self.unreported.saturating_sub(addition.service_messages);
        self.seen = Some(Seen { month: addition.month, count, at });
    }

    /// What is left of the month's free messages, as far as it is known here.
    #[must_use]
    pub fn allowance(&self, billing: Billing, now: Timestamp) -> Allowance {
        let month = billing.month(now);
        match self.seen {
            Some(seen) if seen.month == month && now.duration_since(seen.at) < FRESH => {
                Allowance::About(billing.left(seen.count.saturating_add(self.unreported)))
            }
            Some(_) | None => Allowance::Unknown,
        }
    }
}

impl Verdict {
    /// Whether the message is one of those of which some are free each month.
    #[must_use]
    pub fn uses_allowance(self) -> bool {
        self.decision == Decision::Allow && self.category == Category::Service && !matches!(self.cost, Cost::Free(_))
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
    fn a_month_is_that_of_the_account() {
        let india = Billing::default();
        assert_eq!((india.free_service_messages(), india.utc_offset_minutes()), (1_000, 330));
        let new_york = Billing::new(1_000, -300).unwrap();
        for (now, here, there) in [
            ("2026-10-31T18:29:59Z", "202610", "202610"),
            ("2026-10-31T18:30:00Z", "202611", "202610"),
            ("2026-11-01T05:00:00Z", "202611", "202611"),
            ("2026-12-31T20:00:00Z", "202701", "202612"),
        ] {
            assert_eq!((india.month(at(now)).to_string().as_str(), new_york.month(at(now)).to_string().as_str()), (here, there), "{now}");
        }
        assert_eq!(india.month(at("2027-01-15T00:00:00Z")).before().to_string(), "202612");
    }

    #[test]
    fn billing_has_bounds_and_reads_back() {
        assert_eq!(Billing::new(1_000_001, 0), Err(BillingError::FreeServiceMessages));
        assert_eq!(Billing::new(0, 841), Err(BillingError::UtcOffset));
        assert_eq!(serde_json::to_string(&Billing::default()).unwrap(), "[1000,330]");
        assert!(serde_json::from_str::<Billing>("[1000,-721]").is_err());
    }

    #[test]
    fn what_is_known_is_of_this_month_and_not_old() {
        let (billing, now) = (Billing::default(), at("2026-10-31T18:20:00Z"));
        let mut tally = Tally::default();
        tally.goes();
        assert_eq!(tally.allowance(billing, now), Allowance::Unknown, "nobody has looked");
        tally.handed_over(&tally.addition(billing.month(now)), 998, now);
        assert_eq!(tally.allowance(billing, now), Allowance::About(2));
        tally.goes();
        tally.goes();
        tally.goes();
        assert_eq!(tally.allowance(billing, now), Allowance::About(0), "those not handed over count");
        tally.stays();
        tally.stays();
        assert_eq!(tally.allowance(billing, now), Allowance::About(1));
        assert_eq!(tally.allowance(billing, at("2026-10-31T18:30:00Z")), Allowance::Unknown, "another month");
        tally.handed_over(&tally.addition(billing.month(now)), 3, at("2026-11-01T10:00:00Z"));
        assert_eq!(tally.allowance(billing, at("2026-11-01T10:15:00Z")), Allowance::Unknown, "of another month, and old");
    }

    proptest! {
        /// However sandboxes take turns, what they hand over and still hold is what went.
        #[test]
        fn nothing_is_counted_twice(steps in proptest::collection::vec((0usize..3, 0u8..4), 0..200)) {
            let month = Billing::default().month(at("2026-11-10T00:00:00Z"));
            let (mut tallies, mut row, mut went) = ([Tally::default(), Tally::default(), Tally::default()], 0, 0);
            for (sandbox, step) in steps {
                match step {
                    0 | 1 => { tallies[sandbox].goes(); went += 1; }
                    2 => { tallies[sandbox].stays(); went -= 1; }
                    _ => {
                        let addition = tallies[sandbox].addition(month);
                        // While the row is asked, the next message of the sandbox may already be counted.
                        tallies[sandbox].goes();
                        went += 1;
                        row += addition.service_messages;
                        tallies[sandbox].handed_over(&addition, row, at("2026-11-10T00:00:00Z"));
                    }
                }
            }
            let held: i64 = tallies.iter().map(|tally| tally.addition(month).service_messages).sum();
            prop_assert_eq!(row + held, went);
        }
    }
}
