//! Live connections of the dashboard: who is there.
use shared::{LambdaError, boot::Boot, event};
use websocket::{App, handle};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), LambdaError> {
    let boot = Boot::start("websocket").await?;
    let app = App { table: boot.table()?, key: boot.secret("JWT_KEY_ARN").await? };
    event::run(&app, handle).await
}
