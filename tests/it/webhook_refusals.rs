//! What the deployed webhook refuses, and with which status; and what it takes in one signed batch.

use serde_json::{Value, json};
use shared::{
    boot,
    domain::{messaging::key::MessageKey, page::PageSize, time::Timestamp},
};
use testkit::Stack;

use crate::common::{World, http, until};

fn value(number: &str, wamid: &str, second: i64, text: &str) -> Value {
    json!({"messaging_product": "whatsapp", "metadata": {"display_phone_number": "918047000123", "phone_number_id": number},
        "contacts": [{"profile": {"name": "Asha Verma"}, "wa_id": "919876511111", "user_id": "IN.11111"}],
        "messages": [{"from": "919876511111", "from_user_id": "IN.11111", "id": wamid, "timestamp": second.to_string(), "type": "text", "text": {"body": text}}]})
}

fn envelope(values: &[Value]) -> Vec<u8> {
    let changes: Vec<Value> = values.iter().map(|value| json!({"field": "messages", "value": value})).collect();
    serde_json::to_vec(&json!({"object": "whatsapp_business_account", "entry": [{"id": "310", "changes": changes}]})).unwrap()
}

async fn post(stack: &Stack, body: Vec<u8>, signature: Option<String>) -> u16 {
    let mut request = http().post(&stack.endpoints.webhook_url).header("content-type", "application/json").body(body);
    if let Some(signature) = signature {
        request = request.header("x-hub-signature-256", signature);
    }
    request.send().await.unwrap().status().as_u16()
}

#[tokio::test]
async fn what_cannot_be_trusted_or_read_is_refused() {
    let world = World::make().await;
    let secret = &world.stack.endpoints.app_secret;
    let body = envelope(&[value(world.shop.number.as_str(), "wamid.refused", 1_793_500_000, "hello")]);
    assert_eq!(post(&world.stack, body.clone(), None).await, 401, "missing");
    assert_eq!(post(&world.stack, body.clone(), Some("sha256=xyz".into())).await, 401, "malformed");
    assert_eq!(post(&world.stack, body.clone(), Some(testkit::sign(&body, "another secret"))).await, 401, "wrong");
    assert_eq!(post(&world.stack, [&body[..], b" "].concat(), Some(testkit::sign(&body, secret))).await, 401, "altered");
    let unknown = envelope(&[value("999", "wamid.unknown", 1_793_500_000, "hello")]);
    assert_eq!(post(&world.stack, unknown.clone(), Some(testkit::sign(&unknown, secret))).await, 401, "unknown number only");
    let large = vec![b'x'; 3 * 1024 * 1024 + 1];
    assert_eq!(post(&world.stack, large.clone(), Some(testkit::sign(&large, secret))).await, 413, "too large");
    let broken = b"{\"object\":\"whatsapp_business_account\",".to_vec();
    assert_eq!(post(&world.stack, broken.clone(), Some(testkit::sign(&broken, secret))).await, 400, "not JSON");

    let alias = shared::domain::crm::Alias::WhatsApp("919876511111".parse().unwrap());
    assert!(world.table.tenant(world.shop.tenant).known(&alias).await.unwrap().is_none(), "nothing was stored");
}

#[tokio::test]
async fn the_challenge_is_answered_to_whoever_knows_the_token() {
    let stack = Stack::find().await;
    let ask = |token: String| {
        let url = format!("{}?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token={token}", stack.endpoints.webhook_url);
        async move {
            let answer = http().get(url).send().await.unwrap();
            (answer.status().as_u16(), answer.text().await.unwrap())
        }
    };
    assert_eq!(ask(stack.endpoints.verify_token.clone()).await, (200, "1158201444".to_owned()));
    assert_eq!(ask("wrong".to_owned()).await.0, 403);
}

#[tokio::test]
async fn a_signed_batch_is_taken_apart_the_known_handled_the_unknown_left() {
    let world = World::make().await;
    let number = world.shop.number.as_str();
    let now = boot::now().as_second();
    let mut read = value(number, "-", now, "-");
    read["messages"] = json!([]);
    read["statuses"] = json!([{"id": "wamid.nobody", "status": "read", "timestamp": now.to_string(), "recipient_id": "919876511111"}]);
    let values = [
        value(number, "wamid.1", now, "sugar price"),
        value("999", "wamid.2", now, "hello"),
        read,
        value(number, "wamid.3", now + 1, "hello"),
    ];
    let body = envelope(&values);
    let signature = testkit::sign(&body, &world.stack.endpoints.app_secret);
    for _ in 0..3 {
        assert_eq!(post(&world.stack, body.clone(), Some(signature.clone())).await, 200);
    }
    // The same messages, reordered over several webhooks.
    for value in [&values[3], &values[0]] {
        let body = envelope(std::slice::from_ref(value));
        let signature = testkit::sign(&body, &world.stack.endpoints.app_secret);
        assert_eq!(post(&world.stack, body, Some(signature)).await, 200);
    }
    let alias = shared::domain::crm::Alias::WhatsApp("919876511111".parse().unwrap());
    let store = world.table.tenant(world.shop.tenant);
    let thread = until("two messages and two answers", || async {
        let known = store.known(&alias).await.unwrap()?;
        let conversation = shared::domain::messaging::conversation::conversation_of(known.contact, &world.shop.number);
        let thread = store.messages(conversation, PageSize::DEFAULT, None).await.unwrap().items;
        (thread.len() >= 4).then_some(thread)
    })
    .await;
    let key = |wamid: &str, second: i64| MessageKey::received(Timestamp::from_second(second).unwrap(), wamid);
    let mut expected = vec![key("wamid.1", now), key("wamid.1", now).reply(0), key("wamid.3", now + 1), key("wamid.3", now + 1).reply(0)];
    expected.sort_by_key(|key| std::cmp::Reverse(key.to_string()));
    assert_eq!(thread.iter().map(|message| message.key).collect::<Vec<_>>(), expected);
}
