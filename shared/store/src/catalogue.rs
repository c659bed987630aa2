//! The catalogue: all products of a business, and what is on hand of one.

use domain::{
    erp::{Product, Stock},
    id::ProductId,
    page::{Cursor, PageSize},
};

use crate::{
    error::StoreError,
    row::Stored as _,
    row::{self, from_item},
    tenant::TenantStore,
};

/// How many products a business may have before its catalogue is no longer read as a whole.
const PRODUCTS_MAX: usize = 10_000;

impl TenantStore {
    /// Every product, up to ten thousand.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn products(&self) -> Result<Vec<Product>, StoreError> {
        let (partition, scope) = (self.scope().catalogue_all(), self.scope());
        let size = PageSize::new(100).unwrap_or(PageSize::DEFAULT);
        let (mut products, mut cursor): (Vec<Product>, Option<Cursor>) = (Vec::new(), None);
        loop {
            let primary = |sort: &str| sort.parse::<ProductId>().ok().map(|id| scope.product(id));
            let page = self.index_page(&partition, size, cursor.as_ref(), false, primary).await?;
            let ids: Vec<ProductId> = page.items.iter().filter_map(|sort| sort.parse().ok()).collect();
            products.extend(self.get_many::<Product>(&ids).await?);
            cursor = page.next;
            if cursor.is_none() || products.len() >= PRODUCTS_MAX {
                products.sort_by_key(Product::id);
                return Ok(products);
            }
        }
    }

    /// A product and what is on hand of it, in one read.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn product_with_stock(&self, id: ProductId) -> Result<Option<(Product, Stock)>, StoreError> {
        let (product, stock) = (self.scope().product(id), self.scope().stock(id));
        let items = self.table().get_many(&[product, stock]).await?;
        let of_kind = |kind| items.iter().find(|item| row::string(item, "k") == Some(kind));
        let (Some(product), Some(stock)) = (of_kind(Product::KIND), of_kind(Stock::KIND)) else {
            return Ok(None);
        };
        Ok(Some((from_item(self.scope(), product)?.body, from_item(self.scope(), stock)?.body)))
    }
}
