//! The dashboard's API on the deployed stack: log in, read, reply; another business's things are not found.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use shared::{boot, domain::id::ClientMessageId, usecases::session::token::Audience};
use testkit::Stack;

use crate::common::{World, http, receive, until};

/// A colleague with a session.
pub struct Client {
    base: String,
    token: String,
}

impl Client {
    pub async fn log_in(stack: &Stack) -> Self {
        let endpoints = &stack.endpoints;
        let login = json!({"email": endpoints.dashboard_email, "password": endpoints.dashboard_password});
        let answer = http().post(format!("{}/v1/session", endpoints.api_url)).json(&login).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        let cookie = answer.headers()["set-cookie"].to_str().unwrap().to_owned();
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
        let session: Value = answer.json().await.unwrap();
        Self { base: endpoints.api_url.clone(), token: session["access_token"].as_str().unwrap().to_owned() }
    }

    pub async fn ask(&self, method: Method, path: &str, key: Option<ClientMessageId>, body: Option<Value>) -> (StatusCode, Value) {
        let mut request = http().request(method, format!("{}{path}", self.base)).bearer_auth(&self.token);
        if let Some(key) = key {
            request = request.header("idempotency-key", key.to_string());
        }
        if let Some(body) = body {
            request = request.json(&body);
        }
        let answer = request.send().await.unwrap();
        let status = answer.status();
        (status, answer.json().await.unwrap_or(Value::Null))
    }

    pub async fn get(&self, path: &str) -> (StatusCode, Value) {
        self.ask(Method::GET, path, None, None).await
    }
}

/// A customer nobody else's test is, whose message has come in; the conversation as the API shows it.
pub async fn conversation(stack: &Stack, client: &Client, phone: &str) -> Value {
    let value = json!({"messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "918047000123", "phone_number_id": stack.endpoints.phone_number_id},
        "contacts": [{"profile": {"name": "Kavita"}, "wa_id": phone}],
        "messages": [{"from": phone, "type": "text", "text": {"body": "namaste"}}]});
    let answer = http().post(format!("{}/inbound", stack.endpoints.simulator_url)).json(&value).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    until("the conversation", || async {
        let (_, page) = client.get("/v1/conversations?status=open&limit=100").await;
        let items = page["items"].as_array()?.clone();
        items.into_iter().find(|item| item["contact"]["phone"] == format!("+{phone}"))
    })
    .await
}

#[tokio::test]
async fn a_colleague_reads_and_replies_once() {
    let stack = Stack::find().await;
    let client = Client::log_in(&stack).await;
    let conversation = conversation(&stack, &client, "919876544441").await;
    assert_eq!((&conversation["unread"], &conversation["contact"]["name"]), (&json!(true), &json!("Kavita")));
    let path = format!("/v1/conversations/{}", conversation["id"].as_str().unwrap());

    let key: ClientMessageId = boot::moment().ids.next();
    let reply = json!({"text": "Namaste Kavita ji, abhi bhejte hain."});
    let (first, message) = client.ask(Method::POST, &format!("{path}/messages"), Some(key), Some(reply.clone())).await;
    let (again, same) = client.ask(Method::POST, &format!("{path}/messages"), Some(key), Some(reply)).await;
    assert_eq!((first, again), (StatusCode::ACCEPTED, StatusCode::OK));
    assert_eq!(message["key"], same["key"]);
    until("delivery", || async {
        let (_, page) = client.get(&format!("{path}/messages")).await;
        let mine: Vec<Value> = page["items"].as_array()?.iter().filter(|item| item["author"]["kind"] == "agent").cloned().collect();
        assert_eq!(mine.len(), 1);
        (mine[0]["state"] == "delivered" || mine[0]["state"] == "read").then_some(())
    })
    .await;
    let read = json!({"up_to": boot::now().to_string()});
    assert_eq!(client.ask(Method::POST, &format!("{path}/read"), None, Some(read)).await.0, StatusCode::NO_CONTENT);
    assert_eq!(client.get(&path).await.1["unread"], false);
}

#[tokio::test]
async fn another_business_is_not_found() {
    let world = World::make().await;
    let message = world.shop.says(1, "wamid.other", boot::now(), "hello");
    receive(&world.dispatch(), &message).await.unwrap();
    let foreign = world.conversation(&message).await;
    let client = Client::log_in(&world.stack).await;
    let path = format!("/v1/conversations/{foreign}");
    assert_eq!(client.get(&path).await.0, StatusCode::NOT_FOUND);
    let (status, page) = client.get(&format!("{path}/messages")).await;
    assert!(status == StatusCode::NOT_FOUND || page["items"] == json!([]), "{page}");
    let key = Some(boot::moment().ids.next());
    let (status, problem) = client.ask(Method::POST, &format!("{path}/messages"), key, Some(json!({"text": "hi"}))).await;
    assert_eq!((status, &problem["code"]), (StatusCode::NOT_FOUND, &json!("not_found")));
    let read = json!({"up_to": boot::now().to_string()});
    client.ask(Method::POST, &format!("{path}/read"), None, Some(read)).await;
    let own = world.table.tenant(world.shop.tenant).conversation(foreign).await.unwrap().unwrap();
    assert!(own.read_up_to.is_none());
}

#[tokio::test]
async fn bad_input_is_told_which_field_is_wrong() {
    let stack = Stack::find().await;
    let client = Client::log_in(&stack).await;
    let conversation = conversation(&stack, &client, "919876544442").await;
    let path = format!("/v1/conversations/{}/messages", conversation["id"].as_str().unwrap());
    let key = || Some(boot::moment().ids.next());
    let long = "x".repeat(4097);
    for (body, field) in [
        (json!({"text": ""}), "text"),
        (json!({"text": long}), "text"),
        (json!({"text": 7}), "text"),
        (json!({"text": "\u{200b} \u{feff}"}), "text"),
    ] {
        let (status, problem) = client.ask(Method::POST, &path, key(), Some(body)).await;
        assert_eq!((status, &problem["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!(field)), "{problem}");
    }
    let (status, problem) = client.ask(Method::POST, &path, None, Some(json!({"text": "hi"}))).await;
    assert_eq!((status, &problem["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("Idempotency-Key")), "{problem}");
    for query in ["limit=0", "limit=101", "cursor=nonsense", "status=lost"] {
        let (status, problem) = client.get(&format!("/v1/conversations?{query}")).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{query}: {problem}");
        assert_eq!(problem["field"], query.split('=').next().unwrap(), "{problem}");
    }
}

#[tokio::test]
async fn nobody_gets_in_without_a_session() {
    let stack = Stack::find().await;
    let base = &stack.endpoints.api_url;
    for (email, password) in [(stack.endpoints.dashboard_email.as_str(), "wrong password"), ("nobody@shop.example", "wrong password")] {
        let login = json!({"email": email, "password": password});
        let answer = http().post(format!("{base}/v1/session")).json(&login).send().await.unwrap();
        assert_eq!(answer.status(), 401);
        let problem: Value = answer.json().await.unwrap();
        assert_eq!(problem["code"], "invalid_credentials");
    }
    let mut client = Client::log_in(&stack).await;
    let (_, ticket) = client.ask(Method::POST, "/v1/realtime/ticket", None, None).await;
    assert!(ticket["url"].as_str().unwrap().starts_with("ws"), "{ticket}");
    // A ticket opens a live connection and nothing else.
    client.token = ticket["ticket"].as_str().unwrap().to_owned();
    assert_eq!(client.get("/v1/conversations").await.0, StatusCode::UNAUTHORIZED);
    assert!(Audience::Live.life() < Audience::Api.life());
    client.token = String::new();
    assert_eq!(client.get("/v1/conversations").await.0, StatusCode::UNAUTHORIZED);
}
