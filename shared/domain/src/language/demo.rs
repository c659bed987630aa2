//! The demo shop, for tests: the catalogue the local stack starts with.

use serde::Deserialize;

use super::Vocabulary;
use crate::{
    erp::{Category, Hsn, NewProduct, Product, ProductName, Sku, Stock},
    id::{ProductId, derived},
    money::Paise,
    quantity::{Quantity, Unit},
};

#[derive(Deserialize)]
struct Shop {
    products: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    sku: Sku,
    name: ProductName,
    aliases: Vec<ProductName>,
    category: Category,
    unit: Unit,
    price_paise: Paise,
    hsn: Hsn,
    gst_rate_bp: u16,
    on_hand: Quantity,
    reorder_level: Quantity,
}

/// Every product of the demo shop with its stock.
pub fn catalogue() -> Vec<(Product, Stock)> {
    let shop: Shop = serde_json::from_str(include_str!("../../../../infra/seed/demo/sharma-kirana.json")).unwrap();
    shop.products.into_iter().map(stocked).collect()
}

/// The names of the demo shop's products.
pub fn vocabulary() -> Vocabulary {
    let products: Vec<Product> = catalogue().into_iter().map(|(product, _)| product).collect();
    Vocabulary::of(&products)
}

/// The id of the demo product with this code.
pub fn id_of(sku: &str) -> ProductId {
    derived(&[b"demo", sku.as_bytes()])
}

fn stocked(entry: Entry) -> (Product, Stock) {
    let Entry { sku, name, aliases, category, unit, price_paise: price, hsn, gst_rate_bp, on_hand, reorder_level } = entry;
    let id = id_of(sku.as_str());
    let product = NewProduct { id, sku, name, aliases, category, unit, price, hsn: Some(hsn), gst_rate_bp, active: true };
    (Product::new(product).unwrap(), Stock::new(id, on_hand, Quantity::ZERO, reorder_level).unwrap())
}

#[test]
fn the_demo_shop_has_what_a_demo_needs() {
    let shop = catalogue();
    assert_eq!(shop.len(), 40);
    assert!(shop.iter().any(|(_, stock)| stock.available() == Quantity::ZERO), "one is out of stock");
    assert!(shop.iter().filter(|(_, stock)| stock.low()).count() >= 3, "some are low");
    let lakh = Paise::new(10_000_000);
    assert!(shop.iter().any(|(product, stock)| stock.value(product.price()).unwrap() > lakh), "a stock value reaches lakhs");
}
