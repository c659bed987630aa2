//! The number a message goes out from, and its token.

use domain::{
    messaging::status::Failure,
    tenant::{Number, NumberState},
};

use super::Sending;
use crate::{
    error::Error,
    opened_number::{self, Opened},
    stop_number,
};

/// The number with its token, opened.
pub(super) async fn read(sending: &Sending<'_>) -> Result<Opened, Error> {
    let found = opened_number::run(sending.at, sending.tenant, sending.means.memory, &sending.message.number).await?;
    found.ok_or(Error::NotFound("number"))
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
