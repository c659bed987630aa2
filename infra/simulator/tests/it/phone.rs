//! The phone: what a persona does reaches the webhook, and what the business does reaches the phone.

use reqwest::Response;
use serde_json::{Value, json};

use crate::support::{ASHA, stage, text, value_of};

/// The events of a phone page.
struct Events {
    response: Response,
    buffer: String,
}

impl Events {
    /// The next event of a type.
    async fn next(&mut self, kind: &str) -> Value {
        loop {
            while let Some(end) = self.buffer.find("\n\n") {
                let event: String = self.buffer.drain(..end + 2).collect();
                let Some(data) = event.trim().strip_prefix("data: ") else {
                    continue;
                };
                let event: Value = serde_json::from_str(data).unwrap();
                if event["type"] == kind {
                    return event;
                }
            }
            let chunk = self.response.chunk().await.unwrap().expect("the stream ended");
            self.buffer.push_str(std::str::from_utf8(&chunk).unwrap());
        }
    }

    /// The next change after which a message has come so far.
    async fn progress(&mut self, progress: &str) -> Value {
        loop {
            let event = self.next("change").await;
            if event["message"]["progress"] == progress {
                return event;
            }
        }
    }
}

async fn events(stage: &crate::support::Stage) -> Events {
    let response = stage.client.get(stage.at("/phone/events")).send().await.unwrap();
    Events { response, buffer: String::new() }
}

fn draft(content: &Value) -> Value {
    json!({ "persona": "asha", "content": content, "draft_id": "d1" })
}

#[tokio::test]
async fn a_persona_writes_and_sees_the_ticks() {
    let mut stage = stage(json!({})).await;
    let mut events = events(&stage).await;
    let (status, answer) = stage.control("/phone/messages", draft(&text("चीनी का भाव?"))).await;
    assert_eq!(status, 202);
    let shown = events.next("message").await;
    assert_eq!((&shown["persona"], &shown["message"]["id"]), (&json!("asha"), &answer["id"]));
    assert_eq!((&shown["message"]["progress"], &shown["message"]["draft_id"]), (&json!("sent"), &json!("d1")));
    events.progress("delivered").await;

    let body = stage.next().await.body;
    let value = value_of(&body);
    assert_eq!(value["contacts"][0]["wa_id"], ASHA);
    assert_eq!(value["contacts"][0]["user_id"], "IN.4410293847561");
    assert_eq!(value["messages"][0]["from"], ASHA);
    assert_eq!(value["messages"][0]["id"], answer["id"]);

    stage.send(json!({ "to": null, "status": "read", "message_id": answer["id"], "typing_indicator": { "type": "text" } })).await;
    events.progress("read").await;
    assert_eq!(events.next("typing").await["persona"], "asha");
}

#[tokio::test]
async fn a_tapped_button_names_its_message() {
    let mut stage = stage(json!({})).await;
    let reply = json!({ "type": "interactive", "interactive": { "type": "button_reply", "button_reply": { "id": "a", "title": "A" } } });
    let body = json!({ "persona": "asha", "content": reply, "context_id": "wamid.OUT" });
    assert_eq!(stage.control("/phone/messages", body).await.0, 202);
    let arrived = stage.next().await.body;
    let message = &value_of(&arrived)["messages"][0];
    assert_eq!(message["context"], json!({ "from": "918047000123", "id": "wamid.OUT" }));
    assert_eq!(message["interactive"]["button_reply"]["id"], "a");
}

#[tokio::test]
async fn a_message_is_read_when_its_chat_is_opened() {
    let mut stage = stage(json!({ "auto_read": false })).await;
    stage.asha_writes().await;
    let mut events = events(&stage).await;
    stage.send(text("₹44")).await;
    assert_eq!(events.next("message").await["message"]["content"], text("₹44"));
    assert_eq!(stage.next_status().await["status"], "sent");
    assert_eq!(stage.next_status().await["status"], "delivered");
    assert_eq!(stage.control("/phone/read", json!({ "persona": "asha" })).await.0, 204);
    assert_eq!(stage.next_status().await["status"], "read");
    events.progress("read").await;
}

#[tokio::test]
async fn a_refused_message_is_marked_and_can_be_tried_again() {
    let mut stage = stage(json!({})).await;
    let mut events = events(&stage).await;
    stage.answers(&[403; 4]);
    let (_, answer) = stage.control("/phone/messages", draft(&text("Hi"))).await;
    let failed = events.progress("failed").await;
    assert_eq!(failed["message"]["note"], "the webhook answered 403");
    for _ in 0..4 {
        stage.next().await;
    }
    let again = json!({ "persona": "asha", "id": answer["id"] });
    assert_eq!(stage.control("/phone/retry", again.clone()).await.0, 202);
    events.progress("delivered").await;
    let arrived = stage.next().await.body;
    assert_eq!(value_of(&arrived)["messages"][0]["id"], answer["id"]);
    assert_eq!(stage.control("/phone/retry", again).await.0, 400);
}

#[tokio::test]
async fn the_page_brings_all_it_needs_and_stopping_ends_its_events() {
    let stage = stage(json!({})).await;
    let page = stage.client.get(stage.at("/phone")).send().await.unwrap();
    assert!(page.headers()["content-security-policy"].to_str().unwrap().starts_with("default-src 'none'"));
    let html = page.text().await.unwrap();
    let assets: Vec<&str> = html.split('"').filter(|part| part.starts_with("/phone/")).collect();
    assert!(assets.len() >= 4, "{assets:?}");
    for asset in assets {
        assert_eq!(stage.client.get(stage.at(asset)).send().await.unwrap().status(), 200, "{asset}");
    }
    assert!(!html.contains("http://") && !html.contains("https://"));

    let mut events = events(&stage).await;
    stage.simulator.shutdown().await;
    assert!(matches!(events.response.chunk().await, Ok(None) | Err(_)));
}
