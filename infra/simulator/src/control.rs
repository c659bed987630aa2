//! What tests and people steer the simulator with.

use std::sync::Arc;

use axum::extract::rejection::{JsonRejection, QueryRejection};
use axum::extract::{DefaultBodyLimit, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::clock;
use crate::config::check_webhook_url;
use crate::faults::Rule;
use crate::graph::templates::review;
use crate::inbound;
use crate::phone;
use crate::recorded::parse_since;
use crate::world::World;

const MAX_INBOUND_BYTES: usize = 10 * 1024 * 1024;
const MAX_MEDIA_BYTES: usize = 101 * 1024 * 1024;

/// A refused control request.
pub(crate) struct Problem {
    status: StatusCode,
    detail: String,
}

impl Problem {
    /// The request is wrong; `detail` begins with the field.
    pub(crate) fn bad_request(detail: impl Into<String>) -> Self {
        Self { status: StatusCode::BAD_REQUEST, detail: detail.into() }
    }

    /// What is asked for is not there.
    pub(crate) fn not_found(detail: impl Into<String>) -> Self {
        Self { status: StatusCode::NOT_FOUND, detail: detail.into() }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let title = self.status.canonical_reason().unwrap_or("Error");
        let body = json!({ "title": title, "status": self.status.as_u16(), "detail": self.detail });
        (self.status, [(header::CONTENT_TYPE, "application/problem+json")], body.to_string()).into_response()
    }
}

impl From<JsonRejection> for Problem {
    fn from(rejection: JsonRejection) -> Self {
        Self { status: rejection.status(), detail: rejection.body_text() }
    }
}

impl From<QueryRejection> for Problem {
    fn from(rejection: QueryRejection) -> Self {
        Self::bad_request(rejection.body_text())
    }
}

/// The routes of the controls.
pub(crate) fn routes() -> Router<Arc<World>> {
    Router::new()
        .merge(crate::scenario::live::routes())
        .route("/health", get(health))
        .route("/sent", get(sent).delete(forget_sent))
        .route("/webhooks", get(webhooks))
        .route("/faults", get(faults).post(add_faults).delete(clear_faults))
        .route("/webhook-url", get(webhook_url).put(set_webhook_url))
        .route("/windows", delete(close_windows))
        .route("/templates", get(review::list).post(review::put))
        .route("/templates/review", post(review::review))
        .route("/verify", post(verify))
        .route("/inbound", post(inbound::post).layer(DefaultBodyLimit::max(MAX_INBOUND_BYTES)))
        .route("/media", post(phone::attach).layer(DefaultBodyLimit::max(MAX_MEDIA_BYTES)))
}

async fn health(State(world): State<Arc<World>>) -> Json<Value> {
    Json(json!({ "status": "ok", "webhook_set": world.webhook_url().is_some() }))
}

#[derive(Deserialize)]
struct Since {
    since: Option<String>,
}

async fn sent(State(world): State<Arc<World>>, query: Result<Query<Since>, QueryRejection>) -> Result<Json<Vec<Value>>, Problem> {
    let Query(query) = query?;
    let since = match query.since.as_deref() {
        None | Some("") => None,
        Some(text) => {
            let problem = || Problem::bad_request("since: give RFC 3339 or milliseconds since 1970");
            Some(parse_since(text).ok_or_else(problem)?)
        }
    };
    Ok(Json(world.recorded.list(since)))
}

async fn forget_sent(State(world): State<Arc<World>>) -> StatusCode {
    world.recorded.clear();
    StatusCode::NO_CONTENT
}

async fn webhooks(State(world): State<Arc<World>>) -> Json<Vec<Value>> {
    Json(world.courier.list())
}

async fn faults(State(world): State<Arc<World>>) -> Json<Vec<Rule>> {
    Json(world.faults.list())
}

/// Takes one rule or a list of rules.
async fn add_faults(
    State(world): State<Arc<World>>,
    body: Result<Json<Value>, JsonRejection>,
) -> Result<(StatusCode, Json<Vec<Rule>>), Problem> {
    let Json(body) = body?;
    let list = if body.is_array() { body } else { json!([body]) };
    let rules: Vec<Rule> = serde_json::from_value(list).map_err(|error| Problem::bad_request(format!("rule: {error}")))?;
    world.faults.add(rules).map_err(Problem::bad_request)?;
    Ok((StatusCode::CREATED, Json(world.faults.list())))
}

async fn clear_faults(State(world): State<Arc<World>>) -> StatusCode {
    world.faults.clear();
    StatusCode::NO_CONTENT
}

async fn close_windows(State(world): State<Arc<World>>) -> StatusCode {
    world.people.close_windows();
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WebhookUrl {
    webhook_url: Option<String>,
}

async fn webhook_url(State(world): State<Arc<World>>) -> Json<Value> {
    Json(json!({ "webhook_url": world.webhook_url() }))
}

async fn set_webhook_url(State(world): State<Arc<World>>, body: Result<Json<WebhookUrl>, JsonRejection>) -> Result<StatusCode, Problem> {
    let Json(body) = body?;
    if let Some(url) = &body.webhook_url {
        check_webhook_url(url).map_err(|error| Problem::bad_request(format!("webhook_url: {error}")))?;
    }
    world.phones.webhook_changed(body.webhook_url.is_some());
    world.set_webhook_url(body.webhook_url);
    Ok(StatusCode::NO_CONTENT)
}

/// Asks the webhook to prove that it knows the verify token, as Meta does when an address is saved.
async fn verify(State(world): State<Arc<World>>) -> Result<Json<Value>, Problem> {
    let no_url = || Problem::bad_request("webhook_url: is not set; PUT /webhook-url gives one");
    let mut url = reqwest::Url::parse(&world.webhook_url().ok_or_else(no_url)?)
        .map_err(|error| Problem::bad_request(format!("webhook_url: {error}")))?;
    let challenge = clock::media_id();
    url.query_pairs_mut()
        .append_pair("hub.mode", "subscribe")
        .append_pair("hub.challenge", &challenge)
        .append_pair("hub.verify_token", &world.config.verify_token);
    let answer = world.courier.client().get(url).send().await;
    let Ok(response) = answer else {
        return Ok(Json(json!({ "verified": false, "status": null, "error": "the webhook cannot be reached" })));
    };
    let status = response.status().as_u16();
    let echoed = response.text().await.unwrap_or_default();
    let verified = status == 200 && echoed == challenge;
    Ok(Json(json!({ "verified": verified, "status": status })))
}
