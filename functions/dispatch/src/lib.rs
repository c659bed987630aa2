//! One message of an inbound tier.

use shared::{
    boot,
    domain::{class::Classify as _, language::Language, messaging::event::ProviderEvent, ports::TaskQueue, task::Task, time::Moment},
    metrics::{self, Metric},
    sqs::Delivery,
    store::{Table, TenantStore},
    usecases::{
        Error,
        apply_provider_event::{self, Applied},
        memory::Memory,
        receive_message::{self, Means},
        set_aside,
    },
};

/// What the function holds.
pub struct App {
    /// The table.
    pub table: Table,
    /// The tiers of what goes out.
    pub queue: Box<dyn TaskQueue>,
    /// How language is understood.
    pub language: Box<dyn Language>,
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
    let means = Means { memory: &app.memory, queue: app.queue.as_ref(), language: app.language.as_ref() };
    let done = match &delivery.task {
        Task::InboundMessageV1(message) => receive_message::run(&at, &tenant, &means, message).await,
        Task::ProviderEventV1(event) => apply(app, &at, &tenant, event).await,
        Task::ResolveReferenceV1(_)
        | Task::SendMessageV1(_)
        | Task::FetchMediaV1(_)
        | Task::SyncTemplatesV1(_)
        | Task::MarkReadV1(_)
        | Task::ReleaseHeldV1(_)
        | Task::WatchNumberV1(_) => Err(Error::Misrouted),
    };
    match done {
        Err(error) if !error.class().retryable() => set_aside::run(&at, &tenant, &delivery.task, error).await,
        done => done,
    }
}

/// Payments come by the first tier.
async fn apply(app: &App, at: &Moment, tenant: &TenantStore, event: &ProviderEvent) -> Result<(), Error> {
    if let Applied::Parked(kind) = apply_provider_event::run(at, tenant, app.queue.as_ref(), &app.memory, event).await? {
        metrics::count_of_kind(Metric::Parked, kind.name(), 1, at.now);
    }
    Ok(())
}
