//! How a number stands with its provider: what was told of the number, under both its names, and of its account.

use std::sync::Arc;

use domain::{
    tenant::{Number, NumberHealth, NumberId},
    time::Moment,
};
use store::TenantStore;

use crate::{error::Error, memory::Memory};

/// What is known, at most a minute old.
///
/// # Errors
/// When the store fails.
pub async fn run(at: &Moment, tenant: &TenantStore, memory: &Memory, number: &Number) -> Result<Arc<NumberHealth>, Error> {
    let key = (tenant.id(), number.id.clone());
    if let Some(health) = memory.health.get(&key, at.now) {
        return Ok(health);
    }
    let health = Arc::new(read(tenant, number).await?);
    memory.health.put(key, Arc::clone(&health), at.now);
    Ok(health)
}

/// What is known now.
///
/// # Errors
/// When the store fails.
pub async fn read(tenant: &TenantStore, number: &Number) -> Result<NumberHealth, Error> {
    let shown = NumberId::new(&number.display_phone.digits()).ok();
    let ids: Vec<NumberId> = std::iter::once(number.id.clone()).chain(shown).chain(number.waba_id.clone()).collect();
    let told = tenant.get_many::<NumberHealth>(&ids).await?;
    let own = told.into_iter().map(|told| if number.waba_id.as_ref() == Some(&told.id) { told.of_account() } else { told });
    Ok(own.fold(NumberHealth::unknown(number.id.clone()), NumberHealth::with))
}
