//! What a message costs: exact in millionths of a rupee, shown in whole paise.

use serde::{Deserialize, Serialize};

use super::prices;
use crate::{
    crm::Recipient,
    money::Paise,
    phone::Phone,
    time::{SignedDuration, TimeZone, Timestamp, civil},
};

/// How far India's time is ahead of UTC. Its one time zone knows no summer time, and businesses here are billed by its calendar.
pub const INDIA_AHEAD: SignedDuration = SignedDuration::from_mins(330);

/// An amount in millionths of a rupee: WhatsApp's prices are finer than a paisa, and sums of them must be exact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MicroRupees(u64);

impl MicroRupees {
    /// Takes an amount in millionths of a rupee.
    #[must_use]
    pub const fn new(micro_rupees: u64) -> Self {
        Self(micro_rupees)
    }

    /// The amount in millionths of a rupee.
    #[must_use]
    pub const fn get(self) -> u64 {
        self.0
    }

    /// Adds; what would not fit stays at the largest amount, which nobody is ever charged.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// The amount in paise: to the nearest one, half a paisa up; what costs anything is never shown as nothing.
    #[must_use]
    pub fn to_paise(self) -> Paise {
        let nearest = (self.0 / 10_000).saturating_add(u64::from(self.0 % 10_000 >= 5_000));
        let shown = if self.0 > 0 { nearest.max(1) } else { 0 };
        Paise::new(i64::try_from(shown).unwrap_or(i64::MAX))
    }
}

/// A country by its two letters (ISO 3166-1): the market a price belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Country([u8; 2]);

impl Country {
    /// India.
    pub const INDIA: Self = Self::new(*b"IN");
    /// The United States.
    pub const UNITED_STATES: Self = Self::new(*b"US");

    /// The country of these two letters.
    #[must_use]
    pub const fn new(letters: [u8; 2]) -> Self {
        Self(letters)
    }

    /// Its two letters.
    #[must_use]
    pub fn code(self) -> String {
        self.0.into_iter().map(char::from).collect()
    }

    /// The country a phone belongs to, by its calling code; `None` for those nobody here has a rule or a price for.
    #[must_use]
    pub fn of_phone(phone: Phone) -> Option<Self> {
        let digits = phone.digits();
        prices::CALLING_CODES.iter().find(|(code, _)| digits.starts_with(code)).map(|(_, country)| *country)
    }

    /// The country of whoever a message goes to. A business-scoped id begins with it.
    #[must_use]
    pub fn of(recipient: &Recipient) -> Option<Self> {
        match recipient {
            Recipient::Phone(phone) => Self::of_phone(*phone),
            Recipient::User(id) => match id.as_str().split_once('.')?.0.as_bytes() {
                [first, second] if first.is_ascii_uppercase() && second.is_ascii_uppercase() => Some(Self([*first, *second])),
                _ => None,
            },
        }
    }
}

/// What Meta sorts a message under, and charges it as. For a template, Meta's category is the authority, not ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// A free message within the service window.
    Service,
    /// About something the person has ordered or asked for.
    Utility,
    /// Promotion.
    Marketing,
    /// A code for logging in.
    Authentication,
    /// The same, from a business of another country.
    AuthenticationInternational,
}

impl Category {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Service, Self::Utility, Self::Marketing, Self::Authentication, Self::AuthenticationInternational];

    /// Its name in the API.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Service => "service",
            Self::Utility => "utility",
            Self::Marketing => "marketing",
            Self::Authentication => "authentication",
            Self::AuthenticationInternational => "authentication_international",
        }
    }
}

/// What a price is asked for: a category, with utility apart where the window is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Charge {
    /// A free message.
    Service,
    /// A utility template to somebody whose window is closed.
    Utility,
    /// A utility template within an open window.
    UtilityInWindow,
    /// A marketing template.
    Marketing,
    /// An authentication template.
    Authentication,
    /// An authentication template from a business of another country.
    AuthenticationInternational,
}

/// What a message will cost, or would.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cost {
    /// Nothing, and why.
    #[serde(rename = "f")]
    Free(Free),
    /// This much.
    #[serde(rename = "x")]
    Exactly(MicroRupees),
    /// This much or nothing: nobody has looked how many free service messages are left this month.
    #[serde(rename = "m")]
    AtMost(MicroRupees),
    /// Probably this much: the price, or nothing while the month's free service messages last by our own count, which is an estimate.
    #[serde(rename = "e")]
    Estimated(MicroRupees),
    /// Something, but the price for that market is not known. It is never taken for nothing.
    #[serde(rename = "u")]
    Unknown,
}

/// Why a message costs nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Free {
    /// It is not sent.
    NotSent,
    /// The price of that day is nothing.
    Priced,
    /// It is probably one of the month's free service messages.
    Allowance,
    /// The person came by an advertisement, and the 72 hours of the free entry point run.
    EntryPoint,
    /// Reactions are not charged.
    Reaction,
}

impl Free {
    /// Its stable name in the API.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotSent => "not_sent",
            Self::Priced => "free_of_charge",
            Self::Allowance => "monthly_allowance",
            Self::EntryPoint => "free_entry_point",
            Self::Reaction => "reaction",
        }
    }
}

impl Cost {
    /// The amount to show, exactly: the most it can cost, or what is expected where it is estimated; `None` when no price is known.
    #[must_use]
    pub const fn amount(self) -> Option<MicroRupees> {
        match self {
            Self::Free(_) => Some(MicroRupees(0)),
            Self::Exactly(amount) | Self::AtMost(amount) | Self::Estimated(amount) => Some(amount),
            Self::Unknown => None,
        }
    }

    /// The amount in paise.
    #[must_use]
    pub fn paise(self) -> Option<Paise> {
        self.amount().map(MicroRupees::to_paise)
    }

    /// Why it costs nothing, or probably nothing.
    #[must_use]
    pub const fn free_because(self) -> Option<Free> {
        match self {
            Self::Free(why) => Some(why),
            Self::Estimated(MicroRupees(0)) => Some(Free::Allowance),
            Self::Estimated(_) | Self::Exactly(_) | Self::AtMost(_) | Self::Unknown => None,
        }
    }

    /// How sure the amount is: the stable name in the API.
    #[must_use]
    pub const fn basis(self) -> &'static str {
        match self {
            Self::Free(_) => "free",
            Self::Exactly(_) => "exact",
            Self::AtMost(_) => "at_most",
            Self::Estimated(_) => "estimated",
            Self::Unknown => "unknown",
        }
    }
}

/// The list price at this time: of the market's own rows if it has any for the charge, else of the rows for all others.
#[must_use]
pub fn price(market: Option<Country>, charge: Charge, at: Timestamp) -> Option<MicroRupees> {
    let day = india_date(at);
    let of = |market: Option<Country>| prices::TABLE.iter().filter(move |row| row.market == market && row.charge == charge);
    let own = market.is_some() && of(market).next().is_some();
    let row = of(market.filter(|_| own)).filter(|row| row.from <= day).max_by_key(|row| row.from)?;
    row.micro_rupees.map(MicroRupees)
}

/// The day it is in India.
fn india_date(at: Timestamp) -> civil::Date {
    TimeZone::UTC.to_datetime(at.checked_add(INDIA_AHEAD).unwrap_or(at)).date()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const CHARGES: [Charge; 6] = [
        Charge::Service,
        Charge::Utility,
        Charge::UtilityInWindow,
        Charge::Marketing,
        Charge::Authentication,
        Charge::AuthenticationInternational,
    ];

    fn at(raw: &str) -> Timestamp {
        raw.parse().unwrap()
    }

    fn india(charge: Charge, when: &str) -> Option<u64> {
        price(Some(Country::INDIA), charge, at(when)).map(MicroRupees::get)
    }

    #[test]
    fn prices_change_on_their_day_in_india() {
        for (charge, when, micro_rupees) in [
            (Charge::Marketing, "2025-12-31T18:29:59Z", Some(784_600)),
            (Charge::Marketing, "2025-12-31T18:30:00Z", Some(863_100)),
            (Charge::Service, "2026-09-30T18:29:59Z", Some(0)),
            (Charge::Service, "2026-09-30T18:30:00Z", Some(115_000)),
            (Charge::UtilityInWindow, "2026-09-30T12:00:00Z", Some(0)),
            (Charge::UtilityInWindow, "2026-10-01T12:00:00Z", Some(115_000)),
            (Charge::Utility, "2026-09-30T12:00:00Z", Some(115_000)),
            (Charge::Marketing, "2024-01-01T00:00:00Z", None),
        ] {
            assert_eq!(india(charge, when), micro_rupees, "{charge:?} {when}");
        }
    }

    #[test]
    fn an_unknown_market_has_no_price_rather_than_none_to_pay() {
        let emirates = Some(Country::new(*b"AE"));
        for market in [None, emirates] {
            assert_eq!(price(market, Charge::Marketing, at("2026-11-01T00:00:00Z")), None);
            assert_eq!(price(market, Charge::Service, at("2026-11-01T00:00:00Z")), None);
            assert_eq!(price(market, Charge::Service, at("2026-09-01T00:00:00Z")), Some(MicroRupees(0)));
        }
        assert_eq!(Cost::Unknown.paise(), None);
    }

    #[test]
    fn paise_are_the_nearest_and_never_hide_a_price() {
        for (micro_rupees, paise) in
            [(0, 0), (1, 1), (4_999, 1), (115_000, 12), (114_999, 11), (863_100, 86), (784_600, 78), (2_497_100, 250)]
        {
            assert_eq!(MicroRupees(micro_rupees).to_paise(), Paise::new(paise), "{micro_rupees}");
        }
        assert_eq!(MicroRupees(u64::MAX).plus(MicroRupees(1)), MicroRupees(u64::MAX));
    }

    #[test]
    fn a_recipient_shows_its_country() {
        let phone = |raw: &str| Recipient::Phone(raw.parse().unwrap());
        let user = |raw: &str| Recipient::User(crate::crm::BusinessScopedId::new(raw).unwrap());
        assert_eq!(Country::of(&phone("919876500001")), Some(Country::INDIA));
        assert_eq!(Country::of(&phone("12025550100")), Some(Country::UNITED_STATES));
        assert_eq!(Country::of(&phone("971501234567")).map(Country::code).as_deref(), Some("AE"));
        assert_eq!(Country::of(&phone("37255500001")), None);
        assert_eq!(Country::of(&user("IN.4410293847561")), Some(Country::INDIA));
        assert_eq!(Country::of(&user("BR.ENT.44")).map(Country::code).as_deref(), Some("BR"));
        assert_eq!(Country::of(&user("4410293847561")), None);
    }

    #[test]
    fn the_table_is_in_order_and_its_codes_are_free_of_prefixes() {
        for charge in CHARGES {
            for market in [Some(Country::INDIA), None] {
                let days: Vec<_> =
                    prices::TABLE.iter().filter(|row| row.charge == charge && row.market == market).map(|row| row.from).collect();
                assert!(days.is_sorted_by(|a, b| a < b), "{charge:?}");
            }
        }
        for (code, country) in prices::CALLING_CODES {
            let beginnings = prices::CALLING_CODES.iter().filter(|(other, _)| other.starts_with(code)).count();
            assert_eq!(beginnings, 1, "{}", country.code());
        }
    }

    proptest! {
        #[test]
        fn a_price_once_known_stays_known(charge in 0usize..6, first in 1_751_400_000_i64..1_900_000_000, later in 0_i64..200_000_000) {
            let at = |seconds| Timestamp::from_second(seconds).unwrap();
            let price = |seconds| price(Some(Country::INDIA), CHARGES[charge], at(seconds));
            prop_assert!(price(first).is_none() || price(first + later).is_some());
        }

        #[test]
        fn more_is_never_shown_as_less(a in any::<u64>(), b in any::<u64>()) {
            let (less, more) = (MicroRupees(a.min(b)), MicroRupees(a.max(b)));
            prop_assert!(less.to_paise() <= more.to_paise());
            prop_assert_eq!(less.to_paise() == Paise::ZERO, less.get() == 0);
        }
    }
}
