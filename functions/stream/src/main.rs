//! Reads the table's stream and tells the live connections what changed.
use shared::{LambdaError, boot::Boot, event};
use stream::{App, handle};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), LambdaError> {
    let boot = Boot::start("stream").await?;
    let app = App { table: boot.table()?, live: Box::new(boot.live()?) };
    event::run(&app, handle).await
}
