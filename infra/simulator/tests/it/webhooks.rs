//! Webhooks: envelope, signature (checked by the test's webhook on every arrival), retry and verification.

use serde_json::{Value, json};

use crate::support::{ASHA, stage, text_from, value_of};

#[tokio::test]
async fn a_value_arrives_in_an_envelope_escaped_and_completed() {
    let mut stage = stage(json!({})).await;
    let (status, answer) = stage.control("/inbound", text_from(ASHA, "नमस्ते 🙂")).await;
    assert_eq!(status, 200);
    assert_eq!((&answer["status"], &answer["attempts"], &answer["delivered"]), (&json!(200), &json!(1), &json!(true)));

    let arrived = stage.next().await;
    assert!(arrived.bytes.is_ascii());
    assert!(String::from_utf8_lossy(&arrived.bytes).contains(r"\u0928\u092e\u0938\u094d\u0924\u0947 \ud83d\ude42"));
    assert_eq!(arrived.body["object"], "whatsapp_business_account");
    assert_eq!(arrived.body["entry"][0]["id"], "310000000000001");
    assert_eq!(arrived.body["entry"][0]["changes"][0]["field"], "messages");
    let message = &value_of(&arrived.body)["messages"][0];
    assert_eq!(json!([message["id"]]), answer["wamids"]);
    assert!(message["timestamp"].as_str().unwrap().parse::<i64>().is_ok());
    assert_eq!(message["text"]["body"], "नमस्ते 🙂");
}

#[tokio::test]
async fn values_of_other_fields_and_whole_envelopes_go_as_they_are() {
    let mut stage = stage(json!({})).await;
    let value = json!({ "event": "ACCOUNT_VIOLATION", "violation_info": { "violation_type": "SPAM" } });
    stage.control("/inbound", json!({ "value": value, "field": "account_update", "waba_id": "42" })).await;
    let body = stage.next().await.body;
    assert_eq!(body["entry"][0]["id"], "42");
    assert!(body["entry"][0]["time"].is_i64());
    assert_eq!(body["entry"][0]["changes"], json!([{ "value": value, "field": "account_update" }]));

    let change = json!({ "field": "messages", "value": text_from(ASHA, "one of two") });
    let envelope =
        json!({ "object": "whatsapp_business_account", "entry": [{ "id": "1", "changes": [change] }, { "id": "2", "changes": [change] }] });
    let (_, answer) = stage.control("/inbound", envelope).await;
    assert_eq!(answer["wamids"].as_array().unwrap().len(), 2);
    assert_eq!(stage.next().await.body["entry"][1]["id"], "2");
}

#[tokio::test]
async fn the_same_bytes_can_arrive_three_times() {
    let mut stage = stage(json!({})).await;
    let (_, answer) = stage.control("/inbound?times=3", text_from(ASHA, "again")).await;
    assert_eq!(answer["attempts"], 3);
    let first = stage.next().await.bytes;
    assert_eq!(stage.next().await.bytes, first);
    assert_eq!(stage.next().await.bytes, first);
    assert!(stage.is_quiet());
}

#[tokio::test]
async fn a_refused_webhook_is_tried_again_and_recorded() {
    let mut stage = stage(json!({})).await;
    stage.answers(&[500, 503]);
    let (_, answer) = stage.control("/inbound", text_from(ASHA, "try")).await;
    assert_eq!((&answer["status"], &answer["attempts"], &answer["delivered"]), (&json!(200), &json!(3), &json!(true)));
    let first = stage.next().await.bytes;
    assert_eq!(stage.next().await.bytes, first);
    assert_eq!(stage.next().await.bytes, first);

    stage.answers(&[401, 401, 401, 401, 401]);
    let (_, answer) = stage.control("/inbound", text_from(ASHA, "give up")).await;
    assert_eq!((&answer["status"], &answer["attempts"], &answer["delivered"]), (&json!(401), &json!(4), &json!(false)));
    let (_, answer) = stage.control("/inbound?retries=0", text_from(ASHA, "once")).await;
    assert_eq!((&answer["status"], &answer["attempts"]), (&json!(401), &json!(1)));

    let recorded = stage.get("/webhooks").await;
    let statuses: Vec<Value> = recorded[0]["attempts"].as_array().unwrap().iter().map(|attempt| attempt["status"].clone()).collect();
    assert_eq!(statuses, [500, 503, 200]);
    assert_eq!(recorded[1]["delivered"], false);
    assert_eq!(recorded[1]["carries"], "messages");
}

#[tokio::test]
async fn bad_requests_say_what_is_wrong() {
    let stage = stage(json!({})).await;
    for (path, body, words) in [
        ("/inbound", json!([1]), "body"),
        ("/inbound?times=0", json!({}), "times"),
        ("/inbound", json!({ "value": {}, "field": 7 }), "field"),
        ("/faults", json!({ "fault": "explode" }), "explode"),
        ("/phone/messages", json!({ "persona": "nobody", "content": {} }), "persona"),
        ("/phone/messages", json!({ "persona": "asha", "content": { "type": "text", "text": { "body": " " } } }), "content.text.body"),
    ] {
        let (status, problem) = stage.control(path, body).await;
        assert_eq!(status, 400, "{path}");
        assert!(problem["detail"].as_str().unwrap().contains(words), "{problem}");
    }
}

#[tokio::test]
async fn the_webhook_is_verified_and_can_be_moved() {
    let stage = stage(json!({})).await;
    let (_, answer) = stage.control("/verify", Value::Null).await;
    assert_eq!(answer, json!({ "verified": true, "status": 200 }));

    let put = |url: Value| stage.client.put(stage.at("/webhook-url")).json(&json!({ "webhook_url": url })).send();
    assert_eq!(put(json!("ftp://nowhere")).await.unwrap().status(), 400);
    assert_eq!(put(Value::Null).await.unwrap().status(), 204);
    assert_eq!(stage.get("/health").await, json!({ "status": "ok", "webhook_set": false }));
    let (_, answer) = stage.control("/inbound?retries=0", text_from(ASHA, "lost")).await;
    assert_eq!(answer["status"], Value::Null);
    assert!(answer["error"].as_str().unwrap().contains("/webhook-url"));
}
