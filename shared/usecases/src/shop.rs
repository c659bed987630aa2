//! The business itself, remembered for a while.

use std::sync::Arc;

use domain::{language::Vocabulary, tenant::Tenant, time::Moment};
use store::TenantStore;

use crate::{
    error::Error,
    memory::{Catalogue, Memory},
};

/// The business.
///
/// # Errors
/// When the store fails, or there is no such business.
pub async fn run(at: &Moment, tenant: &TenantStore, memory: &Memory) -> Result<Arc<Tenant>, Error> {
    if let Some(shop) = memory.tenants.get(&tenant.id(), at.now) {
        return Ok(shop);
    }
    let shop = tenant.get::<Tenant>(&()).await?.ok_or(Error::NotFound("business"))?;
    let shop = Arc::new(shop.body);
    memory.tenants.put(tenant.id(), Arc::clone(&shop), at.now);
    Ok(shop)
}

/// What it sells.
///
/// # Errors
/// When the store fails.
pub async fn catalogue(at: &Moment, tenant: &TenantStore, memory: &Memory) -> Result<Arc<Catalogue>, Error> {
    if let Some(catalogue) = memory.catalogues.get(&tenant.id(), at.now) {
        return Ok(catalogue);
    }
    let products = tenant.products().await?;
    let catalogue = Arc::new(Catalogue { vocabulary: Vocabulary::of(&products), products });
    memory.catalogues.put(tenant.id(), Arc::clone(&catalogue), at.now);
    Ok(catalogue)
}
