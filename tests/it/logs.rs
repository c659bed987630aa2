//! No log holds what people write, who they are, or what is secret.

use serde_json::json;
use testkit::Stack;

use crate::common::{http, until};

#[tokio::test]
async fn the_logs_of_the_functions_hold_no_content_no_phone_and_no_secret() {
    let stack = Stack::find().await;
    let endpoints = &stack.endpoints;
    let sentinel = "sentinel-kya-haal-hai";
    let phone = "919876533333";
    // A message that is answered, one that is refused, and one that Meta's side refuses.
    let body = |number: &str| {
        let value = json!({"messaging_product": "whatsapp", "metadata": {"phone_number_id": number},
            "contacts": [{"profile": {"name": "Sentinel Singh"}, "wa_id": phone}],
            "messages": [{"from": phone, "id": format!("wamid.{sentinel}.{number}"), "timestamp": shared::boot::now().as_second().to_string(), "type": "text", "text": {"body": sentinel}}]});
        serde_json::to_vec(
            &json!({"object": "whatsapp_business_account", "entry": [{"id": "310000000000001", "changes": [{"field": "messages", "value": value}]}]}),
        )
        .unwrap()
    };
    for (number, secret) in [
        (endpoints.phone_number_id.as_str(), endpoints.app_secret.as_str()),
        ("999", &endpoints.app_secret),
        (&endpoints.phone_number_id, "wrong"),
    ] {
        let bytes = body(number);
        http().post(&endpoints.webhook_url).header("x-hub-signature-256", testkit::sign(&bytes, secret)).body(bytes).send().await.unwrap();
    }
    let login = json!({"email": "sentinel@shop.example", "password": sentinel});
    http().post(format!("{}/v1/session", endpoints.api_url)).json(&login).send().await.unwrap();
    until("the answer", || async {
        let sent = http().get(format!("{}/sent", endpoints.simulator_url)).send().await.unwrap().text().await.unwrap();
        sent.contains(phone).then_some(())
    })
    .await;
    let logs = until("a refusal in the log", || async {
        let logs = std::fs::read_to_string(&endpoints.functions_log).unwrap();
        logs.contains("a webhook is refused: no number in it is known").then_some(logs)
    })
    .await;
    let secrets = [
        sentinel,
        phone,
        "Sentinel Singh",
        "sentinel@shop.example",
        &endpoints.app_secret,
        &endpoints.verify_token,
        &endpoints.dashboard_password,
    ];
    for secret in secrets {
        assert!(!logs.contains(secret), "the logs hold {secret}");
    }
    assert!(!logs.contains("919876"), "the logs hold a phone number");
}
