//! Partners, as far as the platform calls them: 360dialog, Interakt and `AiSensy` take messages, and say whether a key is theirs. The key
//! `bad` is nobody's. What they took is among the requests of `GET /sent`; they send no webhooks of their own.

use std::sync::{Arc, Mutex};

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};

use crate::clock;
use crate::sync::lock;
use crate::world::World;

/// The key that opens nothing.
const BAD_KEY: &str = "bad";
/// What 360dialog was told last about where webhooks go.
#[derive(Default)]
pub(crate) struct Partners(Mutex<Option<Value>>);

/// The routes of all partners.
pub(crate) fn routes() -> Router<Arc<World>> {
    Router::new()
        .route("/bsp/dialog360/messages", post(dialog360_message))
        .route("/bsp/dialog360/health_status", get(dialog360_health))
        .route("/bsp/dialog360/v1/configs/webhook", get(dialog360_webhook).post(dialog360_set_webhook))
        .route("/bsp/interakt/message/", post(interakt_message))
        .route("/bsp/aisensy/project-apis/v1/project/{project}/messages", post(aisensy_message))
        .route("/bsp/aisensy/project-apis/v1/project/{project}/wa_template/", get(aisensy_templates))
}

fn record(world: &World, method: &Method, uri: &Uri, body: &Bytes) -> Value {
    let value = serde_json::from_slice(body).unwrap_or(Value::Null);
    world.recorded.add(clock::now(), method.as_str(), uri.path(), value.clone());
    value
}

/// The key in this header, if it is one that opens something.
fn key<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let key = headers.get(name)?.to_str().ok()?.trim_start_matches("Basic ");
    Some(key).filter(|key| !key.is_empty() && *key != BAD_KEY)
}

fn unauthorised() -> Response {
    (StatusCode::UNAUTHORIZED, Json(json!({ "result": false, "message": "Invalid API key" }))).into_response()
}

async fn dialog360_message(State(world): State<Arc<World>>, method: Method, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    record(&world, &method, &uri, &body);
    match key(&headers, "d360-api-key") {
        Some(_) => Json(json!({ "messaging_product": "whatsapp", "messages": [{ "id": clock::wamid() }] })).into_response(),
        None => unauthorised(),
    }
}

/// Each key belongs to one number, whose ids follow from it.
async fn dialog360_health(headers: HeaderMap) -> Response {
    let Some(key) = key(&headers, "d360-api-key") else { return unauthorised() };
    let digits = key.bytes().take(5).map(|byte| format!("{byte:03}")).collect::<Vec<_>>().concat();
    let entity =
        |kind: &str, first: char| json!({ "entity_type": kind, "id": format!("{first}{digits}"), "can_send_message": "AVAILABLE" });
    let entities = [entity("PHONE_NUMBER", '2'), entity("WABA", '3')];
    Json(json!({ "health_status": { "can_send_message": "AVAILABLE", "entities": entities } })).into_response()
}

async fn dialog360_webhook(State(world): State<Arc<World>>, headers: HeaderMap) -> Response {
    match key(&headers, "d360-api-key") {
        Some(_) => Json(lock(&world.partners.0).clone().unwrap_or_else(|| json!({ "url": "" }))).into_response(),
        None => unauthorised(),
    }
}

async fn dialog360_set_webhook(State(world): State<Arc<World>>, headers: HeaderMap, Json(body): Json<Value>) -> Response {
    match key(&headers, "d360-api-key") {
        Some(_) => {
            *lock(&world.partners.0) = Some(body.clone());
            Json(body).into_response()
        }
        None => unauthorised(),
    }
}

async fn interakt_message(State(world): State<Arc<World>>, method: Method, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let body = record(&world, &method, &uri, &body);
    if key(&headers, header::AUTHORIZATION.as_str()).is_none() {
        return unauthorised();
    }
    if body["type"].is_null() {
        return (StatusCode::BAD_REQUEST, Json(json!({ "result": false, "message": "type is required" }))).into_response();
    }
    Json(json!({ "result": true, "message": "Message queued for sending via Interakt. Check webhook for delivery status", "id": clock::trace_id() }))
        .into_response()
}

async fn aisensy_message(
    State(world): State<Arc<World>>,
    Path(_project): Path<String>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    record(&world, &method, &uri, &body);
    match key(&headers, "x-aisensy-project-api-pwd") {
        Some(_) => Json(json!({ "messages": [{ "id": clock::wamid() }] })).into_response(),
        None => unauthorised(),
    }
}

async fn aisensy_templates(Path(_project): Path<String>, headers: HeaderMap) -> Response {
    match key(&headers, "x-aisensy-project-api-pwd") {
        Some(_) => Json(json!({ "template": [] })).into_response(),
        None => unauthorised(),
    }
}
