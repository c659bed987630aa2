//! Dead letters: tasks that a queue has given up. They are taken off the queues, which all businesses share, into the business they
//! belong to; there its owner looks at them, sends them on their way again or throws them away.

pub mod bury;
pub mod discard;
pub mod list;
pub mod redrive;

use domain::{
    messaging::{
        failure::{Failure, Ours},
        key::CallbackData,
    },
    task::{SendMessage, Task},
    time::Moment,
};
use store::TenantStore;

use crate::error::Error;

/// Sends a task that was given up on its way again: a message that it sends forgets that it failed.
pub(crate) async fn drive(at: &Moment, tenant: &TenantStore, task: &Task) -> Result<(), Error> {
    if let Some((place, _)) = sends(task) {
        tenant.revive(place).await?;
    }
    Ok(tenant.schedule(task, at.now).await?)
}

/// Gives a task up for good: a message that it was to send says so.
pub(crate) async fn drop_for_good(at: &Moment, tenant: &TenantStore, task: &Task) -> Result<(), Error> {
    if let Some((place, message)) = sends(task) {
        tenant.revive(place).await?;
        tenant.keep_failed(place, message, &Failure::ours(Ours::Discarded), None, at.now).await?;
    }
    Ok(())
}

/// The message a task sends, if it sends one.
fn sends(task: &Task) -> Option<(CallbackData, &SendMessage)> {
    if let Task::SendMessageV1(message) = task { Some((message.place(), message)) } else { None }
}
