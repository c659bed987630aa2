//! A number that cannot send is stopped: its messages wait until its token is changed or a person starts it.

use domain::{
    messaging::failure::Failure,
    tenant::{Number, NumberId, NumberState, StopReason},
};
use store::{StoreError, TenantStore};

use crate::error::Error;

/// Stops the number. The answer is whether it was running until now.
///
/// # Errors
/// When the store does not answer.
pub async fn run(tenant: &TenantStore, number: &NumberId, failure: &Failure) -> Result<bool, Error> {
    let Some(read) = tenant.get::<Number>(number).await? else { return Ok(false) };
    if read.body.state != NumberState::Connected {
        return Ok(false);
    }
    let stopped = read.body.stopped_by(StopReason::TokenRefused);
    match tenant.update(&stopped, read.version).await {
        Ok(()) => {
            tracing::error!(code = failure.code, number = %number, "a number is stopped");
            Ok(true)
        }
        // Somebody else wrote it: stopped by another message, or mended by a person. The next refusal sees which.
        Err(StoreError::Conflict) => Ok(false),
        Err(error) => Err(error.into()),
    }
}
