//! The rules for interactive messages: buttons, lists and the rest of the family.

use std::collections::HashSet;

use serde_json::Value;

use super::check::{list, object, only_keys, optional_text, required_text, unique};
use super::content::media;
use crate::graph::errors::{GraphError, GraphResult};

/// The kinds whose action is checked only for being there: nothing in it has a limit the platform could break.
const OTHER_KINDS: [&str; 12] = [
    "flow",
    "location_request_message",
    "request_contact_info",
    "call_permission_request",
    "voice_call",
    "address_message",
    "product",
    "product_list",
    "catalog_message",
    "carousel",
    "order_details",
    "order_status",
];

/// Checks `interactive`.
pub(super) fn check(part: &Value) -> GraphResult<()> {
    only_keys(part, "interactive", &["type", "header", "body", "footer", "action"])?;
    let kind = required_text(part, "interactive", "type", 64)?;
    object(&part["action"], "interactive.action")?;
    footer(part)?;
    match kind {
        "button" => {
            header(part, &["text", "image", "video", "document"])?;
            body(part, 1_024)?;
            buttons(&part["action"])
        }
        "list" => {
            header(part, &["text"])?;
            body(part, 4_096)?;
            sections(&part["action"])
        }
        "cta_url" => {
            header(part, &["text", "image", "video", "document"])?;
            body(part, 1_024)?;
            url_button(&part["action"])
        }
        _ if OTHER_KINDS.contains(&kind) => Ok(()),
        _ => Err(GraphError::value(format!("interactive.type: \"{kind}\" is not an interactive type"))),
    }
}

fn body(part: &Value, maximum: usize) -> GraphResult<()> {
    object(&part["body"], "interactive.body")?;
    required_text(&part["body"], "interactive.body", "text", maximum)?;
    Ok(())
}

fn footer(part: &Value) -> GraphResult<()> {
    if !part["footer"].is_null() {
        object(&part["footer"], "interactive.footer")?;
        required_text(&part["footer"], "interactive.footer", "text", 60)?;
    }
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
    media(&header[kind], &format!("interactive.header.{kind}"), &["id", "link", "filename", "caption"])
}

fn buttons(action: &Value) -> GraphResult<()> {
    only_keys(action, "interactive.action", &["buttons"])?;
    let (mut ids, mut titles) = (HashSet::new(), HashSet::new());
    for (index, button) in list(action, "interactive.action", "buttons", 1, 3)?.iter().enumerate() {
        let path = format!("interactive.action.buttons[{index}]");
        only_keys(button, &path, &["type", "reply"])?;
        if button["type"].as_str() != Some("reply") {
            return Err(GraphError::value(format!("{path}.type: must be \"reply\"")));
        }
        let path = format!("{path}.reply");
        only_keys(&button["reply"], &path, &["id", "title"])?;
        unique(&mut ids, required_text(&button["reply"], &path, "id", 256)?, &format!("{path}.id"))?;
        unique(&mut titles, required_text(&button["reply"], &path, "title", 20)?, &format!("{path}.title"))?;
    }
    Ok(())
}

fn sections(action: &Value) -> GraphResult<()> {
    only_keys(action, "interactive.action", &["button", "sections"])?;
    required_text(action, "interactive.action", "button", 20)?;
    let sections = list(action, "interactive.action", "sections", 1, 10)?;
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

fn url_button(action: &Value) -> GraphResult<()> {
    let parameters = &action["parameters"];
    object(parameters, "interactive.action.parameters")?;
    required_text(parameters, "interactive.action.parameters", "display_text", 20)?;
    let url = required_text(parameters, "interactive.action.parameters", "url", 2_000)?;
    if !url.starts_with("https://") && !url.starts_with("http://") {
        return Err(GraphError::value("interactive.action.parameters.url: must start with http:// or https://"));
    }
    Ok(())
}
