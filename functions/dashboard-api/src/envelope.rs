//! What is round every answer: the moment it is made in, the id it can be found by, and headers that keep it out of caches.

use std::{panic::AssertUnwindSafe, sync::Arc};

use axum::{
    body::Body,
    extract::{MatchedPath, Request},
    http::{
        HeaderValue, StatusCode,
        header::{CACHE_CONTROL, CONTENT_TYPE, HeaderName, WWW_AUTHENTICATE, X_CONTENT_TYPE_OPTIONS},
    },
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use futures::FutureExt as _;
use lambda_http::{RequestExt as _, request::RequestContext};
use shared::{
    boot,
    domain::{id::OutboxKind, time::Moment},
    http::PROBLEM_JSON,
};

use crate::refusal::Refusal;

/// Where a caller reads the id of the request.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// Where AWS writes the id of the trace.
const TRACE_ID: &str = "x-amzn-trace-id";
/// The longest id taken from outside.
const REQUEST_ID_MAX: usize = 128;

/// Makes the moment, lets the route answer even if it falls over, and dresses what comes back.
pub async fn wrap(mut request: Request, next: Next) -> Response {
    let at = Arc::new(boot::moment());
    let id = request_id(&request, &at);
    let method = request.method().clone();
    // The pattern and never the path: a path names conversations.
    let route = request.extensions().get::<MatchedPath>().map_or_else(|| "none".to_owned(), |path| path.as_str().to_owned());
    request.extensions_mut().insert(at);

    // Nothing a request changes outlives it but caches, and those replace an entry whole; so a panic leaves nothing half done.
    let answered = AssertUnwindSafe(Box::pin(next.run(request))).catch_unwind().await;
    let mut response = answered.unwrap_or_else(|_| Refusal::panicked().into_response());
    if let Some(refusal) = response.extensions_mut().remove::<Refusal>() {
        let code = refusal.code();
        if let Some(cause) = refusal.cause() {
            tracing::error!(request_id = id, %method, route, code, cause, "a request failed");
        } else {
            tracing::info!(request_id = id, %method, route, code, "a request is refused");
        }
        write(&mut response, refusal, &id);
    }
    dress(&mut response, &id);
    response
}

/// The id API Gateway gave the request, else the trace's, else a fresh one, of any kind, for only its digits are used.
fn request_id(request: &Request, at: &Moment) -> String {
    let gateway = match request.request_context_ref() {
        Some(RequestContext::ApiGatewayV2(context)) => context.request_id.clone(),
        Some(_) | None => None,
    };
    let trace = || request.headers().get(TRACE_ID).and_then(|value| value.to_str().ok()).map(ToOwned::to_owned);
    let good = |id: &String| (1..=REQUEST_ID_MAX).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_graphic());
    gateway.filter(good).or_else(|| trace().filter(good)).unwrap_or_else(|| at.ids.next::<OutboxKind>().to_string())
}

fn write(response: &mut Response, refusal: Refusal, id: &str) {
    if refusal.status() == StatusCode::UNAUTHORIZED {
        response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(PROBLEM_JSON));
    *response.body_mut() = serde_json::to_vec(&refusal.told(id)).map_or_else(|_| Body::empty(), Body::from);
}

fn dress(response: &mut Response, id: &str) {
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if let Ok(id) = HeaderValue::from_str(id) {
        headers.insert(REQUEST_ID, id);
    }
}
