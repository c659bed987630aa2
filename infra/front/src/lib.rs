//! What a CDN does for the dashboard in the cloud, done on this machine: one origin for files and API, compression, caching, and
//! the headers that keep a page safe.

mod config;
mod files;
mod headers;
mod proxy;
#[cfg(test)]
mod tests;

use axum::{
    Json, Router,
    extract::State,
    routing::{any, get},
};
use serde_json::{Value, json};
use tower::ServiceBuilder;
use tower_http::{CompressionLevel, compression::CompressionLayer, limit::RequestBodyLimitLayer, set_header::SetResponseHeaderLayer};

pub use config::Config;

/// The largest request body: what API Gateway takes.
const BODY_MAX_BYTES: usize = 10 * 1024 * 1024;

/// The whole front.
///
/// # Errors
/// When an address of the configuration is none.
pub fn app(config: &Config) -> anyhow::Result<Router> {
    let proxy = proxy::Proxy::new(&config.api_url)?;
    let runtime = json!({ "api_base": "", "websocket_url": config.ws_url, "stage": config.stage });
    let router = Router::new()
        .route("/health", get(|| async { Json(json!({ "status": "ok" })) }))
        .route("/runtime-config.json", get(runtime_config).with_state(runtime))
        .route("/v1", any(proxy::forward).with_state(proxy.clone()))
        .route("/v1/{*path}", any(proxy::forward).with_state(proxy))
        .fallback_service(files::router(config.dist.clone()));
    let mut layers = Vec::new();
    for (name, value) in headers::security(&config.ws_url, &config.files_url)? {
        layers.push(SetResponseHeaderLayer::overriding(name, value));
    }
    let router = layers.into_iter().fold(router, Router::layer);
    let around = ServiceBuilder::new()
        // The best level takes seconds for a large file.
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .layer(RequestBodyLimitLayer::new(BODY_MAX_BYTES));
    Ok(router.layer(around))
}

async fn runtime_config(State(content): State<Value>) -> ([(axum::http::HeaderName, &'static str); 1], Json<Value>) {
    ([(axum::http::header::CACHE_CONTROL, "no-cache")], Json(content))
}
