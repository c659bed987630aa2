//! Reads the body of `POST /messages` as Meta would: the same limits, and errors that name the field.

mod catalogue;
mod check;
mod content;
mod interactive;
mod order;

use serde_json::Value;

use super::errors::{GraphError, GraphResult};
use check::{object, optional_text, required_text};

const MAX_CALLBACK_DATA_CHARACTERS: usize = 512;

/// What the platform asks for with `POST /messages`.
pub(crate) enum Ask {
    /// Send a message.
    Send(Box<Outgoing>),
    /// Mark a user's message as read.
    MarkRead {
        /// The user's message.
        message_id: String,
        /// Also show the typing bubble.
        typing: bool,
    },
}

/// A message that passed the checks.
pub(crate) struct Outgoing {
    /// `to` or `recipient`, as it was sent.
    pub(crate) input: String,
    /// The phone number in digits, if addressed by number.
    pub(crate) wa_id: Option<String>,
    /// The user id, if addressed by it.
    pub(crate) user_id: Option<String>,
    /// `type`.
    pub(crate) kind: String,
    /// The content: `{type, <type>: {…}}`.
    pub(crate) content: Value,
    /// The message this one answers.
    pub(crate) context_id: Option<String>,
    /// The category of the template it is made from.
    pub(crate) category: Option<String>,
    /// Comes back with every status.
    pub(crate) callback_data: Option<String>,
}

/// Checks a body; `business_number` in digits gives the country code for short numbers.
pub(crate) fn parse(body: &Value, business_number: &str) -> GraphResult<Ask> {
    object(body, "body")?;
    if body["messaging_product"].as_str() != Some("whatsapp") {
        return Err(GraphError::invalid("messaging_product: must be \"whatsapp\""));
    }
    if body["status"].is_null() {
        let outgoing = parse_message(body, business_number)?;
        return Ok(Ask::Send(Box::new(outgoing)));
    }
    parse_mark_read(body)
}

fn parse_mark_read(body: &Value) -> GraphResult<Ask> {
    if body["status"].as_str() != Some("read") {
        return Err(GraphError::invalid("status: must be \"read\""));
    }
    let message_id = required_text(body, "", "message_id", 512)?.to_owned();
    let indicator = &body["typing_indicator"];
    if !indicator.is_null() && indicator["type"].as_str() != Some("text") {
        return Err(GraphError::invalid("typing_indicator.type: must be \"text\""));
    }
    Ok(Ask::MarkRead { message_id, typing: !indicator.is_null() })
}

fn parse_message(body: &Value, business_number: &str) -> GraphResult<Outgoing> {
    match body["recipient_type"].as_str() {
        None if body["recipient_type"].is_null() => {}
        Some("individual") => {}
        Some("group") => return Err(GraphError::known(131_041, None)),
        _ => {
            return Err(GraphError::invalid("recipient_type: must be \"individual\" or \"group\""));
        }
    }
    let to = optional_text(body, "", "to", 64)?;
    let recipient = optional_text(body, "", "recipient", 160)?;
    let (input, wa_id, user_id) = match (to, recipient) {
        (Some(to), _) => (to, Some(phone_number(to, business_number)?), None),
        (None, Some(recipient)) => (recipient, None, Some(user_id(recipient)?)),
        (None, None) => {
            return Err(GraphError::invalid("to: the parameter to is required (or recipient with a user id)"));
        }
    };
    if wa_id.as_deref() == Some(business_number) {
        return Err(GraphError::known(131_021, Some("to: is the sending number itself".to_owned())));
    }
    // Meta takes a body without `type` for text.
    let kind = optional_text(body, "", "type", 64)?.unwrap_or("text");
    content::check(body, kind)?;
    if interactive::is_indian(&body["interactive"])
        && !(business_number.starts_with("91") && is_indian(wa_id.as_deref(), user_id.as_deref()))
    {
        return Err(GraphError::value("to: addresses and payments are for numbers of India (+91) only"));
    }
    let context_id =
        if body["context"].is_null() { None } else { Some(required_text(&body["context"], "context", "message_id", 512)?.to_owned()) };
    let callback_data = optional_text(body, "", "biz_opaque_callback_data", MAX_CALLBACK_DATA_CHARACTERS)?;

    let mut content = serde_json::Map::new();
    content.insert("type".to_owned(), Value::from(kind));
    content.insert(kind.to_owned(), body[kind].clone());
    Ok(Outgoing {
        input: input.to_owned(),
        wa_id,
        user_id,
        kind: kind.to_owned(),
        content: Value::Object(content),
        context_id,
        category: None,
        callback_data: callback_data.map(str::to_owned),
    })
}

/// `+91 98765-00001`, `919876500001` or, without a country code, `9876500001`.
fn phone_number(to: &str, business_number: &str) -> GraphResult<String> {
    let digits: String = to.chars().filter(|character| !matches!(character, '+' | ' ' | '-' | '(' | ')' | '.')).collect();
    let plausible = (7..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !plausible {
        return Err(GraphError::value(format!("to: {} is not a phone number", shorten(to))));
    }
    let has_country_code = to.trim_start().starts_with('+') || digits.len() > 10;
    let country_code = business_number.len().checked_sub(10).and_then(|length| business_number.get(..length));
    match country_code {
        Some(country_code) if !has_country_code && digits.len() == 10 => Ok(format!("{country_code}{digits}")),
        _ => Ok(digits),
    }
}

fn user_id(recipient: &str) -> GraphResult<String> {
    let well_formed = recipient.split_once('.').is_some_and(|(country, rest)| {
        country.len() == 2 && !rest.is_empty() && rest.chars().all(|character| character.is_ascii_alphanumeric() || character == '.')
    });
    if !well_formed {
        return Err(GraphError::value(format!("recipient: {} is not a user id like IN.123", shorten(recipient))));
    }
    Ok(recipient.to_owned())
}

fn is_indian(wa_id: Option<&str>, user_id: Option<&str>) -> bool {
    wa_id.is_some_and(|digits| digits.starts_with("91")) || user_id.is_some_and(|id| id.starts_with("IN."))
}

fn shorten(text: &str) -> String {
    text.chars().take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_normalised() {
        for input in ["+919876500001", "919876500001", "+91 98765-00001", "9876500001"] {
            let number = phone_number(input, "918047000123").ok();
            assert_eq!(number.as_deref(), Some("919876500001"), "{input}");
        }
        assert!(phone_number("call me", "918047000123").is_err());
    }

    #[test]
    fn the_phone_number_wins_over_the_user_id() {
        let body = serde_json::json!({
            "messaging_product": "whatsapp", "to": "919876500001", "recipient": "IN.44", "type": "text", "text": { "body": "Hi" }
        });
        let Ok(Ask::Send(outgoing)) = parse(&body, "918047000123") else {
            panic!("refused");
        };
        assert_eq!(outgoing.wa_id.as_deref(), Some("919876500001"));
        assert_eq!(outgoing.user_id, None);
    }
}
