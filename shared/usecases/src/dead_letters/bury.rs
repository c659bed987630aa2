//! What the queues have given up is taken into the businesses it belongs to.

use domain::{
    id::TenantId,
    messaging::failure::{Failure, Ours},
    ports::{DeadLetters, GivenUp},
    task::Task,
    time::Moment,
};
use serde::Deserialize;
use store::Table;

use super::sends;
use crate::error::Error;

/// How many rounds one tick takes; the next tick goes on.
const ROUNDS_MAX: usize = 20;

/// What was taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Buried {
    /// Dead letters that lie in their business now.
    pub buried: usize,
    /// Those that name no business. They stay on their queue, for people with rights to it.
    pub nameless: usize,
}

#[derive(Deserialize)]
struct Owner {
    tenant: TenantId,
}

/// Takes dead letters until there are no more, or for this tick enough.
///
/// # Errors
/// When the store or a queue fails; what was taken stays taken.
pub async fn run(at: &Moment, table: &Table, letters: &dyn DeadLetters) -> Result<Buried, Error> {
    let mut buried = Buried::default();
    for _ in 0..ROUNDS_MAX {
        let taken = letters.take().await?;
        let before = buried.buried;
        for letter in &taken {
            if one(at, table, letter).await? {
                letters.done(letter).await?;
                buried.buried += 1;
            } else {
                buried.nameless += 1;
            }
        }
        // Nothing is left, or only what nobody can take.
        if buried.buried == before {
            break;
        }
    }
    Ok(buried)
}

async fn one(at: &Moment, table: &Table, letter: &GivenUp) -> Result<bool, Error> {
    // A newer release may have written it; whose it is can be read all the same.
    let Ok(owner) = serde_json::from_str::<Owner>(&letter.body) else { return Ok(false) };
    let tenant = table.tenant(owner.tenant);
    tenant.bury(&letter.queue, &letter.id, &letter.body, letter.sent_at).await?;
    if let Ok(task) = serde_json::from_str::<Task>(&letter.body)
        && let Some((place, message)) = sends(&task)
    {
        // Its bubble says so, and what waits behind it goes on.
        tenant.keep_failed(place, message, &Failure::ours(Ours::GivenUp), None, at.now).await?;
        crate::send_message::leave(at, &tenant, message).await?;
    }
    Ok(true)
}
