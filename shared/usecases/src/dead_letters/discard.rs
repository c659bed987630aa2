//! A dead letter is thrown away.

use domain::{
    access::Action,
    messaging::failure::{Failure, Ours},
    time::Moment,
};
use store::{DeadLetter, Fate, TenantStore};

use super::sends;
use crate::{authorise, error::Error, session::token::Identity};

/// Throws a dead letter away and writes down who did. Asked twice, it is thrown away once.
///
/// # Errors
/// [`Error::NotFound`] when this business has no such letter, [`Error::Invalid`] when it went out again already.
pub async fn run(at: &Moment, tenant: &TenantStore, identity: Identity, id: &str) -> Result<DeadLetter, Error> {
    let user = authorise::colleague(tenant, identity, Action::ManageDeadLetters).await?;
    let letter = tenant.dead_letter(id).await?.ok_or(Error::NotFound("dead letter"))?;
    match letter.fate {
        Fate::Discarded => return Ok(letter),
        Fate::Redriven => {
            return Err(Error::Invalid { field: "id", problem: "went onto its queue again: it cannot be discarded any more".to_owned() });
        }
        Fate::Waiting => {}
    }
    if let Some((place, message)) = letter.task.as_ref().and_then(sends) {
        tenant.revive(place).await?;
        tenant.keep_failed(place, message, &Failure::ours(Ours::Discarded), None, at.now).await?;
    }
    tenant.decide_dead_letter(id, Fate::Discarded, user.id, at.now).await?;
    tracing::info!(letter = id, user = %user.id, "a dead letter is discarded");
    Ok(DeadLetter { fate: Fate::Discarded, decided: Some((user.id, at.now)), ..letter })
}
