//! How much of a product there is.

use serde::{Deserialize, Serialize};

use crate::{
    id::ProductId,
    money::{Overflow, Paise},
    quantity::Quantity,
};

/// The stock of one product, in thousandths of the product's unit.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct Stock {
    product: ProductId,
    on_hand: Quantity,
    reserved: Quantity,
    reorder_level: Quantity,
}

/// Why numbers make no [`Stock`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StockError {
    /// Less than nothing on the shelf.
    #[error("on_hand must not be negative")]
    OnHand,
    /// Less than nothing promised.
    #[error("reserved must not be negative")]
    Reserved,
    /// A level that can never be reached.
    #[error("reorder_level must not be negative")]
    ReorderLevel,
}

impl Stock {
    /// Puts a stock together. More may be reserved than there is, when a count has found less than was believed.
    ///
    /// # Errors
    /// Refuses negative numbers.
    pub fn new(product: ProductId, on_hand: Quantity, reserved: Quantity, reorder_level: Quantity) -> Result<Self, StockError> {
        if on_hand < Quantity::ZERO {
            return Err(StockError::OnHand);
        }
        if reserved < Quantity::ZERO {
            return Err(StockError::Reserved);
        }
        if reorder_level < Quantity::ZERO {
            return Err(StockError::ReorderLevel);
        }
        Ok(Self { product, on_hand, reserved, reorder_level })
    }

    /// Whose stock it is.
    #[must_use]
    pub const fn product(&self) -> ProductId {
        self.product
    }

    /// What lies on the shelf.
    #[must_use]
    pub const fn on_hand(&self) -> Quantity {
        self.on_hand
    }

    /// What of it is promised to somebody.
    #[must_use]
    pub const fn reserved(&self) -> Quantity {
        self.reserved
    }

    /// At or below which it is time to buy.
    #[must_use]
    pub const fn reorder_level(&self) -> Quantity {
        self.reorder_level
    }

    /// What can still be sold: never below zero.
    #[must_use]
    pub fn available(&self) -> Quantity {
        // Both are at least zero, so the difference fits.
        self.on_hand.minus(self.reserved).unwrap_or(Quantity::ZERO).max(Quantity::ZERO)
    }

    /// Whether it is time to buy.
    #[must_use]
    pub fn low(&self) -> bool {
        self.available() <= self.reorder_level
    }

    /// What everything on the shelf is worth at this price per unit.
    ///
    /// # Errors
    /// Refuses a product beyond 64 bits.
    pub fn value(&self, price: Paise) -> Result<Paise, Overflow> {
        price.times_quantity(self.on_hand)
    }
}

#[derive(Serialize, Deserialize)]
struct Wire {
    #[serde(rename = "i")]
    product: ProductId,
    #[serde(rename = "q")]
    on_hand: Quantity,
    #[serde(rename = "r")]
    reserved: Quantity,
    #[serde(rename = "l")]
    reorder_level: Quantity,
}

impl TryFrom<Wire> for Stock {
    type Error = StockError;
    fn try_from(wire: Wire) -> Result<Self, StockError> {
        Self::new(wire.product, wire.on_hand, wire.reserved, wire.reorder_level)
    }
}

impl From<Stock> for Wire {
    fn from(stock: Stock) -> Self {
        Self { product: stock.product, on_hand: stock.on_hand, reserved: stock.reserved, reorder_level: stock.reorder_level }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::derived;

    #[test]
    fn what_is_promised_is_not_for_sale() {
        let some = stock(10_000, 4_000, 5_000).unwrap();
        assert_eq!(some.available(), Quantity::new(6_000));
        assert!(!some.low());
        assert!(stock(10_000, 5_000, 5_000).unwrap().low());
        assert_eq!(stock(1_000, 4_000, 0).unwrap().available(), Quantity::ZERO);
        assert_eq!(some.value(Paise::new(4_550)), Ok(Paise::new(45_500)));
    }

    #[test]
    fn negative_numbers_are_refused_also_when_read() {
        assert_eq!(stock(-1, 0, 0), Err(StockError::OnHand));
        assert_eq!(stock(0, -1, 0), Err(StockError::Reserved));
        assert_eq!(stock(0, 0, -1), Err(StockError::ReorderLevel));
        let json = serde_json::to_string(&stock(1, 2, 3).unwrap()).unwrap();
        assert_eq!(serde_json::from_str::<Stock>(&json).unwrap(), stock(1, 2, 3).unwrap());
        assert!(serde_json::from_str::<Stock>(&json.replace(r#""q":1"#, r#""q":-1"#)).is_err());
    }

    fn stock(on_hand: i64, reserved: i64, reorder_level: i64) -> Result<Stock, StockError> {
        Stock::new(derived(&[b"p"]), Quantity::new(on_hand), Quantity::new(reserved), Quantity::new(reorder_level))
    }
}
