//! What a persona does on the phone: write, answer, attach, try again, look.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::JsonRejection;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use serde::Deserialize;
use serde_json::{Value, json};

use super::chats::Bubble;
use crate::clock;
use crate::config::Persona;
use crate::control::Problem;
use crate::graph::media::{Source, Told, base_of, limit_of};
use crate::webhook::deliver::deliver;
use crate::webhook::envelope::{Webhook, message_value, metadata};
use crate::world::World;

const MAX_TEXT_CHARACTERS: usize = 4_096;
const MAX_DRAFT_ID_BYTES: usize = 64;
/// What a phone can send; each is also the name of its part in the message.
const KINDS: [&str; 12] =
    ["text", "interactive", "button", "reaction", "image", "video", "audio", "document", "sticker", "location", "contacts", "order"];

/// A message as the page writes it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Written {
    persona: String,
    /// `{type, <type>: {…}}`.
    content: Value,
    /// The message it answers.
    #[serde(default)]
    context_id: Option<String>,
    /// What the page calls it until it has an id.
    #[serde(default)]
    draft_id: Option<String>,
}

/// A message of the persona's that failed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Again {
    persona: String,
    id: String,
}

/// A chat that is on the screen.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Opened {
    persona: String,
}

/// `POST /phone/messages`.
pub(crate) async fn send(
    State(world): State<Arc<World>>,
    written: Result<Json<Written>, JsonRejection>,
) -> Result<(StatusCode, Json<Value>), Problem> {
    let Json(written) = written?;
    let persona = find(&world, &written.persona)?;
    let is_reaction = check(&written.content)? == "reaction";
    let bubble = Bubble::new(clock::wamid(), true, written.content, written.context_id);
    let draft_id = written.draft_id.filter(|draft_id| draft_id.len() <= MAX_DRAFT_ID_BYTES);
    let bubble = Bubble { draft_id, ..bubble };
    if is_reaction {
        world.phones.react(&persona.id, &bubble.content["reaction"], |reactions, emoji| reactions.mine = emoji);
    } else {
        world.phones.show(&persona.id, bubble.clone());
    }
    let id = bubble.id.clone();
    start(&world, persona, &bubble);
    Ok((StatusCode::ACCEPTED, Json(json!({ "id": id }))))
}

/// `POST /phone/retry`.
pub(crate) async fn retry(
    State(world): State<Arc<World>>,
    again: Result<Json<Again>, JsonRejection>,
) -> Result<(StatusCode, Json<Value>), Problem> {
    let Json(again) = again?;
    let persona = find(&world, &again.persona)?;
    let Some(bubble) = world.phones.restart(&persona.id, &again.id) else {
        return Err(Problem::bad_request("id: is no failed message of this persona"));
    };
    start(&world, persona, &bubble);
    Ok((StatusCode::ACCEPTED, Json(json!({ "id": bubble.id }))))
}

/// `POST /phone/pay`: the persona pays the order of a message, and the gateway of the business tells Meta.
pub(crate) async fn pay(
    State(world): State<Arc<World>>,
    paid: Result<Json<Again>, JsonRejection>,
) -> Result<(StatusCode, Json<Value>), Problem> {
    let Json(paid) = paid?;
    let persona = find(&world, &paid.persona)?;
    let order = world.phones.chat(&persona.id).into_iter().find(|bubble| bubble.id == paid.id && !bubble.mine);
    let interactive = order.map(|bubble| bubble.content["interactive"].clone()).unwrap_or_default();
    let parameters = &interactive["action"]["parameters"];
    let (Some("order_details"), Some(reference)) = (interactive["type"].as_str(), parameters["reference_id"].as_str()) else {
        return Err(Problem::bad_request("id: is no message with an order to be paid"));
    };
    if !world.orders.pay(&persona.phone_number_id, reference) {
        return Err(Problem::bad_request("id: the order is paid already, or was called off"));
    }
    world.phones.paid(&paid.id);
    if let (Some(number), Some(value)) = (world.config.number(&persona.phone_number_id), payment(persona, parameters)) {
        let value = json!({ "messaging_product": "whatsapp", "metadata": metadata(number), "statuses": [value] });
        let webhook = Webhook::single(&world.config.waba_id, "messages", &value);
        let world = Arc::clone(&world);
        tokio::spawn(async move { deliver(&world, webhook).await });
    }
    Ok((StatusCode::ACCEPTED, Json(json!({ "reference_id": reference }))))
}

/// The status of a payment; none when it did not go through a gateway that Meta knows.
fn payment(persona: &Persona, parameters: &Value) -> Option<Value> {
    let gateway = &parameters["payment_settings"][0]["payment_gateway"];
    let provider = gateway["type"].as_str()?;
    let (reference, now) = (&parameters["reference_id"], clock::now().as_second());
    let id = clock::wamid();
    let mut payment = json!({
        "reference_id": reference,
        "amount": parameters["total_amount"],
        "currency": parameters["currency"],
        "transaction": {
            "id": format!("order_{id}"), "pg_transaction_id": format!("pay_{id}"), "type": provider, "status": "success",
            "created_timestamp": now, "updated_timestamp": now, "method": { "type": "upi" },
        },
    });
    if let Some(told) = gateway[provider].as_object() {
        for (key, value) in told {
            payment[key] = value.clone();
        }
    }
    let mut status =
        json!({ "id": id, "recipient_id": persona.wa_id, "type": "payment", "status": "captured", "timestamp": now.to_string() });
    status["payment"] = payment;
    Some(status)
}

/// `POST /phone/read`.
pub(crate) async fn read(State(world): State<Arc<World>>, opened: Result<Json<Opened>, JsonRejection>) -> Result<StatusCode, Problem> {
    let Json(opened) = opened?;
    let persona = find(&world, &opened.persona)?;
    for wamid in world.phones.open_chat(&persona.id) {
        world.lines.read(&wamid);
    }
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /phone/media` and `POST /media`: keeps a file and gives what an inbound message says about it.
pub(crate) async fn attach(
    State(world): State<Arc<World>>,
    Query(told): Query<Told>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Result<Json<Value>, Problem> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if kind.is_empty() {
        return Err(Problem::bad_request("Content-Type: give the type of the file"));
    }
    if bytes.is_empty() {
        return Err(Problem::bad_request("body: is empty; give the content of the file"));
    }
    if limit_of(kind).is_some_and(|limit| bytes.len() > limit) {
        return Err(Problem::bad_request("body: the file is too large for its type"));
    }
    Ok(Json(world.media.add(kind, bytes, Source::Person, told).inbound(&base_of(&headers))))
}

fn find<'a>(world: &'a World, persona: &str) -> Result<&'a Persona, Problem> {
    world.config.persona(persona).ok_or_else(|| Problem::bad_request("persona: is not configured"))
}

fn check(content: &Value) -> Result<&str, Problem> {
    let kind = content["type"].as_str().unwrap_or_default();
    if !KINDS.contains(&kind) {
        return Err(Problem::bad_request("content.type: is not something a phone sends"));
    }
    if kind == "text" {
        let length = content["text"]["body"].as_str().map_or(0, |body| body.trim().chars().count());
        if !(1..=MAX_TEXT_CHARACTERS).contains(&length) {
            return Err(Problem::bad_request(format!("content.text.body: 1 to {MAX_TEXT_CHARACTERS} characters needed, {length} given")));
        }
    }
    if !content[kind].is_object() && !content[kind].is_array() {
        return Err(Problem::bad_request(format!("content.{kind}: is required")));
    }
    Ok(kind)
}

fn start(world: &Arc<World>, persona: &Persona, bubble: &Bubble) {
    let Some(number) = world.config.number(&persona.phone_number_id) else {
        return;
    };
    let at = bubble.at / 1_000;
    let mut message = bubble.content.clone();
    message["from"] = json!(persona.wa_id);
    message["id"] = json!(bubble.id);
    message["timestamp"] = json!(at.to_string());
    if let Some(user_id) = &persona.user_id {
        message["from_user_id"] = json!(user_id);
    }
    if let Some(context_id) = &bubble.context_id {
        message["context"] = json!({ "from": number.display_phone_number, "id": context_id });
    }
    world.people.wrote(&number.phone_number_id, Some(&persona.wa_id), persona.user_id.as_deref(), Some(&persona.name), at);
    let webhook = Webhook::single(&world.config.waba_id, "messages", &message_value(number, persona, &message));
    let world = Arc::clone(world);
    tokio::spawn(async move { deliver(&world, webhook).await });
}
