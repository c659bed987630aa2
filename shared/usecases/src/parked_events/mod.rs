//! What nobody handles yet, or could not be applied: people who run the business see that it is there, have it tried again, or discard
//! it. What it says is shown to nobody.

pub mod discard;
pub mod list;
pub mod retry;

use domain::{access::Action, tenant::User};
use store::{Fate, ParkedEvent, TenantStore};

use crate::{authorise, error::Error, session::token::Identity};

/// A message from further ahead of our clock than clocks differ.
pub(crate) const FUTURE: &str = "future";
/// A number that came for another account than its own.
pub(crate) const ACCOUNT_MISMATCH: &str = "account_mismatch";
/// A message, a status or a value that does not read.
pub(crate) const UNREADABLE: &str = "unreadable";
/// A task that could never succeed.
pub(crate) const TASK: &str = "task";

/// Who decides, and about what. An event that had this fate before is as it was; one that had the other is decided.
async fn to_decide(tenant: &TenantStore, identity: Identity, id: &str, fate: Fate) -> Result<(User, ParkedEvent), Error> {
    let user = authorise::colleague(tenant, identity, Action::ManageParkedEvents).await?;
    let event = tenant.parked_event(id).await?.ok_or(Error::NotFound("parked event"))?;
    if event.parked.fate != Fate::Waiting && event.parked.fate != fate {
        return Err(refused(match event.parked.fate {
            Fate::Discarded => "was discarded: it cannot be tried again",
            Fate::Waiting | Fate::Redriven => "was applied: it cannot be discarded any more",
        }));
    }
    Ok((user, event))
}

fn refused(problem: &str) -> Error {
    Error::Invalid { field: "id", problem: problem.to_owned() }
}
