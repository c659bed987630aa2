//! A status finds its message: by our own callback data, in one update and without a read. What finds none is kept, and entered when
//! the message's row appears.

use domain::{
    messaging::{
        failure::FailureClass,
        key::CallbackData,
        status::{Origin, State, StatusUpdate},
    },
    tenant::NumberId,
    time::Moment,
};
use store::{Entered, TenantStore};

use crate::{change_consent, error::Error, stop_number};

/// What became of a status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is on its message.
    Entered,
    /// It is kept: its message is not here, or not yet.
    Kept,
}

/// Enters a status of a number's message.
///
/// # Errors
/// When the store fails: then the webhook is to come again.
pub async fn run(
    at: &Moment,
    tenant: &TenantStore,
    number: &NumberId,
    place: Option<CallbackData>,
    update: &StatusUpdate,
) -> Result<Outcome, Error> {
    if let Some(place) = place.filter(|place| place.message.is_ours()) {
        match tenant.enter_status(place, update).await? {
            Entered::Done => {
                after_failure(at, tenant, number, place, update).await?;
                if let Some(until) = update.origin.as_ref().and_then(Origin::free_until) {
                    tenant.note_free_until(place.conversation, until).await?;
                }
                return Ok(Outcome::Entered);
            }
            Entered::Missing => {
                tenant.keep_status(place, update, at.now).await?;
                return Ok(Outcome::Kept);
            }
            Entered::Another => {}
        }
    }
    let what = serde_json::to_string(update).map_err(|_| Error::Bug("a status does not serialise"))?;
    tenant.park(number, "status", &what, at.now).await?;
    Ok(Outcome::Kept)
}

/// What follows from a failure that is told afterwards. Failures are few, so this costs what it costs.
async fn after_failure(
    at: &Moment,
    tenant: &TenantStore,
    number: &NumberId,
    place: CallbackData,
    update: &StatusUpdate,
) -> Result<(), Error> {
    let Some(failure) = &update.failure else { return Ok(()) };
    // One that was delivered before is no failure to people.
    let found = tenant.message(place.conversation, place.message).await?;
    if found.is_some_and(|message| message.state() == State::Failed) {
        tenant.show_failure(place.conversation, place.message, failure).await?;
    }
    change_consent::by_failure(at, tenant, place, update).await?;
    if failure.class() == FailureClass::Halt {
        stop_number::run(tenant, number, failure).await?;
    }
    Ok(())
}
