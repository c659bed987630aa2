//! Every kind of message through the deployed stack: from the API to the simulator, with what it quotes; and the customer is told what
//! was read.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use shared::boot;
use testkit::Stack;

use crate::{
    api::{Client, conversation},
    common::{http, until},
};

/// What the simulator was asked since then, for this recipient.
async fn sent_to(stack: &Stack, phone: &str) -> Vec<Value> {
    let sent: Value = http().get(format!("{}/sent", stack.endpoints.simulator_url)).send().await.unwrap().json().await.unwrap();
    let bodies = sent.as_array().unwrap().iter().map(|request| request["body"].clone());
    bodies.filter(|body| body["to"] == phone && body["biz_opaque_callback_data"].is_string()).collect()
}

#[tokio::test]
async fn every_kind_reaches_the_customer_and_quotes_what_it_answers() {
    let (stack, phone) = (Stack::find().await, "919876544461");
    let client = Client::log_in(&stack).await;
    let conversation = conversation(&stack, &client, phone).await;
    let path = format!("/v1/conversations/{}/messages", conversation["id"].as_str().unwrap());
    let inbound = until("the message", || async {
        let (_, page) = client.get(&path).await;
        page["items"].as_array()?.iter().find(|item| item["direction"] == "inbound").cloned()
    })
    .await;
    let (key, button) = (&inbound["key"], json!({"id": "a", "title": "हाँ"}));
    let card = json!({"image": "https://cdn.example.in/0.jpg", "body": "Tower", "link": {"title": "View", "url": "https://example.in"}});
    let item = json!({"product_id": "SKU", "name": "Fee", "amount_paise": 100_000, "quantity": 1});
    let order = json!({"body": "Pay", "reference_id": format!("INV-{phone}"), "goods": "digital", "items": [item], "tax": {"amount_paise": 18_000},
                       "payment": {"gateway": {"provider": "razorpay", "configuration_name": "prod"}}});
    let bodies = [
        (json!({"text": "Haan ji", "reply_to": key}), "text"),
        (json!({"location": {"latitude": 18.5204, "longitude": 73.8567, "name": "Office"}}), "location"),
        (json!({"contacts": [{"name": {"formatted_name": "Sales Desk", "first_name": "Sales"}}]}), "contacts"),
        (json!({"buttons": {"body": "Choose", "buttons": [button]}}), "buttons"),
        (json!({"media_carousel": {"body": "New", "cards": [card, card]}}), "media_carousel"),
        (json!({"order_details": order}), "order_details"),
        (json!({"order_status": {"body": "Done", "reference_id": format!("INV-{phone}"), "status": "completed"}}), "order_status"),
        (json!({"reaction": {"message": key, "emoji": "🙏"}}), "reaction"),
    ];
    for (body, kind) in &bodies {
        let (status, message) = client.ask(Method::POST, &path, Some(boot::moment().ids.next()), Some(body.clone())).await;
        assert_eq!((status, &message["kind"]), (StatusCode::ACCEPTED, &json!(kind)), "{message}");
    }
    let arrived = until("all of them", || async {
        let sent: Vec<Value> =
            sent_to(&stack, phone).await.into_iter().filter(|body| body["context"].is_object() || body["text"].is_null()).collect();
        let kinds = |kind: &str| sent.iter().any(|body| body["type"] == kind || body["interactive"]["type"] == kind);
        ["text", "location", "contacts", "button", "carousel", "order_details", "order_status", "reaction"]
            .iter()
            .all(|kind| kinds(kind))
            .then_some(sent)
    })
    .await;
    let one = |kind: &str| arrived.iter().find(|body| body["type"] == kind || body["interactive"]["type"] == kind).unwrap();
    assert!(one("text")["context"]["message_id"].as_str().unwrap().starts_with("wamid."));
    assert_eq!(one("reaction")["reaction"]["message_id"], one("text")["context"]["message_id"]);
    assert_eq!(one("order_details")["interactive"]["action"]["parameters"]["total_amount"], json!({"value": 118_000, "offset": 100}));

    let (_, page) = client.get(&path).await;
    let shown = |kind: &str| {
        page["items"].as_array().unwrap().iter().find(|item| item["kind"] == kind && item["direction"] == "outbound").cloned().unwrap()
    };
    assert_eq!(shown("order_details")["sent"]["order"]["total_paise"], 118_000);
    assert_eq!(shown("location")["sent"]["location"]["latitude"], "18.5204");
    let again = json!({"order_status": {"body": "Lost", "reference_id": format!("INV-{phone}"), "status": "shipped"}});
    let (status, problem) = client.ask(Method::POST, &path, Some(boot::moment().ids.next()), Some(again)).await;
    assert_eq!((status, &problem["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("order_status.status")), "{problem}");
}

#[tokio::test]
async fn the_customer_is_told_what_a_colleague_read() {
    let (stack, phone) = (Stack::find().await, "919876544462");
    let client = Client::log_in(&stack).await;
    let conversation = conversation(&stack, &client, phone).await;
    let path = format!("/v1/conversations/{}", conversation["id"].as_str().unwrap());
    let read = json!({"up_to": boot::now().to_string(), "typing": true});
    assert_eq!(client.ask(Method::POST, &format!("{path}/read"), None, Some(read)).await.0, StatusCode::NO_CONTENT);
    until("the read mark", || async {
        let sent: Value = http().get(format!("{}/sent", stack.endpoints.simulator_url)).send().await.ok()?.json().await.ok()?;
        let told = sent
            .as_array()?
            .iter()
            .any(|request| request["body"]["status"] == "read" && request["body"]["typing_indicator"]["type"] == "text");
        told.then_some(())
    })
    .await;
}
