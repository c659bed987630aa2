//! A number is stopped, or put in use again. Stopped, it goes on hearing and sends nothing.

use domain::{
    tenant::{Number, NumberId, NumberState, StopReason},
    time::Moment,
};
use store::TenantStore;

use super::{one, release_held};
use crate::error::Error;

/// Stops a number. One that is stopped stays so, for its first reason.
///
/// # Errors
/// When there is no such number.
pub async fn stop(tenant: &TenantStore, id: &NumberId, reason: StopReason) -> Result<Number, Error> {
    let read = one(tenant, id).await?;
    write(tenant, read.body.clone().stopped_by(reason), read.body, read.version).await
}

/// Puts a number in use again. What was held for it goes out.
///
/// # Errors
/// [`Error::Invalid`] when it was given up: it has to be connected anew.
pub async fn start(at: &Moment, tenant: &TenantStore, id: &NumberId) -> Result<Number, Error> {
    let read = one(tenant, id).await?;
    let problem = || "is disconnected: connect it anew".to_owned();
    let started = read.body.clone().started().ok_or_else(|| Error::Invalid { field: "id", problem: problem() })?;
    if read.body.state == NumberState::Stopped {
        release_held(at, tenant, id).await?;
    }
    write(tenant, started, read.body, read.version).await
}

async fn write(tenant: &TenantStore, number: Number, before: Number, version: u64) -> Result<Number, Error> {
    if number != before {
        tenant.update(&number, version).await?;
    }
    Ok(number)
}
