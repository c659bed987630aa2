//! Takes messages off the inbound tiers, finds their place in a conversation, and has them answered.
use dispatch::{App, handle};
use shared::{LambdaError, boot::Boot, domain::language::FirstMatcher, queues::Addresses, sqs, usecases::memory::Memory};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), LambdaError> {
    let boot = Boot::start("dispatch").await?;
    let queue = Box::new(boot.queues(Addresses::default().outbound()?.channel()?.media()?));
    let app = App { table: boot.table_with_keys()?, queue, language: Box::new(FirstMatcher), memory: Memory::default() };
    sqs::run_fifo(&app, handle).await
}
