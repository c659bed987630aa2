//! The number a message goes out from, and its token.

use std::sync::Arc;

use domain::{
    messaging::status::Failure,
    tenant::{Number, NumberState},
};
use secrecy::SecretString;

use super::Sending;
use crate::{error::Error, stop_number};

/// The number with its token, opened. A stopped one is read again each time, so that it is noticed when it starts.
pub(super) async fn read(sending: &Sending<'_>) -> Result<(Arc<Number>, Arc<SecretString>), Error> {
    let (memory, now) = (sending.means.memory, sending.at.now);
    let key = (sending.tenant.id(), sending.message.number.clone());
    if let Some(found) = memory.numbers.get(&key, now) {
        return Ok(found);
    }
    let (number, token) = sending.tenant.number_with_token(&sending.message.number).await?.ok_or(Error::NotFound("number"))?;
    let found = (Arc::new(number), Arc::new(token));
    if !stopped(&found.0) {
        memory.numbers.put(key, found.clone(), now);
    }
    Ok(found)
}

/// Whether nothing may go out from it.
pub(super) fn stopped(number: &Number) -> bool {
    number.state != NumberState::Connected
}

/// Stops the number: the provider says that nothing can go out from it. Its messages wait until somebody starts it.
pub(super) async fn stop(sending: &Sending<'_>, failure: &Failure) -> Result<bool, Error> {
    sending.means.memory.numbers.forget(&(sending.tenant.id(), sending.message.number.clone()));
    stop_number::run(sending.tenant, &sending.message.number, failure).await
}
