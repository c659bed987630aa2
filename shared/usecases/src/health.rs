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
    let shown = NumberId::new(&number.display_phone.digits()).ok();
    let ids: Vec<NumberId> = std::iter::once(number.id.clone()).chain(shown).chain(number.waba_id.clone()).collect();
    let told = tenant.get_many::<NumberHealth>(&ids).await?;
    let health = told.into_iter().fold(NumberHealth::unknown(number.id.clone()), NumberHealth::with);
    let health = Arc::new(health);
    memory.health.put(key, Arc::clone(&health), at.now);
    Ok(health)
}
