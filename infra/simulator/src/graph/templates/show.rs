//! A template as it looks on a phone: its words with the values of the message in them.

use serde_json::{Value, json};

use super::Template;
use super::shelf::component;

/// The names of a text's variables, each once.
pub(super) fn variables(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for piece in text.split("{{").skip(1) {
        if let Some((name, _)) = piece.split_once("}}")
            && !found.iter().any(|known| known == name.trim())
        {
            found.push(name.trim().to_owned());
        }
    }
    found
}

/// A text with values in the places of its variables.
pub(super) fn fill(text: &str, value: impl Fn(&str) -> Option<String>) -> String {
    variables(text).iter().fold(text.to_owned(), |filled, name| match value(name) {
        Some(value) => filled.replace(&format!("{{{{{name}}}}}"), &value),
        None => filled,
    })
}

/// `{header, body, footer, offer, buttons, cards}` of a message made from a template.
pub(crate) fn shown(template: &Template, part: &Value) -> Value {
    let none = Vec::new();
    let sent = part["components"].as_array().unwrap_or(&none);
    let mut shown = parts(&template.components, sent);
    if let Some(offer) = template.component("LIMITED_TIME_OFFER") {
        shown["offer"] = offer["limited_time_offer"]["text"].clone();
    }
    let cards = |part: &Value| part["cards"].as_array().cloned().unwrap_or_default();
    let defined = template.component("CAROUSEL").map(cards).unwrap_or_default();
    let given = component(sent, "carousel").map(cards).unwrap_or_default();
    let of = |(defined, given): (&Value, &Value)| {
        parts(defined["components"].as_array().unwrap_or(&none), given["components"].as_array().unwrap_or(&none))
    };
    shown["cards"] = defined.iter().zip(&given).map(of).collect();
    shown
}

fn parts(defined: &[Value], sent: &[Value]) -> Value {
    let words = |kind: &str| {
        let part = component(defined, kind)?;
        let own = if part["add_security_recommendation"].is_boolean() { Some("*{{1}}* is your verification code.") } else { None };
        let text = part["text"].as_str().or(own)?;
        let parameters = component(sent, kind).and_then(|part| part["parameters"].as_array().cloned()).unwrap_or_default();
        Some(fill(text, |name| value(&parameters, name)))
    };
    let header = component(sent, "header").map_or(Value::Null, |part| part["parameters"][0].clone());
    let none = Vec::new();
    let buttons = component(defined, "BUTTONS").and_then(|part| part["buttons"].as_array()).unwrap_or(&none);
    let buttons: Vec<Value> = buttons.iter().enumerate().map(|(index, button)| one_button(index, button, sent)).collect();
    json!({ "title": words("HEADER"), "media": header, "body": words("BODY"), "footer": words("FOOTER"), "buttons": buttons })
}

fn value(parameters: &[Value], name: &str) -> Option<String> {
    let named = parameters.iter().find(|parameter| parameter["parameter_name"] == name);
    let numbered = || parameters.get(name.parse::<usize>().ok()?.checked_sub(1)?);
    let parameter = named.or_else(numbered)?;
    let kind = parameter["type"].as_str().unwrap_or("text");
    parameter[kind].as_str().or_else(|| parameter[kind]["fallback_value"].as_str()).map(str::to_owned)
}

fn one_button(index: usize, button: &Value, sent: &[Value]) -> Value {
    let at = |part: &&Value| {
        part["type"] == "button" && (part["index"] == json!(index) || part["index"].as_str() == Some(index.to_string().as_str()))
    };
    let parameter = sent.iter().find(at).map_or(Value::Null, |part| part["parameters"][0].clone());
    let text = button["text"].as_str().unwrap_or(match button["type"].as_str() {
        Some("COPY_CODE") => "Copy offer code",
        Some("REQUEST_CONTACT_INFO") => "Share contact info",
        _ => "Copy code",
    });
    let url = button["url"].as_str().map(|url| fill(url, |_| parameter["text"].as_str().map(str::to_owned)));
    json!({ "type": button["type"], "text": text, "url": url, "phone_number": button["phone_number"],
        "payload": parameter["payload"].as_str().unwrap_or(text), "code": parameter["coupon_code"] })
}
