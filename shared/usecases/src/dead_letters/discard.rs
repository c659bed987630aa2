//! A dead letter is thrown away.

use domain::{access::Action, time::Moment};
use store::{DeadLetter, Fate, TenantStore};

use super::drop_for_good;
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
    if let Some(task) = &letter.task {
        drop_for_good(at, tenant, task).await?;
    }
    tenant.decide_dead_letter(id, Fate::Discarded, user.id, at.now).await?;
    tracing::info!(letter = id, user = %user.id, "a dead letter is discarded");
    Ok(DeadLetter { fate: Fate::Discarded, decided: Some((user.id, at.now)), ..letter })
}
