//! A look at a number, when a silence that lasts would no longer be normal. A number that is heard pushes its next look ahead of
//! itself; one that is told of, or of which nothing is expected, is not looked at until it is heard again.

use domain::{
    task::{Task, WatchNumber},
    tenant::{
        Number, NumberId, NumberState,
        silence::{Alarm, Look, Pulse, Quiet},
    },
    time::Moment,
};
use store::TenantStore;

use super::connect;
use crate::error::Error;

/// What a look found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// Nothing that anybody need be told of.
    Nothing,
    /// The number is silent.
    Silent(Quiet),
}

/// Begins to watch a number that has just been connected.
///
/// # Errors
/// When the store fails.
pub async fn begin(at: &Moment, tenant: &TenantStore, id: &NumberId) -> Result<(), Error> {
    let pulse = match tenant.get::<Pulse>(id).await? {
        Some(read) if read.body.next_look.is_some() => return Ok(()),
        Some(read) => {
            // It was connected before: what is known of it stays, and it is given a day anew.
            let fresh = connect::pulse(at, id);
            let pulse = Pulse { connected: fresh.connected, next_look: fresh.next_look, alarm: None, ..read.body };
            schedule(tenant, &pulse).await?;
            return Ok(tenant.update(&pulse, read.version).await?);
        }
        None => connect::pulse(at, id),
    };
    schedule(tenant, &pulse).await?;
    Ok(tenant.create(&pulse).await?)
}

async fn schedule(tenant: &TenantStore, pulse: &Pulse) -> Result<(), Error> {
    if let Some(due) = pulse.next_look {
        let task = Task::WatchNumberV1(Box::new(WatchNumber { tenant: tenant.id(), number: pulse.id.clone(), due }));
        tenant.schedule(&task, due).await?;
    }
    Ok(())
}

/// Looks at a number. A look that was put off, or made already, finds what was found then.
///
/// # Errors
/// When the store fails, or somebody else wrote at the same moment; then the look comes again.
pub async fn run(at: &Moment, tenant: &TenantStore, watch: &WatchNumber) -> Result<Seen, Error> {
    let Some(read) = tenant.get::<Pulse>(&watch.number).await? else { return Ok(Seen::Nothing) };
    let pulse = read.body;
    if pulse.next_look != Some(watch.due) {
        // Told of by this very look, whose telling may have been cut off.
        let told = pulse.alarm.filter(|alarm| alarm.at == watch.due);
        return Ok(told.map_or(Seen::Nothing, |Alarm { quiet, .. }| Seen::Silent(quiet)));
    }
    let number = tenant.get::<Number>(&watch.number).await?;
    let in_use = number.is_some_and(|read| read.body.state != NumberState::Disconnected);
    let found = if in_use { pulse.look(at.now) } else { Look::Unpredictable };
    let pulse = pulse.looked(watch.due, found);
    schedule(tenant, &pulse).await?;
    let seen = pulse.alarm.map_or(Seen::Nothing, |Alarm { quiet, .. }| Seen::Silent(quiet));
    tenant.update(&pulse, read.version).await?;
    Ok(seen)
}
