//! The router without AWS: whatever is decided before the store is asked, and what is told when the store does not answer.

use axum::{
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode, header::SET_COOKIE},
};
use secrecy::SecretString;
use serde_json::Value;
use shared::{
    boot,
    domain::{access::Role, id},
    objects::Objects,
    providers::{self, Offices, aisensy::AiSensy, dialog360::Dialog360, interakt::Interakt, whatsapp::CloudApi},
    queues::{Addresses, Queues},
    secrets::Secret,
    store::{Keyring, Table},
    usecases::session::token::{Audience, Identity, Tokens},
};
use tower::ServiceExt as _;

use super::*;

const KEY: &str = "a key of tests that has at least 32 bytes";
const CONVERSATION: &str = "/v1/conversations/01930f5e-0000-7000-8000-000000000000";

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    length: usize,
    body: Value,
}

/// An app whose clients lead nowhere.
async fn app() -> App {
    let sdk = boot::sdk("ap-south-1".to_owned(), Some("http://127.0.0.1:9".to_owned())).await.unwrap();
    App {
        table: Table::new(aws_sdk_dynamodb::Client::new(&sdk), "nowhere".to_owned(), Keyring::default()),
        queue: Box::new(Queues::new(aws_sdk_sqs::Client::new(&sdk), Addresses::default())),
        objects: Box::new(Objects::new(shared::objects::client(&sdk), "nowhere")),
        meta: Arc::new(CloudApi::new(providers::http::client().unwrap(), "http://127.0.0.1:9")),
        key: Secret::fixed(SecretString::from(KEY)),
        offices: offices(),
        webhook_url: "https://hooks.example/".to_owned(),
        app_secret: Secret::fixed(SecretString::from("the app's secret")),
        verify_token: Secret::fixed(SecretString::from("verify")),
        websocket_url: "wss://live.example/v1".to_owned(),
        cookies: CookieReach::of_stage("prod"),
        memory: Memory::default(),
    }
}

/// Offices that nobody answers from.
fn offices() -> Offices {
    let (http, nowhere) = (providers::http::client().unwrap(), "http://127.0.0.1:9");
    Offices {
        cloud_api: Arc::new(CloudApi::new(http.clone(), nowhere)),
        dialog360: Arc::new(Dialog360::new(http.clone(), nowhere)),
        interakt: Arc::new(Interakt::new(http.clone(), nowhere)),
        aisensy: Arc::new(AiSensy::new(http, nowhere)),
    }
}

fn token(audience: Audience) -> String {
    let identity = Identity { tenant: id::derived(&[b"t"]), user: id::derived(&[b"u"]), role: Role::Agent };
    Tokens::new(&SecretString::from(KEY)).unwrap().issue(identity, audience, boot::now()).unwrap().0
}

async fn serve<B>(router: Router, request: Request<B>) -> Answer
where
    B: axum::body::HttpBody<Data = axum::body::Bytes> + Send + 'static,
    B::Error: Into<axum::BoxError>,
{
    let response = router.oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.unwrap();
    let body = if bytes.is_empty() { Value::Null } else { serde_json::from_slice(&bytes).unwrap() };
    Answer { status: parts.status, headers: parts.headers, length: bytes.len(), body }
}

async fn ask(method: &str, path: &str, headers: &[(&str, &str)], body: impl Into<Body>) -> Answer {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    serve(router(app().await), request.body(body.into()).unwrap()).await
}

/// Asks as somebody who is logged in.
async fn ask_in(method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
    let authorization = format!("Bearer {}", token(Audience::Api));
    let headers = [&[("authorization", authorization.as_str()), ("content-type", "application/json")], headers].concat();
    ask(method, path, &headers, body.to_owned()).await
}

/// What every answer has, whatever it says.
#[track_caller]
fn check(answer: &Answer, status: u16, code: &str, field: Option<&str>) {
    let body = &answer.body;
    assert_eq!((answer.status.as_u16(), &body["code"]), (status, &Value::from(code)), "{body}");
    assert_eq!(body["status"], status);
    assert_eq!(body["field"].as_str(), field, "{body}");
    assert_eq!(answer.headers["content-type"], "application/problem+json");
    assert_eq!(answer.headers["cache-control"], "no-store");
    assert_eq!(answer.headers["x-content-type-options"], "nosniff");
    assert_eq!(body["request_id"], answer.headers["x-request-id"].to_str().unwrap());
    assert_eq!(body["type"], format!("urn:tarun:problem:{code}"));
    let length = answer.headers.get("content-length").map(|length| length.to_str().unwrap());
    assert!(length.is_none_or(|length| length == answer.length.to_string()), "{length:?}");
    assert!(body["title"].is_string() && body["detail"].is_string(), "{body}");
    assert_eq!(answer.headers.contains_key("www-authenticate"), status == 401);
}

#[tokio::test]
async fn nothing_but_the_session_answers_without_an_access_token() {
    let (reply, read) = (format!("{CONVERSATION}/messages"), format!("{CONVERSATION}/read"));
    let routes = [
        ("GET", "/v1/conversations"),
        ("GET", CONVERSATION),
        ("GET", &reply),
        ("POST", &reply),
        ("POST", &read),
        ("POST", "/v1/realtime/ticket"),
    ];
    let wrong = [String::new(), "Bearer".to_owned(), "Bearer x.y.z".to_owned(), format!("Basic {}", token(Audience::Api))];
    let others = [Audience::Refresh, Audience::Live].map(|audience| format!("Bearer {}", token(audience)));
    for (method, path) in routes {
        check(&ask(method, path, &[], Body::empty()).await, 401, "session_expired", None);
        for value in wrong.iter().chain(&others) {
            check(&ask(method, path, &[("authorization", value)], Body::empty()).await, 401, "session_expired", None);
        }
    }
}

#[tokio::test]
async fn a_path_or_method_that_is_not_there_is_a_problem_too() {
    check(&ask("GET", "/v1/nothing", &[], Body::empty()).await, 404, "unknown_path", None);
    check(&ask("GET", "/", &[], Body::empty()).await, 404, "unknown_path", None);
    let wrong = ask("PUT", "/v1/session", &[], Body::empty()).await;
    check(&wrong, 405, "method_not_allowed", None);
    let allowed = wrong.headers["allow"].to_str().unwrap();
    assert!(allowed.contains("POST") && allowed.contains("DELETE"), "{allowed}");
    check(&ask_in("GET", "/v1/conversations/no-id", &[], "").await, 404, "not_found", None);
}

#[tokio::test]
async fn a_body_is_json_of_at_most_64_kib() {
    let json = [("content-type", "application/json; charset=utf-8")];
    check(&ask("POST", "/v1/session", &json, "x".repeat(64 * 1024 + 1)).await, 413, "body_too_large", None);
    let text = [("content-type", "text/plain")];
    check(&ask("POST", "/v1/session", &text, "{}").await, 415, "unsupported_media_type", None);
    check(&ask("POST", "/v1/session", &[], "{}").await, 415, "unsupported_media_type", None);
}

#[tokio::test]
async fn the_wrong_field_of_a_body_is_named() {
    let read = format!("{CONVERSATION}/read");
    let cases = [
        ("/v1/session", r#"{"email": "priya@shop.example"}"#, "password"),
        ("/v1/session", r#"{"email": 1, "password": "x"}"#, "email"),
        ("/v1/session", r#"{"email": "a", "password": "x", "role": "owner"}"#, "role"),
        ("/v1/session", "{", "body"),
        (&read, r#"{"up_to": "yesterday"}"#, "up_to"),
        (&read, r#"{"up_to": "9000-01-01T00:00:00Z"}"#, "up_to"),
    ];
    for (path, body, field) in cases {
        check(&ask_in("POST", path, &[], body).await, 422, "invalid", Some(field));
    }
}

#[tokio::test]
async fn what_stands_in_the_query_is_checked_by_name() {
    let cases = [
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("limit=many", "limit"),
        ("status=closed", "status"),
        ("cursor=abc", "cursor"),
        ("stauts=open", "query"),
        ("limit=1&limit=2", "query"),
    ];
    for (query, field) in cases {
        check(&ask_in("GET", &format!("/v1/conversations?{query}"), &[], "").await, 422, "invalid", Some(field));
    }
    let foreign = page::seal(
        page::List::Conversations(shared::domain::messaging::conversation::Status::Open),
        &shared::domain::page::Cursor("x".to_owned()),
    );
    check(&ask_in("GET", &format!("{CONVERSATION}/messages?cursor={foreign}"), &[], "").await, 422, "invalid", Some("cursor"));
}

#[tokio::test]
async fn a_message_wants_a_key_with_a_time() {
    let path = format!("{CONVERSATION}/messages");
    let wrong = [
        vec![],
        vec![("idempotency-key", "")],
        vec![("idempotency-key", "first")],
        vec![("idempotency-key", "f47ac10b-58cc-4372-a567-0e02b2c3d479")],
        vec![("idempotency-key", "6ba7b810-9dad-11d1-80b4-00c04fd430c8")],
    ];
    for headers in wrong {
        check(&ask_in("POST", &path, &headers, r#"{"text": "hello"}"#).await, 422, "invalid", Some("Idempotency-Key"));
    }
}

#[tokio::test]
async fn a_fault_of_ours_is_told_without_its_cause() {
    let answer = ask_in("GET", "/v1/conversations", &[("x-amzn-trace-id", "Root=1-5759e988-bd862e3fe1be46a994272793")], "").await;
    check(&answer, 503, "store_unavailable", None);
    assert_eq!(answer.body["request_id"], "Root=1-5759e988-bd862e3fe1be46a994272793");
    let said = answer.body.to_string();
    assert!(!said.contains("127.0.0.1") && !said.contains("dispatch") && !said.contains("nowhere"), "{said}");
}

/// As API Gateway sends it: payload format 2.0, the cookies in a list of their own, the body in base64.
#[tokio::test]
async fn an_event_of_api_gateway_is_served() {
    let event = |path: &str, body: &str, cookie: &str| {
        let http =
            serde_json::json!({"method": "POST", "path": path, "protocol": "HTTP/1.1", "sourceIp": "192.0.2.1", "userAgent": "test"});
        let event = serde_json::json!({
            "version": "2.0", "routeKey": "ANY /v1/{proxy+}", "rawPath": path, "rawQueryString": "", "cookies": [cookie],
            "headers": {"content-type": "application/json", "x-amzn-trace-id": "Root=1-2-3"}, "isBase64Encoded": true, "body": body,
            "requestContext": {
                "accountId": "123456789012", "apiId": "api", "domainName": "api.example", "domainPrefix": "api", "http": http,
                "requestId": "JKJaXmPLvHcESHA=", "routeKey": "ANY /v1/{proxy+}", "stage": "$default",
                "time": "21/Nov/2026:10:00:00 +0000", "timeEpoch": 1_795_255_200_000_i64
            },
        });
        lambda_http::request::from_str(&event.to_string()).unwrap()
    };
    let refused = serve(router(app().await), event("/v1/session", "eyJlbWFpbCI6ImEifQ==", "a=b")).await;
    check(&refused, 422, "invalid", Some("password"));
    assert_eq!(refused.body["request_id"], "JKJaXmPLvHcESHA=");

    // The cookie is read and good; what fails is the store.
    let cookie = format!("tarun_session={}", token(Audience::Refresh));
    check(&serve(router(app().await), event("/v1/session/refresh", "", &cookie)).await, 503, "store_unavailable", None);
}

#[tokio::test]
async fn a_panic_is_a_problem_and_not_the_end() {
    let fall = axum::routing::get(async || -> &'static str { panic!("the secret of the handler") });
    let router = Router::new().route("/fall", fall).layer(middleware::from_fn(envelope::wrap));
    let request = Request::builder().uri("/fall").body(Body::empty()).unwrap();
    let answer = serve(router, request).await;
    check(&answer, 500, "internal", None);
    assert!(!answer.body.to_string().contains("secret"));
}

#[tokio::test]
async fn the_session_ends_without_asking_anybody() {
    let answer = ask("DELETE", "/v1/session", &[], Body::empty()).await;
    assert_eq!((answer.status, &answer.body), (StatusCode::NO_CONTENT, &Value::Null));
    assert_eq!(answer.headers[SET_COOKIE], "tarun_session=; Path=/v1/session; Max-Age=0; HttpOnly; SameSite=Strict; Secure");
    assert_eq!(answer.headers["cache-control"], "no-store");

    check(&ask("POST", "/v1/session/refresh", &[], Body::empty()).await, 401, "session_expired", None);
    let other = format!("tarun_session={}", token(Audience::Api));
    check(&ask("POST", "/v1/session/refresh", &[("cookie", &other)], Body::empty()).await, 401, "session_expired", None);
}

#[tokio::test]
async fn a_ticket_opens_one_live_connection() {
    let answer = ask_in("POST", "/v1/realtime/ticket", &[], "").await;
    assert_eq!((answer.status, &answer.body["url"]), (StatusCode::OK, &Value::from("wss://live.example/v1")));
    let ticket = answer.body["ticket"].as_str().unwrap();
    let tokens = Tokens::new(&SecretString::from(KEY)).unwrap();
    assert!(tokens.read(ticket, Audience::Live, boot::now()).is_ok());
    assert!(tokens.read(ticket, Audience::Api, boot::now()).is_err());
    let expires: shared::domain::time::Timestamp = answer.body["expires_at"].as_str().unwrap().parse().unwrap();
    assert!(expires > boot::now());
}

#[tokio::test]
async fn numbers_are_not_for_agents() {
    let bearer = format!("Bearer {}", token(Audience::Api));
    let answer = ask("GET", "/v1/numbers", &[("authorization", &bearer)], Body::empty()).await;
    assert_eq!((answer.status, &answer.body["code"]), (StatusCode::FORBIDDEN, &Value::from("forbidden")));
}
