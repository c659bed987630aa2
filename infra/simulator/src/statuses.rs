//! The life of an accepted message: sent, delivered, read, or failed, each told to the platform in order.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::clock;
use crate::config::Number;
use crate::graph::errors::status_error;
use crate::graph::validate::Outgoing;
use crate::people::Person;
use crate::sync::lock;
use crate::webhook::deliver::deliver;
use crate::webhook::envelope::{Webhook, metadata};
use crate::world::World;

const MAX_OPEN_LINES: usize = 5_000;
/// Free-form messages of a number that Meta does not bill.
const FREE_SERVICE_MESSAGES: u32 = 1_000;

/// A step in the life of a message.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// Left Meta.
    Sent,
    /// Is on the phone.
    Delivered,
    /// Was seen.
    Read,
    /// Will never arrive, for this reason.
    Failed(u32),
}

impl Step {
    /// Meta's word for it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Read => "read",
            Self::Failed(_) => "failed",
        }
    }
}

/// A message Meta has accepted.
pub(crate) struct Accepted {
    /// Its id.
    pub(crate) wamid: String,
    /// The number it comes from.
    pub(crate) number: Number,
    /// What was asked for.
    pub(crate) outgoing: Outgoing,
    /// Who gets it.
    pub(crate) recipient: Person,
    /// Why it will fail, if it will.
    pub(crate) failure: Option<u32>,
    /// Whether statuses are told at all.
    pub(crate) told: bool,
}

/// Messages that may still get a status.
#[derive(Default)]
pub(crate) struct StatusLines {
    open: Mutex<Lines>,
}

#[derive(Default)]
struct Lines {
    senders: HashMap<String, UnboundedSender<Step>>,
    order: VecDeque<String>,
    service_messages: HashMap<String, u32>,
}

impl StatusLines {
    /// Tells the platform that the message was read.
    pub(crate) fn read(&self, wamid: &str) {
        let sender = lock(&self.open).senders.remove(wamid);
        if let Some(sender) = sender {
            // Nobody listens only when statuses of the message are over.
            let _ = sender.send(Step::Read);
        }
    }

    fn open(&self, wamid: &str, sender: UnboundedSender<Step>) {
        let mut lines = lock(&self.open);
        if lines.order.len() == MAX_OPEN_LINES
            && let Some(oldest) = lines.order.pop_front()
        {
            lines.senders.remove(&oldest);
        }
        lines.order.push_back(wamid.to_owned());
        lines.senders.insert(wamid.to_owned(), sender);
    }

    /// Counts a free-form message and says whether it is within the free ones.
    fn is_free(&self, phone_number_id: &str) -> bool {
        let mut lines = lock(&self.open);
        let count = lines.service_messages.entry(phone_number_id.to_owned()).or_default();
        *count = count.saturating_add(1);
        *count <= FREE_SERVICE_MESSAGES
    }
}

/// Starts the life of a message. While a scenario is played, it goes on in the time of the play.
pub(crate) fn begin(world: &Arc<World>, accepted: Accepted) {
    if world.stage.accepted(&accepted, || is_billable(world, &accepted), clock::now()) {
        return;
    }
    let accepted = Arc::new(accepted);
    let (sender, receiver) = unbounded_channel();
    clock::spawn(travel(Arc::clone(world), Arc::clone(&accepted), sender));
    clock::spawn(tell(Arc::clone(world), accepted, receiver));
}

/// The message on its way to the phone. It does not wait for the webhook: a platform that is down still gets read.
async fn travel(world: Arc<World>, accepted: Arc<Accepted>, sender: UnboundedSender<Step>) {
    let delay = Duration::from_millis(world.config.status_delay_ms);
    let step = |step| {
        // The receiver outlives this sender, so a refused send cannot happen.
        let _ = sender.send(step);
    };
    clock::pause(delay).await;
    if let Some(code) = accepted.failure {
        step(Step::Failed(code));
        world.phones.failed(&world, &accepted, code);
        return;
    }
    step(Step::Sent);
    clock::pause(delay).await;
    if accepted.outgoing.kind == "reaction" {
        world.phones.reacted(&world, &accepted);
        return;
    }
    // Before the phone shows it, so that a phone that reads at once finds the line open; `Delivered` still goes first.
    step(Step::Delivered);
    world.lines.open(&accepted.wamid, sender.clone());
    world.phones.arrived(&world, &accepted);
    if world.config.auto_read {
        clock::pause(delay).await;
        world.phones.mark_read(&accepted.wamid);
        world.lines.read(&accepted.wamid);
    }
}

async fn tell(world: Arc<World>, accepted: Arc<Accepted>, mut steps: UnboundedReceiver<Step>) {
    let billable = is_billable(&world, &accepted);
    while let Some(step) = steps.recv().await {
        if accepted.told {
            let value = status_value(&accepted, step, billable, clock::now());
            deliver(&world, Webhook::single(&world.config.waba_id, "messages", &value)).await;
        }
    }
}

fn is_billable(world: &World, accepted: &Accepted) -> bool {
    accepted.outgoing.kind == "template" || !world.lines.is_free(&accepted.number.phone_number_id)
}

/// The `value` of a webhook about this step.
pub(crate) fn status_value(accepted: &Accepted, step: Step, billable: bool, at: Timestamp) -> Value {
    let failure = match step {
        Step::Failed(code) => Some(code),
        Step::Sent | Step::Delivered | Step::Read => None,
    };
    let person = &accepted.recipient;
    let mut status = json!({ "id": accepted.wamid, "status": step.name(), "timestamp": at.as_second().to_string() });
    if let Some(wa_id) = &person.wa_id {
        status["recipient_id"] = json!(wa_id);
    }
    if let Some(user_id) = &person.user_id {
        status["recipient_user_id"] = json!(user_id);
    }
    if matches!(step, Step::Sent | Step::Delivered) {
        status["pricing"] = pricing(accepted.outgoing.category.as_deref(), &accepted.outgoing.kind, billable);
    }
    if let Some(code) = failure {
        status["errors"] = json!([status_error(code)]);
    }
    if let Some(data) = &accepted.outgoing.callback_data {
        status["biz_opaque_callback_data"] = json!(data);
    }
    let mut value = json!({ "messaging_product": "whatsapp", "metadata": metadata(&accepted.number), "statuses": [status] });
    if failure.is_none()
        && let Some(user_id) = &person.user_id
    {
        let mut contact = json!({ "profile": { "name": person.name }, "user_id": user_id });
        if let Some(wa_id) = &person.wa_id {
            contact["wa_id"] = json!(wa_id);
        }
        value["contacts"] = json!([contact]);
    }
    value
}

fn pricing(category: Option<&str>, kind: &str, billable: bool) -> Value {
    let category = category.unwrap_or(if kind == "template" { "utility" } else { "service" });
    let rate = if billable { "regular" } else { "free_customer_service" };
    json!({ "billable": billable, "pricing_model": "PMP", "type": rate, "category": category })
}
