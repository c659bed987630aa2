//! What Meta says of a number, in the states a test can set, and what it takes to be heard.

use serde_json::{Value, json};

use crate::support::{NUMBER, Stage, TOKEN, stage};

const ACCOUNT: &str = "310000000000001";

async fn ask(stage: &Stage, method: reqwest::Method, path: &str, body: Option<Value>) -> (u16, Value) {
    let mut request = stage.client.request(method, stage.at(&format!("/v24.0/{path}"))).bearer_auth(TOKEN);
    if let Some(body) = body {
        request = request.json(&body);
    }
    let answer = request.send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

async fn get(stage: &Stage, path: &str) -> (u16, Value) {
    ask(stage, reqwest::Method::GET, path, None).await
}

async fn set(stage: &Stage, facts: Value) {
    let answer = stage.client.put(stage.at(&format!("/management/{NUMBER}"))).json(&facts).send().await.unwrap();
    assert_eq!(answer.status(), 204);
}

#[tokio::test]
async fn a_number_is_told_of_as_a_test_has_set_it() {
    let stage = stage(json!({})).await;
    let (status, number) = get(&stage, &format!("{NUMBER}?fields=status")).await;
    assert_eq!((status, &number["status"], &number["display_phone_number"]), (200, &json!("CONNECTED"), &json!("918047000123")));
    set(&stage, json!({"status": "BANNED", "is_on_biz_app": true})).await;
    let (_, number) = get(&stage, NUMBER).await;
    assert_eq!((&number["status"], &number["is_on_biz_app"]), (&json!("BANNED"), &json!(true)));
    let (_, token) = get(&stage, &format!("debug_token?input_token={TOKEN}")).await;
    assert_eq!(token["data"]["is_valid"], true);
    set(&stage, json!({"token_valid": false})).await;
    let (status, refused) = get(&stage, NUMBER).await;
    assert_eq!((status, &refused["error"]["code"]), (401, &json!(190)));
    let refused = stage.client.put(stage.at(&format!("/management/{NUMBER}"))).json(&json!({"colour": "blue"})).send().await.unwrap();
    assert_eq!(refused.status(), 400);
    assert!(!stage.get("/sent").await.to_string().contains(TOKEN), "no token is recorded");
}

#[tokio::test]
async fn an_address_is_taken_only_with_a_subscription_and_when_it_answers() {
    let stage = stage(json!({})).await;
    let apps = format!("{ACCOUNT}/subscribed_apps");
    assert_eq!(get(&stage, &apps).await.1["data"].as_array().unwrap().len(), 1);
    assert_eq!(ask(&stage, reqwest::Method::DELETE, &apps, None).await.0, 200);
    assert_eq!(get(&stage, &apps).await.1["data"], json!([]));
    let hook = stage.get("/webhook-url").await["webhook_url"].clone();
    let with = |token: &str| json!({"override_callback_uri": hook, "verify_token": token});
    let (status, refused) = ask(&stage, reqwest::Method::POST, &apps, Some(with("verify me"))).await;
    assert_eq!((status, &refused["error"]["code"]), (400, &json!(100)), "not subscribed");
    assert_eq!(ask(&stage, reqwest::Method::POST, &apps, None).await.0, 200);
    assert_eq!(ask(&stage, reqwest::Method::POST, &apps, Some(with("wrong"))).await.1["error"]["code"], 2200);
    assert_eq!(ask(&stage, reqwest::Method::POST, &apps, Some(with("verify me"))).await.0, 200);
    assert_eq!(get(&stage, NUMBER).await.1["webhook_configuration"]["whatsapp_business_account"], hook);
}
