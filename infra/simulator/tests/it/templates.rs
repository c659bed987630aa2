//! Templates: made, reviewed, sent, and refused when a message does not fit.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{Stage, TOKEN, stage, value_of};

const ACCOUNT: &str = "310000000000001";

async fn graph(stage: &Stage, method: Method, path: &str, body: Option<Value>) -> (StatusCode, Value) {
    let mut request = stage.client.request(method, stage.at(&format!("/v24.0/{path}"))).bearer_auth(TOKEN);
    if let Some(body) = body {
        request = request.json(&body);
    }
    let answer = request.send().await.unwrap();
    (answer.status(), answer.json().await.unwrap())
}

fn definition(name: &str) -> Value {
    json!({ "name": name, "language": "en", "category": "UTILITY", "components": [
        { "type": "HEADER", "format": "IMAGE", "example": { "header_handle": ["4::a"] } },
        { "type": "BODY", "text": "Hi {{1}}, we see you at {{2}} in the shop", "example": { "body_text": [["Asha", "10 AM"]] } },
        { "type": "BUTTONS", "buttons": [{ "type": "QUICK_REPLY", "text": "Confirm" },
            { "type": "URL", "text": "Map", "url": "https://a.in/{{1}}", "example": ["https://a.in/x"] }] }] })
}

fn message(name: &str, components: &Value) -> Value {
    json!({ "type": "template", "template": { "name": name, "language": { "code": "en" }, "components": components } })
}

fn fitting() -> Value {
    json!([
        { "type": "header", "parameters": [{ "type": "image", "image": { "link": "https://a.in/a.jpg" } }] },
        { "type": "body", "parameters": [{ "type": "text", "text": "Asha" }, { "type": "text", "text": "noon" }] },
        { "type": "button", "sub_type": "quick_reply", "index": "0", "parameters": [{ "type": "payload", "payload": "YES" }] },
        { "type": "button", "sub_type": "url", "index": "1", "parameters": [{ "type": "text", "text": "42" }] },
    ])
}

async fn refused(stage: &Stage, message: Value) -> i64 {
    let answer: Value = stage.send(message).await.json().await.unwrap();
    answer["error"]["code"].as_i64().unwrap_or(0)
}

#[tokio::test]
async fn a_template_lives_from_its_creation_to_its_deletion() {
    let mut stage = stage(json!({})).await;
    let path = format!("{ACCOUNT}/message_templates");
    let (status, made) = graph(&stage, Method::POST, &path, Some(definition("visit"))).await;
    assert_eq!((status, &made["status"], &made["category"]), (StatusCode::OK, &json!("PENDING"), &json!("UTILITY")));
    let (_, again) = graph(&stage, Method::POST, &path, Some(definition("visit"))).await;
    assert_eq!(again["error"]["error_subcode"], 2_388_024);
    assert_eq!(refused(&stage, message("visit", &fitting())).await, 132_001, "not approved");

    stage.control("/templates/review", json!({ "name": "visit", "event": "APPROVED" })).await;
    let told = stage.next().await.body;
    assert_eq!(told["entry"][0]["changes"][0]["field"], "message_template_status_update");
    assert_eq!(
        (&value_of(&told)["event"], &value_of(&told)["message_template_id"].to_string()),
        (&json!("APPROVED"), &made["id"].as_str().unwrap().to_owned())
    );
    let answer: Value = stage.send(message("visit", &fitting())).await.json().await.unwrap();
    assert_eq!(answer["messages"][0]["message_status"], "accepted");
    let sent = stage.next_status().await;
    assert_eq!((&sent["status"], &sent["pricing"]["category"]), (&json!("sent"), &json!("utility")));
    while stage.next_status().await["status"] != "read" {}
    let chat = stage.get("/phone/state").await.to_string();
    assert!(chat.contains("Hi Asha, we see you at noon in the shop") && chat.contains("https://a.in/42"), "{chat}");

    let id = made["id"].as_str().unwrap();
    let (status, _) = graph(&stage, Method::POST, id, Some(json!({ "components": [{ "type": "BODY", "text": "Changed" }] }))).await;
    assert_eq!(status, StatusCode::OK);
    let (_, found) = graph(&stage, Method::GET, id, None).await;
    assert_eq!((&found["status"], &found["components"][0]["text"]), (&json!("PENDING"), &json!("Changed")));
    let (status, _) = graph(&stage, Method::DELETE, &format!("{path}?name=visit&hsm_id={id}"), None).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(graph(&stage, Method::GET, id, None).await.0, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_list_has_pages() {
    let stage = stage(json!({})).await;
    for index in 0..5 {
        stage.control("/templates", definition(&format!("visit_{index}"))).await;
    }
    let path = format!("{ACCOUNT}/message_templates?limit=2");
    let (_, first) = graph(&stage, Method::GET, &path, None).await;
    assert!(first["paging"]["next"].is_string());
    let after = first["paging"]["cursors"]["after"].as_str().unwrap();
    let (_, second) = graph(&stage, Method::GET, &format!("{path}&after={after}"), None).await;
    assert_eq!((&first["data"][0]["name"], &second["data"][0]["name"]), (&json!("visit_0"), &json!("visit_2")));
    let (_, last) = graph(&stage, Method::GET, &format!("{path}&after=QV4"), None).await;
    assert!(last["paging"]["next"].is_null() && last["data"].as_array().unwrap().len() == 1);
}

#[tokio::test]
async fn what_does_not_fit_is_refused_with_metas_codes() {
    let stage = stage(json!({})).await;
    stage.control("/templates", definition("visit")).await;
    let without = |kind: &str| Value::Array(fitting().as_array().unwrap().iter().filter(|part| part["type"] != kind).cloned().collect());
    assert_eq!(refused(&stage, message("other", &fitting())).await, 132_001);
    assert_eq!(refused(&stage, message("visit", &without("header"))).await, 132_012);
    assert_eq!(refused(&stage, message("visit", &without("body"))).await, 132_000);
    assert_eq!(refused(&stage, message("visit", &without("button"))).await, 131_008);
    let mut odd = fitting();
    odd[1]["parameters"][0]["text"] = json!("a\nb");
    assert_eq!(refused(&stage, message("visit", &odd)).await, 132_018);
    odd[1]["parameters"][0] = json!({ "type": "text", "parameter_name": "name", "text": "Asha" });
    assert_eq!(refused(&stage, message("visit", &odd)).await, 132_012);
    for (event, code) in [("PAUSED", 132_015), ("DISABLED", 132_016)] {
        stage.control("/templates/review", json!({ "name": "visit", "event": event, "tell": false })).await;
        assert_eq!(refused(&stage, message("visit", &fitting())).await, code);
    }
}
