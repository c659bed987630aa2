//! Takes messages off the outbound tiers and sends them.
use outbound::{App, handle};
use shared::{LambdaError, boot::Boot, config, domain::time::SignedDuration, sqs, usecases::memory::Memory};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), LambdaError> {
    let boot = Boot::start("outbound").await?;
    let wait_seconds = config::optional("UNKNOWN_OUTCOME_WAIT_SECONDS")?.unwrap_or(60);
    let app = App {
        table: boot.table_with_keys()?,
        channel: boot.channels()?,
        files: boot.cloud_api()?,
        objects: Box::new(boot.objects()?),
        outcome_wait: SignedDuration::from_secs(wait_seconds),
        memory: Memory::default(),
    };
    sqs::run_fifo(&app, handle).await
}
