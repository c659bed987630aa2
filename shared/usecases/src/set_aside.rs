//! A task that can never succeed is kept where it can be looked at, so that it does not hold up what comes behind it.

use domain::{
    messaging::failure::{Failure, Ours},
    task::Task,
    time::Moment,
};
use store::TenantStore;

use crate::{error::Error, parked_events::TASK, send_message};

/// Keeps the task and gives its failure back. If it cannot even be kept, the failure is the store's, and the task comes again.
///
/// # Errors
/// Always: the failure of the task, or of keeping it.
pub async fn run(at: &Moment, tenant: &TenantStore, task: &Task, failure: Error) -> Result<(), Error> {
    let number = match task {
        Task::WatchNumberV1(watch) => &watch.number,
        Task::InboundMessageV1(message) => &message.number,
        Task::ProviderEventV1(event) => &event.about,
        Task::ResolveReferenceV1(reference) => &reference.number,
        Task::SendMessageV1(message) => &message.number,
        Task::FetchMediaV1(file) => &file.number,
        Task::ReleaseHeldV1(release) => &release.number,
        Task::SyncTemplatesV1(sync) => &sync.number,
        Task::MarkReadV1(read) => &read.number,
    };
    let raw = serde_json::to_string(task).map_err(|_| Error::Bug("a task does not serialise"))?;
    tenant.park(number, TASK, &raw, at.now).await?;
    if let Task::SendMessageV1(message) = task {
        tenant.keep_failed(message.place(), message, &Failure::ours(Ours::GivenUp), None, at.now).await?;
        send_message::leave(at, tenant, message).await?;
    }
    Err(failure)
}
