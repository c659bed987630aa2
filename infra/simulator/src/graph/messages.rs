//! `POST /{version}/{phone_number_id}/messages`: sending, marking read and the typing bubble.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{ConnectInfo, Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::errors::{GraphError, GraphResult};
use super::templates;
use super::validate::{Ask, Outgoing, parse};
use crate::clock;
use crate::config::Number;
use crate::faults::{Asked, Fault, Loss, Rule, Target};
use crate::hangup::Hangup;
use crate::people::Person;
use crate::statuses::{Accepted, begin};
use crate::world::World;

/// Answers the request, or loses the answer if a fault rule says so.
pub(crate) async fn send(
    State(world): State<Arc<World>>,
    Path((_version, id)): Path<(String, String)>,
    ConnectInfo(hangup): ConnectInfo<Hangup>,
    body: Bytes,
) -> Response {
    let (answer, rule) = match handle(&world, &id, &body) {
        Ok(handled) => handled,
        Err(error) => return error.into_response(),
    };
    spoil(rule, &hangup, Json(answer).into_response()).await
}

/// Makes the answer late or loses it, as the rule says.
pub(crate) async fn spoil(rule: Option<Rule>, hangup: &Hangup, response: Response) -> Response {
    let Some(rule) = rule else {
        return response;
    };
    clock::pause(Duration::from_millis(rule.delay_ms())).await;
    if rule.fault == Fault::Gateway {
        let status = rule.http.and_then(|status| StatusCode::from_u16(status).ok()).unwrap_or(StatusCode::BAD_GATEWAY);
        let mut answer = (status, "<html><body><h1>upstream error</h1></body></html>").into_response();
        if let Some(seconds) = rule.retry_after_s {
            answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        return answer;
    }
    if !matches!(rule.fault, Fault::LostResponse | Fault::LostResponseNoStatus) {
        return response;
    }
    match rule.how {
        Loss::InternalError => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        Loss::Close => {
            hangup.cut();
            StatusCode::NO_CONTENT.into_response()
        }
    }
}

/// The error a rule asks for, if it asks for one; else the rule itself.
pub(crate) fn refuse(rule: Option<Rule>) -> GraphResult<Option<Rule>> {
    match rule {
        Some(rule) if rule.fault == Fault::Error => Err(GraphError::known(rule.code.unwrap_or(131_000), None).ruled(&rule)),
        other => Ok(other),
    }
}

fn handle(world: &Arc<World>, id: &str, body: &[u8]) -> GraphResult<(Value, Option<Rule>)> {
    let Some(number) = world.config.number(id) else {
        return Err(GraphError::unknown_object("post", id));
    };
    let body: Value = serde_json::from_slice(body).map_err(|error| GraphError::invalid(format!("body: not valid JSON: {error}")))?;
    match parse(&body, &number.display_phone_number)? {
        Ask::MarkRead { message_id, typing } => {
            let rule = refuse(world.faults.take_for_request(Target::Read, None))?;
            world.phones.business_read(&message_id, typing);
            Ok((json!({ "success": true }), rule))
        }
        Ask::Send(outgoing) => {
            check_media(world, &outgoing.content)?;
            let outgoing = fill_template(world, outgoing)?;
            let to = outgoing.wa_id.as_deref().or(outgoing.user_id.as_deref());
            let name = cause_of(outgoing.callback_data.as_deref()).or(to).unwrap_or_default();
            let rule = refuse(world.faults.take_for_message(&Asked { to, kind: &outgoing.kind, name }))?;
            if rule.as_ref().is_some_and(|rule| rule.fault == Fault::Gateway) {
                return Ok((Value::Null, rule));
            }
            Ok((accept(world, number, *outgoing, rule.as_ref()), rule))
        }
    }
}

/// The part of the callback data that is the same whenever a scenario is played again: the time and the cause of the message, in which
/// no id of the platform's own has a part.
pub(crate) fn cause_of(callback_data: Option<&str>) -> Option<&str> {
    callback_data?.rsplit('.').next().filter(|cause| !cause.is_empty())
}

/// Media named by id must have been uploaded or received before.
fn check_media(world: &World, content: &Value) -> GraphResult<()> {
    for path in ["image", "video", "audio", "document", "sticker"] {
        let direct = &content[path]["id"];
        let in_header = &content["interactive"]["header"][path]["id"];
        for (value, name) in [(direct, format!("{path}.id")), (in_header, format!("interactive.header.{path}.id"))] {
            if let Some(id) = value.as_str()
                && world.media.find(id).is_none()
            {
                return Err(GraphError::value(format!("{name}: media {id} is unknown; upload it first")));
            }
        }
    }
    Ok(())
}

/// A message made from a template must fit it; what the phone shows of it goes along.
fn fill_template(world: &World, mut outgoing: Box<Outgoing>) -> GraphResult<Box<Outgoing>> {
    if outgoing.kind == "template" && world.config.enforce_templates {
        let template = templates::check::fits(&world.templates, &outgoing.content["template"])?;
        outgoing.category = Some(template.category.to_ascii_lowercase());
        outgoing.content["template"]["shown"] = templates::shown(&template, &outgoing.content["template"]);
    }
    Ok(outgoing)
}

fn accept(world: &Arc<World>, number: &Number, outgoing: Outgoing, rule: Option<&Rule>) -> Value {
    let wamid = clock::wamid();
    let known = outgoing.wa_id.as_deref().or(outgoing.user_id.as_deref()).and_then(|id| world.people.find(id));
    let planned = rule.filter(|rule| rule.fault == Fault::Failed).and_then(|rule| rule.code);
    let failure = planned.or_else(|| natural_failure(world, number, &outgoing, known.as_ref()));
    let recipient = known.unwrap_or_else(|| Person::stranger(outgoing.wa_id.clone(), outgoing.user_id.clone()));

    let mut contact = json!({ "input": outgoing.input });
    if let Some(wa_id) = &outgoing.wa_id {
        contact["wa_id"] = json!(wa_id);
    } else if let Some(user_id) = &outgoing.user_id {
        contact["user_id"] = json!(user_id);
    }
    let mut message = json!({ "id": wamid });
    if outgoing.kind == "template" {
        message["message_status"] = json!("accepted");
    }
    let told = rule.is_none_or(|rule| rule.fault != Fault::LostResponseNoStatus);
    begin(world, Accepted { wamid, number: number.clone(), outgoing, recipient, failure, told });
    json!({ "messaging_product": "whatsapp", "contacts": [contact], "messages": [message] })
}

fn natural_failure(world: &World, number: &Number, outgoing: &Outgoing, known: Option<&Person>) -> Option<u32> {
    let Some(person) = known else {
        return world.config.enforce_recipients.then_some(131_026);
    };
    if let Some(code) = world.orders.told(&number.phone_number_id, &outgoing.content) {
        return Some(code);
    }
    let needs_window = outgoing.kind != "template" && world.config.enforce_window;
    let open = person.window_is_open(&number.phone_number_id, clock::now());
    (needs_window && !open).then_some(131_047)
}
