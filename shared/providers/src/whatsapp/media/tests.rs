use domain::{
    messaging::media::{Measured, chunks::Whole},
    tenant::NumberId,
};
use wiremock::{
    Mock, MockServer, Request, ResponseTemplate,
    matchers::{header, header_exists, method, path, query_param},
};

use super::*;

const NUMBER: &str = "210000000000009";

fn number() -> Number {
    let id = |raw| NumberId::new(raw).unwrap();
    Number::cloud(id(NUMBER), id("330000000000001"), "918047000123".parse().unwrap())
}

fn api(server: &MockServer) -> CloudApi {
    CloudApi::new(crate::http::client().unwrap(), &format!("{}/v24.0", server.uri()))
}

fn text<const MAX: usize>(raw: &str) -> Text<MAX> {
    Text::new(raw).unwrap()
}

async fn fetch(api: &CloudApi, address: Option<&str>) -> Result<(Option<u64>, Vec<u8>), MediaError> {
    let (number, id) = (number(), text("501"));
    let fetched = api.fetch("secret", Wanted { number: &number, id: &id, address }).await?;
    let size = fetched.size;
    let mut measured = Measured::new(fetched.content, 1_000, fetched.sha256);
    let mut bytes = Vec::new();
    while let Some(piece) = measured.next().await.map_err(|_| MediaError::Unreachable)? {
        bytes.extend_from_slice(&piece);
    }
    Ok((size, bytes))
}

/// A server that knows one file, at an address that is good.
async fn server() -> MockServer {
    let server = MockServer::start().await;
    let found = serde_json::json!({
        "messaging_product": "whatsapp", "url": format!("{}/media-files/501?ext=9&hash=x", server.uri()), "mime_type": "image/jpeg",
        "sha256": Sha256Hash::of(b"photo").to_string(), "file_size": "5", "id": "501",
    });
    Mock::given(method("GET"))
        .and(path("/v24.0/501"))
        .and(query_param("phone_number_id", NUMBER))
        .and(header("authorization", "Bearer secret"))
        .respond_with(ResponseTemplate::new(200).set_body_json(found))
        .mount(&server)
        .await;
    Mock::given(method("GET"))
        .and(path("/media-files/501"))
        .and(query_param("ext", "9"))
        .and(header("authorization", "Bearer secret"))
        .and(header_exists("user-agent"))
        .respond_with(ResponseTemplate::new(200).set_body_raw(b"photo".to_vec(), "image/jpeg"))
        .mount(&server)
        .await;
    server
}

async fn asked(server: &MockServer) -> Vec<String> {
    server.received_requests().await.unwrap().iter().map(|request| request.url.path().to_owned()).collect()
}

#[tokio::test]
async fn a_fresh_address_is_asked_first_and_an_old_one_is_renewed() {
    let server = server().await;
    let fresh = format!("{}/media-files/501?ext=9&hash=x", server.uri());
    assert_eq!(fetch(&api(&server), Some(&fresh)).await, Ok((Some(5), b"photo".to_vec())));
    assert_eq!(asked(&server).await, ["/media-files/501"]);

    let old = format!("{}/media-files/501?ext=1&hash=x", server.uri());
    assert_eq!(fetch(&api(&server), Some(&old)).await, Ok((Some(5), b"photo".to_vec())));
    assert_eq!(fetch(&api(&server), None).await, Ok((Some(5), b"photo".to_vec())));
    assert_eq!(asked(&server).await[1..], ["/media-files/501", "/v24.0/501", "/media-files/501", "/v24.0/501", "/media-files/501"]);
}

#[tokio::test]
async fn the_token_is_shown_to_meta_alone() {
    let (meta, stranger) = (MockServer::start().await, MockServer::start().await);
    let elsewhere = format!("{}/steal", stranger.uri());
    Mock::given(path("/media-files/1")).respond_with(ResponseTemplate::new(302).insert_header("location", &*elsewhere)).mount(&meta).await;
    let found = serde_json::json!({ "url": format!("{}/media-files/1", meta.uri()) });
    Mock::given(path("/v24.0/501")).respond_with(ResponseTemplate::new(200).set_body_json(found)).mount(&meta).await;
    for address in [None, Some(&*elsewhere), Some("http://169.254.169.254/latest/meta-data"), Some("file:///etc/passwd"), Some("nonsense")]
    {
        assert_eq!(fetch(&api(&meta), address).await, Err(MediaError::Refused(0)), "{address:?}");
    }
    assert!(stranger.received_requests().await.unwrap().is_empty());

    let api = api(&meta);
    let is_metas = |address: &str| api.is_metas(&Url::parse(address).unwrap());
    assert!(is_metas("https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=501"));
    assert!(!is_metas("http://lookaside.fbsbx.com/x"));
    assert!(!is_metas("https://lookaside.fbsbx.com.evil.example/x"));
    assert!(!is_metas("https://user@evil.example/lookaside.fbsbx.com"));
    assert!(!is_metas("https://lookaside.fbsbx.com:8443/x"));
}

#[tokio::test]
async fn a_redirection_within_meta_is_followed_and_a_circle_is_not() {
    let server = server().await;
    let good = format!("{}/media-files/501?ext=9&hash=x", server.uri());
    Mock::given(path("/moved")).respond_with(ResponseTemplate::new(302).insert_header("location", &*good)).mount(&server).await;
    assert_eq!(fetch(&api(&server), Some(&format!("{}/moved", server.uri()))).await, Ok((Some(5), b"photo".to_vec())));

    let circle = MockServer::start().await;
    let itself = format!("{}/round", circle.uri());
    let found = serde_json::json!({ "url": itself });
    Mock::given(path("/v24.0/501")).respond_with(ResponseTemplate::new(200).set_body_json(found)).mount(&circle).await;
    Mock::given(path("/round")).respond_with(ResponseTemplate::new(302).insert_header("location", &*itself)).mount(&circle).await;
    assert_eq!(fetch(&api(&circle), None).await, Err(MediaError::Refused(0)));
    assert_eq!(asked(&circle).await.len(), 5);
}

#[tokio::test]
async fn refusals_are_read_by_their_code() {
    let error =
        |code: i64, subcode: Option<i64>| serde_json::json!({ "error": { "message": "no", "code": code, "error_subcode": subcode } });
    for (status, body, expected) in [
        (400, error(100, Some(33)), MediaError::Gone),
        (400, error(100, None), MediaError::Refused(100)),
        (401, error(190, None), MediaError::NumberBroken),
        (429, error(130_429, None), MediaError::Later(Some(domain::time::SignedDuration::from_secs(7)))),
        (503, serde_json::json!("busy"), MediaError::Unreachable),
        (401, serde_json::json!({}), MediaError::NumberBroken),
    ] {
        let server = MockServer::start().await;
        let answer = ResponseTemplate::new(status).insert_header("retry-after", "7").set_body_json(body);
        Mock::given(path("/v24.0/501")).respond_with(answer).mount(&server).await;
        assert_eq!(fetch(&api(&server), None).await, Err(expected));
    }
    let (number, id) = (number(), text("../210000000000009/messages"));
    let nobody = CloudApi::new(crate::http::client().unwrap(), "http://127.0.0.1:9/v24.0");
    let path = nobody.fetch("secret", Wanted { number: &number, id: &id, address: None }).await;
    assert_eq!(path.err(), Some(MediaError::Refused(0)));
    assert_eq!(fetch(&nobody, None).await, Err(MediaError::Unreachable));
}

#[tokio::test]
async fn a_file_is_given_to_meta_as_a_form() {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .and(path(format!("/v24.0/{NUMBER}/media")))
        .and(header("authorization", "Bearer secret"))
        .respond_with(ResponseTemplate::new(200).set_body_json(serde_json::json!({ "id": "9001" })))
        .mount(&server)
        .await;
    let mime = Mime::new("audio/ogg; codecs=opus").unwrap();
    let file = Sending { mime, filename: Some(text("secret name.ogg")), size: 5, content: Box::new(Whole::new(&b"voice"[..])) };
    assert_eq!(api(&server).upload("secret", &number(), file).await, Ok(text("9001")));
    let requests = server.received_requests().await.unwrap();
    let [Request { body, headers, .. }] = requests.as_slice() else { panic!("one request") };
    let body = String::from_utf8(body.clone()).unwrap();
    assert!(headers["content-type"].to_str().unwrap().starts_with("multipart/form-data"));
    assert!(headers.contains_key("content-length"), "Meta wants the length beforehand");
    for part in ["name=\"messaging_product\"\r\n\r\nwhatsapp", "Content-Type: audio/ogg; codecs=opus\r\n\r\nvoice", "name=\"type\""] {
        assert!(body.contains(part), "{part} is not in {body}");
    }
    assert!(!body.contains("secret name"));
}

#[tokio::test]
async fn a_partners_file_is_asked_for_without_the_key_and_never_next_door() {
    let server = server().await;
    let number = Number { provider: ProviderKind::Interakt, ..number() };
    let id = text("501");
    let here = format!("{}/media-files/501?ext=9", server.uri());
    for address in [None, Some(&*here), Some("https://169.254.169.254/x"), Some("https://localhost/x"), Some("http://files.example.in/x")] {
        let fetched = api(&server).fetch("secret", Wanted { number: &number, id: &id, address }).await;
        assert!(matches!(fetched.err(), Some(MediaError::Refused(0) | MediaError::Unsupported)), "{address:?}");
    }
    assert!(asked(&server).await.is_empty());
}
