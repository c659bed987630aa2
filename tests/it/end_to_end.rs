//! The main job on the deployed stack: a signed webhook of Meta's for the demo shop gets the right answer at Meta's side.

use serde_json::{Value, json};

use crate::common::{http, until};
use testkit::Stack;

/// Puts a text into the simulator and returns the id of the message.
async fn says(stack: &Stack, from: &str, text: &str) -> String {
    let endpoints = &stack.endpoints;
    let from = from.trim_start_matches('+');
    let value = json!({"messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "918047000123", "phone_number_id": endpoints.phone_number_id},
        "contacts": [{"profile": {"name": "Asha Verma"}, "wa_id": from}],
        "messages": [{"from": from, "type": "text", "text": {"body": text}}]});
    let answer = http().post(format!("{}/inbound?times=3", endpoints.simulator_url)).json(&value).send().await.unwrap();
    let answer: Value = answer.json().await.unwrap();
    answer["wamids"][0].as_str().unwrap_or_else(|| panic!("no wamid: {answer}")).to_owned()
}

/// What the platform sent because of a message: found by the hash of its cause in the callback data.
async fn answers(stack: &Stack, wamid: &str) -> Vec<Value> {
    let sent: Value = http().get(format!("{}/sent", stack.endpoints.simulator_url)).send().await.unwrap().json().await.unwrap();
    let epoch = shared::domain::time::Timestamp::UNIX_EPOCH;
    let cause = format!("{:016x}", shared::domain::messaging::key::MessageKey::received(epoch, wamid).cause());
    let caused = |request: &&Value| request["body"]["biz_opaque_callback_data"].as_str().is_some_and(|data| data.contains(&cause));
    sent.as_array().unwrap().iter().filter(caused).map(|request| request["body"].clone()).collect()
}

#[tokio::test]
async fn a_customer_and_the_owner_are_answered_once_each_in_their_language() {
    let stack = Stack::find().await;
    let endpoints = &stack.endpoints;
    let questions = [
        (&endpoints.customer_phone, "kitna stock hai Parle-G ka", "Parle-G"),
        (&endpoints.customer_phone, "चीनी का भाव?", "₹"),
        (&endpoints.owner_phone, "price of surf excel", "Surf Excel"),
        (&endpoints.owner_phone, "how much basmati rice do we have", "₹2,01,600"),
    ];
    for (from, question, expected) in questions {
        let wamid = says(&stack, from, question).await;
        let answered = until(question, || async { Some(answers(&stack, &wamid).await).filter(|answers| !answers.is_empty()) }).await;
        assert_eq!(answered.len(), 1, "{question}");
        let text = answered[0]["text"]["body"].as_str().unwrap_or_else(|| panic!("{question} → {}", answered[0]));
        assert!(text.contains(expected), "{question} → {text}");
        assert_eq!(answered[0]["to"], from.trim_start_matches('+'));
    }
}

#[tokio::test]
async fn an_unknown_question_gets_the_menu() {
    let stack = Stack::find().await;
    let wamid = says(&stack, &stack.endpoints.customer_phone, "qwerty zxcv").await;
    let answered = until("the menu", || async { answers(&stack, &wamid).await.pop() }).await;
    assert_eq!(answered["interactive"]["type"], "list");
}
