//! Whether a message fits the template it names: what Meta answers with 132000, 132001, 132012, 132015 and 132016.

use serde_json::Value;

use super::shelf::component;
use super::{Template, Templates};
use crate::graph::errors::{GraphError, GraphResult};

/// The template a message names, if the message fits it.
pub(crate) fn fits(templates: &Templates, part: &Value) -> GraphResult<Template> {
    let (name, language) = (part["name"].as_str().unwrap_or_default(), part["language"]["code"].as_str().unwrap_or_default());
    let missing = || GraphError::known(132_001, Some(format!("template name ({name}) does not exist in {language}")));
    let template = templates.named(name, language).ok_or_else(missing)?;
    match template.status.as_str() {
        "APPROVED" | "FLAGGED" => {}
        "PAUSED" => return Err(GraphError::known(132_015, None)),
        "DISABLED" => return Err(GraphError::known(132_016, None)),
        _ => return Err(missing()),
    }
    let empty = Vec::new();
    let sent = part["components"].as_array().unwrap_or(&empty);
    parts(&template.components, sent, &template.format)?;
    cards(&template, sent)?;
    offer(&template, sent)?;
    Ok(template)
}

fn parts(defined: &[Value], sent: &[Value], format: &str) -> GraphResult<()> {
    header(component(defined, "HEADER"), component(sent, "header"), format)?;
    body(component(defined, "BODY"), component(sent, "body"), format)?;
    let none = Vec::new();
    let buttons = component(defined, "BUTTONS").and_then(|part| part["buttons"].as_array()).unwrap_or(&none);
    for (index, button) in buttons.iter().enumerate() {
        one_button(index, button, sent)?;
    }
    for part in sent.iter().filter(|part| part["type"] == "button") {
        if position(part).is_none_or(|index| index >= buttons.len()) {
            return Err(GraphError::known(132_018, Some("buttons: the template has no button at this index".to_owned())));
        }
    }
    Ok(())
}

fn header(defined: Option<&Value>, sent: Option<&Value>, format: &str) -> GraphResult<()> {
    let Some(defined) = defined else {
        return if sent.is_some() { Err(count(0, parameters(sent).len(), "header")) } else { Ok(()) };
    };
    let wanted = defined["format"].as_str().unwrap_or("TEXT").to_ascii_lowercase();
    if wanted == "text" {
        return variables(defined["text"].as_str().unwrap_or_default(), sent, format, "header");
    }
    let given = parameters(sent).first().and_then(|parameter| parameter["type"].as_str()).unwrap_or("nothing");
    if given != wanted {
        let details = format!("header: Format mismatch, expected {}, received {}", wanted.to_uppercase(), given.to_uppercase());
        return Err(GraphError::known(132_012, Some(details)));
    }
    Ok(())
}

fn body(defined: Option<&Value>, sent: Option<&Value>, format: &str) -> GraphResult<()> {
    let Some(defined) = defined else { return Ok(()) };
    // The words of authentication templates are Meta's own, with the code in them.
    let own = if defined["add_security_recommendation"].is_boolean() { "{{1}}" } else { "" };
    let text = defined["text"].as_str().unwrap_or(own);
    variables(text, sent, format, "body")?;
    let values =
        |name: &str| parameters(sent).iter().find(|found| found["parameter_name"] == name).and_then(|found| found["text"].as_str());
    let numbered = |name: &str| parameters(sent).get(name.parse::<usize>().ok()?.checked_sub(1)?).and_then(|found| found["text"].as_str());
    let filled = super::show::fill(text, |name| values(name).or_else(|| numbered(name)).map(str::to_owned));
    if filled.chars().count() > 32_768 {
        return Err(GraphError::known(132_005, None));
    }
    Ok(())
}

fn variables(text: &str, sent: Option<&Value>, format: &str, place: &str) -> GraphResult<()> {
    let wanted = super::show::variables(text);
    let given = parameters(sent);
    if wanted.len() != given.len() {
        return Err(count(wanted.len(), given.len(), place));
    }
    for parameter in given {
        let named = parameter["parameter_name"].as_str();
        let fits = if format == "NAMED" { named.is_some_and(|name| wanted.iter().any(|wanted| wanted == name)) } else { named.is_none() };
        if !fits {
            return Err(GraphError::known(132_012, Some(format!("{place}: parameter_name does not fit the template"))));
        }
        let text = parameter["text"].as_str().unwrap_or_default();
        if text.contains(['\n', '\t']) || text.contains("     ") {
            let details = format!("{place}: Param text cannot have new-line/tab characters or more than 4 consecutive spaces");
            return Err(GraphError::known(132_018, Some(details)));
        }
    }
    Ok(())
}

fn one_button(index: usize, button: &Value, sent: &[Value]) -> GraphResult<()> {
    let found = sent.iter().find(|part| part["type"] == "button" && position(part) == Some(index));
    let kind = button["type"].as_str().unwrap_or_default().to_ascii_uppercase();
    let dynamic = kind == "URL" && button["url"].as_str().is_some_and(|url| url.contains("{{"));
    let needed = dynamic || matches!(kind.as_str(), "OTP" | "COPY_CODE" | "MPM" | "ORDER_DETAILS");
    if needed && found.is_none() {
        return Err(GraphError::known(131_008, Some(format!("buttons: Button at index {index} of type {kind} requires a parameter"))));
    }
    let Some(found) = found else { return Ok(()) };
    let sub_type = found["sub_type"].as_str().unwrap_or_default().to_ascii_uppercase();
    let expected = if kind == "OTP" { "URL" } else { kind.as_str() };
    if sub_type != expected {
        return Err(GraphError::known(132_012, Some(format!("buttons: Button at index {index} is a {kind}, not a {sub_type}"))));
    }
    let code = found["parameters"][0]["coupon_code"].as_str().unwrap_or_default();
    if kind == "COPY_CODE" && !(1..=20).contains(&code.chars().count()) {
        return Err(GraphError::known(131_009, Some(format!("buttons: the code at index {index} must have 1 to 20 characters"))));
    }
    Ok(())
}

fn cards(template: &Template, sent: &[Value]) -> GraphResult<()> {
    let none = Vec::new();
    let defined = template.component("CAROUSEL").and_then(|part| part["cards"].as_array()).unwrap_or(&none);
    let given = component(sent, "carousel").and_then(|part| part["cards"].as_array()).unwrap_or(&none);
    if defined.len() != given.len() {
        return Err(count(defined.len(), given.len(), "carousel"));
    }
    for (defined, given) in defined.iter().zip(given) {
        let (defined, given) = (defined["components"].as_array().unwrap_or(&none), given["components"].as_array().unwrap_or(&none));
        parts(defined, given, &template.format)?;
    }
    Ok(())
}

fn offer(template: &Template, sent: &[Value]) -> GraphResult<()> {
    let runs = template.component("LIMITED_TIME_OFFER").is_some_and(|part| part["limited_time_offer"]["has_expiration"] == true);
    let ends = component(sent, "limited_time_offer").map(|part| &part["parameters"][0]["limited_time_offer"]["expiration_time_ms"]);
    if runs && ends.is_none_or(|ends| ends.as_i64().is_none()) {
        return Err(GraphError::known(131_008, Some("limited_time_offer: expiration_time_ms is required".to_owned())));
    }
    Ok(())
}

fn parameters(sent: Option<&Value>) -> &[Value] {
    sent.and_then(|part| part["parameters"].as_array()).map_or(&[], Vec::as_slice)
}

/// `index`, which Meta takes as a number and as a string.
fn position(part: &Value) -> Option<usize> {
    let index = &part["index"];
    index.as_u64().and_then(|index| usize::try_from(index).ok()).or_else(|| index.as_str()?.parse().ok())
}

fn count(expected: usize, found: usize, place: &str) -> GraphError {
    let details = format!("{place}: number of localizable_params ({found}) does not match the expected number of params ({expected})");
    GraphError::known(132_000, Some(details))
}
