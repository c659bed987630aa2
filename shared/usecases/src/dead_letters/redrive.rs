//! A dead letter goes onto its queue again.

use domain::{access::Action, time::Moment};
use store::{DeadLetter, Fate, TenantStore};

use super::drive;
use crate::{authorise, error::Error, session::token::Identity};

/// Sends a dead letter on its way again and writes down who did. Asked twice, it goes once more to no effect.
///
/// # Errors
/// [`Error::NotFound`] when this business has no such letter, [`Error::Invalid`] when it was discarded or cannot be read.
pub async fn run(at: &Moment, tenant: &TenantStore, identity: Identity, id: &str) -> Result<DeadLetter, Error> {
    let user = authorise::colleague(tenant, identity, Action::ManageDeadLetters).await?;
    let letter = tenant.dead_letter(id).await?.ok_or(Error::NotFound("dead letter"))?;
    let refused = |problem: &str| Error::Invalid { field: "id", problem: problem.to_owned() };
    if letter.fate == Fate::Discarded {
        return Err(refused("was discarded: it cannot go out any more"));
    }
    if letter.fate == Fate::Redriven {
        return Ok(letter);
    }
    let task = letter.task.as_ref().ok_or_else(|| refused("was written by a newer release: try again after the next update"))?;
    // First the timer that announces it, then the decision: dying in between, it goes out and can be decided again.
    drive(at, tenant, task).await?;
    tenant.decide_dead_letter(id, Fate::Redriven, user.id, at.now).await?;
    tracing::info!(letter = id, user = %user.id, "a dead letter is redriven");
    Ok(DeadLetter { fate: Fate::Redriven, decided: Some((user.id, at.now)), ..letter })
}
