//! What is kept of one person on one number, on the head of their conversation: when the next message may go, which messages wait and in
//! which order, and how much promotion the person got. The head is written with every message anyway, so none of it costs a write.

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

/// How much promotion a business sends to one person: its own cap, below WhatsApp's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MarketingCap {
    /// How many.
    pub messages: u8,
    /// Within how long.
    pub within: SignedDuration,
}

impl Default for MarketingCap {
    fn default() -> Self {
        Self { messages: 2, within: SignedDuration::from_hours(24) }
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
        if ask.marketing && recent.len() >= usize::from(ask.cap.messages) {
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

    /// The promotions that still count.
    fn recent(&self, ask: &PaceAsk) -> Vec<Timestamp> {
        self.marketing.iter().copied().filter(|at| ask.now.duration_since(*at) < ask.cap.within).collect()
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
