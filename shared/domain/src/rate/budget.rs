//! How many people a business may write to first within twenty-four hours: Meta's limit of the portfolio. Only a template to a person
//! whose window is closed uses it up, and each person once a day.
//!
//! The count lies in one row, in hours. A block of ten is taken at once, so that a campaign writes it once for ten people.

use crate::time::{Timestamp, hour};

/// What a new business may.
pub const DAY_LIMIT_NEW: u32 = 250;
/// How many hours a count is held against the limit: the twenty-four before this one, and this one.
const HOURS: i64 = 24;

/// What is counted, by the hour.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Budget {
    /// Hours and how many people were written to first in each.
    pub hours: Vec<(i64, u32)>,
}

impl Budget {
    /// How many count at this time. The oldest hour counts to its end, so the limit is never passed within any twenty-four hours.
    #[must_use]
    pub fn used(&self, now: Timestamp) -> u32 {
        let now = hour(now);
        self.hours.iter().filter(|(at, _)| (now - HOURS..=now).contains(at)).map(|(_, count)| *count).fold(0, u32::saturating_add)
    }

    /// Hours whose counts no longer matter.
    #[must_use]
    pub fn over(&self, now: Timestamp) -> Vec<i64> {
        let now = hour(now);
        self.hours.iter().map(|(at, _)| *at).filter(|at| *at < now - HOURS).collect()
    }

    /// When the oldest hour that counts is over: before it nothing is to be had.
    #[must_use]
    pub fn frees_at(&self, now: Timestamp) -> Timestamp {
        let this = hour(now);
        let oldest = self.hours.iter().filter(|(at, count)| *count > 0 && (this - HOURS..=this).contains(at)).map(|(at, _)| *at).min();
        let at = oldest.unwrap_or(this) + HOURS + 1;
        Timestamp::from_second(at * 3_600).unwrap_or(now)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Whatever is taken while the count lets it, no twenty-four hours hold more than the limit.
        #[test]
        fn no_day_holds_more_than_the_limit(steps in proptest::collection::vec((0i64..7_200, 1u32..=10), 1..300), limit in 10u32..100) {
            let mut now = 1_793_500_000_i64;
            let mut budget = Budget::default();
            let mut taken: Vec<(i64, u32)> = Vec::new();
            for (pause, wish) in steps {
                now += pause;
                let at = Timestamp::from_second(now).unwrap();
                if budget.used(at) + wish <= limit {
                    budget.hours.push((hour(at), wish));
                    taken.push((now, wish));
                } else {
                    prop_assert!(budget.frees_at(at) > at);
                }
                let day: u32 = taken.iter().filter(|(when, _)| *when > now - 24 * 3_600).map(|(_, count)| count).sum();
                prop_assert!(day <= limit);
                let over = budget.over(at);
                budget.hours.retain(|(hour, _)| !over.contains(hour));
            }
        }
    }

    #[test]
    fn the_oldest_hour_frees_what_it_held() {
        let now = Timestamp::from_second(100 * 3_600 + 30).unwrap();
        let budget = Budget { hours: vec![(90, 5), (80, 250), (70, 9)] };
        assert_eq!((budget.used(now), budget.over(now)), (255, vec![70]));
        assert_eq!(budget.frees_at(now), Timestamp::from_second(105 * 3_600).unwrap());
        assert_eq!(budget.used(budget.frees_at(now)), 5);
    }
}
