//! What WhatsApp charges, by market, kind of charge and date: data, not rules.
//!
//! List prices in millionths of a rupee, without the 18 % GST that Meta adds for Indian businesses, without volume tiers. A row holds
//! from its date on, until a later row of the same market and charge. Rates change on the first day of a quarter.

use jiff::civil::{Date, date};

use super::pricing::{Charge, Country};

/// One price, from one day on.
pub(super) struct Row {
    /// Where the person is; `None` stands for every market without rows of its own for the charge.
    pub market: Option<Country>,
    /// What is charged for.
    pub charge: Charge,
    /// The first day it holds, in India's time.
    pub from: Date,
    /// Millionths of a rupee; `None` where it is charged but the price is not in this table.
    pub micro_rupees: Option<u64>,
}

const fn row(market: Option<Country>, charge: Charge, from: Date, micro_rupees: Option<u64>) -> Row {
    Row { market, charge, from, micro_rupees }
}

const INDIA: Option<Country> = Some(Country::INDIA);
const OTHERS: Option<Country> = None;

/// All prices, older rows first.
pub(super) const TABLE: &[Row] = &[
    row(INDIA, Charge::Marketing, date(2025, 7, 1), Some(784_600)),
    row(INDIA, Charge::Marketing, date(2026, 1, 1), Some(863_100)),
    row(INDIA, Charge::Utility, date(2025, 7, 1), Some(115_000)),
    row(INDIA, Charge::UtilityInWindow, date(2025, 7, 1), Some(0)),
    row(INDIA, Charge::UtilityInWindow, date(2026, 10, 1), Some(115_000)),
    row(INDIA, Charge::Authentication, date(2025, 7, 1), Some(115_000)),
    row(INDIA, Charge::AuthenticationInternational, date(2026, 4, 1), Some(2_497_100)),
    row(INDIA, Charge::Service, date(2025, 7, 1), Some(0)),
    row(INDIA, Charge::Service, date(2026, 10, 1), Some(115_000)),
    row(OTHERS, Charge::UtilityInWindow, date(2025, 7, 1), Some(0)),
    row(OTHERS, Charge::UtilityInWindow, date(2026, 10, 1), None),
    row(OTHERS, Charge::Service, date(2025, 7, 1), Some(0)),
    row(OTHERS, Charge::Service, date(2026, 10, 1), None),
];

/// The calling codes of the markets we can tell apart. They are free of prefixes of each other, so order does not matter. `+1` is
/// shared by the United States, Canada and others; what is special about it is the rule of the United States.
pub(super) const CALLING_CODES: &[(&str, Country)] = &[
    ("91", Country::INDIA),
    ("1", Country::UNITED_STATES),
    ("55", Country::new(*b"BR")),
    ("52", Country::new(*b"MX")),
    ("54", Country::new(*b"AR")),
    ("44", Country::new(*b"GB")),
    ("49", Country::new(*b"DE")),
    ("61", Country::new(*b"AU")),
    ("60", Country::new(*b"MY")),
    ("65", Country::new(*b"SG")),
    ("94", Country::new(*b"LK")),
    ("880", Country::new(*b"BD")),
    ("960", Country::new(*b"MV")),
    ("965", Country::new(*b"KW")),
    ("966", Country::new(*b"SA")),
    ("968", Country::new(*b"OM")),
    ("971", Country::new(*b"AE")),
    ("973", Country::new(*b"BH")),
    ("974", Country::new(*b"QA")),
    ("975", Country::new(*b"BT")),
    ("977", Country::new(*b"NP")),
];
