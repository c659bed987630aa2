//! Money as whole paise: no fractions, no silent wrap-around, no operators that could hide either.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::quantity::Quantity;

/// An amount of Indian money in paise (one hundredth of a rupee), on the wire an integer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Paise(i64);

/// A sum or product that does not fit into 64 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the result is too large: split the amount or the quantity")]
pub struct Overflow;

impl Paise {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// Takes an amount in paise.
    #[must_use]
    pub const fn new(paise: i64) -> Self {
        Self(paise)
    }

    /// The amount in paise.
    #[must_use]
    pub const fn get(self) -> i64 {
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

    /// Multiplies by a count.
    ///
    /// # Errors
    /// Refuses a product beyond 64 bits.
    pub fn times(self, count: i64) -> Result<Self, Overflow> {
        self.0.checked_mul(count).map(Self).ok_or(Overflow)
    }

    /// Reads the amount as a price per unit and multiplies by a quantity; half a paisa goes away from zero.
    ///
    /// # Errors
    /// Refuses a product beyond 64 bits.
    pub fn times_quantity(self, quantity: Quantity) -> Result<Self, Overflow> {
        rounded(i128::from(self.0) * i128::from(quantity.thousandths()), 1_000)
    }

    /// The part at a rate in basis points (1800 is 18 %); half a paisa goes away from zero.
    ///
    /// # Errors
    /// Refuses a product beyond 64 bits.
    pub fn share(self, rate_bp: u32) -> Result<Self, Overflow> {
        rounded(i128::from(self.0) * i128::from(rate_bp), 10_000)
    }

    /// The form for a chat: no decimals when there are none, `₹1,50,000` and `₹10.50`.
    #[must_use]
    pub fn chat(self) -> String {
        let exact = self.to_string();
        match exact.strip_suffix(".00") {
            Some(rupees) => rupees.to_owned(),
            None => exact,
        }
    }
}

/// Divides by an even, positive divisor; a half goes away from zero.
fn rounded(dividend: i128, divisor: i128) -> Result<Paise, Overflow> {
    let half = divisor / 2 * dividend.signum();
    i64::try_from((dividend + half) / divisor).map(Paise).map_err(|_| Overflow)
}

/// Writes digits in the Indian grouping: the last three together, then by twos.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let count = digits.len();
    let mut out = String::with_capacity(count + count / 2);
    for (index, digit) in digits.chars().enumerate() {
        let left = count - index;
        if index > 0 && (left == 3 || (left > 3 && left % 2 == 1)) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

impl fmt::Display for Paise {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let paise = self.0.unsigned_abs();
        write!(formatter, "{sign}₹{}.{:02}", grouped(paise / 100), paise % 100)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn shows_lakhs_and_crores() {
        for (paise, exact, chat) in [
            (0, "₹0.00", "₹0"),
            (5, "₹0.05", "₹0.05"),
            (1_050, "₹10.50", "₹10.50"),
            (99_900, "₹999.00", "₹999"),
            (100_000, "₹1,000.00", "₹1,000"),
            (15_000_000, "₹1,50,000.00", "₹1,50,000"),
            (1_234_567_890, "₹1,23,45,678.90", "₹1,23,45,678.90"),
            (-15_000_000, "-₹1,50,000.00", "-₹1,50,000"),
            (i64::MIN, "-₹92,23,37,20,36,85,47,758.08", "-₹92,23,37,20,36,85,47,758.08"),
        ] {
            assert_eq!(Paise::new(paise).to_string(), exact);
            assert_eq!(Paise::new(paise).chat(), chat);
        }
    }

    #[test]
    fn half_a_paisa_goes_away_from_zero() {
        let half = Quantity::new(500);
        assert_eq!(Paise::new(5).times_quantity(half), Ok(Paise::new(3)));
        assert_eq!(Paise::new(-5).times_quantity(half), Ok(Paise::new(-3)));
        assert_eq!(Paise::new(4_500).times_quantity(Quantity::new(2_500)), Ok(Paise::new(11_250)));
        assert_eq!(Paise::new(25).share(200), Ok(Paise::new(1)));
        assert_eq!(Paise::new(24).share(200), Ok(Paise::new(0)));
        assert_eq!(Paise::new(10_000).share(1_800), Ok(Paise::new(1_800)));
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let most = Paise::new(i64::MAX);
        assert_eq!(most.plus(Paise::new(1)), Err(Overflow));
        assert_eq!(Paise::new(i64::MIN).minus(Paise::new(1)), Err(Overflow));
        assert_eq!(most.times(2), Err(Overflow));
        assert_eq!(most.times_quantity(Quantity::new(1_001)), Err(Overflow));
        assert_eq!(most.share(10_001), Err(Overflow));
    }

    #[test]
    fn is_an_integer_on_the_wire() {
        assert_eq!(serde_json::to_string(&Paise::new(4_500)).unwrap(), "4500");
        assert_eq!(serde_json::from_str::<Paise>("-7").unwrap(), Paise::new(-7));
        assert!(serde_json::from_str::<Paise>("45.5").is_err());
    }

    proptest! {
        #[test]
        fn a_share_and_its_rest_make_the_whole(paise in any::<i64>(), rate_bp in 0..=10_000_u32) {
            let whole = Paise::new(paise);
            let part = whole.share(rate_bp).unwrap();
            prop_assert_eq!(whole.minus(part).unwrap().plus(part).unwrap(), whole);
            prop_assert!(part.get().unsigned_abs() <= paise.unsigned_abs());
        }

        #[test]
        fn a_whole_quantity_multiplies_like_a_count(paise in -1_000_000_000_i64..1_000_000_000, count in -1_000_i64..1_000) {
            let price = Paise::new(paise);
            prop_assert_eq!(price.times_quantity(Quantity::new(count * 1_000)), price.times(count));
        }

        #[test]
        fn what_is_shown_keeps_every_digit(paise in any::<i64>()) {
            let digits: String = Paise::new(paise).to_string().chars().filter(char::is_ascii_digit).collect();
            prop_assert_eq!(digits.parse::<u64>().unwrap(), paise.unsigned_abs());
        }
    }
}
