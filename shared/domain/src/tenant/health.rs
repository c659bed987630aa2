//! How a number and its account stand with the provider: what webhooks tell of quality, limits, name, restriction and review.
//!
//! Each fact keeps the time it was told for; a newer one replaces it, so that news may come twice, late or out of order.

use serde::{Deserialize, Serialize};

use super::NumberId;
use crate::{text::Text, time::Timestamp};

/// Something the provider told of a number or an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum News {
    /// Whether people complain so much that the number is flagged.
    Flagged(bool),
    /// How many people may be written to first within 24 hours.
    Limit(DailyLimit),
    /// Whether the number has the high throughput.
    HighThroughput(bool),
    /// What became of the name it wants to be shown under.
    Name(NameDecision),
    /// What it may not do. The list is whole: what is not in it is allowed again.
    Restrictions(Vec<Restriction>),
    /// What was held against the account.
    Violation(Text<64>),
    /// That the account is to be switched off, or has been, or is on again.
    Ban(Ban),
    /// The account's review: `APPROVED`, `REJECTED`, …
    Review(Text<32>),
    /// An alert.
    Alert(Alert),
    /// What happened to the PIN.
    Security(Text<64>),
    /// What became of the user name.
    Username(Username),
    /// How a payment configuration stands.
    Payment(PaymentConfiguration),
    /// How far the old messages have come.
    History(HistoryProgress),
    /// Something else that happened to the account, by Meta's name.
    Account(Text<64>),
}

/// How far the old messages of a number have come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct HistoryProgress {
    /// How much, in percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<u8>,
    /// Meta's code of why there are none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declined: Option<i64>,
}

/// How many people may be written to first within 24 hours.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum DailyLimit {
    /// So many.
    People(u32),
    /// As many as one likes.
    Unlimited,
    /// Meta has not said, or in a word we do not know.
    Unknown(Text<32>),
}

impl DailyLimit {
    /// Reads Meta's name of a tier, such as `TIER_2K`.
    #[must_use]
    pub fn of_tier(tier: &str) -> Option<Self> {
        let name = tier.strip_prefix("TIER_").unwrap_or(tier);
        let (digits, factor) = name.strip_suffix('K').map_or((name, 1), |digits| (digits, 1_000));
        match (name, digits.parse::<u32>()) {
            ("UNLIMITED", _) => Some(Self::Unlimited),
            (_, Ok(count)) => count.checked_mul(factor).map(Self::People),
            (_, Err(_)) => Text::cut(tier).map(Self::Unknown),
        }
    }

    /// Reads a count; Meta writes minus one for no limit.
    #[must_use]
    pub fn of_count(count: i64) -> Self {
        u32::try_from(count).map_or(Self::Unlimited, Self::People)
    }
}

/// What became of a name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct NameDecision {
    /// `APPROVED`, `DEFERRED`, `PENDING`, `REJECTED`, …
    pub decision: Text<32>,
    /// The name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Text<256>>,
    /// Why it was rejected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text<256>>,
}

/// Something a number may not do for a while.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Restriction {
    /// Meta's name of it.
    pub kind: Text<64>,
    /// Until when, if Meta says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
}

/// That an account is switched off.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Ban {
    /// `SCHEDULE_FOR_DISABLE`, `DISABLE`, `REINSTATE`, …
    pub state: Text<32>,
    /// When, as Meta writes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Text<64>>,
}

/// An alert.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Alert {
    /// `CRITICAL`, `WARNING`, `INFORMATIONAL`, …
    pub severity: Text<32>,
    /// What about.
    pub kind: Text<128>,
    /// `ACTIVE`, `NONE`, …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<Text<32>>,
    /// Meta's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Text<512>>,
}

/// What became of a user name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Username {
    /// The name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Text<64>>,
    /// `approved`, `deleted`, `reserved`, …
    pub status: Text<32>,
}

/// How a payment configuration stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PaymentConfiguration {
    /// Its name.
    pub name: Text<128>,
    /// Whose gateway it leads to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider: Option<Text<64>>,
    /// `Active`, `Needs Connecting`, `Needs Testing`, …
    pub status: Text<32>,
}

/// A fact and when it was told for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Noted<T> {
    /// The fact.
    #[serde(rename = "v")]
    pub value: T,
    /// When, by the provider's clock.
    #[serde(rename = "t")]
    pub at: Timestamp,
}

/// How a number, or an account, stands with the provider.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberHealth {
    /// The number: by the provider's id, or by the digits people see; or the account.
    pub id: NumberId,
    /// Whether it is flagged.
    #[serde(rename = "fl", default, skip_serializing_if = "Option::is_none")]
    pub flagged: Option<Noted<bool>>,
    /// How many people may be written to first within 24 hours.
    #[serde(rename = "li", default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<Noted<DailyLimit>>,
    /// Whether it has the high throughput.
    #[serde(rename = "tp", default, skip_serializing_if = "Option::is_none")]
    pub high_throughput: Option<Noted<bool>>,
    /// The name.
    #[serde(rename = "nm", default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Noted<NameDecision>>,
    /// What it may not do.
    #[serde(rename = "rs", default, skip_serializing_if = "Option::is_none")]
    pub restrictions: Option<Noted<Vec<Restriction>>>,
    /// What was held against it.
    #[serde(rename = "vi", default, skip_serializing_if = "Option::is_none")]
    pub violation: Option<Noted<Text<64>>>,
    /// Whether it is switched off.
    #[serde(rename = "bn", default, skip_serializing_if = "Option::is_none")]
    pub ban: Option<Noted<Ban>>,
    /// The review.
    #[serde(rename = "rv", default, skip_serializing_if = "Option::is_none")]
    pub review: Option<Noted<Text<32>>>,
    /// The last alert.
    #[serde(rename = "al", default, skip_serializing_if = "Option::is_none")]
    pub alert: Option<Noted<Alert>>,
    /// What happened to the PIN last.
    #[serde(rename = "se", default, skip_serializing_if = "Option::is_none")]
    pub security: Option<Noted<Text<64>>>,
    /// The user name.
    #[serde(rename = "us", default, skip_serializing_if = "Option::is_none")]
    pub username: Option<Noted<Username>>,
    /// The payment configuration spoken of last.
    #[serde(rename = "pc", default, skip_serializing_if = "Option::is_none")]
    pub payment: Option<Noted<PaymentConfiguration>>,
    /// How far the old messages have come.
    #[serde(rename = "hi", default, skip_serializing_if = "Option::is_none")]
    pub history: Option<Noted<HistoryProgress>>,
    /// What else happened last.
    #[serde(rename = "ac", default, skip_serializing_if = "Option::is_none")]
    pub account: Option<Noted<Text<64>>>,
}

impl NumberHealth {
    /// Nothing is known yet.
    #[must_use]
    pub fn unknown(id: NumberId) -> Self {
        Self {
            id,
            flagged: None,
            limit: None,
            high_throughput: None,
            name: None,
            restrictions: None,
            violation: None,
            ban: None,
            review: None,
            alert: None,
            security: None,
            username: None,
            payment: None,
            history: None,
            account: None,
        }
    }

    /// Takes note, unless something newer of its kind is known.
    pub fn note(&mut self, news: &News, at: Timestamp) {
        match news {
            News::Flagged(flagged) => note(&mut self.flagged, flagged, at),
            News::Limit(limit) => note(&mut self.limit, limit, at),
            News::HighThroughput(high) => note(&mut self.high_throughput, high, at),
            News::Name(name) => note(&mut self.name, name, at),
            News::Restrictions(restrictions) => note(&mut self.restrictions, restrictions, at),
            News::Violation(violation) => note(&mut self.violation, violation, at),
            News::Ban(ban) => note(&mut self.ban, ban, at),
            News::Review(review) => note(&mut self.review, review, at),
            News::Alert(alert) => note(&mut self.alert, alert, at),
            News::Security(event) => note(&mut self.security, event, at),
            News::Username(username) => note(&mut self.username, username, at),
            News::Payment(payment) => note(&mut self.payment, payment, at),
            News::History(progress) => further(&mut self.history, Some(Noted { value: *progress, at })),
            News::Account(event) => note(&mut self.account, event, at),
        }
    }

    /// What is known of both: a number and its account, or a number under both its names.
    #[must_use]
    pub fn with(mut self, other: Self) -> Self {
        join(&mut self.flagged, other.flagged);
        join(&mut self.limit, other.limit);
        join(&mut self.high_throughput, other.high_throughput);
        join(&mut self.name, other.name);
        join(&mut self.restrictions, other.restrictions);
        join(&mut self.violation, other.violation);
        join(&mut self.ban, other.ban);
        join(&mut self.review, other.review);
        join(&mut self.alert, other.alert);
        join(&mut self.security, other.security);
        join(&mut self.username, other.username);
        join(&mut self.payment, other.payment);
        further(&mut self.history, other.history);
        join(&mut self.account, other.account);
        self
    }

    /// What of it is true of every number of the account it was told of. Each number has a throughput of its own.
    #[must_use]
    pub fn of_account(self) -> Self {
        Self { high_throughput: None, ..self }
    }

    /// The restrictions that hold at this time.
    pub fn restricted(&self, now: Timestamp) -> impl Iterator<Item = &Restriction> {
        let all = self.restrictions.iter().flat_map(|noted| &noted.value);
        all.filter(move |restriction| restriction.until.is_none_or(|until| now < until))
    }

    /// Whether the account has been switched off.
    #[must_use]
    pub fn disabled(&self) -> bool {
        self.ban.as_ref().is_some_and(|ban| ban.value.state.as_str() == "DISABLE")
    }
}

impl Restriction {
    /// Whether it forbids answers too, and not only what the business begins. What we do not know forbids both.
    #[must_use]
    pub fn forbids_answers(&self) -> bool {
        !matches!(
            self.kind.as_str(),
            "RESTRICTED_BIZ_INITIATED_MESSAGING" | "RESTRICTED_ADD_PHONE_NUMBER_ACTION" | "RESTRICTED_BIZ_INITIATED_CALLING"
        )
    }

    /// Whether it forbids messages at all.
    #[must_use]
    pub fn forbids_messages(&self) -> bool {
        !matches!(self.kind.as_str(), "RESTRICTED_ADD_PHONE_NUMBER_ACTION" | "RESTRICTED_BIZ_INITIATED_CALLING")
    }
}

/// The newer of two; of two of one time the greater, so that the order in which they come does not matter.
fn note<T: Clone + Ord>(known: &mut Option<Noted<T>>, value: &T, at: Timestamp) {
    join(known, Some(Noted { value: value.clone(), at }));
}

fn join<T: Ord>(known: &mut Option<Noted<T>>, other: Option<Noted<T>>) {
    let Some(other) = other else {
        return;
    };
    let newer = known.as_ref().is_none_or(|known| (known.at, &known.value) < (other.at, &other.value));
    if newer {
        *known = Some(other);
    }
}

/// Progress counts by how far it is: its webhooks have no time.
fn further(known: &mut Option<Noted<HistoryProgress>>, other: Option<Noted<HistoryProgress>>) {
    let place = |noted: &Option<Noted<HistoryProgress>>| noted.as_ref().map(|noted| (noted.value, noted.at));
    if place(known) < place(&other) {
        *known = other;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn second(at: i64) -> Timestamp {
        Timestamp::from_second(at).unwrap()
    }

    fn news() -> impl Strategy<Value = (News, i64)> {
        let word = |words: &'static [&'static str]| proptest::sample::select(words);
        let kind = prop_oneof![
            any::<bool>().prop_map(News::Flagged),
            (1i64..5).prop_map(|count| News::Limit(DailyLimit::of_count(count))),
            word(&["SPAM", "SCAM"]).prop_map(|name| News::Violation(Text::new(name).unwrap())),
            word(&["APPROVED", "REJECTED"]).prop_map(|name| News::Review(Text::new(name).unwrap())),
        ];
        (kind, 0i64..4)
    }

    proptest! {
        #[test]
        fn news_may_come_in_any_order_and_twice(told in proptest::collection::vec(news(), 0..12), seed in any::<u64>()) {
            let all = |told: &[(News, i64)]| {
                let mut health = NumberHealth::unknown(NumberId::new("1").unwrap());
                for (news, at) in told {
                    health.note(news, second(*at));
                }
                health
            };
            let mut shuffled: Vec<_> = told.iter().chain(&told).cloned().collect();
            shuffled.sort_by_key(|(news, at)| crate::id::digest(&[&seed.to_be_bytes(), format!("{news:?}{at}").as_bytes()]));
            prop_assert_eq!(all(&told), all(&shuffled));
            let (first, rest) = told.split_at(told.len() / 2);
            prop_assert_eq!(all(first).with(all(rest)), all(&told));
        }
    }

    #[test]
    fn tiers_read() {
        let cases = [("TIER_50", 50), ("TIER_250", 250), ("TIER_1K", 1_000), ("TIER_2K", 2_000), ("TIER_100K", 100_000)];
        for (tier, people) in cases {
            assert_eq!(DailyLimit::of_tier(tier), Some(DailyLimit::People(people)));
        }
        assert_eq!(DailyLimit::of_tier("TIER_UNLIMITED"), Some(DailyLimit::Unlimited));
        assert!(matches!(DailyLimit::of_tier("TIER_NOT_SET"), Some(DailyLimit::Unknown(_))));
        assert_eq!(DailyLimit::of_count(-1), DailyLimit::Unlimited);
    }

    #[test]
    fn a_restriction_ends() {
        let mut health = NumberHealth::unknown(NumberId::new("1").unwrap());
        let kind = Text::new("RESTRICTED_BIZ_INITIATED_MESSAGING").unwrap();
        health.note(&News::Restrictions(vec![Restriction { kind, until: Some(second(10)) }]), second(1));
        assert_eq!(health.restricted(second(9)).count(), 1);
        assert_eq!(health.restricted(second(10)).count(), 0);
        assert!(!health.restricted(second(9)).next().unwrap().forbids_answers());
    }
}
