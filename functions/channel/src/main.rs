//! Takes work at the provider off its queues.
use channel::{App, handle};
use shared::{LambdaError, boot::Boot, queues::Addresses, sqs, usecases::memory::Memory};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), LambdaError> {
    let boot = Boot::start("channel").await?;
    let queue = Box::new(boot.queues(Addresses::default().outbound()?.channel()?.media()?));
    let (meta, objects) = (boot.cloud_api()?, Box::new(boot.objects()?));
    let app = App { table: boot.table_with_keys()?, queue, files: meta.clone(), meta, objects, memory: Memory::default() };
    sqs::run_fifo(&app, handle).await
}
