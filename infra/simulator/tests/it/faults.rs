//! What goes wrong on purpose.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::{ASHA, Stage, stage, text, text_from, value_of};

async fn fault(stage: &Stage, rule: Value) {
    let (status, answer) = stage.control("/faults", rule).await;
    assert_eq!(status, 201, "{answer}");
}

#[tokio::test]
async fn errors_come_as_often_as_asked() {
    let mut stage = stage(json!({ "auto_read": false })).await;
    stage.asha_writes().await;
    for (code, http) in [(130_429, 400), (131_056, 400), (131_047, 400), (190, 401), (131_000, 500), (131_026, 400)] {
        fault(&stage, json!({ "code": code, "count": 2 })).await;
        for _ in 0..2 {
            let response = stage.send(text("Hi")).await;
            assert_eq!(response.status(), http, "{code}");
            let error: Value = response.json().await.unwrap();
            assert_eq!(error["error"]["code"], code);
        }
    }
    assert_eq!(stage.get("/faults").await, json!([]));
    assert_eq!(stage.send(text("Hi")).await.status(), 200);
    assert_eq!(stage.next_status().await["status"], "sent");
}

#[tokio::test]
async fn a_message_can_fail_after_it_was_accepted() {
    let mut stage = stage(json!({})).await;
    stage.asha_writes().await;
    fault(&stage, json!({ "fault": "failed", "code": 131_049 })).await;
    assert_eq!(stage.send(text("Offer!")).await.status(), 200);
    let status = stage.next_status().await;
    assert_eq!((&status["status"], &status["errors"][0]["code"]), (&json!("failed"), &json!(131_049)));
}

#[tokio::test]
async fn a_lost_response_still_has_statuses() {
    let mut stage = stage(json!({ "auto_read": false })).await;
    stage.asha_writes().await;
    fault(&stage, json!([{ "fault": "lost_response" }, { "fault": "lost_response", "how": "500" }])).await;
    assert!(stage.try_send(text("lost")).await.is_err());
    assert_eq!(stage.next_status().await["status"], "sent");
    assert_eq!(stage.next_status().await["status"], "delivered");
    assert_eq!(stage.send(text("lost too")).await.status(), 500);
    assert_eq!(stage.next_status().await["status"], "sent");
    assert_eq!(stage.get("/sent").await.as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_lost_response_may_have_no_statuses_either() {
    let mut stage = stage(json!({ "auto_read": false })).await;
    stage.asha_writes().await;
    fault(&stage, json!({ "fault": "lost_response_no_status" })).await;
    assert!(stage.try_send(text("gone")).await.is_err());
    let answer: Value = stage.send(text("next")).await.json().await.unwrap();
    for _ in 0..2 {
        assert_eq!(stage.next_status().await["id"], answer["messages"][0]["id"]);
    }
    assert!(stage.is_quiet());
}

#[tokio::test]
async fn an_answer_can_be_slow() {
    let mut stage = stage(json!({})).await;
    stage.asha_writes().await;
    fault(&stage, json!({ "fault": "slow", "delay_ms": 60 })).await;
    let before = Instant::now();
    assert_eq!(stage.send(text("Hi")).await.status(), 200);
    assert!(before.elapsed() >= Duration::from_millis(60));
}

#[tokio::test]
async fn webhooks_are_doubled() {
    let mut stage = stage(json!({ "auto_read": false })).await;
    fault(&stage, json!({ "fault": "webhook_duplicate", "times": 3, "only": "messages" })).await;
    let (_, answer) = stage.control("/inbound", text_from(ASHA, "Hi")).await;
    assert_eq!(answer["attempts"], 3);
    let first = stage.next().await.bytes;
    assert_eq!(stage.next().await.bytes, first);
    assert_eq!(stage.next().await.bytes, first);
    assert!(stage.is_quiet());
}

#[tokio::test]
async fn webhooks_are_reordered() {
    let mut stage = stage(json!({})).await;
    stage.asha_writes().await;
    fault(&stage, json!({ "fault": "webhook_reorder", "times": 3 })).await;
    stage.send(text("Hi")).await;
    for expected in ["read", "delivered", "sent"] {
        assert_eq!(stage.next_status().await["status"], expected);
    }
}

#[tokio::test]
async fn webhooks_are_batched() {
    let mut stage = stage(json!({})).await;
    fault(&stage, json!({ "fault": "webhook_batch", "times": 2 })).await;
    let (_, held) = stage.control("/inbound", text_from(ASHA, "one")).await;
    assert_eq!((&held["held"], &held["attempts"]), (&json!(true), &json!(0)));
    let (_, answer) = stage.control("/inbound", text_from(ASHA, "two")).await;
    assert_eq!(answer["status"], 200);
    let body = stage.next().await.body;
    assert_eq!(value_of(&body)["messages"][0]["text"]["body"], "one");
    assert_eq!(body["entry"][0]["changes"][1]["value"]["messages"][0]["text"]["body"], "two");
    assert!(stage.is_quiet());
}
