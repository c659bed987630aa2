//! A number was heard: noted once an hour, so that its silence can be told from its normal.
//!
//! Whether this hour is noted already stands in the directory, where every webhook looks anyway; so it costs two small writes an hour
//! for a number, however much is said on it and by however many sandboxes it is heard.

use domain::{
    id::TenantId,
    task::{Task, WatchNumber},
    tenant::{NumberId, silence::Pulse},
    time::{Moment, hour},
};
use store::{StoreError, Table};

use super::connect;
use crate::error::Error;

/// Notes that a number was heard.
///
/// # Errors
/// When the store fails; the next webhook tries again.
pub async fn run(at: &Moment, table: &Table, owner: TenantId, id: &NumberId) -> Result<(), Error> {
    let tenant = table.tenant(owner);
    let read = tenant.get::<Pulse>(id).await?;
    let (pulse, version) = match read {
        Some(read) => (read.body, Some(read.version)),
        None => (connect::pulse(at, id), None),
    };
    if !noted(&pulse, at) {
        let due = pulse.next_look;
        let heard = pulse.heard(at.now);
        if let Some(next) = heard.next_look.filter(|next| due != Some(*next) || version.is_none()) {
            tenant.schedule(&Task::WatchNumberV1(Box::new(WatchNumber { tenant: owner, number: id.clone(), due: next })), next).await?;
        }
        let written = match version {
            Some(version) => tenant.update(&heard, version).await,
            None => tenant.create(&heard).await,
        };
        match written {
            // Somebody else noted the same at the same moment.
            Ok(()) | Err(StoreError::Conflict) => {}
            Err(error) => return Err(error.into()),
        }
    }
    table.directory().note_heard(id, owner, hour(at.now)).await?;
    Ok(())
}

/// Whether this hour is noted, and no check has asked for a sign of life since.
fn noted(pulse: &Pulse, at: &Moment) -> bool {
    let this_hour = pulse.last_heard.is_some_and(|last| hour(last) == hour(at.now));
    let answered = pulse.asked.is_none_or(|asked| pulse.last_heard.is_some_and(|last| last >= asked));
    this_hour && answered && pulse.alarm.is_none()
}
