//! One message of an outbound tier.

use std::sync::Arc;

use shared::{
    boot,
    domain::{
        class::Classify as _,
        ports::{MediaChannel, MessageChannel, ObjectStore},
        task::Task,
        time::{SignedDuration, Timestamp},
    },
    metrics::{self, Metric},
    sqs::Delivery,
    store::Table,
    usecases::{
        Error,
        memory::Memory,
        resolve_media,
        send_message::{self, Means, Sent},
        set_aside, tell_read,
    },
};

/// What the function holds.
pub struct App {
    /// The table, with the tenants' keys.
    pub table: Table,
    /// The way to people.
    pub channel: Arc<dyn MessageChannel>,
    /// The provider's files.
    pub files: Arc<dyn MediaChannel>,
    /// Where files are kept.
    pub objects: Box<dyn ObjectStore>,
    /// How long to wait for a status after an answer was lost.
    pub outcome_wait: SignedDuration,
    /// What is remembered between invocations.
    pub memory: Memory,
}

/// Handles one task.
///
/// # Errors
/// When the task is to come again, or was set aside because it can never succeed.
pub async fn handle(app: &App, delivery: Delivery<Task>) -> Result<(), Error> {
    let at = boot::moment();
    let tenant = app.table.tenant(delivery.task.tenant());
    let files = resolve_media::Means { files: app.files.as_ref(), objects: app.objects.as_ref() };
    let (memory, channel) = (&app.memory, app.channel.as_ref());
    let means = Means { memory, channel, files, outcome_wait: app.outcome_wait, waiting: delivery.batch };
    let done = match &delivery.task {
        Task::SendMessageV1(message) => send_message::run(&at, &tenant, &means, message).await.map(|sent| count(&sent, at.now)),
        Task::MarkReadV1(read) => tell_read::run(&at, &tenant, &app.memory, app.channel.as_ref(), read).await,
        Task::InboundMessageV1(_)
        | Task::ProviderEventV1(_)
        | Task::ResolveReferenceV1(_)
        | Task::FetchMediaV1(_)
        | Task::SyncTemplatesV1(_)
        | Task::ReleaseHeldV1(_)
        | Task::WatchNumberV1(_) => Err(Error::Misrouted),
    };
    match done {
        Err(error) if !error.class().retryable() => set_aside::run(&at, &tenant, &delivery.task, error).await,
        done => done,
    }
}

/// Counts what somebody has to look at: a number that was stopped.
fn count(sent: &Sent, now: Timestamp) {
    if let Sent::NumberStopped(code) = sent {
        metrics::count_with(Metric::NumberStopped, 1, Some(&format!("a number is stopped: the provider says {code}")), now);
    }
}
