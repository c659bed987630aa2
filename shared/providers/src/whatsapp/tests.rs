//! Every sample of Meta's payloads reads, and our bodies are Meta's.

use std::collections::BTreeMap;

use domain::{
    crm::Recipient,
    id,
    messaging::{event::EventBody, inbound::InboundMessage, status::Stage},
    ports::SendError,
    tenant::NumberId,
};
use serde_json::{Value, json};

use super::{
    inbound::{Event, Received, read},
    wire,
};
use crate::signature::verify_meta;

mod fuzz;
mod kinds;

const SECRET: &str = "s3cret";

fn sign(body: &[u8]) -> String {
    crate::signature::sign_meta(body, SECRET).unwrap()
}

fn events(body: &[u8], look: impl FnOnce(Vec<Event<'_>>)) {
    let signature = sign(body);
    let webhook = read(verify_meta(body, Some(&signature), SECRET).unwrap()).unwrap();
    look(webhook.parts.into_iter().flat_map(|part| part.events).collect());
}

/// A message in some business.
fn placed(received: &Received<'_>) -> InboundMessage {
    received.of(id::derived(&[b"t"]), NumberId::new("210000000000009").unwrap())
}

/// The only message of a webhook.
fn message(body: &[u8]) -> InboundMessage {
    let mut found = None;
    events(body, |events| match events.as_slice() {
        [Event::Message(received)] => found = Some(placed(received)),
        _ => panic!("{} events, not one message", events.len()),
    });
    found.unwrap()
}

/// What a webhook says, each event by one word.
fn words(body: &[u8]) -> Vec<String> {
    let mut words = Vec::new();
    events(body, |events| {
        words = events
            .iter()
            .map(|event| match event {
                Event::Message(message) => placed(message).content.kind().to_owned(),
                Event::Status(status) => format!("{:?}", status.update.stage),
                Event::News { body, .. } => match body.as_ref() {
                    EventBody::Health { .. } => "health".to_owned(),
                    EventBody::Preference(_) => "preference".to_owned(),
                    EventBody::Template(_) => "template".to_owned(),
                    EventBody::Phone(_) => "phone".to_owned(),
                    EventBody::SavedContact(_) => "saved".to_owned(),
                    EventBody::Unhandled(other) => other.kind.name().to_owned(),
                },
                Event::Other(_) => "other".to_owned(),
                Event::Unreadable(_) => "unreadable".to_owned(),
            })
            .collect();
    });
    words
}

/// Every sample of Meta's payloads in our words: what is read of it, word for word, and what is kept of it as it came.
#[test]
fn every_sample_of_metas_payloads_reads() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/whatsapp/fixtures/inbound");
    let mut all = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let body = std::fs::read(&path).unwrap();
        let signature = sign(&body);
        let webhook = read(verify_meta(&body, Some(&signature), SECRET).unwrap()).unwrap();
        let parts: Vec<Value> = webhook
            .parts
            .iter()
            .map(|part| {
                let events: Vec<Value> = part.events.iter().map(shown).collect();
                json!({"about": format!("{:?}", part.about), "field": part.field, "events": events})
            })
            .collect();
        assert!(!parts.is_empty(), "{} says nothing", path.display());
        all.insert(path.file_stem().unwrap().to_string_lossy().into_owned(), parts);
    }
    assert_eq!(all.len(), 87);
    let read = format!("{}\n", serde_json::to_string_pretty(&all).unwrap());
    if read != include_str!("fixtures/inbound.json") {
        let place = std::env::temp_dir().join("inbound.json");
        std::fs::write(&place, read).unwrap();
        panic!(
            "the samples read otherwise than src/whatsapp/fixtures/inbound.json says: look at {} and, if it is right, copy it there",
            place.display()
        );
    }
}

fn shown(event: &Event<'_>) -> Value {
    match event {
        Event::Message(received) => {
            let mut message = serde_json::to_value(placed(received)).unwrap();
            message.as_object_mut().unwrap().remove("tenant");
            json!({"message": message})
        }
        Event::Status(status) => json!({"status": format!("{:?}", status.update.stage), "wamid": status.update.wamid}),
        Event::News { body, at } => {
            let mut body = serde_json::to_value(body).unwrap();
            if let Some(raw) = body.pointer_mut("/Unhandled/raw") {
                *raw = json!("as it came");
            }
            json!({"news": body, "at": at})
        }
        Event::Other(_) | Event::Unreadable(_) => panic!("a sample does not read"),
    }
}

#[test]
fn a_batch_gives_its_parts_in_order() {
    assert_eq!(words(include_bytes!("fixtures/inbound/batch_mixed.json")), ["text", "Sent", "image", "text"]);
}

#[test]
fn an_odd_message_does_not_cost_its_neighbours() {
    let body = br#"{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"2"},
        "messages":[{"id":"wamid.A","timestamp":"no time","type":"text"},{"from":"919876500001","id":"wamid.B","timestamp":"1793500000","type":"hologram"},
        {"from":"919876500001","id":"wamid.C","timestamp":1793500000,"type":"text","text":{"body":"hi"}}]}}]}]}"#;
    assert_eq!(words(body), ["unreadable", "unknown", "text"]);
}

#[test]
fn a_sender_without_a_phone_is_known_by_its_user_id() {
    let body = include_bytes!("fixtures/inbound/text_bsuid_no_phone.json");
    let message = message(body);
    assert!(message.sender.phone.is_none());
    assert!(matches!(message.sender.recipient(), Some(Recipient::User(_))));
}

#[test]
fn a_failed_status_says_why() {
    let body = include_bytes!("fixtures/inbound/status_failed_131049.json");
    let signature = sign(body);
    let webhook = read(verify_meta(body, Some(&signature), SECRET).unwrap()).unwrap();
    let Some(Event::Status(status)) = webhook.parts.into_iter().next().unwrap().events.into_iter().next() else { panic!("no status") };
    assert_eq!(status.update.stage, Stage::Failed);
    assert_eq!(status.update.failure.unwrap().code, 131_049);
}

#[test]
fn other_bodies_are_refused() {
    for body in [&b"[]"[..], b"{", br#"{"object":"page","entry":[]}"#, br#"{"object":"whatsapp_business_account","entry":[{"changes":7}]}"#]
    {
        let signature = sign(body);
        assert!(read(verify_meta(body, Some(&signature), SECRET).unwrap()).is_err());
    }
}

#[test]
fn refusals_are_sorted_by_code() {
    let sorted = |body: &[u8]| {
        let refused: wire::Refused<'_> = serde_json::from_slice(body).unwrap();
        domain::messaging::failure::verdict(super::failure(&refused.error), None)
    };
    assert!(matches!(sorted(include_bytes!("fixtures/responses/error_130429.json")), SendError::Later { .. }));
    assert!(matches!(sorted(include_bytes!("fixtures/responses/error_131056.json")), SendError::Later { .. }));
    assert!(matches!(sorted(include_bytes!("fixtures/responses/error_190.json")), SendError::NumberBroken(_)));
    assert!(matches!(sorted(br#"{"error":{"code":131047,"message":"re-engagement"}}"#), SendError::Refused(_)));
    for taken in [
        &include_bytes!("fixtures/responses/send_ok.json")[..],
        include_bytes!("fixtures/responses/send_ok_bsuid.json"),
        include_bytes!("fixtures/responses/send_ok_paced.json"),
        include_bytes!("fixtures/responses/send_ok_template.json"),
        // Meta writes the number of another country as it knows it, not as it was sent.
        br#"{"contacts":[{"input":"+55 11 98765-4321","wa_id":"551187654321"}],"messages":[{"id":"wamid.HBgMOUT1"}]}"#,
    ] {
        assert_eq!(super::accepted(taken).unwrap().wamid.as_str(), "wamid.HBgMOUT1");
    }
    assert!(super::accepted(b"{}").is_err());
}
