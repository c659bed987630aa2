//! 360dialog's bodies and webhooks are the Cloud API's; the address, the header and the owner are its own.

use domain::{
    messaging::content::OutboundContent,
    ports::{MessageChannel as _, SendError},
    tenant::{NumberId, ProviderKind},
};
use wiremock::{
    Mock, MockServer, ResponseTemplate,
    matchers::{body_partial_json, header, method, path},
};

use super::*;
use crate::{
    signature::verify_shown,
    testing::{asha, callback, number, request, words},
};

const TEXT: &[u8] = include_bytes!("fixtures/text.json");

#[tokio::test]
async fn a_message_goes_with_the_key_and_without_a_number_in_its_path() {
    let server = MockServer::start().await;
    let number = number(ProviderKind::Dialog360);
    Mock::given(method("POST"))
        .and(path("/messages"))
        .and(header("D360-API-KEY", "the key"))
        .and(body_partial_json(serde_json::json!({"messaging_product": "whatsapp", "to": "919876500001", "type": "text",
            "text": {"body": "Namaste"}, "biz_opaque_callback_data": callback().to_string()})))
        .respond_with(ResponseTemplate::new(200).set_body_json(serde_json::json!({"messages": [{"id": "wamid.D360"}]})))
        .expect(1)
        .mount(&server)
        .await;
    let channel = Dialog360::new(crate::http::client().unwrap(), &server.uri());
    let content = OutboundContent::text("Namaste").unwrap();
    let accepted = channel.send("the key", request(&number, &asha(), &content)).await.unwrap();
    assert_eq!(accepted.wamid.as_str(), "wamid.D360");
}

#[tokio::test]
async fn a_wrong_key_is_the_numbers_trouble_and_a_broken_gateway_nobodys_answer() {
    let server = MockServer::start().await;
    let number = number(ProviderKind::Dialog360);
    let channel = Dialog360::new(crate::http::client().unwrap(), &server.uri());
    let content = OutboundContent::text("Namaste").unwrap();
    for (status, body) in [(401, "{\"error\":\"Unauthorized\"}"), (429, "slow down"), (502, "<html>"), (404, "{}")] {
        server.reset().await;
        Mock::given(path("/messages")).respond_with(ResponseTemplate::new(status).set_body_string(body)).mount(&server).await;
        let refused = channel.send("key", request(&number, &asha(), &content)).await.unwrap_err();
        match status {
            401 => assert!(matches!(refused, SendError::NumberBroken(_)), "{refused:?}"),
            429 => assert!(matches!(refused, SendError::Later { .. }), "{refused:?}"),
            502 => assert_eq!(refused, SendError::OutcomeUnknown),
            _ => assert!(matches!(refused, SendError::Refused(_)), "{refused:?}"),
        }
    }
}

#[test]
fn a_webhook_of_its_own_number_reads_and_one_of_another_does_not() {
    let own = number(ProviderKind::Dialog360);
    let verified = || verify_shown(TEXT, Some("shown"), "shown").unwrap();
    assert_eq!(words(read(verified(), &own).unwrap()), ["text wamid.HBgMD360 1793500000 919876500001"]);
    let other = Number { id: NumberId::new("999").unwrap(), ..own };
    assert!(read(verified(), &other).is_err());
}
