//! A cart, as WhatsApp's catalogue sends it: prices are what the catalogue said, and ours may be others by now.

use serde::{Deserialize, Serialize};

use crate::{money::Paise, text::Text};

/// A cart sent from the catalogue.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// How many lines it had.
    #[serde(rename = "l")]
    pub lines: u32,
    /// Those lines that read.
    #[serde(rename = "i", default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<OrderItem>,
    /// The catalogue.
    #[serde(rename = "c", default, skip_serializing_if = "Option::is_none")]
    pub catalog: Option<Text<64>>,
    /// What was written with it.
    #[serde(rename = "b", default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text<1024>>,
}

/// A line of a cart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderItem {
    /// The product's own id in the catalogue.
    #[serde(rename = "s")]
    pub sku: Text<128>,
    /// How many.
    #[serde(rename = "q")]
    pub quantity: u32,
    /// What one costs.
    #[serde(rename = "p")]
    pub price: Price,
}

/// What a provider says a thing costs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Price {
    /// Whole paise.
    #[serde(rename = "p")]
    Paise(Paise),
    /// Another currency, or a fraction of a paisa: as it was written, never rounded.
    #[serde(rename = "o")]
    AsWritten {
        /// The amount.
        #[serde(rename = "a")]
        amount: Text<40>,
        /// The currency.
        #[serde(rename = "c", default, skip_serializing_if = "Option::is_none")]
        currency: Option<Text<8>>,
    },
}

impl Price {
    /// Reads a decimal amount of this currency; `None` when nothing is written.
    #[must_use]
    pub fn read(amount: &str, currency: Option<&str>) -> Option<Self> {
        let rupees = currency.is_none_or(|currency| currency.eq_ignore_ascii_case("INR"));
        match paise(amount).filter(|_| rupees) {
            Some(paise) => Some(Self::Paise(Paise::new(paise))),
            None => Some(Self::AsWritten { amount: Text::cut(amount)?, currency: currency.and_then(Text::cut) }),
        }
    }

    /// The amount, when it is one of paise.
    #[must_use]
    pub const fn paise(&self) -> Option<Paise> {
        match self {
            Self::Paise(paise) => Some(*paise),
            Self::AsWritten { .. } => None,
        }
    }
}

/// Rupees in decimal, such as `499.5` or `4.995e2`, as paise; `None` when they are not whole paise, negative, or no number.
fn paise(decimal: &str) -> Option<i64> {
    let (mantissa, exponent) = match decimal.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (decimal, 0),
    };
    let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let part = part.trim_end_matches('0');
    let digits = format!("{whole}{part}");
    if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let mut value: i64 = digits.parse().ok()?;
    let mut shift = exponent.checked_add(2)?.checked_sub(i32::try_from(part.len()).ok()?)?;
    while shift < 0 && value % 10 == 0 && value != 0 {
        value /= 10;
        shift += 1;
    }
    match u32::try_from(shift) {
        Ok(_) if value == 0 => Some(0),
        Ok(shift) => value.checked_mul(10_i64.checked_pow(shift)?),
        Err(_) => (value == 0).then_some(0),
    }
}

impl Order {
    /// What all of it costs; `None` when a line is missing or its price is not in paise.
    #[must_use]
    pub fn total(&self) -> Option<Paise> {
        if u32::try_from(self.items.len()) != Ok(self.lines) {
            return None;
        }
        self.items.iter().try_fold(Paise::ZERO, |total, item| total.plus(item.total()?).ok())
    }
}

impl OrderItem {
    /// What the line costs.
    #[must_use]
    pub fn total(&self) -> Option<Paise> {
        self.price.paise()?.times(i64::from(self.quantity)).ok()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn prices_are_whole_paise_or_as_written() {
        let cases = [
            ("499.5", Some(49_950)),
            ("499.50", Some(49_950)),
            ("0", Some(0)),
            ("0.000", Some(0)),
            ("4.995e2", Some(49_950)),
            ("5E1", Some(5_000)),
            ("100e-2", Some(100)),
            ("499.505", None),
            ("499.4999999999", None),
            ("-1", None),
            ("", None),
            ("1e400", None),
            ("1e-400", None),
            ("99999999999999999999", None),
            ("1.2.3", None),
            ("NaN", None),
        ];
        for (decimal, expected) in cases {
            assert_eq!(paise(decimal), expected, "{decimal}");
        }
        assert_eq!(Price::read("5", Some("inr")), Some(Price::Paise(Paise::new(500))));
        let dollars = Price::read("5", Some("USD")).unwrap();
        assert_eq!(dollars.paise(), None);
        assert!(matches!(dollars, Price::AsWritten { amount, .. } if amount.as_str() == "5"));
    }

    #[test]
    fn a_total_is_only_told_when_every_line_counts() {
        let item =
            |price: &str| OrderItem { sku: Text::new("SKU-77").unwrap(), quantity: 2, price: Price::read(price, Some("INR")).unwrap() };
        let order = |lines, items| Order { lines, items, ..Order::default() };
        assert_eq!(order(2, vec![item("499.5"), item("1")]).total(), Some(Paise::new(100_100)));
        assert_eq!(order(3, vec![item("499.5"), item("1")]).total(), None, "a line did not read");
        assert_eq!(order(1, vec![item("0.005")]).total(), None, "half a paisa");
        assert_eq!(order(1, vec![item("92233720368547758.07")]).total(), None, "too much to count");
    }

    proptest! {
        #[test]
        fn what_is_written_is_what_is_read(paise_in in 0i64..1_000_000_000_000) {
            let decimal = format!("{}.{:02}", paise_in / 100, paise_in % 100);
            prop_assert_eq!(paise(&decimal), Some(paise_in));
        }

        #[test]
        fn reading_never_panics(raw in ".{0,40}") {
            let _ = Price::read(&raw, Some("INR"));
        }
    }
}
