//! Quantities of goods in thousandths of their unit, so that 2.5 kg is a whole number, and the units themselves.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{
    locale::Locale,
    money::{Overflow, grouped},
};

/// How much of something, in thousandths of its unit; on the wire an integer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Quantity(i64);

impl Quantity {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// Takes a quantity in thousandths of a unit.
    #[must_use]
    pub const fn new(thousandths: i64) -> Self {
        Self(thousandths)
    }

    /// Takes a whole number of units.
    ///
    /// # Errors
    /// Refuses what does not fit into 64 bits as thousandths.
    pub fn whole(units: i64) -> Result<Self, Overflow> {
        units.checked_mul(1_000).map(Self).ok_or(Overflow)
    }

    /// The quantity in thousandths of a unit.
    #[must_use]
    pub const fn thousandths(self) -> i64 {
        self.0
    }

    /// Adds.
    ///
    /// # Errors
    /// Refuses a sum beyond 64 bits.
    pub fn plus(self, other: Self) -> Result<Self, Overflow> {
        self.0.checked_add(other.0).map(Self).ok_or(Overflow)
    }

    /// Subtracts.
    ///
    /// # Errors
    /// Refuses a difference beyond 64 bits.
    pub fn minus(self, other: Self) -> Result<Self, Overflow> {
        self.0.checked_sub(other.0).map(Self).ok_or(Overflow)
    }

    /// Number and unit in words: `2.5 kg`, `120 packets`. Digits are Latin in every language, as shops write them.
    #[must_use]
    pub fn with_unit(self, unit: Unit, locale: Locale) -> String {
        format!("{self} {}", unit.word(self, locale))
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let thousandths = self.0.unsigned_abs();
        let whole = grouped(thousandths / 1_000);
        let rest = format!("{:03}", thousandths % 1_000);
        match rest.trim_end_matches('0') {
            "" => write!(formatter, "{sign}{whole}"),
            decimals => write!(formatter, "{sign}{whole}.{decimals}"),
        }
    }
}

/// What a product is counted or measured in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// Single pieces.
    Piece,
    /// Packets.
    Packet,
    /// Kilograms.
    Kilogram,
    /// Grams.
    Gram,
    /// Litres.
    Litre,
    /// Millilitres.
    Millilitre,
    /// Twelve pieces.
    Dozen,
    /// Boxes.
    Box,
    /// Bags or sacks.
    Bag,
    /// Bottles.
    Bottle,
}

impl Unit {
    /// Every unit.
    pub const ALL: [Self; 10] = [
        Self::Piece,
        Self::Packet,
        Self::Kilogram,
        Self::Gram,
        Self::Litre,
        Self::Millilitre,
        Self::Dozen,
        Self::Box,
        Self::Bag,
        Self::Bottle,
    ];

    /// The word beside `quantity`, singular or plural as the language wants it.
    #[must_use]
    pub fn word(self, quantity: Quantity, locale: Locale) -> &'static str {
        let (one, many) = self.words(locale);
        if quantity.thousandths().unsigned_abs() <= 1_000 && quantity != Quantity::ZERO { one } else { many }
    }

    /// The word of one unit, as in "₹45 per kg".
    #[must_use]
    pub fn single(self, locale: Locale) -> &'static str {
        self.words(locale).0
    }

    fn words(self, locale: Locale) -> (&'static str, &'static str) {
        match locale {
            Locale::English => match self {
                Self::Piece => ("piece", "pieces"),
                Self::Packet => ("packet", "packets"),
                Self::Kilogram => ("kg", "kg"),
                Self::Gram => ("g", "g"),
                Self::Litre => ("litre", "litres"),
                Self::Millilitre => ("ml", "ml"),
                Self::Dozen => ("dozen", "dozen"),
                Self::Box => ("box", "boxes"),
                Self::Bag => ("bag", "bags"),
                Self::Bottle => ("bottle", "bottles"),
            },
            Locale::Hindi => match self {
                Self::Piece => ("पीस", "पीस"),
                Self::Packet => ("पैकेट", "पैकेट"),
                Self::Kilogram => ("किलो", "किलो"),
                Self::Gram => ("ग्राम", "ग्राम"),
                Self::Litre => ("लीटर", "लीटर"),
                Self::Millilitre => ("मिली", "मिली"),
                Self::Dozen => ("दर्जन", "दर्जन"),
                Self::Box => ("डिब्बा", "डिब्बे"),
                Self::Bag => ("बोरी", "बोरी"),
                Self::Bottle => ("बोतल", "बोतल"),
            },
            Locale::Hinglish => match self {
                Self::Piece => ("piece", "piece"),
                Self::Packet => ("packet", "packet"),
                Self::Kilogram => ("kg", "kg"),
                Self::Gram => ("gram", "gram"),
                Self::Litre => ("litre", "litre"),
                Self::Millilitre => ("ml", "ml"),
                Self::Dozen => ("dozen", "dozen"),
                Self::Box => ("dabba", "dabbe"),
                Self::Bag => ("bori", "bori"),
                Self::Bottle => ("bottle", "bottle"),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn shows_number_and_unit() {
        for (thousandths, unit, locale, shown) in [
            (2_500, Unit::Kilogram, Locale::English, "2.5 kg"),
            (120_000, Unit::Packet, Locale::English, "120 packets"),
            (1_000, Unit::Box, Locale::English, "1 box"),
            (500, Unit::Dozen, Locale::English, "0.5 dozen"),
            (0, Unit::Bottle, Locale::English, "0 bottles"),
            (1_250_000, Unit::Piece, Locale::English, "1,250 pieces"),
            (250, Unit::Litre, Locale::Hindi, "0.25 लीटर"),
            (3_000, Unit::Box, Locale::Hindi, "3 डिब्बे"),
            (3_000, Unit::Bag, Locale::Hinglish, "3 bori"),
            (-1_005, Unit::Kilogram, Locale::Hinglish, "-1.005 kg"),
        ] {
            assert_eq!(Quantity::new(thousandths).with_unit(unit, locale), shown);
        }
    }

    #[test]
    fn is_an_integer_and_its_unit_a_word_on_the_wire() {
        assert_eq!(serde_json::to_string(&(Quantity::new(2_500), Unit::Kilogram)).unwrap(), r#"[2500,"kilogram"]"#);
        assert!(serde_json::from_str::<Unit>(r#""stone""#).is_err());
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        assert_eq!(Quantity::whole(i64::MAX), Err(Overflow));
        assert_eq!(Quantity::new(i64::MAX).plus(Quantity::new(1)), Err(Overflow));
        assert_eq!(Quantity::new(i64::MIN).minus(Quantity::new(1)), Err(Overflow));
    }

    proptest! {
        #[test]
        fn what_was_added_can_be_taken_away(a in -1_000_000_000_i64..1_000_000_000, b in -1_000_000_000_i64..1_000_000_000) {
            let (a, b) = (Quantity::new(a), Quantity::new(b));
            prop_assert_eq!(a.plus(b).unwrap().minus(b).unwrap(), a);
        }
    }
}
