//! Our messages as Interakt wants them, made from what the Cloud API would have got.

use domain::{
    crm::Recipient,
    messaging::failure::{Failure, Ours},
    phone::Phone,
    ports::{SendError, SendRequest},
};
use serde_json::{Map, Value, json};

use super::wire::Message;
use crate::whatsapp;

/// Writes a message in Interakt's form.
#[expect(clippy::result_large_err, reason = "the failure is rare and goes straight to the row")]
pub(super) fn body(request: &SendRequest<'_>) -> Result<Message, SendError> {
    let Recipient::Phone(phone) = request.recipient else {
        return Err(impossible("Interakt sends to phone numbers only, and this person's number is hidden."));
    };
    let cloud = whatsapp::body(request)?;
    let (kind, data, template) = content(&cloud)?;
    let (country_code, phone_number, full_phone_number) = address(*phone);
    let callback_data = request.callback.to_string();
    Ok(Message { country_code, phone_number, full_phone_number, callback_data, kind, data, template })
}

/// India's numbers in two parts, as Interakt's pages show them; every other number whole.
fn address(phone: Phone) -> (Option<&'static str>, Option<String>, Option<String>) {
    let digits = phone.digits();
    match digits.strip_prefix("91").filter(|rest| rest.len() == 10) {
        Some(rest) => (Some("+91"), Some(rest.to_owned()), None),
        None => (None, None, Some(digits)),
    }
}

type Content = (&'static str, Option<Value>, Option<Value>);

#[expect(clippy::result_large_err, reason = "the failure is rare and goes straight to the row")]
fn content(cloud: &Value) -> Result<Content, SendError> {
    match cloud["type"].as_str().unwrap_or_default() {
        "text" => Ok(("Text", Some(json!({ "message": cloud["text"]["body"] })), None)),
        "image" => media("Image", &cloud["image"]),
        "video" => media("Video", &cloud["video"]),
        "audio" => media("Audio", &cloud["audio"]),
        "document" => media("Document", &cloud["document"]),
        "interactive" => match cloud["interactive"]["type"].as_str().unwrap_or_default() {
            "button" => Ok(("InteractiveButton", Some(json!({ "message": cloud["interactive"] })), None)),
            "list" => Ok(("InteractiveList", Some(json!({ "message": cloud["interactive"] })), None)),
            _ => Err(impossible("Interakt cannot send this kind of interactive message. Use buttons, a list or a text.")),
        },
        "template" => Ok(("Template", None, Some(template(&cloud["template"])?))),
        _ => Err(impossible("Interakt cannot send this kind of message. Use a text, buttons, a list, media by link or a template.")),
    }
}

/// Media go by address: what is uploaded to Meta has no meaning at Interakt.
#[expect(clippy::result_large_err, reason = "the failure is rare and goes straight to the row")]
fn media(kind: &'static str, object: &Value) -> Result<Content, SendError> {
    let link = object["link"].as_str().ok_or_else(|| impossible("Interakt sends media by link only."))?;
    let mut data = json!({ "mediaUrl": link });
    for (ours, theirs) in [("caption", "message"), ("filename", "fileName")] {
        if let Some(text) = object[ours].as_str() {
            data[theirs] = json!(text);
        }
    }
    Ok((kind, Some(data), None))
}

/// A template: its parameters by their place, without their types.
#[expect(clippy::result_large_err, reason = "the failure is rare and goes straight to the row")]
fn template(cloud: &Value) -> Result<Value, SendError> {
    let mut written = json!({ "name": cloud["name"], "languageCode": cloud["language"]["code"] });
    let mut buttons = Map::new();
    for component in cloud["components"].as_array().into_iter().flatten() {
        let parameters = component["parameters"].as_array().map_or(&[][..], Vec::as_slice);
        let values = parameters.iter().map(value).collect::<Option<Vec<_>>>();
        let values = values.ok_or_else(|| impossible("Interakt fills templates with texts, codes and media links only."))?;
        match component["type"].as_str().unwrap_or_default() {
            "header" => {
                if let Some(name) = parameters.first().and_then(|first| first["document"]["filename"].as_str()) {
                    written["fileName"] = json!(name);
                }
                written["headerValues"] = json!(values);
            }
            "body" => written["bodyValues"] = json!(values),
            "button" => {
                let place = component["index"].as_str().map_or_else(|| component["index"].to_string(), ToOwned::to_owned);
                buttons.insert(place, json!(values));
            }
            _ => return Err(impossible("Interakt cannot send templates with these components.")),
        }
    }
    if !buttons.is_empty() {
        written["buttonValues"] = Value::Object(buttons);
    }
    Ok(written)
}

fn value(parameter: &Value) -> Option<String> {
    let kind = parameter["type"].as_str()?;
    let found = match kind {
        "text" | "payload" | "coupon_code" => &parameter[kind],
        "image" | "video" | "document" => &parameter[kind]["link"],
        _ => return None,
    };
    found.as_str().map(ToOwned::to_owned)
}

fn impossible(reason: &str) -> SendError {
    SendError::Refused(Failure::ours(Ours::Unsendable).with_details(reason))
}
