//! One piece of work at a provider that nobody waits for: what it tells of numbers and templates, and the files people sent.

use std::sync::Arc;

use shared::{
    boot,
    domain::{
        class::Classify as _,
        messaging::event::ProviderEvent,
        ports::{MediaChannel, ObjectStore, TaskQueue},
        task::{FetchMedia, Task, WatchNumber},
        tenant::silence::Quiet,
        time::Moment,
    },
    metrics::{self, Metric},
    providers::whatsapp::CloudApi,
    sqs::Delivery,
    store::{Table, TenantStore},
    usecases::{
        Error,
        apply_provider_event::{self, Applied},
        fetch_media::{self, Outcome},
        memory::Memory,
        numbers::watch::{self, Seen},
        release_held, resolve_reference, set_aside, templates,
    },
};

/// What the function holds.
pub struct App {
    /// The table, with the tenants' keys.
    pub table: Table,
    /// The tiers of what goes out, and the queues of its own.
    pub queue: Box<dyn TaskQueue>,
    /// Where templates are read.
    pub meta: Arc<CloudApi>,
    /// The provider's files.
    pub files: Arc<dyn MediaChannel>,
    /// Where files are kept.
    pub objects: Box<dyn ObjectStore>,
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
    let done = match &delivery.task {
        Task::WatchNumberV1(watch) => watch_number(&at, &tenant, watch).await,
        Task::ProviderEventV1(event) => apply(app, &at, &tenant, event).await,
        Task::ResolveReferenceV1(reference) => resolve_reference::run(&at, &tenant, reference).await,
        Task::SyncTemplatesV1(sync) => templates::sync::run(&at, &tenant, app.queue.as_ref(), &app.meta, sync).await,
        Task::ReleaseHeldV1(release) => release_held::run(&tenant, app.queue.as_ref(), &release.number).await.map(|_| ()),
        Task::FetchMediaV1(file) => fetch(app, &at, &tenant, file).await,
        Task::InboundMessageV1(_) | Task::SendMessageV1(_) | Task::MarkReadV1(_) => Err(Error::Misrouted),
    };
    match done {
        Err(error) if !error.class().retryable() => set_aside::run(&at, &tenant, &delivery.task, error).await,
        done => done,
    }
}

async fn apply(app: &App, at: &Moment, tenant: &TenantStore, event: &ProviderEvent) -> Result<(), Error> {
    if let Applied::Parked(kind) = apply_provider_event::run(at, tenant, app.queue.as_ref(), &app.memory, event).await? {
        metrics::count_of_kind(Metric::Parked, kind.name(), 1, at.now);
    }
    Ok(())
}

async fn fetch(app: &App, at: &Moment, tenant: &TenantStore, file: &FetchMedia) -> Result<(), Error> {
    let means = fetch_media::Means { memory: &app.memory, files: app.files.as_ref(), objects: app.objects.as_ref() };
    if let Outcome::Failed(reason) = fetch_media::run(at, tenant, &means, file).await? {
        metrics::count_with(Metric::MediaFailed, 1, Some(reason.name()), at.now);
    }
    Ok(())
}

/// Looks at a number and counts one that is silent. It is counted again when the telling was cut off: better twice than never.
async fn watch_number(at: &Moment, tenant: &TenantStore, task: &WatchNumber) -> Result<(), Error> {
    if let Seen::Silent(quiet) = watch::run(at, tenant, task).await? {
        let reason = match quiet {
            Quiet::Never => "a number has not been heard since it was connected a day ago",
            Quiet::Long => "a number is silent for longer than its normal",
        };
        let reason = format!("{reason}: number {} of tenant {}", task.number, task.tenant);
        metrics::count_with(Metric::NumberSilent, 1, Some(&reason), at.now);
    }
    Ok(())
}
