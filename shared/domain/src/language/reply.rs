//! What to say, before it is put into words: small enough to be stored with the message it answers.

use serde::{Deserialize, Serialize};

use crate::{
    erp::ProductName,
    id::ProductId,
    money::Paise,
    quantity::{Quantity, Unit},
};

/// A name as replies carry it.
pub type Name = ProductName;

/// What a person asks about a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Ask {
    /// How much of it there is.
    #[serde(rename = "s")]
    Stock,
    /// What it costs.
    #[serde(rename = "p")]
    Price,
}

/// How much there is, in the words of a shop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Level {
    /// Enough.
    #[serde(rename = "e")]
    Enough,
    /// At or below the level at which the shop buys.
    #[serde(rename = "l")]
    Low,
    /// Nothing.
    #[serde(rename = "o")]
    Out,
}

/// A product to choose from a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// The product.
    #[serde(rename = "i")]
    pub id: ProductId,
    /// Its name.
    #[serde(rename = "n")]
    pub name: Name,
}

/// What to say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reply {
    /// There is some.
    #[serde(rename = "s")]
    Stock {
        /// The product's name.
        #[serde(rename = "n")]
        name: Name,
        /// How much can be sold.
        #[serde(rename = "q")]
        quantity: Quantity,
        /// Its unit.
        #[serde(rename = "u")]
        unit: Unit,
        /// What a unit costs.
        #[serde(rename = "p")]
        price: Paise,
        /// Whether it is time to buy.
        #[serde(rename = "l", default, skip_serializing_if = "is_false")]
        low: bool,
        /// What all of it is worth: for the owner's eyes only.
        #[serde(rename = "v", default, skip_serializing_if = "Option::is_none")]
        value: Option<Paise>,
        /// The size that was asked for, when this is another.
        #[serde(rename = "z", default, skip_serializing_if = "Option::is_none")]
        other_size: Option<Name>,
    },
    /// There is none at present.
    #[serde(rename = "o")]
    OutOfStock {
        /// The product's name.
        #[serde(rename = "n")]
        name: Name,
        /// Its unit.
        #[serde(rename = "u")]
        unit: Unit,
        /// What a unit costs.
        #[serde(rename = "p")]
        price: Paise,
        /// The size that was asked for, when this is another.
        #[serde(rename = "z", default, skip_serializing_if = "Option::is_none")]
        other_size: Option<Name>,
    },
    /// What it costs, and whether there is any.
    #[serde(rename = "p")]
    Price {
        /// The product's name.
        #[serde(rename = "n")]
        name: Name,
        /// Its unit.
        #[serde(rename = "u")]
        unit: Unit,
        /// What a unit costs.
        #[serde(rename = "p")]
        price: Paise,
        /// How much there is.
        #[serde(rename = "l")]
        level: Level,
        /// The size that was asked for, when this is another.
        #[serde(rename = "z", default, skip_serializing_if = "Option::is_none")]
        other_size: Option<Name>,
    },
    /// Several products fit: which one?
    #[serde(rename = "w")]
    WhichProduct {
        /// What is asked about it.
        #[serde(rename = "a")]
        ask: Ask,
        /// One to ten products.
        #[serde(rename = "c")]
        choices: Vec<Choice>,
    },
    /// Some of what is sold, to choose from.
    #[serde(rename = "b")]
    Browse {
        /// One to ten products.
        #[serde(rename = "c")]
        choices: Vec<Choice>,
    },
    /// Nothing is for sale yet.
    #[serde(rename = "e")]
    NothingToShow,
    /// No such product here.
    #[serde(rename = "n")]
    NotFound {
        /// The words that were looked for.
        #[serde(rename = "w")]
        words: Name,
    },
    /// Which product? Its name is to be typed.
    #[serde(rename = "a")]
    AskName {
        /// What is asked about it.
        #[serde(rename = "a")]
        ask: Ask,
    },
    /// Hello, and what can be asked here.
    #[serde(rename = "g")]
    Greeting,
    /// What can be asked here.
    #[serde(rename = "m")]
    Menu,
    /// You are welcome.
    #[serde(rename = "t")]
    Welcome,
    /// All right.
    #[serde(rename = "y")]
    Noted,
    /// Whether messages should really stop.
    #[serde(rename = "k")]
    AskOptOut,
    /// Whether messages should really come again.
    #[serde(rename = "j")]
    AskOptIn,
    /// Messages have stopped.
    #[serde(rename = "x")]
    OptedOut,
    /// Messages come again.
    #[serde(rename = "i")]
    OptedIn,
    /// A person will write.
    #[serde(rename = "h")]
    HumanSoon,
}

impl Reply {
    /// The answer about one product, saying that the size asked for is not it; every other answer as it is.
    #[must_use]
    pub fn instead_of(mut self, size: Option<Name>) -> Self {
        if let Self::Stock { other_size, .. } | Self::OutOfStock { other_size, .. } | Self::Price { other_size, .. } = &mut self {
            *other_size = size;
        }
        self
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn is_false(value: &bool) -> bool {
    !*value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_about_one_product_stays_small_on_the_row() {
        let name = Name::new(&"क".repeat(60)).unwrap();
        let largest = Reply::Stock {
            name,
            quantity: Quantity::new(i64::MAX),
            unit: Unit::Millilitre,
            price: Paise::new(i64::MAX),
            low: true,
            value: Some(Paise::new(i64::MAX)),
            other_size: None,
        };
        let json = serde_json::to_string(&largest).unwrap();
        assert!(json.len() < 300, "{} bytes", json.len());
        assert_eq!(serde_json::from_str::<Reply>(&json).unwrap(), largest);
        let sized = largest.instead_of(Name::cut("2 litre"));
        assert_eq!(serde_json::from_str::<Reply>(&serde_json::to_string(&sized).unwrap()).unwrap(), sized);
        let stored = r#"{"o":{"n":"Sugar","u":"kilogram","p":4500}}"#;
        assert!(matches!(serde_json::from_str::<Reply>(stored).unwrap(), Reply::OutOfStock { other_size: None, .. }), "from before sizes");
        assert_eq!(Reply::Menu.instead_of(Name::cut("2 litre")), Reply::Menu);
        assert_eq!(serde_json::to_string(&Reply::Menu).unwrap(), r#""m""#);
    }
}
