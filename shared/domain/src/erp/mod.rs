//! What a business sells and how much of it there is.

mod product;
mod stock;

pub use self::{
    product::{Aliases, Category, Hsn, HsnError, NewProduct, Product, ProductError, ProductName, Sku},
    stock::{Stock, StockError},
};
