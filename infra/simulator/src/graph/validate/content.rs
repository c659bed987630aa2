//! The rules for each message type but the interactive ones.

use serde_json::Value;

use super::check::{join, list, object, only_keys, optional_text, required_text, visible};
use super::interactive;
use crate::graph::errors::{GraphError, GraphResult};

const MAX_BODY_CHARACTERS: usize = 4_096;
const MAX_CAPTION_CHARACTERS: usize = 1_024;

/// Checks the part of the body that is named like its type.
pub(super) fn check(body: &Value, kind: &str) -> GraphResult<()> {
    let part = &body[kind];
    match kind {
        "text" => text(part),
        "image" | "video" => media(part, kind, &["id", "link", "caption"]),
        "audio" => media(part, kind, &["id", "link", "voice"]),
        "sticker" => media(part, kind, &["id", "link"]),
        "document" => media(part, kind, &["id", "link", "caption", "filename"]),
        "location" => location(part),
        "contacts" => contacts(body),
        "reaction" => reaction(part),
        "template" => template(part),
        "interactive" => interactive::check(part),
        _ => Err(GraphError::invalid(format!("type: \"{kind}\" is not a message type"))),
    }
}

fn text(part: &Value) -> GraphResult<()> {
    only_keys(part, "text", &["body", "preview_url"])?;
    let length = part["body"].as_str().map_or(0, visible);
    if length > MAX_BODY_CHARACTERS {
        // Meta answers this one with 100, unlike the limits of interactive messages.
        return Err(GraphError::invalid(format!("text.body: {length} characters, at most {MAX_BODY_CHARACTERS} allowed")));
    }
    required_text(part, "text", "body", MAX_BODY_CHARACTERS)?;
    if !part["preview_url"].is_null() && !part["preview_url"].is_boolean() {
        return Err(GraphError::invalid("text.preview_url: must be true or false"));
    }
    Ok(())
}

/// Checks `{id | link, …}`.
pub(super) fn media(part: &Value, path: &str, keys: &[&str]) -> GraphResult<()> {
    only_keys(part, path, keys)?;
    let id = optional_text(part, path, "id", 128)?;
    let link = optional_text(part, path, "link", 2_048)?;
    match (id, link) {
        (None, None) => {
            return Err(GraphError::missing(format!("{path}: id or link is required")));
        }
        (Some(_), Some(_)) => {
            return Err(GraphError::invalid(format!("{path}: give id or link, not both")));
        }
        (None, Some(link)) if !link.starts_with("https://") && !link.starts_with("http://") => {
            return Err(GraphError::value(format!("{path}.link: must start with http:// or https://")));
        }
        (Some(_), None) | (None, Some(_)) => {}
    }
    optional_text(part, path, "caption", MAX_CAPTION_CHARACTERS)?;
    optional_text(part, path, "filename", 240)?;
    Ok(())
}

fn location(part: &Value) -> GraphResult<()> {
    object(part, "location")?;
    for (key, limit) in [("latitude", 90.0), ("longitude", 180.0)] {
        let degrees = match &part[key] {
            Value::Number(number) => number.as_f64(),
            Value::String(text) => text.parse().ok(),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
        };
        if degrees.is_none_or(|degrees: f64| degrees.abs() > limit) {
            return Err(GraphError::value(format!("location.{key}: must be degrees up to {limit}")));
        }
    }
    optional_text(part, "location", "name", 1_000)?;
    optional_text(part, "location", "address", 1_000)?;
    Ok(())
}

fn contacts(body: &Value) -> GraphResult<()> {
    const PARTS: [&str; 5] = ["first_name", "middle_name", "last_name", "prefix", "suffix"];
    for (index, contact) in list(body, "", "contacts", 1, 257)?.iter().enumerate() {
        let path = format!("contacts[{index}]");
        only_keys(contact, &path, &["name", "phones", "emails", "addresses", "urls", "org", "birthday"])?;
        let path = format!("{path}.name");
        object(&contact["name"], &path)?;
        required_text(&contact["name"], &path, "formatted_name", 256)?;
        if PARTS.iter().all(|part| contact["name"][part].is_null()) {
            return Err(GraphError::value(format!("{path}: a part of the name is required beside formatted_name")));
        }
    }
    Ok(())
}

fn reaction(part: &Value) -> GraphResult<()> {
    only_keys(part, "reaction", &["message_id", "emoji"])?;
    required_text(part, "reaction", "message_id", 512)?;
    match optional_text(part, "reaction", "emoji", 1)? {
        None => Err(GraphError::missing("reaction.emoji: is required; \"\" removes the reaction")),
        Some(emoji) if emoji.chars().any(char::is_alphabetic) => Err(GraphError::value("reaction.emoji: must be one emoji")),
        Some(_) => Ok(()),
    }
}

fn template(part: &Value) -> GraphResult<()> {
    object(part, "template")?;
    let name = required_text(part, "template", "name", 512)?;
    if !name.chars().all(|character| character.is_ascii_lowercase() || character.is_ascii_digit() || character == '_') {
        return Err(GraphError::value("template.name: only a-z, 0-9 and _ allowed"));
    }
    object(&part["language"], "template.language")?;
    required_text(&part["language"], "template.language", "code", 16)?;
    if part["components"].is_null() {
        return Ok(());
    }
    for (index, component) in list(part, "template", "components", 0, 20)?.iter().enumerate() {
        let path = format!("template.components[{index}]");
        required_text(component, &path, "type", 64)?;
        if component["parameters"].is_null() {
            continue;
        }
        for (position, parameter) in list(component, &path, "parameters", 0, 100)?.iter().enumerate() {
            template_parameter(parameter, &format!("{}[{position}]", join(&path, "parameters")))?;
        }
    }
    Ok(())
}

fn template_parameter(parameter: &Value, path: &str) -> GraphResult<()> {
    let kind = required_text(parameter, path, "type", 64)?;
    if kind != "text" {
        return Ok(());
    }
    let text = required_text(parameter, path, "text", 1_024)?;
    if text.contains(['\n', '\t']) || text.contains("     ") {
        let details = format!("{path}.text: no new lines, tabs or more than four spaces in a row allowed");
        return Err(GraphError::known(132_018, Some(details)));
    }
    Ok(())
}
