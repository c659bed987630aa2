//! The API of the dashboard, behind API Gateway.
use dashboard_api::{App, CookieReach, router};
use shared::{
    LambdaError,
    boot::Boot,
    config,
    queues::Addresses,
    usecases::{self, memory::Memory},
};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), LambdaError> {
    let boot = Boot::start("dashboard-api").await?;
    usecases::session::password::prepare();
    let app = App {
        table: boot.table_with_keys()?,
        queue: Box::new(boot.queues(Addresses::default().outbound()?.channel()?.media()?)),
        meta: boot.cloud_api()?,
        memory: Memory::default(),
        objects: Box::new(boot.objects()?),
        offices: boot.offices()?,
        webhook_url: config::required("WEBHOOK_URL")?,
        app_secret: boot.secret("META_APP_SECRET_ARN").await?,
        verify_token: boot.secret("META_VERIFY_TOKEN_ARN").await?,
        key: boot.secret("JWT_KEY_ARN").await?,
        websocket_url: config::required("WEBSOCKET_URL")?,
        cookies: CookieReach::of_stage(&config::required::<String>("STAGE")?),
    };
    lambda_http::run(router(app)).await
}
