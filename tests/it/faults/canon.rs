//! The table in a form in which two plays of one script can be compared.
//!
//! Everything in the table counts, except, by name and with the reason:
//! - ids that the platform draws at random are replaced by what they stand for (a person by the smallest of their names, a conversation
//!   by its person and number), and what is sealed by the fact that it is;
//! - times of the platform's own clock, for two plays do the same at other times;
//! - what follows from the order in which messages were *taken*, which is the order of arrival and no fact about them: lanes, the
//!   epoch, the decision kept of the last message, and the last thing said on the head (which ends in what was sent last);
//! - what the platform counts of its own sending: rates, the line of messages that wait, attempts, the last message sent;
//! - rows of rates, timers, pulses and reports, which hold nothing but such times;
//! - where outcomes differ by design, what a refusal by Meta adds to the ledger of consent.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Map, Value};
use simulator::End;
use testkit::Item;

/// The table, by canonical key.
pub type Canon = BTreeMap<String, Value>;

/// How exactly statuses are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Statuses {
    /// With their times: where they are given.
    Timed,
    /// That a stage was reached: where their times follow from when the platform sent.
    Reached,
}

/// Times of the platform's own clock, what counts its own sending, and the order of arrival, by the kind of the row.
const OWN: &[(&str, &str)] = &[
    ("*", "ttl v at hr md un lt"),
    ("conversation", "ln ep lp lk ld la pc pv wl mt ml bi lm lf ps"),
    ("message", "ln qa ga ws wu wr n na ti rq"),
];
/// The length of a UUID in text.
const LENGTH: usize = 36;
/// What is sealed, and so different each time it is written.
const SEALED: [&str; 2] = ["tk", "rw"];
/// Stages that Meta tells.
const STAGES: [&str; 5] = ["sa", "da", "ra", "pa", "fa"];

/// The canonical form of a table.
pub fn canon(items: &[Item], statuses: Statuses, end: End) -> Canon {
    let items: Vec<Map<String, Value>> = items.iter().map(testkit::own::json).collect();
    let names = names(&items);
    let rows = items.iter().filter_map(|item| row(item, &names, statuses, end));
    let mut canon = Canon::new();
    for (key, value) in rows {
        // Two rows that were one in the other play are to be seen.
        let mut key = key;
        while canon.contains_key(&key) {
            key.push_str(" again");
        }
        canon.insert(key, value);
    }
    canon
}

/// What is in one and not in the other, in words.
pub fn differences(left: &Canon, right: &Canon) -> Vec<String> {
    let mut found = Vec::new();
    for (key, value) in left {
        match right.get(key) {
            None => found.push(format!("{key} is missing")),
            Some(other) if other != value => found.push(format!("{key} is {other} and not {value}")),
            Some(_) => {}
        }
    }
    found.extend(right.keys().filter(|key| !left.contains_key(*key)).map(|key| format!("{key} is there beside what should be")));
    found
}

fn text<'a>(item: &'a Map<String, Value>, name: &str) -> &'a str {
    item.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// What the random ids stand for.
fn names(items: &[Map<String, Value>]) -> HashMap<String, String> {
    let mut names: HashMap<String, String> = HashMap::new();
    for item in items {
        let key = text(item, "PK");
        let Some((tenant, rest)) = key.strip_prefix("T#").and_then(|rest| rest.split_once('#')) else { continue };
        names.insert(tenant.to_owned(), "tenant".to_owned());
        let contact =
            item.get("b").and_then(Value::as_object).and_then(|body| body.values().filter_map(Value::as_str).find(|id| is_id(id)));
        if let (Some(alias), Some(contact)) = (rest.strip_prefix("A#"), contact) {
            let name = names.entry(contact.to_owned()).or_insert_with(|| alias.to_owned());
            if alias < name.as_str() {
                alias.clone_into(name);
            }
        }
        if let Some(user) = rest.strip_prefix("U#") {
            names.insert(user.to_owned(), "colleague".to_owned());
        }
    }
    for item in items.iter().filter(|item| text(item, "k") == "conversation") {
        let (person, number) = (names.get(text(item, "ct")).cloned().unwrap_or_default(), text(item, "nb"));
        let id = text(item, "PK").rsplit('#').next().unwrap_or_default();
        names.insert(id.to_owned(), format!("{person} at {number}"));
    }
    names
}

fn row(item: &Map<String, Value>, names: &HashMap<String, String>, statuses: Statuses, end: End) -> Option<(String, Value)> {
    let (partition, sort, kind) = (text(item, "PK"), text(item, "SK"), text(item, "k"));
    let clocks = ["pulse", "report", "template_account"].contains(&kind);
    if partition.starts_with('W') || sort == "Q" || sort == "KEY" || clocks {
        return None;
    }
    let ours = kind == "message" && sort.split('#').count() == 4;
    let lenient = end != End::Equal;
    // What Meta says of the second of two copies belongs to no row.
    if lenient && kind == "parked" && text(item, "w") == "status" {
        return None;
    }
    if end == End::Outcomes && (sort == "N" || follows_refusal(item)) {
        return None;
    }
    let mut kept = Map::new();
    for (name, value) in item {
        let own = OWN.iter().any(|(of, names)| (*of == "*" || *of == kind) && names.split(' ').any(|own| own == name));
        // What the head says of consent is compared on the ledger.
        let refusal = end == End::Outcomes && kind == "conversation" && ["oo", "oc"].contains(&name.as_str());
        let slot = kind == "conversation" && name.len() == 6 && name.starts_with(['k', 'c', 'l']);
        let outcome = ours && !["k", "b", "au", "s", "t"].contains(&name.as_str());
        // A head that says nothing of a refusal says the same as one that says there is none.
        let unsaid = kind == "conversation" && name == "oo" && value == &Value::Bool(false);
        if own
            || unsaid
            || refusal
            || slot
            || (outcome && (end == End::Outcomes || ["w", "aa"].contains(&name.as_str())))
            || (lenient && name == "tw")
        {
            continue;
        }
        if SEALED.contains(&name.as_str()) {
            kept.insert(name.clone(), Value::Bool(true));
            continue;
        }
        let reached = ours && statuses == Statuses::Reached && STAGES.contains(&name.as_str());
        kept.insert(name.clone(), if reached { Value::Bool(true) } else { renamed(value, names) });
    }
    if let Some(Value::Object(body)) = kept.get_mut("b") {
        // When a person was first seen, and when consent was entered.
        body.remove("ca");
        if kind == "consent" {
            body.remove("e");
        }
        // When a file was given up.
        if let Some(Value::Object(failed)) = body.get_mut("s").and_then(|state| state.get_mut("f")) {
            failed.remove("a");
        }
    }
    Some((renamed_text(&format!("{partition} {sort}"), names), Value::Object(kept)))
}

/// Whether it is what a refusal by Meta says of somebody's consent, or where they stand after all; where refusals are the scenario, the
/// calm play has none of them.
fn follows_refusal(item: &Map<String, Value>) -> bool {
    let source = item.get("b").and_then(Value::as_object).and_then(|body| body.get("o"));
    text(item, "SK") == "K" || (text(item, "k") == "consent" && source.and_then(Value::as_str) == Some("f"))
}

fn renamed(value: &Value, names: &HashMap<String, String>) -> Value {
    match value {
        Value::String(text) => Value::String(renamed_text(text, names)),
        Value::Array(values) => values.iter().map(|value| renamed(value, names)).collect(),
        Value::Object(map) => map.iter().map(|(name, value)| (name.clone(), renamed(value, names))).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
    }
}

/// Whether it is a UUID.
fn is_id(part: &str) -> bool {
    let fits = |(place, byte): (usize, u8)| if [8, 13, 18, 23].contains(&place) { byte == b'-' } else { byte.is_ascii_hexdigit() };
    part.len() == LENGTH && part.bytes().enumerate().all(fits)
}

/// The text with no UUID in it.
pub fn nameless(text: &str) -> String {
    renamed_text(text, &HashMap::new())
}

/// The text with every UUID in it replaced by what it stands for.
fn renamed_text(text: &str, names: &HashMap<String, String>) -> String {
    let mut renamed = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if let Some(id) = rest.get(..LENGTH).filter(|part| is_id(part)) {
            renamed.push_str(names.get(id).map_or("<id>", String::as_str));
            rest = &rest[LENGTH..];
        } else {
            renamed.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    renamed
}
