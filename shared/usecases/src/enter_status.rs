//! A status finds its message: by our own callback data, in one update and without a read; where there is none of ours, by the
//! provider's id of the message. What finds none is kept, and entered when the message's row appears or its id becomes known.

use domain::{
    messaging::{
        event::UnhandledKind,
        failure::FailureClass,
        key::CallbackData,
        status::{Origin, State, StatusUpdate},
    },
    tenant::NumberId,
    text::Text,
    time::Moment,
};
use store::{Entered, TenantStore};

use crate::{change_consent, error::Error, stop_number};

/// What a status that finds no message is called among what is parked.
const KIND: &str = UnhandledKind::Status.name();

/// What became of a status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is on its message.
    Entered,
    /// It is kept: its message is not here, or not yet.
    Kept,
}

/// Enters a status of a number's message. The place is what our callback data says, if there is any.
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
    let place = match place.filter(|place| place.message.is_ours()) {
        Some(place) => Some(place),
        None => named(at, tenant, number, update).await?,
    };
    match place {
        Some(place) => enter(at, tenant, number, place, update).await,
        None => park(at, tenant, number, update).await,
    }
}

/// From now on it is known which message an id names: statuses that came before are entered.
///
/// # Errors
/// When the store fails; doing it again does the rest.
pub(crate) async fn name(
    at: &Moment,
    tenant: &TenantStore,
    number: &NumberId,
    place: CallbackData,
    wamid: &Text<512>,
) -> Result<(), Error> {
    let early = tenant.remember_wamid(number, wamid.as_str(), place, at.now).await?;
    if early.is_empty() {
        return Ok(());
    }
    for update in &early {
        if enter(at, tenant, number, place, update).await? == Outcome::Entered {
            tenant.unpark(number, KIND, &written(update)?).await?;
        }
    }
    Ok(tenant.wait_no_more_for_wamid(number, wamid.as_str(), &early).await?)
}

/// The message that the provider's id names. If nobody has said so yet, the status waits until somebody does.
async fn named(at: &Moment, tenant: &TenantStore, number: &NumberId, update: &StatusUpdate) -> Result<Option<CallbackData>, Error> {
    match tenant.place_of_wamid(number, update.wamid.as_str()).await? {
        Some(place) => Ok(Some(place)),
        None => Ok(tenant.wait_for_wamid(number, update, at.now).await?),
    }
}

async fn enter(at: &Moment, tenant: &TenantStore, number: &NumberId, place: CallbackData, update: &StatusUpdate) -> Result<Outcome, Error> {
    match tenant.enter_status(place, update).await? {
        Entered::Done => {
            after_failure(at, tenant, number, place, update).await?;
            if let Some(until) = update.origin.as_ref().and_then(Origin::free_until) {
                tenant.note_free_until(place.conversation, until).await?;
            }
            Ok(Outcome::Entered)
        }
        Entered::Missing => {
            tenant.keep_status(place, update, at.now).await?;
            Ok(Outcome::Kept)
        }
        // The second of two copies: its place has the first, and nobody will ever name another.
        Entered::Another => park(at, tenant, number, update).await,
    }
}

async fn park(at: &Moment, tenant: &TenantStore, number: &NumberId, update: &StatusUpdate) -> Result<Outcome, Error> {
    tenant.park(number, KIND, &written(update)?, at.now).await?;
    Ok(Outcome::Kept)
}

fn written(update: &StatusUpdate) -> Result<String, Error> {
    serde_json::to_string(update).map_err(|_| Error::Bug("a status does not serialise"))
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
