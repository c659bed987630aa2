//! A person is told that a message was read, and perhaps that an answer is being written. What is lost of it is not made up for.

use domain::{
    ports::{MessageChannel, ReadRequest},
    task::MarkRead,
    tenant::NumberState,
    time::{Moment, SignedDuration},
};
use secrecy::ExposeSecret as _;
use store::TenantStore;

use crate::{error::Error, memory::Memory, opened_number};

/// How late it may be told: after this, nobody looks for the ticks.
const LATE: SignedDuration = SignedDuration::from_mins(10);

/// Tells it, unless the number is stopped or the moment has passed. A refusal ends it: the ticks come with the next message that is read.
///
/// # Errors
/// When the store does not answer.
pub async fn run(at: &Moment, tenant: &TenantStore, memory: &Memory, channel: &dyn MessageChannel, read: &MarkRead) -> Result<(), Error> {
    if at.now.duration_since(read.at) > LATE {
        return Ok(());
    }
    let (number, token) = opened_number::run(at, tenant, memory, &read.number).await?.ok_or(Error::NotFound("number"))?;
    if number.state != NumberState::Connected {
        return Ok(());
    }
    let request = ReadRequest { number: &number, wamid: &read.wamid, typing: read.typing };
    if channel.mark_read(token.expose_secret(), request).await.is_err() {
        tracing::debug!(number = %read.number, "the provider was not told that a message was read");
    }
    Ok(())
}
