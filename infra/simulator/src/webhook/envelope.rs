//! Builds the envelope every webhook comes in, and reads back what matters from values given by a test.

use serde_json::{Value, json};

use crate::clock;
use crate::config::{Number, Persona};
use crate::faults::Cargo;

/// A webhook before it is signed.
#[derive(Clone)]
pub(crate) struct Webhook {
    /// The elements of `entry`.
    pub(crate) entries: Vec<Value>,
    /// What it carries.
    pub(crate) cargo: Cargo,
    /// Ids of the users' messages in it.
    pub(crate) wamids: Vec<String>,
}

impl Webhook {
    /// One change of one business account.
    pub(crate) fn single(waba_id: &str, field: &str, value: &Value) -> Self {
        let mut entry = json!({ "id": waba_id, "changes": [{ "value": value, "field": field }] });
        // Meta dates every entry but those about messages.
        if field != "messages" && field != "user_preferences" {
            entry["time"] = json!(clock::now().as_second());
        }
        Self::of_entries(vec![entry])
    }

    /// Entries as they are.
    pub(crate) fn of_entries(entries: Vec<Value>) -> Self {
        let wamids: Vec<String> = values(&entries)
            .flat_map(|value| elements(&value["messages"]))
            .filter_map(|message| message["id"].as_str().map(str::to_owned))
            .collect();
        let has_statuses = values(&entries).any(|value| value["statuses"].is_array());
        let cargo = match (wamids.is_empty(), has_statuses) {
            (false, _) => Cargo::Messages,
            (true, true) => Cargo::Statuses,
            (true, false) => Cargo::Other,
        };
        Self { entries, cargo, wamids }
    }

    /// Several webhooks as one, in their order.
    pub(crate) fn merged(webhooks: Vec<Self>) -> Self {
        let mut entries: Vec<Value> = Vec::new();
        for mut entry in webhooks.into_iter().flat_map(|webhook| webhook.entries) {
            let twin = entries.iter_mut().find(|other| other["id"] == entry["id"] && other["time"] == entry["time"]);
            let more = entry.pointer_mut("/changes").and_then(Value::as_array_mut);
            match (twin.and_then(|twin| twin.pointer_mut("/changes")?.as_array_mut()), more) {
                (Some(changes), Some(more)) => changes.append(more),
                (None, _) | (_, None) => entries.push(entry),
            }
        }
        Self::of_entries(entries)
    }

    /// The whole body.
    pub(crate) fn body(&self) -> Value {
        json!({ "object": "whatsapp_business_account", "entry": self.entries })
    }
}

/// The `value` of a message a persona sends.
pub(crate) fn message_value(number: &Number, persona: &Persona, message: &Value) -> Value {
    let mut contact = json!({ "profile": { "name": persona.name }, "wa_id": persona.wa_id });
    if let Some(user_id) = &persona.user_id {
        contact["user_id"] = json!(user_id);
    }
    json!({
        "messaging_product": "whatsapp",
        "metadata": metadata(number),
        "contacts": [contact],
        "messages": [message],
    })
}

/// `metadata` of a number.
pub(crate) fn metadata(number: &Number) -> Value {
    json!({ "display_phone_number": number.display_phone_number, "phone_number_id": number.phone_number_id })
}

/// Gives every message an id and a time that has none.
pub(crate) fn fill_in(value: &mut Value) {
    let Some(messages) = value.pointer_mut("/messages").and_then(Value::as_array_mut) else {
        return;
    };
    for message in messages.iter_mut().filter_map(Value::as_object_mut) {
        message.entry("id").or_insert_with(|| json!(clock::wamid()));
        message.entry("timestamp").or_insert_with(|| json!(clock::now().as_second().to_string()));
    }
}

/// All values of all changes.
pub(crate) fn values(entries: &[Value]) -> impl Iterator<Item = &Value> {
    entries.iter().flat_map(|entry| elements(&entry["changes"])).map(|change| &change["value"])
}

/// The elements of a list; none of anything else.
pub(crate) fn elements(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merging_keeps_the_order_and_one_entry_per_account() {
        let webhook = |id: &str| Webhook::single("31", "messages", &json!({ "messages": [{ "id": id }] }));
        let account = Webhook::single("31", "account_update", &json!({ "event": "ACCOUNT_DELETED" }));
        let merged = Webhook::merged(vec![webhook("a"), account, webhook("b")]);
        assert_eq!(merged.wamids, ["a", "b"]);
        assert_eq!(merged.entries.len(), 2);
        assert_eq!(merged.cargo, Cargo::Messages);
    }

    #[test]
    fn only_what_is_missing_is_filled_in() {
        let mut value = json!({ "messages": [{ "id": "kept", "timestamp": "1" }, { "type": "text" }, "odd"] });
        fill_in(&mut value);
        assert_eq!(value["messages"][0], json!({ "id": "kept", "timestamp": "1" }));
        assert!(value["messages"][1]["id"].as_str().unwrap().starts_with("wamid."));
        assert!(value["messages"][1]["timestamp"].as_str().unwrap().parse::<i64>().unwrap() > 1);
        assert_eq!(value["messages"][2], "odd");
    }
}
