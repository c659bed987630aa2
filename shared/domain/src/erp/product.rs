//! A thing a business sells.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{id::ProductId, money::Paise, quantity::Unit, text::Text};

/// The business's own code of a product.
pub type Sku = Text<40>;
/// The name of a product, or another name people call it by, in any script.
pub type ProductName = Text<60>;
/// The kind of goods a product belongs to.
pub type Category = Text<40>;
/// Other names of a product.
pub type Aliases = Vec<ProductName>;

/// How many other names a product may have.
const ALIASES_MAX: usize = 24;
/// A GST rate of 100 %.
const RATE_MAX_BP: u16 = 10_000;

/// A product: what it is called, what it is sold by and what a unit of it costs.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(try_from = "NewProduct", into = "NewProduct")]
pub struct Product(NewProduct);

/// The parts of a [`Product`], before they are checked together.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct NewProduct {
    /// The identifier.
    #[serde(rename = "i")]
    pub id: ProductId,
    /// The business's own code.
    #[serde(rename = "k")]
    pub sku: Sku,
    /// The name shown to people.
    #[serde(rename = "n")]
    pub name: ProductName,
    /// Other names people use.
    #[serde(rename = "a", default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Aliases,
    /// The kind of goods.
    #[serde(rename = "c")]
    pub category: Category,
    /// What it is counted or measured in.
    #[serde(rename = "u")]
    pub unit: Unit,
    /// What one unit costs, with tax.
    #[serde(rename = "p")]
    pub price: Paise,
    /// The code of the goods in the tariff, for invoices.
    #[serde(rename = "h", default, skip_serializing_if = "Option::is_none")]
    pub hsn: Option<Hsn>,
    /// The GST rate in basis points: 1800 is 18 %.
    #[serde(rename = "g")]
    pub gst_rate_bp: u16,
    /// Whether it is for sale at present.
    #[serde(rename = "o")]
    pub active: bool,
}

/// Why parts make no [`Product`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProductError {
    /// More other names than allowed.
    #[error("aliases must be at most {ALIASES_MAX}, are {0}")]
    Aliases(usize),
    /// A price below zero.
    #[error("price must not be negative")]
    Price,
    /// A tax rate above 100 %.
    #[error("gst_rate_bp must be at most {RATE_MAX_BP}, is {0}")]
    Rate(u16),
}

impl Product {
    /// Puts a product together.
    ///
    /// # Errors
    /// Refuses too many aliases, a negative price and a GST rate above 100 %.
    pub fn new(parts: NewProduct) -> Result<Self, ProductError> {
        if parts.aliases.len() > ALIASES_MAX {
            return Err(ProductError::Aliases(parts.aliases.len()));
        }
        if parts.price < Paise::ZERO {
            return Err(ProductError::Price);
        }
        if parts.gst_rate_bp > RATE_MAX_BP {
            return Err(ProductError::Rate(parts.gst_rate_bp));
        }
        Ok(Self(parts))
    }

    /// The identifier.
    #[must_use]
    pub const fn id(&self) -> ProductId {
        self.0.id
    }

    /// The business's own code.
    #[must_use]
    pub const fn sku(&self) -> &Sku {
        &self.0.sku
    }

    /// The name shown to people.
    #[must_use]
    pub const fn name(&self) -> &ProductName {
        &self.0.name
    }

    /// Other names people use.
    #[must_use]
    pub fn aliases(&self) -> &[ProductName] {
        &self.0.aliases
    }

    /// The kind of goods.
    #[must_use]
    pub const fn category(&self) -> &Category {
        &self.0.category
    }

    /// What it is counted or measured in.
    #[must_use]
    pub const fn unit(&self) -> Unit {
        self.0.unit
    }

    /// What one unit costs, with tax.
    #[must_use]
    pub const fn price(&self) -> Paise {
        self.0.price
    }

    /// The code of the goods in the tariff.
    #[must_use]
    pub const fn hsn(&self) -> Option<&Hsn> {
        self.0.hsn.as_ref()
    }

    /// The GST rate in basis points.
    #[must_use]
    pub const fn gst_rate_bp(&self) -> u16 {
        self.0.gst_rate_bp
    }

    /// Whether it is for sale at present.
    #[must_use]
    pub const fn active(&self) -> bool {
        self.0.active
    }
}

impl TryFrom<NewProduct> for Product {
    type Error = ProductError;
    fn try_from(parts: NewProduct) -> Result<Self, ProductError> {
        Self::new(parts)
    }
}

impl From<Product> for NewProduct {
    fn from(product: Product) -> Self {
        product.0
    }
}

/// A code of the harmonised system of nomenclature: four, six or eight digits.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Hsn(String);

/// Why a string is no [`Hsn`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("hsn must have 4, 6 or 8 digits")]
pub struct HsnError;

impl Hsn {
    /// Takes a code of four, six or eight digits.
    ///
    /// # Errors
    /// Refuses anything else.
    pub fn new(code: &str) -> Result<Self, HsnError> {
        let shaped = matches!(code.len(), 4 | 6 | 8) && code.bytes().all(|byte| byte.is_ascii_digit());
        if !shaped {
            return Err(HsnError);
        }
        Ok(Self(code.to_owned()))
    }

    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Hsn {
    type Error = HsnError;
    fn try_from(code: String) -> Result<Self, HsnError> {
        Self::new(&code)
    }
}

impl From<Hsn> for String {
    fn from(hsn: Hsn) -> Self {
        hsn.0
    }
}

impl fmt::Display for Hsn {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::derived;

    #[test]
    fn reads_back_what_it_wrote() {
        let product = Product::new(sugar()).unwrap();
        let json = serde_json::to_string(&product).unwrap();
        assert_eq!(serde_json::from_str::<Product>(&json).unwrap(), product);
        assert!(json.contains(r#""u":"kilogram""#) && json.contains(r#""p":4500"#), "{json}");
    }

    #[test]
    fn refuses_what_cannot_be() {
        assert_eq!(Product::new(NewProduct { price: Paise::new(-1), ..sugar() }), Err(ProductError::Price));
        assert_eq!(Product::new(NewProduct { gst_rate_bp: 10_001, ..sugar() }), Err(ProductError::Rate(10_001)));
        let many = vec![ProductName::new("cheeni").unwrap(); 25];
        assert_eq!(Product::new(NewProduct { aliases: many, ..sugar() }), Err(ProductError::Aliases(25)));
        for bad in ["", "123", "12345", "abcd", "123456789", "१२३४"] {
            assert_eq!(Hsn::new(bad), Err(HsnError), "{bad}");
        }
    }

    fn sugar() -> NewProduct {
        NewProduct {
            id: derived(&[b"sugar"]),
            sku: Sku::new("SUG-1").unwrap(),
            name: ProductName::new("Sugar").unwrap(),
            aliases: vec![ProductName::new("चीनी").unwrap()],
            category: Category::new("Staples").unwrap(),
            unit: Unit::Kilogram,
            price: Paise::new(4_500),
            hsn: Some(Hsn::new("170199").unwrap()),
            gst_rate_bp: 500,
            active: true,
        }
    }
}
