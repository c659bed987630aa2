//! What is said to `AiSensy`, what it answers, and what its webhooks mean, in both of the forms that have been seen.

use domain::{
    crm::{BusinessScopedId, Recipient},
    messaging::content::OutboundContent,
    ports::{MessageChannel as _, SendError},
    tenant::{Number, ProviderKind},
    time::Timestamp,
};
use serde_json::json;
use wiremock::{
    Mock, MockServer, ResponseTemplate,
    matchers::{body_json, header, method, path},
};

use super::*;
use crate::{
    signature::verify_shown,
    testing::{asha, number, request, words},
};

fn said(body: &[u8]) -> Vec<String> {
    let now = Timestamp::from_second(1_793_600_000).unwrap();
    let verified = verify_shown(body, Some("s"), "s").unwrap();
    let translated = inbound::translate(verified, &number(ProviderKind::AiSensy), now).unwrap();
    words(translated.read().unwrap())
}

#[test]
fn both_forms_of_a_message_read() {
    assert_eq!(said(include_bytes!("fixtures/text_nested.json")), ["text wamid.AISENSY1 1793500000 919876500001"]);
    assert_eq!(said(include_bytes!("fixtures/text_flat.json")), ["text m1 1793500000 919876500001"]);
}

#[test]
fn a_message_without_an_id_is_known_by_its_bytes() {
    let bare = include_bytes!("fixtures/text_bare.json");
    let once = said(bare);
    assert_eq!(once, said(bare));
    assert!(once[0].starts_with("text body.") && once[0].ends_with(" 1793600000 919876500001"), "{once:?}");
}

#[test]
fn what_we_said_ourselves_is_no_message() {
    assert!(said(include_bytes!("fixtures/own_api.json")).is_empty(), "known already");
    assert_eq!(said(include_bytes!("fixtures/own_agent.json")), ["other"], "written by somebody in AiSensy's own pages");
    assert_eq!(said(br#"{"topic":"contact.created","data":{"id":"1"}}"#), ["other"]);
}

#[test]
fn statuses_read() {
    assert_eq!(said(include_bytes!("fixtures/status_read.json")), ["Read m2 1793500008 0"]);
    assert_eq!(said(include_bytes!("fixtures/status_failed.json")), ["Failed m2 1793500009 131026"]);
}

#[tokio::test]
async fn a_message_goes_to_the_project_without_our_callback_data() {
    let server = MockServer::start().await;
    let number = number(ProviderKind::AiSensy);
    Mock::given(method("POST"))
        .and(path("/project-apis/v1/project/67e109077c4b230bed2fb1ff/messages"))
        .and(header("X-AiSensy-Project-API-Pwd", "pwd"))
        .and(body_json(json!({"recipient_type": "individual", "to": "919876500001", "type": "text",
            "text": {"preview_url": false, "body": "Namaste"}})))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({"messages": [{"id": "m2"}]})))
        .expect(1)
        .mount(&server)
        .await;
    let channel = AiSensy::new(crate::http::client().unwrap(), &server.uri());
    let content = OutboundContent::text("Namaste").unwrap();
    assert_eq!(channel.send("pwd", request(&number, &asha(), &content)).await.unwrap().wamid.as_str(), "m2");
}

#[tokio::test]
async fn answers_are_sorted_by_what_they_say() {
    let server = MockServer::start().await;
    let channel = AiSensy::new(crate::http::client().unwrap(), &server.uri());
    let number = number(ProviderKind::AiSensy);
    let content = OutboundContent::text("Namaste").unwrap();
    let cases = [
        (200, "{}", "unknown"),
        (401, r#"{"message":"Invalid password"}"#, "broken 190"),
        (400, r#"{"message":"to is missing"}"#, "refused -7"),
        (400, r#"{"error":{"code":131047,"message":"Re-engagement message"}}"#, "refused 131047"),
        (429, "slow down", "later 130429"),
        (503, "", "unknown"),
    ];
    for (status, body, expected) in cases {
        server.reset().await;
        Mock::given(method("POST")).respond_with(ResponseTemplate::new(status).set_body_string(body)).mount(&server).await;
        let said = match channel.send("pwd", request(&number, &asha(), &content)).await {
            Ok(accepted) => format!("accepted {}", accepted.wamid),
            Err(SendError::Refused(failure)) => format!("refused {}", failure.code),
            Err(SendError::NumberBroken(failure)) => format!("broken {}", failure.code),
            Err(SendError::Later { failure, .. }) => format!("later {}", failure.code),
            Err(SendError::OutcomeUnknown) => "unknown".to_owned(),
            Err(SendError::NotSent) => "not sent".to_owned(),
        };
        assert_eq!(said, expected, "{status} {body}");
    }
}

#[tokio::test]
async fn what_cannot_be_sent_is_not_tried() {
    let channel = AiSensy::new(crate::http::client().unwrap(), "http://127.0.0.1:1");
    let content = OutboundContent::text("Namaste").unwrap();
    let hidden = Recipient::User(BusinessScopedId::new("IN.1").unwrap());
    let refused = channel.send("pwd", request(&number(ProviderKind::AiSensy), &hidden, &content)).await.unwrap_err();
    assert!(matches!(refused, SendError::Refused(_)), "{refused:?}");
    let nowhere = Number { project_id: None, ..number(ProviderKind::AiSensy) };
    let refused = channel.send("pwd", request(&nowhere, &asha(), &content)).await.unwrap_err();
    assert!(matches!(refused, SendError::NumberBroken(_)), "{refused:?}");
}
