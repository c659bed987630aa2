//! `/v1` is the API's, on the page's own origin, so that its cookie is the page's own.

use std::time::Duration;

use anyhow::Context as _;
use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};

/// How long API Gateway waits for a function.
const ANSWER_WITHIN: Duration = Duration::from_secs(30);

/// Headers that belong to one connection, not to the message (RFC 9110, section 7.6.1).
const OF_THE_CONNECTION: [HeaderName; 8] = [
    header::CONNECTION,
    header::HOST,
    header::PROXY_AUTHENTICATE,
    header::PROXY_AUTHORIZATION,
    header::TE,
    header::TRAILER,
    header::TRANSFER_ENCODING,
    header::UPGRADE,
];

/// The way to the API.
#[derive(Clone)]
pub(crate) struct Proxy {
    client: reqwest::Client,
    base: String,
}

impl Proxy {
    pub(crate) fn new(api_url: &str) -> anyhow::Result<Self> {
        let base = reqwest::Url::parse(api_url).with_context(|| format!("api_url {api_url:?} is not an address"))?;
        #[expect(clippy::disallowed_methods, reason = "the front knows no layer, and its client must not follow redirects for the page")]
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).timeout(ANSWER_WITHIN).no_proxy().build()?;
        Ok(Self { client, base: base.as_str().trim_end_matches('/').to_owned() })
    }
}

/// Passes a request on, and the answer back.
pub(crate) async fn forward(State(proxy): State<Proxy>, request: Request) -> Response {
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
    let url = format!("{}{path}", proxy.base);
    let (parts, body) = request.into_parts();
    let mut sent = proxy.client.request(parts.method.clone(), url).headers(passed_on(&parts.headers));
    // A body of unknown length would be sent in chunks, which a GET must not have.
    let has_body = parts.headers.contains_key(header::CONTENT_LENGTH) || parts.headers.contains_key(header::TRANSFER_ENCODING);
    if has_body {
        sent = sent.body(reqwest::Body::wrap_stream(body.into_data_stream()));
    }
    match sent.send().await {
        Ok(answer) => {
            let status = answer.status();
            let headers = passed_on(answer.headers());
            (status, headers, Body::from_stream(answer.bytes_stream())).into_response()
        }
        Err(error) if error.is_timeout() => problem(StatusCode::GATEWAY_TIMEOUT, "the API did not answer in 30 seconds"),
        Err(error) => {
            tracing::warn!(error = %error.without_url(), "the API cannot be reached");
            problem(StatusCode::BAD_GATEWAY, "the API cannot be reached; see the logs of the local stack")
        }
    }
}

fn passed_on(headers: &HeaderMap) -> HeaderMap {
    let mut passed = HeaderMap::with_capacity(headers.len());
    for (name, value) in headers {
        if !OF_THE_CONNECTION.contains(name) && name != "keep-alive" {
            passed.append(name, value.clone());
        }
    }
    passed
}

fn problem(status: StatusCode, detail: &str) -> Response {
    let title = status.canonical_reason().unwrap_or("Error");
    let body = serde_json::json!({ "type": "about:blank", "title": title, "status": status.as_u16(), "code": "front", "detail": detail });
    let kind = HeaderValue::from_static("application/problem+json");
    (status, [(header::CONTENT_TYPE, kind)], body.to_string()).into_response()
}
