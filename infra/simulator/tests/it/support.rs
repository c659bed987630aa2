//! A simulator on a free port and a webhook that tells the test what it got.

use std::collections::VecDeque;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::get;
use hmac::{Hmac, KeyInit, Mac};
use reqwest::{Client, Response};
use serde_json::{Value, json};
use sha2::Sha256;
use simulator::Running;
use tokio::net::TcpListener;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

pub const NUMBER: &str = "210000000000009";
pub const ASHA: &str = "919876500001";
pub const TOKEN: &str = "token-of-the-platform";
const SECRET: &str = "test-app-secret";
/// Nothing here takes so long; it only keeps a broken test from hanging.
const PATIENCE: Duration = Duration::from_secs(20);

/// What the webhook got.
pub struct Arrived {
    pub bytes: Bytes,
    pub body: Value,
}

#[derive(Clone)]
struct Hook {
    arrived: UnboundedSender<Arrived>,
    answers: Arc<Mutex<VecDeque<u16>>>,
}

/// A simulator, its webhook and a client.
pub struct Stage {
    pub simulator: Running,
    pub client: Client,
    arrived: UnboundedReceiver<Arrived>,
    answers: Arc<Mutex<VecDeque<u16>>>,
}

/// Starts both; `changes` replaces parts of the usual configuration.
pub async fn stage(changes: Value) -> Stage {
    let (sender, arrived) = unbounded_channel();
    let answers = Arc::new(Mutex::new(VecDeque::new()));
    let hook = Hook { arrived: sender, answers: Arc::clone(&answers) };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let app = Router::new().route("/hook", get(challenge).post(take)).with_state(hook);
    tokio::spawn(async move { axum::serve(listener, app).await });

    let mut config = json!({
        "webhook_url": format!("http://{address}/hook"),
        "app_secret": SECRET, "verify_token": "verify me", "access_token": TOKEN, "waba_id": "310000000000001",
        "numbers": [{ "phone_number_id": NUMBER, "display_phone_number": "918047000123", "name": "Sharma Kirana" }],
        "personas": [
            { "id": "asha", "name": "आशा Verma", "wa_id": ASHA, "user_id": "IN.4410293847561", "role": "customer", "phone_number_id": NUMBER },
            { "id": "ramesh", "name": "Ramesh Sharma", "wa_id": "919876500010", "role": "owner", "phone_number_id": NUMBER },
        ],
        "status_delay_ms": 0, "retry_delay_ms": 1, "retry_attempts": 4, "auto_read": true,
    });
    for (key, value) in changes.as_object().unwrap() {
        config[key] = value.clone();
    }
    let simulator = simulator::start(serde_json::from_value(config).unwrap()).await.unwrap();
    #[expect(clippy::disallowed_methods, reason = "a test's client needs nothing of the platform's")]
    let client = Client::builder().no_proxy().timeout(PATIENCE).build().unwrap();
    Stage { simulator, client, arrived, answers }
}

async fn challenge(Query(query): Query<Vec<(String, String)>>) -> Result<String, StatusCode> {
    let value = |name: &str| query.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
    let trusted = value("hub.mode").as_deref() == Some("subscribe") && value("hub.verify_token").as_deref() == Some("verify me");
    if trusted { Ok(value("hub.challenge").unwrap()) } else { Err(StatusCode::FORBIDDEN) }
}

async fn take(State(hook): State<Hook>, headers: HeaderMap, bytes: Bytes) -> StatusCode {
    let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
    mac.update(&bytes);
    let expected = format!("sha256={}", hex::encode(mac.finalize().into_bytes()));
    if headers["X-Hub-Signature-256"] != expected.as_str() {
        return StatusCode::UNAUTHORIZED;
    }
    let answer = hook.answers.lock().unwrap().pop_front().unwrap_or(200);
    let body = serde_json::from_slice(&bytes).unwrap();
    hook.arrived.send(Arrived { bytes, body }).unwrap();
    StatusCode::from_u16(answer).unwrap()
}

impl Stage {
    /// The address of a path at the simulator.
    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.simulator.url())
    }

    /// What the webhook answers next; 200 after that.
    pub fn answers(&self, answers: &[u16]) {
        self.answers.lock().unwrap().extend(answers);
    }

    /// The next webhook.
    pub async fn next(&mut self) -> Arrived {
        tokio::time::timeout(PATIENCE, self.arrived.recv()).await.expect("no webhook came").unwrap()
    }

    /// The next status, wherever it is in its webhook.
    pub async fn next_status(&mut self) -> Value {
        let value = value_of(&self.next().await.body).clone();
        assert!(value["statuses"].is_array(), "not a status: {value}");
        value["statuses"][0].clone()
    }

    /// No webhook is waiting.
    pub fn is_quiet(&mut self) -> bool {
        self.arrived.try_recv().is_err()
    }

    /// Calls the Graph API as the platform does.
    pub async fn send(&self, message: Value) -> Response {
        self.try_send(message).await.unwrap()
    }

    /// The same, for calls that may break.
    pub async fn try_send(&self, message: Value) -> reqwest::Result<Response> {
        let mut body = json!({ "messaging_product": "whatsapp", "recipient_type": "individual", "to": ASHA });
        for (key, value) in message.as_object().unwrap() {
            body[key] = value.clone();
        }
        self.client.post(self.at(&format!("/v24.0/{NUMBER}/messages"))).bearer_auth(TOKEN).json(&body).send().await
    }

    /// Posts to a control and gives the answer.
    pub async fn control(&self, path: &str, body: Value) -> (u16, Value) {
        let response = self.client.post(self.at(path)).json(&body).send().await.unwrap();
        let status = response.status().as_u16();
        (status, response.json().await.unwrap_or(Value::Null))
    }

    /// A control read with GET.
    pub async fn get(&self, path: &str) -> Value {
        self.client.get(self.at(path)).send().await.unwrap().json().await.unwrap()
    }

    /// Lets Asha write, which opens her window, and takes the webhook away.
    pub async fn asha_writes(&mut self) {
        let (status, answer) = self.control("/inbound", text_from(ASHA, "Hi")).await;
        assert_eq!((status, &answer["status"]), (200, &json!(200)));
        self.next().await;
    }
}

/// The value of a webhook with a single change.
pub fn value_of(body: &Value) -> &Value {
    &body["entry"][0]["changes"][0]["value"]
}

/// A webhook value with a text message without id or time.
pub fn text_from(wa_id: &str, text: &str) -> Value {
    json!({
        "messaging_product": "whatsapp",
        "metadata": { "display_phone_number": "918047000123", "phone_number_id": NUMBER },
        "contacts": [{ "profile": { "name": "Someone" }, "wa_id": wa_id }],
        "messages": [{ "from": wa_id, "type": "text", "text": { "body": text } }],
    })
}

/// A text message to be sent.
pub fn text(body: &str) -> Value {
    json!({ "type": "text", "text": { "body": body } })
}
