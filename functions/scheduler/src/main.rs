//! Ticks once a minute, and sweeps for most of it.
use scheduler::{App, keep};
use shared::{LambdaError, boot::Boot, event, queues::Addresses};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), LambdaError> {
    let boot = Boot::start("scheduler").await?;
    let app = App {
        table: boot.table()?,
        queue: Box::new(boot.queues(Addresses::default().inbound()?.outbound()?.channel()?.media()?)),
        dead_letters: Box::new(boot.dead_letters()?),
    };
    event::run(&app, keep).await
}
