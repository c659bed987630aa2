//! The whole front against an API that tells what reached it.

use std::net::Ipv4Addr;

use axum::{
    Json, Router,
    body::Body,
    extract::Request,
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
    routing::any,
};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tower::ServiceExt as _;

use crate::{Config, app};

/// An API behind a path, as the local AWS has it.
async fn api() -> String {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = Router::new().route("/stage/v1/{*path}", any(echo));
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}/stage")
}

async fn echo(request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let text = |name| parts.headers.get(name).map(|value: &axum::http::HeaderValue| value.to_str().unwrap().to_owned());
    let seen = json!({
        "method": parts.method.as_str(),
        "uri": parts.uri.to_string(),
        "cookie": text(header::COOKIE),
        "upgrade": text(header::UPGRADE),
        "body": String::from_utf8(axum::body::to_bytes(body, 100_000).await.unwrap().to_vec()).unwrap(),
    });
    let cookies = [(header::SET_COOKIE, "a=1; HttpOnly"), (header::SET_COOKIE, "b=2")];
    (StatusCode::ACCEPTED, axum::response::AppendHeaders(cookies), Json(seen)).into_response()
}

fn config(api_url: String) -> Config {
    Config {
        port: 0,
        dist: "no-such-folder".into(),
        api_url,
        ws_url: "ws://127.0.0.1:1/live".to_owned(),
        files_url: "http://127.0.0.1:1".to_owned(),
        stage: "test".to_owned(),
    }
}

async fn read(response: Response) -> Value {
    serde_json::from_slice(&axum::body::to_bytes(response.into_body(), 100_000).await.unwrap()).unwrap()
}

#[tokio::test]
async fn requests_reach_the_api_as_they_came_and_answers_come_back() {
    let request = Request::post("/v1/session?x=%20y")
        .header(header::COOKIE, "tarun_session=abc")
        .header(header::UPGRADE, "h2c")
        .header(header::CONTENT_LENGTH, 2)
        .body(Body::from("{}"))
        .unwrap();
    let response = app(&config(api().await)).unwrap().oneshot(request).await.unwrap();
    assert_eq!(response.status(), StatusCode::ACCEPTED);
    let cookies: Vec<_> = response.headers().get_all(header::SET_COOKIE).iter().collect();
    assert_eq!(cookies, ["a=1; HttpOnly", "b=2"]);
    assert!(response.headers().contains_key(header::CONTENT_SECURITY_POLICY));
    let seen = read(response).await;
    let expected = json!({
        "method": "POST", "uri": "/stage/v1/session?x=%20y", "cookie": "tarun_session=abc", "upgrade": null, "body": "{}",
    });
    assert_eq!(seen, expected);
}

#[tokio::test]
async fn an_api_that_is_gone_is_a_problem_not_a_page() {
    let request = Request::get("/v1/conversations").body(Body::empty()).unwrap();
    let response = app(&config("http://127.0.0.1:1".to_owned())).unwrap().oneshot(request).await.unwrap();
    assert_eq!(response.status(), StatusCode::BAD_GATEWAY);
    assert_eq!(response.headers()[header::CONTENT_TYPE], "application/problem+json");
    assert_eq!(read(response).await["status"], 502);
}

#[tokio::test]
async fn the_page_learns_where_it_is() {
    let request = Request::get("/runtime-config.json").header(header::ACCEPT_ENCODING, "br").body(Body::empty()).unwrap();
    let response = app(&config("http://127.0.0.1:1".to_owned())).unwrap().oneshot(request).await.unwrap();
    assert_eq!(response.headers()[header::CONTENT_ENCODING], "br");
    let request = Request::get("/runtime-config.json").body(Body::empty()).unwrap();
    let response = app(&config("http://127.0.0.1:1".to_owned())).unwrap().oneshot(request).await.unwrap();
    assert_eq!(read(response).await, json!({ "api_base": "", "websocket_url": "ws://127.0.0.1:1/live", "stage": "test" }));
}

#[tokio::test]
async fn large_bodies_are_refused() {
    let request = Request::post("/v1/x").header(header::CONTENT_LENGTH, 11 * 1024 * 1024).body(Body::empty()).unwrap();
    let response = app(&config(api().await)).unwrap().oneshot(request).await.unwrap();
    assert_eq!(response.status(), StatusCode::PAYLOAD_TOO_LARGE);
}

#[test]
fn wrong_addresses_are_named() {
    let error = app(&config("nonsense".to_owned())).unwrap_err().to_string();
    assert!(error.contains("api_url"), "{error}");
}
