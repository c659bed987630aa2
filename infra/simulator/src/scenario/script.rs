//! What people write, as Meta tells it.

use std::collections::HashMap;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::chance::Chance;
use super::data::{Line, Names, Script, Somebody, Under};
use crate::config::Number;
use crate::webhook::envelope::metadata;

/// The people of a script, under the names they have by now, and what they have said.
pub(super) struct Cast {
    names: HashMap<String, Somebody>,
    said: HashMap<usize, String>,
    numbers: Vec<Number>,
    chance: Chance,
}

/// One value of a webhook, of what was said at once.
pub(super) struct Said {
    /// The person.
    pub(super) somebody: Somebody,
    /// The number it was said to.
    pub(super) number: Number,
    /// The messages.
    pub(super) messages: Vec<Value>,
    /// The sender, as `contacts` has it; not with system messages.
    pub(super) contact: Option<Value>,
}

impl Said {
    /// A webhook's value with these messages.
    pub(super) fn value(&self, messages: &[Value]) -> Value {
        let mut value = json!({ "messaging_product": "whatsapp", "metadata": metadata(&self.number), "messages": messages });
        if let Some(contact) = &self.contact {
            value["contacts"] = json!([contact]);
        }
        value
    }
}

impl Cast {
    pub(super) fn new(script: &Script, numbers: Vec<Number>, chance: Chance) -> Self {
        let names = script.people.iter().map(|somebody| (somebody.id.clone(), somebody.clone())).collect();
        Self { names, said: HashMap::new(), numbers, chance }
    }

    /// Somebody, under their names of now.
    pub(super) fn somebody(&self, id: &str) -> Option<&Somebody> {
        self.names.get(id)
    }

    /// The number somebody writes to; a stranger's when the business has no such number.
    pub(super) fn number_of(&self, somebody: &Somebody) -> Number {
        self.numbers.get(somebody.number).cloned().unwrap_or_else(|| Number {
            phone_number_id: format!("88000000000{:04}", somebody.number),
            display_phone_number: "918047000999".to_owned(),
            name: "A stranger's number".to_owned(),
        })
    }

    /// What a line says, written at this time of Meta's clock; `None` when it says nothing to Meta.
    pub(super) fn say(&mut self, place: usize, line: &Line, at: Timestamp) -> Option<Said> {
        let somebody = self.names.get(&line.from)?.clone();
        let number = self.number_of(&somebody);
        let mut bodies: Vec<Value> = line.says.iter().map(|text| json!({ "type": "text", "text": { "body": text } })).collect();
        bodies.extend(line.sends.clone());
        if let Some(becomes) = &line.becomes {
            bodies.push(system(&somebody, becomes));
            self.rename(&line.from, becomes);
        }
        let about = line.about.and_then(|place| self.said.get(&place).cloned());
        let messages: Vec<Value> = (0..)
            .zip(bodies)
            .map(|(part, body): (usize, Value)| {
                let id = self.wamid(place, part);
                self.said.entry(place).or_insert_with(|| id.clone());
                named(body, &somebody, line.under, &id, at, about.as_deref())
            })
            .collect();
        let contact = line.becomes.is_none().then(|| contact(&somebody, line.under));
        (!messages.is_empty()).then_some(Said { somebody, number, messages, contact })
    }

    /// The id of a part of a line: the same in every play of this script and seed.
    fn wamid(&self, place: usize, part: usize) -> String {
        let (high, low) = (self.chance.draw(&format!("wamid {place} {part}")), self.chance.draw(&format!("wamid' {place} {part}")));
        format!("wamid.HBgM{high:016X}{low:016X}+/A=")
    }

    fn rename(&mut self, id: &str, becomes: &Names) {
        if let Some(somebody) = self.names.get_mut(id) {
            if let Some(phone) = &becomes.phone {
                somebody.phone.clone_from(phone);
            }
            if becomes.user_id.is_some() {
                somebody.user_id.clone_from(&becomes.user_id);
            }
        }
    }
}

fn named(mut body: Value, somebody: &Somebody, under: Under, id: &str, at: Timestamp, about: Option<&str>) -> Value {
    body["id"] = json!(id);
    body["timestamp"] = json!(at.as_second().to_string());
    if under != Under::UserId {
        body["from"] = json!(somebody.phone);
    }
    if under != Under::Phone
        && let Some(user_id) = &somebody.user_id
    {
        body["from_user_id"] = json!(user_id);
    }
    if let Some(about) = about {
        match body["type"].as_str() {
            Some("reaction") => body["reaction"]["message_id"] = json!(about),
            Some("edit") => body["edit"]["original_message_id"] = json!(about),
            Some("revoke") => body["revoke"]["original_message_id"] = json!(about),
            _ => body["context"] = json!({ "from": somebody.phone, "id": about }),
        }
    }
    body
}

fn contact(somebody: &Somebody, under: Under) -> Value {
    let mut contact = json!({ "profile": { "name": somebody.name } });
    if under != Under::UserId {
        contact["wa_id"] = json!(somebody.phone);
    }
    if under != Under::Phone
        && let Some(user_id) = &somebody.user_id
    {
        contact["user_id"] = json!(user_id);
    }
    contact
}

fn system(somebody: &Somebody, becomes: &Names) -> Value {
    let phone = becomes.phone.as_ref().unwrap_or(&somebody.phone);
    let mut told = json!({ "wa_id": phone, "type": "user_changed_number",
        "body": format!("User {} changed from {} to {phone}", somebody.name, somebody.phone) });
    if let Some(user_id) = &becomes.user_id {
        told["user_id"] = json!(user_id);
        told["type"] = json!("user_changed_user_id");
        told["body"] = json!(format!("User {} changed", somebody.name));
    }
    json!({ "type": "system", "system": told })
}
