//! The rules for interactive messages: buttons, lists, forms and the rest of the family.

use std::collections::HashSet;

use serde_json::Value;

use super::check::{integer, list, object, one_of, only_keys, optional_text, required_text, unique, web_address};
use super::content::media;
use super::{catalogue, order};
use crate::graph::errors::{GraphError, GraphResult};

/// Where the action of every interactive message lies.
pub(super) const ACTION: &str = "interactive.action";
/// Where the parameters of a named action lie.
pub(super) const PARAMETERS: &str = "interactive.action.parameters";

const FILES: [&str; 4] = ["text", "image", "video", "document"];
const ADDRESS_FIELDS: [&str; 11] = [
    "name",
    "phone_number",
    "in_pin_code",
    "house_number",
    "floor_number",
    "tower_number",
    "building_name",
    "address",
    "landmark_area",
    "city",
    "state",
];

/// Whether it is a kind that is for India only.
pub(super) fn is_indian(part: &Value) -> bool {
    part["type"].as_str().is_some_and(|kind| ["address_message", "order_details", "order_status"].contains(&kind))
}

/// Checks `interactive`.
pub(super) fn check(part: &Value) -> GraphResult<()> {
    only_keys(part, "interactive", &["type", "header", "body", "footer", "action"])?;
    let kind = required_text(part, "interactive", "type", 64)?;
    object(&part["action"], ACTION)?;
    let action = &part["action"];
    match kind {
        "button" => frame(part, &FILES, Some(1_024), true).and_then(|()| buttons(action, ACTION, "reply", 3)),
        "list" => frame(part, &["text"], Some(4_096), true).and_then(|()| sections(action)),
        "cta_url" => frame(part, &FILES, Some(1_024), true).and_then(|()| url_button(action, ACTION)),
        "flow" => frame(part, &FILES, Some(1_024), true).and_then(|()| flow(action)),
        "location_request_message" => asks(part, "send_location"),
        "request_contact_info" | "call_permission_request" => asks(part, kind),
        "voice_call" => frame(part, &[], Some(1_024), false).and_then(|()| voice_call(action)),
        "address_message" => frame(part, &[], Some(1_024), false).and_then(|()| address(action)),
        "product" => {
            frame(part, &[], None, true)?;
            catalogue::product(action, ACTION)
        }
        "product_list" => {
            object(&part["header"], "interactive.header")?;
            frame(part, &["text"], Some(1_024), true)?;
            catalogue::product_list(action)
        }
        "catalog_message" => frame(part, &[], Some(1_024), true).and_then(|()| catalogue::catalog(action)),
        "carousel" => frame(part, &[], Some(1_024), false).and_then(|()| catalogue::carousel(action)),
        "order_details" => frame(part, &[], Some(1_024), true).and_then(|()| order::details(action)),
        "order_status" => frame(part, &[], Some(1_024), true).and_then(|()| order::status(action)),
        _ => Err(GraphError::value(format!("interactive.type: \"{kind}\" is not an interactive type"))),
    }
}

/// Checks what stands round the action: which headers may be there, how long the text may be (`None` when it may be left out), and
/// whether there may be a footer.
fn frame(part: &Value, headers: &[&str], body_maximum: Option<usize>, footer: bool) -> GraphResult<()> {
    header(part, headers)?;
    match body_maximum {
        Some(maximum) => body(part, maximum)?,
        None if part["body"].is_null() => {}
        None => body(part, 1_024)?,
    }
    if part["footer"].is_null() {
        return Ok(());
    }
    if !footer {
        return Err(GraphError::value("interactive.footer: is not allowed here"));
    }
    object(&part["footer"], "interactive.footer")?;
    required_text(&part["footer"], "interactive.footer", "text", 60)?;
    Ok(())
}

fn body(part: &Value, maximum: usize) -> GraphResult<()> {
    object(&part["body"], "interactive.body")?;
    required_text(&part["body"], "interactive.body", "text", maximum)?;
    Ok(())
}

fn header(part: &Value, kinds: &[&str]) -> GraphResult<()> {
    let header = &part["header"];
    if header.is_null() {
        return Ok(());
    }
    object(header, "interactive.header")?;
    let kind = required_text(header, "interactive.header", "type", 64)?;
    if !kinds.contains(&kind) {
        return Err(GraphError::value(format!("interactive.header.type: \"{kind}\" is not allowed here")));
    }
    if kind == "text" {
        required_text(header, "interactive.header", "text", 60)?;
        return Ok(());
    }
    media(&header[kind], &format!("interactive.header.{kind}"), &["id", "link", "filename"])
}

/// Checks buttons whose ids come back, of this type.
pub(super) fn buttons(action: &Value, path: &str, kind: &str, maximum: usize) -> GraphResult<()> {
    only_keys(action, path, &["buttons"])?;
    let (mut ids, mut titles) = (HashSet::new(), HashSet::new());
    for (index, button) in list(action, path, "buttons", 1, maximum)?.iter().enumerate() {
        let path = format!("{path}.buttons[{index}]");
        only_keys(button, &path, &["type", kind])?;
        if button["type"].as_str() != Some(kind) {
            return Err(GraphError::value(format!("{path}.type: must be \"{kind}\"")));
        }
        let path = format!("{path}.{kind}");
        only_keys(&button[kind], &path, &["id", "title"])?;
        unique(&mut ids, required_text(&button[kind], &path, "id", 256)?, &format!("{path}.id"))?;
        unique(&mut titles, required_text(&button[kind], &path, "title", 20)?, &format!("{path}.title"))?;
    }
    Ok(())
}

fn sections(action: &Value) -> GraphResult<()> {
    only_keys(action, ACTION, &["button", "sections"])?;
    required_text(action, ACTION, "button", 20)?;
    let sections = list(action, ACTION, "sections", 1, 10)?;
    let mut ids = HashSet::new();
    let mut rows_in_all = 0;
    for (index, section) in sections.iter().enumerate() {
        let path = format!("interactive.action.sections[{index}]");
        only_keys(section, &path, &["title", "rows"])?;
        if sections.len() > 1 {
            required_text(section, &path, "title", 24)?;
        } else {
            optional_text(section, &path, "title", 24)?;
        }
        let rows = list(section, &path, "rows", 1, 10)?;
        rows_in_all += rows.len();
        if rows_in_all > 10 {
            return Err(GraphError::value(format!("{path}.rows: more than 10 rows in all sections together")));
        }
        for (position, row) in rows.iter().enumerate() {
            let path = format!("{path}.rows[{position}]");
            only_keys(row, &path, &["id", "title", "description"])?;
            unique(&mut ids, required_text(row, &path, "id", 200)?, &format!("{path}.id"))?;
            required_text(row, &path, "title", 24)?;
            optional_text(row, &path, "description", 72)?;
        }
    }
    Ok(())
}

/// Checks that an action has this name, and gives its parameters.
pub(super) fn named<'a>(action: &'a Value, path: &str, name: &str) -> GraphResult<&'a Value> {
    only_keys(action, path, &["name", "parameters"])?;
    one_of(action, path, "name", &[name])?;
    Ok(&action["parameters"])
}

/// Checks a button that opens an address.
pub(super) fn url_button(action: &Value, path: &str) -> GraphResult<()> {
    let parameters = named(action, path, "cta_url")?;
    let path = format!("{path}.parameters");
    only_keys(parameters, &path, &["display_text", "url"])?;
    required_text(parameters, &path, "display_text", 20)?;
    web_address(parameters, &path, "url", 2_000)?;
    Ok(())
}

/// Messages that only ask for something: text, and a name without parameters.
fn asks(part: &Value, name: &str) -> GraphResult<()> {
    frame(part, &[], Some(1_024), false)?;
    let parameters = named(&part["action"], ACTION, name)?;
    if parameters.is_null() { Ok(()) } else { Err(GraphError::invalid(format!("{PARAMETERS}: is not allowed here"))) }
}

fn flow(action: &Value) -> GraphResult<()> {
    let parameters = named(action, ACTION, "flow")?;
    let known = ["flow_message_version", "flow_token", "flow_id", "flow_name", "flow_cta", "mode", "flow_action", "flow_action_payload"];
    only_keys(parameters, PARAMETERS, &known)?;
    one_of(parameters, PARAMETERS, "flow_message_version", &["3"])?;
    required_text(parameters, PARAMETERS, "flow_cta", 20)?;
    optional_text(parameters, PARAMETERS, "flow_token", 200)?;
    match (optional_text(parameters, PARAMETERS, "flow_id", 64)?, optional_text(parameters, PARAMETERS, "flow_name", 200)?) {
        (None, None) => return Err(GraphError::missing(format!("{PARAMETERS}: flow_id or flow_name is required"))),
        (Some(_), Some(_)) => return Err(GraphError::invalid(format!("{PARAMETERS}: give flow_id or flow_name, not both"))),
        (Some(_), None) | (None, Some(_)) => {}
    }
    if !parameters["mode"].is_null() {
        one_of(parameters, PARAMETERS, "mode", &["draft", "published"])?;
    }
    let starts = if parameters["flow_action"].is_null() {
        "navigate"
    } else {
        one_of(parameters, PARAMETERS, "flow_action", &["navigate", "data_exchange"])?
    };
    let (payload, path) = (&parameters["flow_action_payload"], format!("{PARAMETERS}.flow_action_payload"));
    if starts == "data_exchange" {
        return if payload.is_null() { Ok(()) } else { Err(GraphError::invalid(format!("{path}: is not allowed with data_exchange"))) };
    }
    only_keys(payload, &path, &["screen", "data"])?;
    required_text(payload, &path, "screen", 200)?;
    match &payload["data"] {
        Value::Null => Ok(()),
        Value::Object(data) if !data.is_empty() => Ok(()),
        Value::Object(_) | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
            Err(GraphError::value(format!("{path}.data: must be an object with at least one field")))
        }
    }
}

fn voice_call(action: &Value) -> GraphResult<()> {
    let parameters = named(action, ACTION, "voice_call")?;
    if parameters.is_null() {
        return Ok(());
    }
    only_keys(parameters, PARAMETERS, &["display_text", "ttl_minutes", "payload"])?;
    optional_text(parameters, PARAMETERS, "display_text", 20)?;
    optional_text(parameters, PARAMETERS, "payload", 512)?;
    if !parameters["ttl_minutes"].is_null() {
        integer(parameters, PARAMETERS, "ttl_minutes", 1, 43_200)?;
    }
    Ok(())
}

fn address(action: &Value) -> GraphResult<()> {
    let parameters = named(action, ACTION, "address_message")?;
    only_keys(parameters, PARAMETERS, &["country", "values", "saved_addresses", "validation_errors"])?;
    one_of(parameters, PARAMETERS, "country", &["IN"])?;
    for key in ["values", "validation_errors"] {
        if !parameters[key].is_null() {
            only_keys(&parameters[key], &format!("{PARAMETERS}.{key}"), &ADDRESS_FIELDS)?;
        }
    }
    if parameters["saved_addresses"].is_null() {
        return Ok(());
    }
    for (index, saved) in list(parameters, PARAMETERS, "saved_addresses", 1, 10)?.iter().enumerate() {
        let path = format!("{PARAMETERS}.saved_addresses[{index}]");
        only_keys(saved, &path, &["id", "value"])?;
        required_text(saved, &path, "id", 64)?;
        only_keys(&saved["value"], &format!("{path}.value"), &ADDRESS_FIELDS)?;
    }
    Ok(())
}
