//! What the platform asked for, as tests see it.

use serde_json::{Value, json};

use crate::support::{ASHA, NUMBER, TOKEN, stage, text};

#[tokio::test]
async fn every_request_is_kept_as_it_was_sent_and_never_the_token() {
    let stage = stage(json!({})).await;
    stage.send(text("one")).await;
    stage.client.get(stage.at(&format!("/v24.0/77?phone_number_id={NUMBER}&access_token={TOKEN}"))).send().await.unwrap();
    stage.client.post(stage.at("/v24.0/999/messages")).bearer_auth(TOKEN).body("not json").send().await.unwrap();

    let sent = stage.get("/sent").await;
    assert_eq!(sent.as_array().unwrap().len(), 3);
    assert_eq!(sent[0]["method"], "POST");
    assert_eq!(sent[0]["path"], format!("/v24.0/{NUMBER}/messages"));
    let body =
        json!({ "messaging_product": "whatsapp", "recipient_type": "individual", "to": ASHA, "type": "text", "text": { "body": "one" } });
    assert_eq!(sent[0]["body"], body);
    assert_eq!(sent[1]["path"], format!("/v24.0/77?phone_number_id={NUMBER}"));
    assert_eq!(sent[1]["body"], Value::Null);
    assert_eq!(sent[2]["body"], "not json");
    assert!(!sent.to_string().contains(TOKEN));
}

#[tokio::test]
async fn since_leaves_out_what_came_before() {
    let stage = stage(json!({})).await;
    for body in ["one", "two", "three"] {
        stage.send(text(body)).await;
    }
    let sent = stage.get("/sent").await;
    let at = sent[1]["at"].as_str().unwrap();
    let later = stage.get(&format!("/sent?since={at}")).await;
    assert_eq!(later, json!([sent[1], sent[2]]));
    assert_eq!(stage.get("/sent?since=1793500000000").await, sent);
    assert_eq!(stage.get("/sent?since=4102444800000").await, json!([]));
    let refused = stage.client.get(stage.at("/sent?since=yesterday")).send().await.unwrap();
    assert_eq!(refused.status(), 400);
    assert!(refused.text().await.unwrap().contains("since"));

    assert_eq!(stage.client.delete(stage.at("/sent")).send().await.unwrap().status(), 204);
    assert_eq!(stage.get("/sent").await, json!([]));
}
