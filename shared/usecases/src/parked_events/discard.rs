//! Something that is parked is thrown away.

use domain::{task::Task, time::Moment};
use store::{Fate, Parked, TenantStore};

use super::{TASK, to_decide};
use crate::{dead_letters::drop_for_good, error::Error, session::token::Identity};

/// Throws it away and writes down who did. Asked twice, it is thrown away once.
///
/// # Errors
/// [`Error::NotFound`] when this business has no such event, [`Error::Invalid`] when it was applied.
pub async fn run(at: &Moment, tenant: &TenantStore, identity: Identity, id: &str) -> Result<Parked, Error> {
    let (user, event) = to_decide(tenant, identity, id, Fate::Discarded).await?;
    if event.parked.fate == Fate::Discarded {
        return Ok(event.parked);
    }
    if event.parked.kind == TASK
        && let Ok(task) = serde_json::from_str::<Task>(&event.raw)
    {
        drop_for_good(at, tenant, &task).await?;
    }
    tenant.decide_parked(id, Fate::Discarded, user.id, at.now).await?;
    tracing::info!(event = id, user = %user.id, "a parked event is discarded");
    Ok(Parked { fate: Fate::Discarded, decided: Some((user.id, at.now)), ..event.parked })
}
