//! Sending: what is accepted, what comes back, and what is refused in which words.

use serde_json::{Value, json};

use crate::support::{ASHA, NUMBER, Stage, TOKEN, stage, text, text_from};

#[tokio::test]
async fn a_message_is_sent_delivered_and_read_with_its_callback_data() {
    let mut stage = stage(json!({})).await;
    stage.asha_writes().await;
    let message = json!({ "to": "+91 98765 00001", "biz_opaque_callback_data": "job-9", "type": "text", "text": { "body": "नमस्ते" } });
    let response = stage.send(message).await;
    assert_eq!(response.status(), 200);
    let answer: Value = response.json().await.unwrap();
    assert_eq!(answer["contacts"], json!([{ "input": "+91 98765 00001", "wa_id": ASHA }]));

    for expected in ["sent", "delivered", "read"] {
        let status = stage.next_status().await;
        assert_eq!(status["status"], expected);
        assert_eq!(status["id"], answer["messages"][0]["id"]);
        assert_eq!(status["recipient_id"], ASHA);
        assert_eq!(status["recipient_user_id"], "IN.4410293847561");
        assert_eq!(status["biz_opaque_callback_data"], "job-9");
        assert!(status["timestamp"].is_string());
        assert_eq!(status["pricing"].is_object(), expected != "read", "{status}");
    }
}

#[tokio::test]
async fn a_user_id_is_an_address_too() {
    let mut stage = stage(json!({})).await;
    stage.asha_writes().await;
    let response = stage.send(json!({ "to": null, "recipient": "IN.4410293847561", "type": "text", "text": { "body": "Hi" } })).await;
    let answer: Value = response.json().await.unwrap();
    assert_eq!(answer["contacts"], json!([{ "input": "IN.4410293847561", "user_id": "IN.4410293847561" }]));
    assert_eq!(stage.next_status().await["status"], "sent");
}

#[tokio::test]
async fn strangers_and_closed_windows_fail_later() {
    let mut stage = stage(json!({})).await;
    for (to, code) in [("919811111111", 131_026), (ASHA, 131_047)] {
        let mut message = text("Hello?");
        message["to"] = json!(to);
        assert_eq!(stage.send(message).await.status(), 200);
        let status = stage.next_status().await;
        assert_eq!(status["status"], "failed");
        assert_eq!(status["errors"][0]["code"], code);
        assert!(status["errors"][0]["error_data"]["details"].is_string());
    }
    let definition = json!({ "name": "visit_reminder", "language": "en", "category": "UTILITY", "components": [{ "type": "BODY", "text": "Your visit is near" }] });
    stage.control("/templates", definition).await;
    let template = json!({ "type": "template", "template": { "name": "visit_reminder", "language": { "code": "en" } } });
    let answer: Value = stage.send(template).await.json().await.unwrap();
    assert_eq!(answer["messages"][0]["message_status"], "accepted");
    assert_eq!(stage.next_status().await["status"], "sent");
}

#[tokio::test]
async fn writing_opens_the_window_and_a_test_can_close_it() {
    let mut stage = stage(json!({})).await;
    let mut value = text_from("919811111111", "from a file");
    value["messages"][0]["timestamp"] = json!("1793400000");
    stage.control("/inbound", value).await;
    stage.next().await;
    let mut message = text("Hello?");
    message["to"] = json!("919811111111");
    stage.send(message.clone()).await;
    for expected in ["sent", "delivered", "read"] {
        assert_eq!(stage.next_status().await["status"], expected);
    }
    let closed = stage.client.delete(stage.at("/windows")).send().await.unwrap();
    assert_eq!(closed.status(), 204);
    stage.send(message).await;
    assert_eq!(stage.next_status().await["errors"][0]["code"], 131_047);
}

#[tokio::test]
async fn tokens_and_numbers_are_checked_first() {
    let stage = stage(json!({})).await;
    let url = stage.at(&format!("/v24.0/{NUMBER}/messages"));
    for token in [None, Some("another"), Some("")] {
        let mut request = stage.client.post(&url).json(&text("Hi"));
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), 401);
        let error: Value = response.json().await.unwrap();
        assert_eq!(error["error"]["code"], 190);
        assert_eq!(error["error"]["type"], "OAuthException");
        assert!(error["error"]["fbtrace_id"].is_string());
    }
    let unknown = stage.at("/v24.0/999/messages");
    let response = stage.client.post(unknown).bearer_auth(TOKEN).json(&text("Hi")).send().await.unwrap();
    assert_eq!(response.status(), 400);
    let error: Value = response.json().await.unwrap();
    assert_eq!((&error["error"]["code"], &error["error"]["error_subcode"]), (&json!(100), &json!(33)));
}

#[tokio::test]
async fn broken_limits_of_messages_name_the_field() {
    let stage = stage(json!({})).await;
    let long_data = json!({ "type": "text", "text": { "body": "x" }, "biz_opaque_callback_data": "x".repeat(513) });
    for (message, code, field) in [
        (text(&"क".repeat(4_097)), 100, "text.body"),
        (text(" "), 131_009, "text.body"),
        (json!({ "type": "text", "text": { "body": "x", "bold": true } }), 100, "bold"),
        (json!({ "type": "poll", "poll": {} }), 100, "type"),
        (json!({ "to": "soon", "type": "text", "text": { "body": "x" } }), 131_009, "to"),
        (json!({ "messaging_product": "sms", "type": "text", "text": { "body": "x" } }), 100, "messaging_product"),
        (long_data, 131_009, "biz_opaque_callback_data"),
        (json!({ "type": "image", "image": { "id": "404" } }), 131_009, "image.id"),
        (json!({ "type": "image", "image": {} }), 131_008, "image"),
    ] {
        is_refused(&stage, message, code, field).await;
    }
    assert_eq!(stage.send(text(&"क".repeat(4_096))).await.status(), 200);
}

#[tokio::test]
async fn broken_limits_of_buttons_name_the_field() {
    let stage = stage(json!({})).await;
    let button = |id: &str, title: &str| json!({ "type": "reply", "reply": { "id": id, "title": title } });
    let four = ["1", "2", "3", "4"].map(|id| button(id, id));
    for (buttons, code, field) in [
        (json!(four), 131_009, "interactive.action.buttons"),
        (json!([button("1", &"x".repeat(21))]), 131_009, "buttons[0].reply.title"),
        (json!([button("1", "A"), button("1", "B")]), 131_009, "buttons[1].reply.id"),
        (json!([{ "type": "reply", "reply": { "id": "1" } }]), 131_008, "buttons[0].reply.title"),
    ] {
        is_refused(&stage, interactive("button", &json!({ "buttons": buttons })), code, field).await;
    }
    let three = json!({ "buttons": four[..3] });
    assert_eq!(stage.send(interactive("button", &three)).await.status(), 200);
}

#[tokio::test]
async fn broken_limits_of_lists_name_the_field() {
    let stage = stage(json!({})).await;
    let row = |index: usize| json!({ "id": format!("r{index}"), "title": "Row" });
    let list = |rows: Vec<Value>| {
        let action = json!({ "button": "See", "sections": [{ "title": "All", "rows": rows }] });
        interactive("list", &action)
    };
    is_refused(&stage, list((0..11).map(row).collect()), 131_009, "sections[0].rows").await;
    is_refused(&stage, list(vec![row(1), row(1)]), 131_009, "rows[1].id").await;
    assert_eq!(stage.send(list((0..10).map(row).collect())).await.status(), 200);
}

#[tokio::test]
async fn broken_bodies_and_paths_are_refused_in_meta_s_shape() {
    let stage = stage(json!({})).await;
    let post = |path: &str, body: &'static str| stage.client.post(stage.at(path)).bearer_auth(TOKEN).body(body).send();
    let error: Value = post(&format!("/v24.0/{NUMBER}/messages"), "{").await.unwrap().json().await.unwrap();
    assert_eq!(error["error"]["code"], 100);
    for body in ["[]", "null", "7", "{\"messaging_product\":\"whatsapp\",\"to\":{},\"text\":[]}"] {
        let response = post(&format!("/v24.0/{NUMBER}/messages"), body).await.unwrap();
        assert_eq!(response.status(), 400, "{body}");
    }
    let response = post(&format!("/latest/{NUMBER}/messages"), "{}").await.unwrap();
    assert_eq!(response.status(), 404);
    let error: Value = response.json().await.unwrap();
    assert_eq!(error["error"]["code"], 2500);
}

#[tokio::test]
async fn reading_and_typing_are_acknowledged() {
    let mut stage = stage(json!({})).await;
    let (_, answer) = stage.control("/inbound", text_from(ASHA, "Hi")).await;
    stage.next().await;
    let read = json!({ "to": null, "status": "read", "message_id": answer["wamids"][0], "typing_indicator": { "type": "text" } });
    let acknowledged: Value = stage.send(read).await.json().await.unwrap();
    assert_eq!(acknowledged, json!({ "success": true }));
    let phones = stage.get("/phone/state").await;
    assert_eq!(phones["personas"][0]["messages"][0]["progress"], "read");
    assert!(stage.is_quiet());
}

#[tokio::test]
async fn a_reaction_is_only_sent() {
    let mut stage = stage(json!({})).await;
    let (_, answer) = stage.control("/inbound", text_from(ASHA, "Hi")).await;
    stage.next().await;
    stage.send(json!({ "type": "reaction", "reaction": { "message_id": answer["wamids"][0], "emoji": "🙏" } })).await;
    assert_eq!(stage.next_status().await["status"], "sent");
    let marker: Value = stage.send(text("after")).await.json().await.unwrap();
    assert_eq!(stage.next_status().await["id"], marker["messages"][0]["id"]);
}

fn interactive(kind: &str, action: &Value) -> Value {
    let interactive = json!({ "type": kind, "body": { "text": "Choose" }, "action": action });
    json!({ "type": "interactive", "interactive": interactive })
}

async fn is_refused(stage: &Stage, message: Value, code: u32, field: &str) {
    let response = stage.send(message.clone()).await;
    assert_eq!(response.status(), 400, "{message}");
    let error: Value = response.json().await.unwrap();
    let details = error["error"]["error_data"]["details"].as_str().unwrap();
    assert_eq!(error["error"]["code"], code, "{details}");
    assert!(details.contains(field), "{field} is not in: {details}");
    assert_eq!(error["error"]["error_data"]["messaging_product"], "whatsapp");
}
