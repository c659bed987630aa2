//! Every kind of message: taken when it keeps the limits, refused by name when it does not, and answered on the phone.

use serde_json::{Value, json};

use crate::support::{ASHA, stage, value_of};

fn samples() -> Vec<(String, Value)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/providers/src/whatsapp/fixtures/outbound");
    let mut samples: Vec<(String, Value)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            (path.file_stem().unwrap().to_str().unwrap().to_owned(), serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap())
        })
        .collect();
    samples.sort_by(|(one, _), (other, _)| one.cmp(other));
    samples
}

/// Whether Meta would take it from a test: no group is there, and no file was uploaded under that id.
fn stands_alone(name: &str, body: &Value) -> bool {
    let text = body.to_string();
    !["text_to_group", "mark_read", "mark_read_typing"].contains(&name) && !name.starts_with("template_") && !text.contains("\"id\":\"900")
}

/// The sample with an end of its order that is still to come.
fn timely(mut body: Value) -> Value {
    if let Some(expiration) = body.pointer_mut("/interactive/action/parameters/order/expiration/timestamp") {
        *expiration = json!("4102444800");
    }
    body
}

fn sample(name: &str) -> Value {
    timely(samples().into_iter().find(|(known, _)| known == name).unwrap().1)
}

#[tokio::test]
async fn every_sample_of_metas_bodies_is_taken() {
    let stage = stage(json!({})).await;
    let mut taken = 0;
    for (name, body) in samples().into_iter().filter(|(name, body)| stands_alone(name, body)) {
        let response = stage.send(timely(body)).await;
        let status = response.status();
        assert_eq!(status, 200, "{name}: {}", response.text().await.unwrap());
        taken += 1;
    }
    assert!(taken >= 28, "{taken}");
}

#[tokio::test]
async fn a_broken_limit_of_any_kind_is_named() {
    let stage = stage(json!({})).await;
    let long = |length: usize| json!("x".repeat(length));
    let parameters = "/interactive/action/parameters";
    for (name, place, value, named) in [
        ("cta_url", "/interactive/action/parameters/display_text", long(21), "display_text"),
        ("cta_url", "/interactive/action/parameters/url", json!("ftp://a.in"), "url"),
        ("cta_url", "/interactive/footer/text", long(61), "footer.text"),
        ("flow_navigate", "/interactive/action/parameters/flow_cta", long(21), "flow_cta"),
        ("flow_navigate", "/interactive/action/parameters/flow_action", json!("data_exchange"), "flow_action_payload"),
        ("flow_navigate", "/interactive/action/parameters/flow_action_payload/data", json!({}), "data"),
        ("location_request", "/interactive/action/name", json!("send_place"), "action.name"),
        ("voice_call_button", "/interactive/action/parameters/ttl_minutes", json!(43_201), "ttl_minutes"),
        ("address_message", "/interactive/action/parameters/country", json!("DE"), "country"),
        ("address_message", "/interactive/action/parameters/values", json!({ "street": "x" }), "street"),
        ("product_list", "/interactive/header", json!(null), "header"),
        ("product_list", "/interactive/action/sections/0/product_items", json!([]), "product_items"),
        ("carousel_url", "/interactive/action/cards/1/card_index", json!(0), "card_index"),
        ("carousel_url", "/interactive/action/cards/0/body/text", long(161), "cards[0].body.text"),
        ("carousel_product", "/interactive/action/cards/1/type", json!("cta_url"), "cards[1]"),
        ("contacts", "/contacts/0/name", json!({ "formatted_name": "A" }), "contacts[0].name"),
        ("reaction", "/reaction/emoji", json!("👍👍"), "reaction.emoji"),
        ("order_details_payu", &format!("{parameters}/total_amount/value"), json!(118_001), "total_amount"),
        ("order_details_payu", &format!("{parameters}/order/subtotal/value"), json!(99_999), "subtotal"),
        ("order_details_payu", &format!("{parameters}/order/expiration/timestamp"), json!("1793500000"), "expiration.timestamp"),
        ("order_details_payu", &format!("{parameters}/order/items/0/amount/offset"), json!(10), "offset"),
        ("order_details_payu", &format!("{parameters}/reference_id"), json!("a b"), "reference_id"),
        (
            "order_details_upi_intent",
            &format!("{parameters}/payment_settings/0/upi_intent_link/link"),
            json!("upi://pay?pa=a@b&am=1"),
            "link",
        ),
        ("order_status", &format!("{parameters}/order/status"), json!("lost"), "status"),
    ] {
        let mut body = sample(name);
        *body.pointer_mut(place).unwrap_or_else(|| panic!("{name} has no {place}")) = value;
        let response = stage.send(body).await;
        assert_eq!(response.status(), 400, "{name} {place}");
        let error: Value = response.json().await.unwrap();
        let details = error["error"]["error_data"]["details"].as_str().unwrap();
        assert!(details.contains(named), "{name}: {named} is not in: {details}");
    }
    let mut abroad = sample("order_status");
    abroad["to"] = json!("493012345678");
    assert_eq!(stage.send(abroad).await.status(), 400);
}

#[tokio::test]
async fn an_emoji_of_several_and_a_conjunct_count_once() {
    let stage = stage(json!({})).await;
    let title = |text: &str| {
        let mut body = sample("cta_url");
        body["interactive"]["action"]["parameters"]["display_text"] = json!(text);
        body
    };
    for character in ["👨‍👩‍👧‍👦", "क्ष", "🇮🇳"] {
        assert_eq!(stage.send(title(&character.repeat(20))).await.status(), 200, "{character}");
        assert_eq!(stage.send(title(&character.repeat(21))).await.status(), 400, "{character}");
    }
}

#[tokio::test]
async fn an_order_is_paid_on_the_phone_and_then_cannot_be_called_off() {
    let mut stage = stage(json!({})).await;
    stage.asha_writes().await;
    let sent: Value = stage.send(sample("order_details_razorpay")).await.json().await.unwrap();
    let id = sent["messages"][0]["id"].clone();
    for expected in ["sent", "delivered", "read"] {
        assert_eq!(stage.next_status().await["status"], expected);
    }
    let pay = json!({ "persona": "asha", "id": id });
    assert_eq!(stage.control("/phone/pay", pay.clone()).await.0, 202);
    let body = stage.next().await.body;
    let status = &value_of(&body)["statuses"][0];
    assert_eq!((&status["type"], &status["status"], &status["recipient_id"]), (&json!("payment"), &json!("captured"), &json!(ASHA)));
    assert_eq!(status["payment"]["reference_id"], "INV-2026-0042");
    assert_eq!(status["payment"]["amount"], json!({ "value": 118_000, "offset": 100 }));
    assert_eq!((&status["payment"]["receipt"], &status["payment"]["notes"]["lead"]), (&json!("rcpt-42"), &json!("42")));
    assert_eq!(stage.control("/phone/pay", pay).await.0, 400, "an order is paid once");

    let mut canceled = sample("order_status");
    canceled["interactive"]["action"]["parameters"]["order"]["status"] = json!("canceled");
    assert_eq!(stage.send(canceled).await.status(), 200);
    assert_eq!(stage.next_status().await["errors"][0]["code"], 2047);
}
