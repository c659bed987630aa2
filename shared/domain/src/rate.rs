//! How fast a number may send: a virtual clock (GCRA) kept in one row of the table, leased in blocks so that a busy sender writes to
//! it once for ten messages. The arithmetic is here; the conditional update is the store's.

use crate::{messaging::inbound::Tier, time::Timestamp};

/// How many messages a busy sender leases at a time.
pub const BLOCK: u32 = 10;

/// The limits of one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Messages a second.
    pub per_second: u16,
}

/// The right to send so many messages until then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lease {
    /// How many.
    pub tokens: u32,
    /// What is not used by then is lost.
    pub until: Timestamp,
}

/// What to ask of the row, in microseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// Now.
    pub now_us: i64,
    /// How far this lease moves the virtual clock.
    pub cost_us: i64,
    /// The lease is given if the clock stands at or before this.
    pub latest_us: i64,
}

impl Limits {
    /// The virtual time one message takes.
    fn interval_us(self) -> i64 {
        1_000_000 / i64::from(self.per_second.max(1))
    }

    /// What to ask for `tokens` messages of this tier. The clock may run ahead of now by one second at most, less what is kept free
    /// for more urgent tiers: campaigns leave 60 %, conversation 30 %, orders 10 %, payments nothing.
    #[must_use]
    pub fn attempt(self, now: Timestamp, tier: Tier, tokens: u32) -> Attempt {
        let now_us = now.as_microsecond();
        let cost_us = self.interval_us() * i64::from(tokens);
        let kept_percent = match tier {
            Tier::P0 => 0,
            Tier::P1 => 10,
            Tier::P2 => 30,
            Tier::P3 => 60,
        };
        let ahead_us = 1_000_000 * (100 - kept_percent) / 100;
        Attempt { now_us, cost_us, latest_us: now_us + ahead_us - cost_us }
    }

    /// How long to wait until the clock, standing at `clock_us`, lets this attempt through.
    #[must_use]
    pub fn wait_us(attempt: Attempt, clock_us: i64) -> i64 {
        (clock_us - attempt.latest_us).max(0)
    }
}

/// How many messages to lease: a block when more is waiting, one when not.
#[must_use]
pub const fn lease_size(waiting: u32) -> u32 {
    if waiting >= BLOCK {
        BLOCK
    } else if waiting == 0 {
        1
    } else {
        waiting
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The row, as the store's conditional update treats it.
    fn take(clock_us: &mut i64, attempt: Attempt) -> bool {
        let free = *clock_us <= attempt.latest_us;
        if free {
            *clock_us = (*clock_us).max(attempt.now_us) + attempt.cost_us;
        }
        free
    }

    proptest! {
        /// Over any stretch of time, what is leased fits the rate plus the one second the clock may run ahead.
        #[test]
        fn leases_never_exceed_rate_and_burst(steps in proptest::collection::vec((0i64..200_000, 0usize..4, 1u32..=10), 1..300), per_second in prop_oneof![Just(20u16), Just(80), Just(1000)]) {
            let limits = Limits { per_second };
            let (mut now_us, mut clock_us, mut leased) = (1_000_000_000_i64, 0_i64, 0_i64);
            let start = now_us;
            for (pause_us, tier, tokens) in steps {
                now_us += pause_us;
                let attempt = limits.attempt(Timestamp::from_microsecond(now_us).unwrap(), Tier::ALL[tier], tokens);
                if take(&mut clock_us, attempt) {
                    leased += i64::from(tokens);
                }
                prop_assert!(leased * limits.interval_us() <= now_us - start + 1_000_000);
            }
        }

        /// When campaigns are refused, payments still get through until the whole second is used.
        #[test]
        fn urgent_tiers_have_room_left(ahead_us in 400_001i64..800_000) {
            let limits = Limits { per_second: 80 };
            let now = Timestamp::from_second(1_793_500_000).unwrap();
            let clock = now.as_microsecond() + ahead_us;
            prop_assert!(clock > limits.attempt(now, Tier::P3, 1).latest_us);
            prop_assert!(clock <= limits.attempt(now, Tier::P0, 1).latest_us);
        }
    }

    #[test]
    fn a_busy_sender_leases_blocks() {
        assert_eq!((lease_size(0), lease_size(1), lease_size(4), lease_size(25)), (1, 1, 4, 10));
    }
}
