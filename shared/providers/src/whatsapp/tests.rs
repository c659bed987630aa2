//! Every sample of Meta's payloads reads, and our bodies are Meta's.

use domain::{crm::Recipient, id, messaging::status::Stage, ports::SendError, tenant::NumberId};

use super::{
    inbound::{About, Event, read},
    outbound, wire,
};
use crate::signature::verify_meta;

const SECRET: &str = "s3cret";

fn sign(body: &[u8]) -> String {
    use hmac::{Hmac, KeyInit as _, Mac as _};
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
    mac.update(body);
    format!("sha256={}", hex::encode(mac.finalize().into_bytes()))
}

/// What a sample says, each event by one word.
fn words(body: &[u8]) -> Vec<String> {
    let signature = sign(body);
    let webhook = read(verify_meta(body, Some(&signature), SECRET).unwrap()).unwrap();
    let events = webhook.parts.into_iter().flat_map(|part| {
        let number = NumberId::new("210000000000009").unwrap();
        part.events.into_iter().map(move |event| match event {
            Event::Message(message) => message.of(id::derived(&[b"t"]), number.clone()).content.kind().to_owned(),
            Event::Status(status) => format!("{:?}", status.update.stage),
            Event::Other(_) => "other".to_owned(),
            Event::Unreadable(_) => "unreadable".to_owned(),
        })
    });
    events.collect()
}

#[test]
fn every_sample_of_metas_payloads_reads() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/whatsapp/fixtures/inbound");
    let mut samples: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    samples.sort();
    assert!(samples.len() > 80, "{}", samples.len());
    let mut messages = 0;
    for sample in samples {
        let said = words(&std::fs::read(&sample).unwrap());
        assert!(!said.is_empty(), "{} says nothing", sample.display());
        assert!(!said.iter().any(|word| word == "unreadable"), "{}: {said:?}", sample.display());
        messages += said.iter().filter(|word| !["other", "unknown"].contains(&word.as_str())).count();
    }
    assert_eq!(messages, 45, "messages and statuses of kinds that are read");
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
    let signature = sign(body);
    let webhook = read(verify_meta(body, Some(&signature), SECRET).unwrap()).unwrap();
    let part = webhook.parts.into_iter().next().unwrap();
    assert!(matches!(&part.about, About::Number(number) if number.as_str() == "210000000000009"));
    let Some(Event::Message(message)) = part.events.into_iter().next() else { panic!("no message") };
    let message = message.of(id::derived(&[b"t"]), NumberId::new("1").unwrap());
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
        outbound::verdict(super::failure(&refused.error).unwrap(), None)
    };
    assert!(matches!(sorted(include_bytes!("fixtures/responses/error_130429.json")), SendError::Later { .. }));
    assert!(matches!(sorted(include_bytes!("fixtures/responses/error_131056.json")), SendError::Later { .. }));
    assert!(matches!(sorted(include_bytes!("fixtures/responses/error_190.json")), SendError::NumberBroken(_)));
    assert!(matches!(sorted(br#"{"error":{"code":131047,"message":"re-engagement"}}"#), SendError::Refused(_)));
    assert!(super::accepted(include_bytes!("fixtures/responses/send_ok.json")).is_ok());
    assert!(super::accepted(b"{}").is_err());
}
