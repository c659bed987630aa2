//! The demo shop's products, from `demo/sharma-kirana.json`.

use anyhow::Context as _;
use serde::Deserialize;
use shared::domain::{
    erp::{Category, Hsn, NewProduct, Product, ProductName, Sku, Stock},
    id::{TenantId, derived},
    money::Paise,
    quantity::{Quantity, Unit},
};

const DEMO: &str = include_str!("../demo/sharma-kirana.json");

/// A product and what is on hand of it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The shop's own code.
    pub sku: Sku,
    /// What it is called.
    pub name: ProductName,
    /// What else people call it.
    pub aliases: Vec<ProductName>,
    /// Where it stands in the menu.
    pub category: Category,
    /// How it is counted.
    pub unit: Unit,
    /// The price of one unit.
    pub price_paise: i64,
    /// The code of the tax tariff.
    pub hsn: Option<Hsn>,
    /// The tax, in hundredths of a percent.
    pub gst_rate_bp: u16,
    /// What is there, in thousandths of a unit.
    pub on_hand: i64,
    /// When to order more, in thousandths of a unit.
    pub reorder_level: i64,
}

/// The products of the demo shop.
///
/// # Errors
/// When the file does not read.
pub fn demo_catalogue() -> anyhow::Result<Vec<Entry>> {
    #[derive(Deserialize)]
    struct File {
        products: Vec<Entry>,
    }
    let file: File = serde_json::from_str(DEMO).context("demo/sharma-kirana.json does not read")?;
    Ok(file.products)
}

impl Entry {
    /// The product and its stock in this shop.
    ///
    /// # Errors
    /// When a value cannot be; the product is named.
    pub fn of(&self, tenant: TenantId) -> anyhow::Result<(Product, Stock)> {
        let sku = self.sku.as_str();
        let parts = NewProduct {
            id: derived(&[b"seed", b"product", tenant.to_string().as_bytes(), sku.as_bytes()]),
            sku: self.sku.clone(),
            name: self.name.clone(),
            aliases: self.aliases.clone(),
            category: self.category.clone(),
            unit: self.unit,
            price: Paise::new(self.price_paise),
            hsn: self.hsn.clone(),
            gst_rate_bp: self.gst_rate_bp,
            active: true,
        };
        let product = Product::new(parts).with_context(|| format!("product {sku}"))?;
        let stock = Stock::new(product.id(), Quantity::new(self.on_hand), Quantity::ZERO, Quantity::new(self.reorder_level));
        Ok((product, stock.with_context(|| format!("stock of {sku}"))?))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn the_demo_shop_is_complete() {
        let entries = demo_catalogue().unwrap();
        assert!(entries.len() >= 40, "{} products", entries.len());
        let tenant = derived(&[b"test"]);
        let products: Vec<Product> = entries.iter().map(|entry| entry.of(tenant).unwrap().0).collect();
        let ids: HashSet<_> = products.iter().map(Product::id).collect();
        assert_eq!(ids.len(), products.len(), "two products have the same sku");
        let categories: HashSet<_> = products.iter().map(|product| product.category().as_str()).collect();
        // A list message has ten rows.
        assert!((2..=10).contains(&categories.len()), "{categories:?}");
    }

    #[test]
    fn two_shops_share_no_product() {
        let entry = demo_catalogue().unwrap().remove(0);
        let id = |shop: &[u8]| entry.of(derived(&[shop])).unwrap().0.id();
        assert_eq!(id(b"one"), id(b"one"));
        assert_ne!(id(b"one"), id(b"two"));
    }
}
