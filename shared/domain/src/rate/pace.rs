//! What is kept of one person on one number, on the head of their conversation: when the next message may go, which messages wait and in
//! which order, and how much promotion the person got. The head is written with every message anyway, so none of it costs a write.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use crate::{
    messaging::key::MessageKey,
    time::{SignedDuration, Timestamp},
};

/// What one message costs of the rate between a number and a person (Meta: one in six seconds).
const PAIR_MS: i64 = 6_000;
/// How many may go at once, to be paid back (Meta: forty-five).
const PAIR_BURST: i64 = 45;
/// How long a person counts as written to first (Meta: twenty-four hours).
const INITIATED: SignedDuration = SignedDuration::from_hours(24);
/// How many messages of one conversation may wait; more stay on their queue.
pub const LINE_MAX: usize = 50;

/// How much promotion a business sends to one person: its own cap, below WhatsApp's, which nobody can read. The time of each promotion
/// that counts lies on the head of the conversation, so there are few of them; and nobody is meant to get more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "(u8, u16)", into = "(u8, u16)")]
pub struct MarketingCap {
    messages: u8,
    hours: u16,
}

/// Why two numbers make no cap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MarketingCapError {
    /// The number of messages is beyond its bounds.
    #[error("must be between 1 and 10: to send no promotions, send none")]
    Messages,
    /// The time is.
    #[error("must be between 1 and 168, which is a week")]
    Hours,
}

impl MarketingCap {
    /// How many messages a cap may allow.
    pub const MESSAGES: RangeInclusive<u8> = 1..=10;
    /// Over how many hours it may reach.
    pub const HOURS: RangeInclusive<u16> = 1..=168;

    /// So many messages within so many hours.
    ///
    /// # Errors
    /// Refuses what is beyond [`Self::MESSAGES`] or [`Self::HOURS`].
    pub fn new(messages: u8, hours: u16) -> Result<Self, MarketingCapError> {
        if !Self::MESSAGES.contains(&messages) {
            return Err(MarketingCapError::Messages);
        }
        if !Self::HOURS.contains(&hours) {
            return Err(MarketingCapError::Hours);
        }
        Ok(Self { messages, hours })
    }

    /// How many messages.
    #[must_use]
    pub const fn messages(self) -> u8 {
        self.messages
    }

    /// Within how many hours.
    #[must_use]
    pub const fn hours(self) -> u16 {
        self.hours
    }

    /// Within how long.
    #[must_use]
    pub fn within(self) -> SignedDuration {
        SignedDuration::from_hours(i64::from(self.hours))
    }
}

impl Default for MarketingCap {
    fn default() -> Self {
        Self { messages: 2, hours: 24 }
    }
}

impl TryFrom<(u8, u16)> for MarketingCap {
    type Error = MarketingCapError;
    fn try_from((messages, hours): (u8, u16)) -> Result<Self, MarketingCapError> {
        Self::new(messages, hours)
    }
}

impl From<MarketingCap> for (u8, u16) {
    fn from(cap: MarketingCap) -> Self {
        (cap.messages, cap.hours)
    }
}

/// The state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pace {
    /// Where the virtual clock of the pair stands.
    pub pair: Option<Timestamp>,
    /// The messages that wait, the first one first.
    pub line: Vec<MessageKey>,
    /// When promotions went out, the newest last.
    pub marketing: Vec<Timestamp>,
    /// When the business last wrote first.
    pub initiated: Option<Timestamp>,
    /// How often this was written.
    pub version: u64,
}

/// A message that wants to go.
#[derive(Clone, Copy, Debug)]
pub struct PaceAsk {
    /// The message.
    pub message: MessageKey,
    /// Now.
    pub now: Timestamp,
    /// Whether it is promotion.
    pub marketing: bool,
    /// Whether the business writes first: a template outside the window.
    pub initiates: bool,
    /// The business's cap.
    pub cap: MarketingCap,
}

/// Whether it may.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pass {
    /// It may; what is then to be written.
    Go {
        /// The state after it.
        next: Box<Pace>,
        /// Whether the person is newly written to first, and so counts in the budget.
        counts: bool,
    },
    /// Another message waits before it.
    Behind,
    /// Too much went to this person at once: not before then.
    Pair(Timestamp),
    /// The person got as much promotion as the business allows.
    Enough,
}

impl Pace {
    /// Decides. A person's messages keep their order: none passes one that waits.
    #[must_use]
    pub fn pass(&self, ask: &PaceAsk) -> Pass {
        if self.line.first().is_some_and(|first| *first != ask.message) {
            return Pass::Behind;
        }
        let recent = self.recent(ask);
        if ask.marketing && recent.len() >= usize::from(ask.cap.messages()) {
            return Pass::Enough;
        }
        let now_ms = ask.now.as_millisecond();
        let clock_ms = self.pair.map_or(now_ms, |at| at.as_millisecond().max(now_ms)) + PAIR_MS;
        let early_ms = clock_ms - PAIR_MS * PAIR_BURST;
        if early_ms > now_ms {
            return Pass::Pair(Timestamp::from_millisecond(early_ms).unwrap_or(ask.now));
        }
        let counts = ask.initiates && self.initiated.is_none_or(|at| ask.now.duration_since(at) >= INITIATED);
        let mut next = Self { pair: Timestamp::from_millisecond(clock_ms).ok(), ..self.clone() };
        if ask.marketing {
            next.marketing = recent;
            next.marketing.push(ask.now);
        }
        if counts {
            next.initiated = Some(ask.now);
        }
        Pass::Go { next: Box::new(next), counts }
    }

    /// The promotions that still count. Those a shorter cap has let go are not found again by a longer one.
    fn recent(&self, ask: &PaceAsk) -> Vec<Timestamp> {
        self.marketing.iter().copied().filter(|at| ask.now.duration_since(*at) < ask.cap.within()).collect()
    }

    /// Whether it is what a person nobody wrote to lately has: what a writer may guess without having read it.
    #[must_use]
    pub fn quiet(&self, ask: &PaceAsk) -> bool {
        let pair = self.pair.is_none_or(|at| at < ask.now);
        let initiated = !ask.initiates || self.initiated.is_none_or(|at| ask.now.duration_since(at) >= INITIATED);
        pair && self.line.is_empty() && initiated && (!ask.marketing || self.recent(ask).is_empty())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(ms: i64) -> Timestamp {
        Timestamp::from_millisecond(1_793_500_000_000 + ms).unwrap()
    }

    fn key(n: u8) -> MessageKey {
        MessageKey::received(at(i64::from(n)), "wamid").reply(0)
    }

    fn ask(now: Timestamp) -> PaceAsk {
        PaceAsk { message: key(1), now, marketing: false, initiates: false, cap: MarketingCap::default() }
    }

    proptest! {
        /// Over any stretch: the burst, and one in six seconds.
        #[test]
        fn the_pair_rate_is_kept_over_any_stretch(pauses in proptest::collection::vec(0i64..20_000, 1..400)) {
            let (mut pace, mut now, mut gone) = (Pace::default(), 0, Vec::new());
            for pause in pauses {
                now += pause;
                match pace.pass(&ask(at(now))) {
                    Pass::Go { next, .. } => { pace = *next; gone.push(now); }
                    Pass::Pair(until) => prop_assert!(until > at(now)),
                    Pass::Behind | Pass::Enough => prop_assert!(false),
                }
            }
            for (i, from) in gone.iter().enumerate() {
                for (j, to) in gone.iter().enumerate().skip(i) {
                    let count = i64::try_from(j - i + 1).unwrap();
                    prop_assert!(count <= PAIR_BURST + (to - from) / PAIR_MS);
                }
            }
        }
    }

    #[test]
    fn forty_five_at_once_are_paid_back() {
        let mut pace = Pace::default();
        for _ in 0..45 {
            let Pass::Go { next, .. } = pace.pass(&ask(at(0))) else { panic!("refused within the burst") };
            pace = *next;
        }
        assert_eq!(pace.pass(&ask(at(0))), Pass::Pair(at(6_000)));
        assert!(matches!(pace.pass(&ask(at(6_000))), Pass::Go { .. }));
        assert!(!pace.quiet(&ask(at(269_000))) && pace.quiet(&ask(at(270_001))), "paid back after 45 times six seconds");
    }

    #[test]
    fn nobody_passes_who_waits_before() {
        let pace = Pace { line: vec![key(1), key(2)], ..Pace::default() };
        assert!(matches!(pace.pass(&ask(at(0))), Pass::Go { .. }), "it is its turn");
        for late in [key(2), key(3)] {
            assert_eq!(pace.pass(&PaceAsk { message: late, ..ask(at(0)) }), Pass::Behind);
        }
    }

    proptest! {
        /// Whatever cap a business lays down, no stretch of its length holds more, and what lies on the head stays as short.
        #[test]
        fn no_stretch_holds_more_promotion_than_the_cap(
            messages in MarketingCap::MESSAGES, hours in MarketingCap::HOURS, pauses in proptest::collection::vec(0i64..20 * 3_600_000, 1..60),
        ) {
            let cap = MarketingCap::new(messages, hours).unwrap();
            let (mut pace, mut now, mut gone) = (Pace::default(), 0, Vec::new());
            for pause in pauses {
                now += pause;
                match pace.pass(&PaceAsk { marketing: true, cap, ..ask(at(now)) }) {
                    Pass::Go { next, .. } => { pace = *next; gone.push(now); }
                    Pass::Enough => {
                        let counting = gone.iter().filter(|then| **then > now - i64::from(hours) * 3_600_000).count();
                        prop_assert_eq!(counting, usize::from(messages));
                    }
                    Pass::Behind | Pass::Pair(_) => prop_assert!(false),
                }
                prop_assert!(pace.marketing.len() <= usize::from(messages));
            }
        }
    }

    #[test]
    fn a_cap_has_bounds_and_reads_back() {
        assert_eq!(MarketingCap::default(), MarketingCap::new(2, 24).unwrap());
        for (messages, hours, problem) in [
            (0, 24, MarketingCapError::Messages),
            (11, 24, MarketingCapError::Messages),
            (2, 0, MarketingCapError::Hours),
            (2, 169, MarketingCapError::Hours),
        ] {
            assert_eq!(MarketingCap::new(messages, hours), Err(problem));
        }
        assert_eq!(serde_json::to_string(&MarketingCap::new(10, 168).unwrap()).unwrap(), "[10,168]");
        assert_eq!(serde_json::from_str::<MarketingCap>("[1,1]").unwrap(), MarketingCap::new(1, 1).unwrap());
        assert!(serde_json::from_str::<MarketingCap>("[0,24]").is_err());
    }

    #[test]
    fn promotion_has_a_cap() {
        let hour = 3_600_000;
        let promotion = |ms| PaceAsk { marketing: true, initiates: true, ..ask(at(ms)) };
        let Pass::Go { next, counts: true } = Pace::default().pass(&promotion(0)) else { panic!() };
        let Pass::Go { next, counts: false } = next.pass(&promotion(hour)) else { panic!("a person counts once a day") };
        assert_eq!(next.pass(&promotion(2 * hour)), Pass::Enough);
        assert!(matches!(next.pass(&ask(at(2 * hour))), Pass::Go { .. }), "answers are no promotion");
        assert!(matches!(next.pass(&promotion(24 * hour)), Pass::Go { counts: true, .. }));
    }
}
