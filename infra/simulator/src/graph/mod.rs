//! The Graph API: everything the platform calls. Each request is recorded before anything else happens to it.

mod codes;
pub(crate) mod errors;
pub(crate) mod management;
pub(crate) mod media;
pub(crate) mod messages;
pub(crate) mod templates;
pub(crate) mod validate;

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::clock;
use crate::world::World;
use errors::{GraphError, GraphResult};

const MAX_BODY_BYTES: usize = 1024 * 1024;
const MAX_MEDIA_BODY_BYTES: usize = 101 * 1024 * 1024;
/// Longer text bodies are recorded by their size alone.
const MAX_RECORDED_BYTES: usize = 256 * 1024;

/// The routes of the Graph API and of the media host.
pub(crate) fn routes(world: &Arc<World>) -> Router<Arc<World>> {
    Router::new()
        .route("/{version}/{id}/messages", post(messages::send))
        .route("/{version}/{id}/media", post(media::upload))
        .route("/{version}/debug_token", get(management::debug_token))
        .route("/{version}/{id}/phone_numbers", get(management::phone_numbers))
        .route(
            "/{version}/{id}/subscribed_apps",
            get(management::subscriptions).post(management::subscribe).delete(management::unsubscribe),
        )
        .route("/{version}/{id}/message_templates", get(templates::list).post(templates::create).delete(templates::delete))
        .route("/{version}/app/uploads", post(templates::begin_upload))
        .route("/{version}/{id}", get(media::look_up).delete(media::delete).post(templates::change))
        .route("/{version}/{id}/{*rest}", axum::routing::any(unknown))
        .route("/media-files/{id}", get(media::download))
        .method_not_allowed_fallback(unknown)
        .layer(from_fn_with_state(Arc::clone(world), gate))
        .layer(DefaultBodyLimit::disable())
}

async fn unknown(uri: Uri) -> GraphError {
    GraphError::unknown_path(uri.path())
}

/// Records the request and checks what all of them have in common: the version and the token.
async fn gate(State(world): State<Arc<World>>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path();
    let limit = if path.ends_with("/media") || path.contains("/upload:") { MAX_MEDIA_BODY_BYTES } else { MAX_BODY_BYTES };
    let at = clock::now();
    let bytes = to_bytes(body, limit).await;
    let recorded_body = bytes.as_ref().map_or(Value::Null, |bytes| body_for_record(&parts.headers, bytes));
    world.recorded.add(at, parts.method.as_str(), &path_for_record(&parts.uri), recorded_body);

    let Ok(bytes) = bytes else {
        let details = format!("body: larger than {limit} bytes or cut short");
        return GraphError::invalid(details).with_status(StatusCode::PAYLOAD_TOO_LARGE).into_response();
    };
    if let Err(error) = check_version(parts.uri.path()).and_then(|()| check_token(&world, &parts.headers)) {
        return error.into_response();
    }
    next.run(Request::from_parts(parts, Body::from(bytes))).await
}

fn check_version(path: &str) -> GraphResult<()> {
    let first = path.trim_start_matches('/').split('/').next().unwrap_or_default();
    let is_version = first.strip_prefix('v').and_then(|rest| rest.split_once('.')).is_some_and(|(major, minor)| {
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        digits(major) && digits(minor)
    });
    if is_version || first == "media-files" {
        return Ok(());
    }
    Err(GraphError::unknown_path(format!("{path} (a path starts with a version like /v24.0)")).with_status(StatusCode::NOT_FOUND))
}

fn check_token(world: &World, headers: &HeaderMap) -> GraphResult<()> {
    let Some(given) = headers.get(header::AUTHORIZATION) else {
        return Err(GraphError::token("An access token is required to request this resource.", None));
    };
    let token = given.to_str().ok().and_then(|value| value.strip_prefix("Bearer ").or_else(|| value.strip_prefix("OAuth ")));
    let opens = token.and_then(|token| world.management.opens(token));
    if opens == Some(false) {
        return Err(GraphError::known(190, None));
    }
    let configured = world.config.access_token.as_str();
    let known = |token: &str| world.stage.opens(configured, token) || (opens == Some(true) && token != configured);
    if !token.is_some_and(known) {
        return Err(GraphError::token("Invalid OAuth access token - Cannot parse access token", Some(467)));
    }
    Ok(())
}

/// Path and query without a token somebody may have put there.
fn path_for_record(uri: &Uri) -> String {
    let secret = |pair: &str| ["access_token", "input_token", "appsecret_proof"].iter().any(|name| pair.starts_with(name));
    let kept: Vec<&str> = uri.query().unwrap_or_default().split('&').filter(|pair| !pair.is_empty() && !secret(pair)).collect();
    if kept.is_empty() { uri.path().to_owned() } else { format!("{}?{}", uri.path(), kept.join("&")) }
}

fn body_for_record(headers: &HeaderMap, bytes: &Bytes) -> Value {
    if bytes.is_empty() {
        return Value::Null;
    }
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !kind.starts_with("multipart/") && bytes.len() <= MAX_RECORDED_BYTES {
        if let Ok(value) = serde_json::from_slice(bytes) {
            return value;
        }
        if let Ok(text) = std::str::from_utf8(bytes) {
            return Value::from(text);
        }
    }
    json!({ "content_type": kind, "bytes": bytes.len(), "sha256": hex::encode(Sha256::digest(bytes)) })
}
