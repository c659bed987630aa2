//! `POST /inbound`: any webhook a test can think of, in an envelope, signed and delivered.

use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::{JsonRejection, QueryRejection};
use axum::extract::{Query, State};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::clock;
use crate::control::Problem;
use crate::phone::Bubble;
use crate::webhook::deliver::{Plan, deliver_as};
use crate::webhook::envelope::{Webhook, elements, fill_in, values};
use crate::world::World;

const MAX_TIMES: usize = 50;

/// How the webhook is delivered.
#[derive(Deserialize)]
pub(crate) struct Options {
    /// How often the same bytes arrive.
    times: Option<usize>,
    /// Further attempts after a refusal; by default as configured.
    retries: Option<u32>,
}

/// Delivers a value, `{value, field?, waba_id?}`, or a whole envelope, and answers how it went.
pub(crate) async fn post(
    State(world): State<Arc<World>>,
    options: Result<Query<Options>, QueryRejection>,
    body: Result<Json<Value>, JsonRejection>,
) -> Result<Json<Value>, Problem> {
    let Query(options) = options?;
    let Json(body) = body?;
    let times = options.times.unwrap_or(1);
    if !(1..=MAX_TIMES).contains(&times) {
        return Err(Problem::bad_request(format!("times: 1 to {MAX_TIMES} allowed")));
    }
    let most = world.config.retry_attempts.max(1);
    let attempts = options.retries.map_or(most, |retries| retries.saturating_add(1).min(most));

    let webhook = read(&world, body)?;
    let wamids = webhook.wamids.clone();
    for value in values(&webhook.entries) {
        learn(&world, value);
    }
    // On a task of its own: a caller that hangs up does not undo what Meta has begun.
    let delivering = clock::spawn(async move { deliver_as(&world, webhook, Plan { times, attempts }).await });
    let delivery = delivering.await.unwrap_or_default();
    Ok(Json(json!({
        "wamids": wamids,
        "delivered": delivery.delivered,
        "status": delivery.status,
        "attempts": delivery.attempts,
        "error": delivery.error,
        "held": delivery.held,
    })))
}

fn read(world: &World, mut body: Value) -> Result<Webhook, Problem> {
    if !body.is_object() {
        return Err(Problem::bad_request("body: must be a webhook value (a JSON object) or {value, field, waba_id}"));
    }
    if let Some(entries) = body.pointer_mut("/entry").and_then(Value::as_array_mut) {
        for change in entries.iter_mut().filter_map(|entry| entry.pointer_mut("/changes")?.as_array_mut()).flatten() {
            if let Some(value) = change.pointer_mut("/value") {
                fill_in(value);
            }
        }
        return Ok(Webhook::of_entries(std::mem::take(entries)));
    }
    let is_wrapped = body["value"].is_object() && body["messaging_product"].is_null();
    let field = text_or(&body, is_wrapped, "field", "messages")?;
    let waba_id = text_or(&body, is_wrapped, "waba_id", &world.config.waba_id)?;
    let mut value = if is_wrapped { body["value"].take() } else { body };
    fill_in(&mut value);
    Ok(Webhook::single(&waba_id, &field, &value))
}

fn text_or(body: &Value, is_wrapped: bool, key: &str, default: &str) -> Result<String, Problem> {
    let given = &body[key];
    if !is_wrapped || given.is_null() {
        return Ok(default.to_owned());
    }
    let text = given.as_str().ok_or_else(|| Problem::bad_request(format!("{key}: must be a string")))?;
    Ok(text.to_owned())
}

/// Remembers who wrote, and shows the messages of personas on their phones.
fn learn(world: &World, value: &Value) {
    let number_id = value["metadata"]["phone_number_id"].as_str().unwrap_or_default();
    for message in elements(&value["messages"]) {
        let (wa_id, user_id) = (message["from"].as_str(), message["from_user_id"].as_str());
        let name = elements(&value["contacts"])
            .iter()
            .find(|contact| contact["wa_id"].as_str() == wa_id || (user_id.is_some() && contact["user_id"].as_str() == user_id))
            .and_then(|contact| contact["profile"]["name"].as_str());
        // The arrival counts, not the time in the message: payloads kept in files are old, and the answer to
        // them is to be delivered all the same. `DELETE /windows` is the way to a closed window.
        let now = clock::now().as_second();
        world.people.wrote(number_id, wa_id, user_id, name, now);

        let persona = world.config.persona_of(number_id, wa_id, user_id);
        if let (Some(persona), Some(id)) = (persona, message["id"].as_str()) {
            if message["type"] == "reaction" {
                world.phones.react(&persona.id, &message["reaction"], |reactions, emoji| {
                    reactions.mine = emoji;
                });
                continue;
            }
            let context_id = message["context"]["id"].as_str().map(str::to_owned);
            let bubble = Bubble::new(id.to_owned(), true, message.clone(), context_id);
            world.phones.show(&persona.id, bubble);
        }
    }
}
