//! Every sample of Meta's bodies is what we write.

mod samples;
mod templates;

use std::collections::BTreeMap;

use domain::{
    crm::{BusinessScopedId, Recipient},
    id::{self, MediaId},
    messaging::{
        content::OutboundContent,
        key::{CallbackData, MessageKey},
    },
    ports::{SendError, SendRequest, UploadedMedia},
    tenant::{Number, NumberId},
    text::Text,
    time::Timestamp,
};
use serde_json::{Value, json};

use super::{body, read};

/// Samples that other parts of the program write, or nobody: groups have no place in a conversation of one contact.
fn is_ours(name: &str) -> bool {
    !name.starts_with("mark_read") && name != "text_to_group"
}

fn folder() -> String {
    format!("{}/src/whatsapp/fixtures/outbound", env!("CARGO_MANIFEST_DIR"))
}

fn sample(name: &str) -> Value {
    let mut sample: Value = serde_json::from_slice(&std::fs::read(format!("{}/{name}.json", folder())).unwrap()).unwrap();
    sample.as_object_mut().unwrap().remove("biz_opaque_callback_data");
    // What the sample leaves to Meta's defaults, we write.
    if let Some(text) = sample.pointer_mut("/text").and_then(Value::as_object_mut) {
        text.entry("preview_url").or_insert(json!(false));
    }
    if sample.pointer("/interactive/type") == Some(&json!("flow")) {
        let parameters = sample.pointer_mut("/interactive/action/parameters").and_then(Value::as_object_mut).unwrap();
        parameters.entry("mode").or_insert(json!("published"));
    }
    // Of what Meta takes in two forms, we write one.
    if let Some(components) = sample["template"]["components"].as_array_mut() {
        components.iter_mut().for_each(one_form);
    }
    sample
}

/// The place of a button as a string, its kind in small letters.
fn one_form(component: &mut Value) {
    if let Some(index) = component["index"].as_u64() {
        component["index"] = json!(index.to_string());
    }
    if let Some(kind) = component["sub_type"].as_str().map(str::to_lowercase) {
        component["sub_type"] = json!(kind);
    }
}

/// The file of ours that Meta calls so.
fn uploaded(meta: &str) -> (MediaId, Text<256>) {
    (id::derived(&[meta.as_bytes()]), Text::new(meta).unwrap())
}

fn written(content: &OutboundContent, recipient: &Recipient, reply_to: Option<&str>) -> Result<Value, SendError> {
    let id = |raw| NumberId::new(raw).unwrap();
    let number = Number::cloud(id("210000000000009"), id("310000000000001"), "918047000123".parse().unwrap());
    let message = MessageKey::received(Timestamp::from_second(1_793_500_000).unwrap(), "wamid.A").reply(0);
    let callback = CallbackData { conversation: id::derived(&[b"c"]), message };
    let media: UploadedMedia = ["9001", "9002", "9003", "9004", "9005", "910", "911"].map(uploaded).into_iter().collect();
    let reply_to = reply_to.map(|wamid| Text::new(wamid).unwrap());
    let request = SendRequest { number: &number, recipient, content, callback, reply_to: reply_to.as_ref(), media: &media };
    let mut value = serde_json::to_value(body(&request)?).unwrap();
    let data = value.as_object_mut().unwrap().remove("biz_opaque_callback_data").unwrap();
    assert_eq!(data.as_str().unwrap().parse::<CallbackData>().unwrap(), callback);
    Ok(value)
}

#[test]
fn every_sample_of_metas_bodies_is_what_we_write() {
    let phone = Recipient::Phone("919876500001".parse().unwrap());
    let mut ours: BTreeMap<&str, OutboundContent> = samples::all().into_iter().chain(templates::all()).collect();
    let mut names: Vec<String> =
        std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert_eq!(names.len(), 49);
    for name in names.iter().map(|name| name.strip_suffix(".json").unwrap()).filter(|name| is_ours(name)) {
        let content = ours.remove(name).unwrap_or_else(|| panic!("{name} is not written"));
        let recipient =
            if name == "text_to_bsuid" { Recipient::User(BusinessScopedId::new("IN.4410293847561").unwrap()) } else { phone.clone() };
        let reply_to = (name == "text_reply").then_some("wamid.HBgMIN01");
        assert_eq!(written(&content, &recipient, reply_to).unwrap(), sample(name), "{name}");
        // The stored form says the same.
        let stored: OutboundContent = serde_json::from_str(&serde_json::to_string(&content).unwrap()).unwrap();
        assert_eq!(stored, content, "{name}");
    }
    assert!(ours.is_empty(), "{:?}", ours.keys());
}

#[test]
fn reading_is_told_with_and_without_typing() {
    assert_eq!(serde_json::to_value(read("wamid.HBgMIN01", false)).unwrap(), sample("mark_read"));
    assert_eq!(serde_json::to_value(read("wamid.HBgMIN01", true)).unwrap(), sample("mark_read_typing"));
}

#[test]
fn a_file_that_is_not_uploaded_cannot_be_sent() {
    let phone = Recipient::Phone("919876500001".parse().unwrap());
    let refused = written(&samples::image("no such"), &phone, None);
    assert!(matches!(refused, Err(SendError::Refused(_))), "{refused:?}");
}

#[test]
fn a_menu_is_a_list() {
    let menu = domain::language::render(&domain::language::Reply::Menu, domain::locale::Locale::Hinglish, "Sharma Kirana");
    let value = written(&menu, &Recipient::User(BusinessScopedId::new("IN.1").unwrap()), None).unwrap();
    assert_eq!(value["recipient"], "IN.1");
    assert_eq!(value["interactive"]["type"], "list");
    assert!(value["interactive"]["action"]["sections"][0]["rows"].as_array().unwrap().len() >= 3);
}
