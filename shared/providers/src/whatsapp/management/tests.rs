//! What Meta's answers mean, and that a refusal is told from silence.

use domain::tenant::{NumberHealth, ProviderKind};
use serde_json::Value;
use wiremock::{
    Mock, MockServer, ResponseTemplate,
    matchers::{body_json, header, method, path, query_param, query_param_is_missing},
};

use super::*;
use crate::testing::{number, ours};

const NUMBER: &str = "/v24.0/210000000000009";
const ACCOUNT: &str = "/v24.0/310000000000001";

async fn says(server: &MockServer, at: &str, answer: Value) {
    Mock::given(method("GET"))
        .and(path(at))
        .and(header("authorization", "Bearer token"))
        .and(query_param_is_missing("appsecret_proof"))
        .respond_with(ResponseTemplate::new(200).set_body_json(answer))
        .mount(server)
        .await;
}

fn refusal(code: i64, message: &str) -> ResponseTemplate {
    ResponseTemplate::new(400).set_body_json(json!({"error": {"code": code, "message": message, "type": "OAuthException"}}))
}

fn told_number() -> Value {
    json!({"id": "210000000000009", "display_phone_number": "+91 80470 00123", "status": "CONNECTED", "platform_type": "CLOUD_API",
        "throughput": {"level": "HIGH"}, "is_on_biz_app": true,
        "webhook_configuration": {"application": "https://app.example/", "whatsapp_business_account": "https://hooks.example/"}})
}

fn office(server: &MockServer) -> CloudApi {
    CloudApi::new(crate::http::client().unwrap(), &format!("{}/v24.0", server.uri()))
}

fn candidate() -> Candidate {
    let id = |raw| NumberId::new(raw).unwrap();
    Candidate::CloudApi { phone_number_id: id("210000000000009"), waba_id: id("310000000000001") }
}

#[tokio::test]
async fn a_number_is_looked_up_with_all_that_meta_says_of_it() {
    let server = MockServer::start().await;
    says(&server, NUMBER, told_number()).await;
    says(&server, &format!("{ACCOUNT}/phone_numbers"), json!({"data": [{"id": "1"}, {"id": "210000000000009"}]})).await;
    let found = office(&server).look_up(&candidate(), "token").await.unwrap();
    let rate = found.rate(&NumberHealth::unknown(found.id.clone()));
    assert_eq!((found.display_phone.to_string().as_str(), found.coexistence, rate), ("+918047000123", true, 20));
}

#[tokio::test]
async fn a_number_of_another_account_a_wrong_token_and_silence_are_told_apart() {
    let server = MockServer::start().await;
    says(&server, NUMBER, told_number()).await;
    says(&server, &format!("{ACCOUNT}/phone_numbers"), json!({"data": [{"id": "1"}]})).await;
    assert_eq!(office(&server).look_up(&candidate(), "token").await, Err(OfficeError::NotInAccount));
    for (answer, expected) in [
        (refusal(190, "Error validating access token"), OfficeError::TokenRefused),
        (refusal(100, "Unsupported get request"), OfficeError::NoSuchNumber),
        (refusal(200, "Permissions error"), OfficeError::NoSuchNumber),
        (ResponseTemplate::new(502).set_body_string("<html>"), OfficeError::Unavailable),
        (refusal(4, "Too many calls"), OfficeError::Denied { code: 4, title: Text::new("Too many calls").unwrap() }),
    ] {
        server.reset().await;
        Mock::given(method("GET")).respond_with(answer).mount(&server).await;
        assert_eq!(office(&server).look_up(&candidate(), "token").await, Err(expected));
    }
}

#[tokio::test]
async fn an_examination_asks_everything_at_once() {
    let server = MockServer::start().await;
    says(&server, NUMBER, told_number()).await;
    says(&server, "/v24.0/debug_token", json!({"data": {"is_valid": true, "app_id": 7, "scopes": ["whatsapp_business_messaging"]}})).await;
    says(&server, &format!("{ACCOUNT}/subscribed_apps"), json!({"data": [{"whatsapp_business_api_data": {"id": "7", "name": "Tarun"}}]}))
        .await;
    let proof = app_secret_proof("token", "the app's secret").unwrap();
    Mock::given(method("GET"))
        .and(path(NUMBER))
        .and(query_param("appsecret_proof", proof))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({"id": "210000000000009"})))
        .expect(1)
        .mount(&server)
        .await;
    let facts = office(&server).examine(&number(ProviderKind::CloudApi), "token", &ours()).await;
    let app: Text<64> = Text::new("7").unwrap();
    let scopes = Some(vec!["whatsapp_business_messaging".to_owned()]);
    assert_eq!(facts.token, Told::Said(TokenFacts { valid: true, scopes, app: Some(app.clone()) }));
    assert_eq!(facts.apps, Some(Told::Said(vec![app])));
    assert_eq!(facts.callback, Some(Told::Said(Some("https://hooks.example/".to_owned()))), "the account's own goes before the app's");
    assert_eq!(facts.app_secret, Some(Told::Said(true)));
    let Some(Told::Said(told)) = facts.number else { panic!("nothing of the number") };
    assert_eq!((told.registration, told.messages_per_second), (Some(Registration::Registered), Some(1_000)));
}

#[tokio::test]
async fn another_apps_secret_is_seen_and_what_is_not_said_stays_unknown() {
    let server = MockServer::start().await;
    Mock::given(path(NUMBER)).respond_with(refusal(100, "Invalid appsecret_proof provided in the API argument")).mount(&server).await;
    Mock::given(path("/v24.0/debug_token")).respond_with(refusal(190, "Session has expired")).mount(&server).await;
    Mock::given(path(format!("{ACCOUNT}/subscribed_apps"))).respond_with(ResponseTemplate::new(500)).mount(&server).await;
    let facts = office(&server).examine(&number(ProviderKind::CloudApi), "token", &ours()).await;
    assert_eq!((facts.app_secret, facts.token), (Some(Told::Said(false)), Told::Denied(190)));
    assert_eq!((facts.apps, facts.number), (Some(Told::Silent), Some(Told::Denied(100))));
}

#[tokio::test]
async fn subscribing_comes_without_an_address_and_redirecting_with_ours() {
    let server = MockServer::start().await;
    let at = format!("{ACCOUNT}/subscribed_apps");
    let done = || ResponseTemplate::new(200).set_body_json(json!({"success": true}));
    let redirect = json!({"override_callback_uri": "https://hooks.example/", "verify_token": "verify"});
    Mock::given(method("POST")).and(path(&at)).and(body_json(redirect)).respond_with(done()).expect(1).mount(&server).await;
    Mock::given(method("DELETE")).and(path(&at)).respond_with(done()).expect(1).mount(&server).await;
    let (office, number) = (office(&server), number(ProviderKind::CloudApi));
    office.redirect(&number, "token", &ours()).await.unwrap();
    office.leave(&number, "token").await.unwrap();
    server.reset().await;
    Mock::given(method("POST")).and(path(&at)).respond_with(done()).expect(1).mount(&server).await;
    office.subscribe(&number, "token").await.unwrap();
    assert!(server.received_requests().await.unwrap()[0].body.is_empty());
    server.reset().await;
    Mock::given(method("POST")).respond_with(refusal(10, "no permission")).mount(&server).await;
    assert_eq!(office.subscribe(&number, "token").await, Err(OfficeError::NoSuchNumber));
}

#[test]
fn each_status_of_a_number_is_one_of_three_or_not_said() {
    let of = |status: Option<&str>, platform: Option<&str>| {
        serde_json::from_value::<wire::Number>(json!({"status": status, "platform_type": platform})).unwrap().registration()
    };
    assert_eq!(of(Some("BANNED"), Some("CLOUD_API")), Some(Registration::Blocked));
    assert_eq!(of(Some("PENDING"), None), Some(Registration::NotRegistered));
    assert_eq!(of(None, Some("NOT_APPLICABLE")), Some(Registration::NotRegistered));
    assert_eq!(of(None, Some("CLOUD_API")), Some(Registration::Registered));
    assert_eq!((of(Some("SOMETHING_NEW"), Some("CLOUD_API")), of(None, None)), (None, None));
}
