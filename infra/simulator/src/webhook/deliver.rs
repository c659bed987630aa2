//! Brings webhooks to the platform: signed, retried with a growing pause, spoiled by fault rules, and recorded.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::http::header;
use serde_json::{Value, json};

use super::envelope::Webhook;
use super::group::{Groups, Offer};
use super::sign::{signature, wire_bytes};
use crate::clock;
use crate::faults::Fault;
use crate::sync::lock;
use crate::world::World;

const MAX_RECORDED: usize = 1_000;
/// No back-off grows beyond this.
const MAX_PAUSE: Duration = Duration::from_secs(30);
/// A group that a rule holds back is delivered as it is after this long.
const MAX_HOLD: Duration = Duration::from_secs(3);

/// Delivers webhooks and remembers how it went.
pub(crate) struct Courier {
    client: reqwest::Client,
    groups: Groups,
    recorded: Mutex<VecDeque<Value>>,
}

/// How the delivery of one webhook ended.
#[derive(Default, Clone)]
pub(crate) struct Delivery {
    /// Whether the last attempt was answered with 200.
    pub(crate) delivered: bool,
    /// How many requests were made.
    pub(crate) attempts: u32,
    /// The last answer, if there was one.
    pub(crate) status: Option<u16>,
    /// What went wrong, in words.
    pub(crate) error: Option<String>,
    /// A fault rule holds the webhook back; it arrives later.
    pub(crate) held: bool,
}

/// How a webhook is to be delivered.
#[derive(Clone, Copy)]
pub(crate) struct Plan {
    /// How often the same bytes arrive.
    pub(crate) times: usize,
    /// How often each is tried.
    pub(crate) attempts: u32,
}

impl Courier {
    /// Makes the client webhooks are sent with.
    #[expect(clippy::disallowed_methods, reason = "Meta's own client, not the platform's")]
    pub(crate) fn new() -> anyhow::Result<Self> {
        let client = reqwest::Client::builder()
            .no_proxy()
            .connect_timeout(Duration::from_secs(5))
            .timeout(Duration::from_secs(30))
            .redirect(reqwest::redirect::Policy::none())
            .build()?;
        Ok(Self { client, groups: Groups::default(), recorded: Mutex::default() })
    }

    /// The last deliveries, oldest first.
    pub(crate) fn list(&self) -> Vec<Value> {
        lock(&self.recorded).iter().cloned().collect()
    }

    /// The client, for the verification request.
    pub(crate) fn client(&self) -> &reqwest::Client {
        &self.client
    }

    fn record(&self, entry: Value) {
        let mut recorded = lock(&self.recorded);
        if recorded.len() == MAX_RECORDED {
            recorded.pop_front();
        }
        recorded.push_back(entry);
    }
}

/// Delivers a webhook as often as the configuration says.
pub(crate) async fn deliver(world: &Arc<World>, webhook: Webhook) -> Delivery {
    let plan = Plan { times: 1, attempts: world.config.retry_attempts };
    deliver_as(world, webhook, plan).await
}

/// Delivers a webhook by a plan, unless a fault rule has another one.
pub(crate) async fn deliver_as(world: &Arc<World>, webhook: Webhook, mut plan: Plan) -> Delivery {
    let courier = &world.courier;
    let webhook = match courier.groups.offer(webhook) {
        Offer::Declined(webhook) => webhook,
        Offer::Held => return held(),
        Offer::Complete(webhooks) => return deliver_all(world, webhooks, plan).await,
    };
    let Some(rule) = world.faults.take_for_webhook(webhook.cargo) else {
        return carry(world, &webhook, plan).await;
    };
    if rule.fault == Fault::WebhookDuplicate {
        plan.times *= rule.times();
        return carry(world, &webhook, plan).await;
    }
    match courier.groups.start(&rule, webhook) {
        Err(webhook) => carry(world, &webhook, plan).await,
        Ok(serial) => {
            let world = Arc::clone(world);
            clock::spawn(async move {
                clock::pause(MAX_HOLD).await;
                let late = world.courier.groups.expire(serial);
                deliver_all(&world, late, plan).await;
            });
            held()
        }
    }
}

fn held() -> Delivery {
    Delivery { held: true, ..Delivery::default() }
}

async fn deliver_all(world: &Arc<World>, webhooks: Vec<Webhook>, plan: Plan) -> Delivery {
    let mut last = Delivery::default();
    for webhook in webhooks {
        let delivery = carry(world, &webhook, plan).await;
        last = Delivery { attempts: last.attempts + delivery.attempts, ..delivery };
    }
    last
}

async fn carry(world: &Arc<World>, webhook: &Webhook, plan: Plan) -> Delivery {
    let body = wire_bytes(&webhook.body());
    let mut result = Delivery::default();
    for _ in 0..plan.times {
        let delivery = try_until_taken(world, webhook, &body, plan.attempts).await;
        result = Delivery { attempts: result.attempts + delivery.attempts, ..delivery };
    }
    world.phones.webhook_ended(&webhook.wamids, &result);
    result
}

async fn try_until_taken(world: &World, webhook: &Webhook, body: &[u8], attempts: u32) -> Delivery {
    let mut history = Vec::new();
    let mut delivery = Delivery::default();
    let mut pause = Duration::from_millis(world.config.retry_delay_ms);
    let started = clock::now();
    for attempt in 1..=attempts {
        let at = clock::now();
        let answer = post(world, body).await;
        delivery = Delivery {
            delivered: answer == Ok(200),
            attempts: attempt,
            status: answer.as_ref().ok().copied(),
            error: answer.err(),
            held: false,
        };
        history.push(json!({ "at": at.to_string(), "status": delivery.status, "error": delivery.error }));
        if delivery.delivered || attempt == attempts {
            break;
        }
        world.phones.webhook_refused(&webhook.wamids, &delivery, attempts);
        clock::pause(pause).await;
        pause = pause.saturating_mul(2).min(MAX_PAUSE);
    }
    if !delivery.delivered {
        tracing::warn!(status = delivery.status, attempts = delivery.attempts, "a webhook was given up");
    }
    world.courier.record(json!({
        "at": started.to_string(),
        "carries": webhook.cargo,
        "bytes": body.len(),
        "delivered": delivery.delivered,
        "attempts": history,
    }));
    delivery
}

async fn post(world: &World, body: &[u8]) -> Result<u16, String> {
    let Some(url) = world.webhook_url() else {
        return Err("no webhook address is set; PUT /webhook-url gives one".to_owned());
    };
    post_to(world, url, body.to_vec(), &signature(&world.config.app_secret, body)).await
}

/// Brings bytes that are signed already, once.
pub(crate) async fn post_signed(world: &World, body: Vec<u8>, signature: &str) -> Result<u16, String> {
    let url = world.webhook_url().ok_or_else(|| "no webhook address is set; PUT /webhook-url gives one".to_owned())?;
    post_to(world, url, body, signature).await
}

async fn post_to(world: &World, url: String, body: Vec<u8>, signature: &str) -> Result<u16, String> {
    let answer = world
        .courier
        .client
        .post(url)
        .header(header::CONTENT_TYPE.as_str(), "application/json")
        .header(header::USER_AGENT.as_str(), "facebookexternalua")
        .header("X-Hub-Signature-256", signature)
        .body(body)
        .send()
        .await;
    match answer {
        Ok(response) => Ok(response.status().as_u16()),
        Err(error) if error.is_timeout() => Err("the webhook did not answer in time".to_owned()),
        Err(error) if error.is_connect() => Err("the webhook cannot be reached".to_owned()),
        Err(_) => Err("the connection to the webhook broke".to_owned()),
    }
}
