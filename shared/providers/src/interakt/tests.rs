//! What is said to Interakt, what it answers, and what its webhooks mean.

use domain::{
    crm::{BusinessScopedId, Recipient},
    language::{Reply, render},
    locale::Locale,
    messaging::content::OutboundContent,
    ports::{MessageChannel as _, SendError},
    tenant::ProviderKind,
    time::Timestamp,
};
use serde_json::{Value, json};
use wiremock::{
    Mock, MockServer, ResponseTemplate,
    matchers::{header, method, path},
};

use super::*;
use crate::{
    signature::verify_shown,
    testing::{asha, callback, number, request, words},
};

fn said(body: &[u8]) -> Vec<String> {
    let now = Timestamp::from_second(1_793_600_000).unwrap();
    let number = number(ProviderKind::Interakt);
    let verified = verify_shown(body, Some("s"), "s").unwrap();
    let translated = inbound::translate(verified, &number, now).unwrap();
    words(translated.read().unwrap())
}

#[test]
fn only_what_a_customer_wrote_is_a_message() {
    // 2026-10-30T04:30:00Z
    let at = 1_793_334_600;
    let message = |kind: &str, id: &str| vec![format!("{kind} {id} {at} 919876500001")];
    assert_eq!(said(include_bytes!("fixtures/text.json")), message("text", "5a9c1f0e-2f6b-4a57-9d64-0f4a8b2f7c11"));
    assert_eq!(said(include_bytes!("fixtures/image.json")), message("image", "m-image"));
    assert_eq!(said(include_bytes!("fixtures/button_in_message.json")), message("button_reply", "m-tap"));
    assert_eq!(
        said(include_bytes!("fixtures/button_beside_message.json")),
        message("button_reply", "m-tap-2"),
        "by the webhook's own time"
    );
    for own in [&include_bytes!("fixtures/own_message.json")[..], include_bytes!("fixtures/campaign_echo.json")] {
        assert_eq!(said(own), ["other"]);
    }
}

#[test]
fn statuses_carry_our_callback_data_and_the_reason_of_a_failure() {
    assert_eq!(said(include_bytes!("fixtures/status_delivered.json")), ["Delivered m-sent 1793334605 0"]);
    assert_eq!(said(include_bytes!("fixtures/status_failed.json")), ["Failed m-sent 1793334600 131026"]);
}

#[test]
fn what_is_no_webhook_of_interakts_is_refused_and_what_is_new_is_kept() {
    let now = Timestamp::UNIX_EPOCH;
    let number = number(ProviderKind::Interakt);
    for body in [&b"[]"[..], b"{", b"{\"data\":{}}"] {
        assert!(inbound::translate(verify_shown(body, Some("s"), "s").unwrap(), &number, now).is_err());
    }
    assert_eq!(said(br#"{"type":"workflow_response_update","data":{"steps":[1]}}"#), ["other"]);
    assert_eq!(said(br#"{"type":"message_received","data":{"message":{"chat_message_type":"CustomerMessage"}}}"#), ["other"]);
}

#[expect(clippy::result_large_err, reason = "the failure is rare and goes straight to the row")]
fn written(content: &OutboundContent, recipient: &Recipient) -> Result<Value, SendError> {
    let number = number(ProviderKind::Interakt);
    Ok(serde_json::to_value(outbound::body(&request(&number, recipient, content))?).unwrap())
}

#[test]
fn texts_and_menus_are_written_as_interakt_wants_them() {
    let text = written(&OutboundContent::text("Namaste").unwrap(), &asha()).unwrap();
    assert_eq!(
        text,
        json!({"countryCode": "+91", "phoneNumber": "9876500001", "callbackData": callback().to_string(), "type": "Text",
            "data": {"message": "Namaste"}})
    );
    let abroad = Recipient::Phone("14155550100".parse().unwrap());
    let text = written(&OutboundContent::text("Hello").unwrap(), &abroad).unwrap();
    assert_eq!(text["fullPhoneNumber"], json!("14155550100"));
    assert!(!text.as_object().unwrap().contains_key("countryCode"));
    let menu = written(&render(&Reply::Menu, Locale::Hinglish, "Sharma Kirana"), &asha()).unwrap();
    assert_eq!((&menu["type"], &menu["data"]["message"]["type"]), (&json!("InteractiveList"), &json!("list")));
}

#[test]
fn what_interakt_cannot_send_is_refused_with_a_reason() {
    let hidden = Recipient::User(BusinessScopedId::new("IN.1").unwrap());
    let refused = written(&OutboundContent::text("Namaste").unwrap(), &hidden).unwrap_err();
    let SendError::Refused(failure) = refused else { panic!("{refused:?}") };
    assert!(failure.details.unwrap().as_str().contains("phone numbers only"));
}

#[tokio::test]
async fn answers_are_sorted_by_what_they_say() {
    let server = MockServer::start().await;
    let channel = Interakt::new(crate::http::client().unwrap(), &format!("{}/v1/public", server.uri()));
    let number = number(ProviderKind::Interakt);
    let content = OutboundContent::text("Namaste").unwrap();
    let window = r#"{"result":false,"message":"Please correct the following error - Customer has not messaged within last 24 hours"}"#;
    let cases = [
        (200, r#"{"result":true,"message":"Message queued for sending","id":"u-1"}"#, "accepted u-1"),
        (200, r#"{"result":true,"message":"Message queued for sending"}"#, "unknown"),
        (200, r#"{"result":false,"message":"Customer is not available"}"#, "refused -7"),
        (400, window, "refused 131047"),
        (401, r#"{"result":false,"message":"Invalid API key"}"#, "broken 190"),
        (429, r#"{"result":false,"message":"Rate limit exceeded for this resource"}"#, "later 130429"),
        (500, r#"{"result":false,"message":"oops"}"#, "unknown"),
        (504, "<html>", "unknown"),
    ];
    for (status, body, expected) in cases {
        server.reset().await;
        Mock::given(method("POST"))
            .and(path("/v1/public/message/"))
            .and(header("authorization", "Basic the key"))
            .respond_with(ResponseTemplate::new(status).set_body_string(body))
            .expect(1)
            .mount(&server)
            .await;
        let said = match channel.send("the key", request(&number, &asha(), &content)).await {
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
