//! How fast a number may send. A clock in one row of the table hands out *slots*, each a moment at which one message may go; they are
//! leased in blocks, so that a busy sender writes once for ten messages. The arithmetic is here, the conditional update is the store's.
//!
//! The promise: in no second whatever, wherever it begins, does a number send more than its limit. Slots lie `interval` apart; a slot is
//! good for a few milliseconds and then lost. So in any second there are uses of at most as many slots as fit into a second, those
//! milliseconds and the error of two clocks, and the interval is chosen such that this is the limit. There is no burst on top.

mod budget;
#[cfg(test)]
mod conformance;
mod pace;
mod patience;

pub use budget::{Budget, DAY_LIMIT_NEW};
pub use pace::{LINE_MAX, MarketingCap, MarketingCapError, Pace, PaceAsk, Pass};
pub use patience::Patience;

use crate::{
    messaging::inbound::Tier,
    time::{SignedDuration, Timestamp},
};

/// How many messages a busy sender leases at a time.
pub const BLOCK: u32 = 10;
/// How long after its moment a slot is still good, in microseconds.
pub const LATE_US: i64 = 15_000;
/// By how much the clock of a function may be wrong, in microseconds.
pub const SKEW_US: i64 = 5_000;
/// How far ahead of now the slots begin when the number is idle: what asking for them takes, in microseconds.
pub const LEAD_MIN_US: i64 = 10_000;
/// The furthest ahead.
pub const LEAD_MAX_US: i64 = 300_000;
/// What a second is, in microseconds.
const SECOND_US: i64 = 1_000_000;

/// The limits of one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Messages a second, sent and received together: 20 with the phone app, 80, or 1000.
    pub per_second: u16,
}

/// The right to send at some moments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lease {
    first_us: i64,
    interval_us: i64,
    left: u32,
}

/// What to ask of the row, in microseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ask {
    /// Where the slots begin if the clock stands before it: now, and what asking takes.
    pub start_us: i64,
    /// How far this lease moves the clock.
    pub cost_us: i64,
    /// The lease is given if the clock stands at or before this.
    pub latest_us: i64,
    interval_us: i64,
    messages: u32,
}

/// How the row is written: DynamoDB knows no "the later of two", so whoever asks guesses where the clock stands, and is told when it is
/// elsewhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// The clock stands before the start, or there is none: it is set to start and cost.
    #[default]
    Idle,
    /// It stands between start and latest: the cost is added.
    Busy,
}

/// What became of asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// The slots begin there.
    From(i64),
    /// The guess was wrong.
    Guess(Form),
    /// Nothing before so many microseconds.
    Wait(i64),
}

/// How many messages one message counts as. A reply counts for what it answers too: what comes in is under the same limit, and counting
/// it here costs nothing, where counting it as it comes in would cost a write each.
#[must_use]
pub const fn weight(answers: bool) -> u32 {
    if answers { 2 } else { 1 }
}

impl Limits {
    /// How far apart slots lie.
    #[must_use]
    pub fn interval_us(self) -> i64 {
        let limit = i64::from(self.per_second.max(1));
        let seen = SECOND_US + LATE_US + 2 * SKEW_US;
        (seen + limit - 1) / limit
    }

    /// What to ask for so many messages of this weight and tier. `lead_us` is what asking takes.
    ///
    /// The clock may run ahead of now by a second, less what is kept free for more urgent tiers: campaigns may ask while 60 % of the
    /// second is free, conversation 30 %, orders 10 %, payments always.
    #[must_use]
    pub fn ask(self, now: Timestamp, tier: Tier, messages: u32, weight: u32, lead_us: i64) -> Ask {
        let now_us = now.as_microsecond();
        let interval_us = self.interval_us() * i64::from(weight.max(1));
        let kept_percent = match tier {
            Tier::P0 => 0,
            Tier::P1 => 10,
            Tier::P2 => 30,
            Tier::P3 => 60,
        };
        let start_us = now_us + lead_us.clamp(LEAD_MIN_US, LEAD_MAX_US);
        let ahead_us = SECOND_US * (100 - kept_percent) / 100;
        let messages = messages.clamp(1, BLOCK);
        Ask { start_us, cost_us: interval_us * i64::from(messages), latest_us: (now_us + ahead_us).max(start_us), interval_us, messages }
    }
}

impl Ask {
    /// What the row says, standing at `clock_us` (`None`: it is not there): the rule the store's condition repeats.
    #[must_use]
    pub fn answer(&self, clock_us: Option<i64>, form: Form) -> Told {
        match (clock_us, form) {
            (None, Form::Idle) => Told::From(self.start_us),
            (None, Form::Busy) => Told::Guess(Form::Idle),
            (Some(clock), Form::Idle) if clock < self.start_us => Told::From(self.start_us),
            (Some(clock), Form::Busy) if clock < self.start_us => Told::Guess(Form::Idle),
            (Some(clock), Form::Idle | Form::Busy) if clock > self.latest_us => Told::Wait(clock - self.latest_us),
            (Some(_), Form::Idle) => Told::Guess(Form::Busy),
            (Some(clock), Form::Busy) => Told::From(clock),
        }
    }

    /// The lease whose slots begin there.
    #[must_use]
    pub fn lease(&self, first_us: i64) -> Lease {
        Lease { first_us, interval_us: self.interval_us, left: self.messages }
    }
}

impl Lease {
    /// Takes the next slot that is still good: the moment from which on it may be used, until [`usable`](Self::usable) says no.
    pub fn take(&mut self, now: Timestamp) -> Option<Timestamp> {
        let now_us = now.as_microsecond();
        while self.left > 0 {
            let slot = self.first_us;
            self.first_us += self.interval_us;
            self.left -= 1;
            if now_us <= slot + LATE_US {
                return Timestamp::from_microsecond(slot).ok();
            }
        }
        None
    }

    /// Whether a slot may be used now.
    #[must_use]
    pub fn usable(slot: Timestamp, now: Timestamp) -> bool {
        (0..=LATE_US).contains(&(now.as_microsecond() - slot.as_microsecond()))
    }

    /// How long from now its first slot is, if any is left.
    #[must_use]
    pub fn wait(&self, now: Timestamp) -> Option<SignedDuration> {
        (self.left > 0).then(|| SignedDuration::from_micros((self.first_us - now.as_microsecond()).max(0)))
    }
}

/// For how many messages to lease: a block when more is waiting, one when not.
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
