//! Takes webhooks of the providers and makes them durable before it answers.
use shared::{LambdaError, boot::Boot, queues::Addresses};
use webhook::{App, handle};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), LambdaError> {
    let boot = Boot::start("webhook").await?;
    let app = App {
        table: boot.table_with_keys()?,
        queue: Box::new(boot.queues(Addresses::default().inbound()?.channel()?)),
        app_secret: boot.secret("META_APP_SECRET_ARN").await?,
        verify_token: boot.secret("META_VERIFY_TOKEN_ARN").await?,
        memory: shared::usecases::memory::Memory::default(),
    };
    let app = &app;
    lambda_http::run(lambda_http::service_fn(move |request| async move { Ok::<_, LambdaError>(handle(app, request).await) })).await
}
