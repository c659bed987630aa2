//! Ticks once a minute.
use scheduler::{App, handle};
use shared::{LambdaError, boot::Boot, event, queues::Addresses};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), LambdaError> {
    let boot = Boot::start("scheduler").await?;
    let app = App { table: boot.table()?, queue: Box::new(boot.queues(Addresses::default().inbound()?.outbound()?.channel()?.media()?)) };
    event::run(&app, handle).await
}
