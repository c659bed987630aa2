//! The kinds of messages and events one by one, where it matters what exactly is read.

use domain::{
    consent::ConsentChange,
    messaging::{
        event::{EventBody, UnhandledKind},
        inbound::{Answers, FormKind, Forwarded, InboundContent, InboundMessage, Price, SystemChange},
    },
    money::Paise,
    tenant::{DailyLimit, News},
};
use serde_json::{Value, json};

use super::{Event, events, message, words};

fn webhook(message: &Value) -> Vec<u8> {
    let mut whole = json!({"from": "919876500001", "from_user_id": "IN.4410293847561", "id": "wamid.X", "timestamp": "1793500000"});
    whole.as_object_mut().unwrap().extend(message.as_object().unwrap().clone());
    body("messages", &json!({"messaging_product": "whatsapp", "metadata": {"phone_number_id": "2"}, "messages": [whole]}))
}

fn body(field: &str, value: &Value) -> Vec<u8> {
    let change = json!({"field": field, "value": value});
    serde_json::to_vec(&json!({"object": "whatsapp_business_account", "entry": [{"id": "1", "time": 1_793_500_000, "changes": [change]}]}))
        .unwrap()
}

fn read(value: &Value) -> InboundMessage {
    message(&webhook(value))
}

fn news(field: &str, value: &Value) -> Vec<EventBody> {
    let mut found = Vec::new();
    events(&body(field, value), |events| {
        found.extend(events.into_iter().map(|event| match event {
            Event::News { body, .. } => *body,
            Event::Message(_) | Event::Status(_) | Event::Other(_) | Event::Unreadable(_) => panic!("not news"),
        }));
    });
    found
}

#[test]
fn a_plain_text_and_a_tap_leave_nothing_to_be_kept() {
    let plain = [
        json!({"type": "text", "text": {"body": "hi"}}),
        json!({"type": "text", "text": {"body": "yes"}, "context": {"from": "918047000123", "id": "wamid.O"}}),
        json!({"type": "button", "button": {"payload": "STOP", "text": "Stop"}, "context": {"from": "918047000123", "id": "wamid.O"}}),
        json!({"type": "interactive", "interactive": {"type": "list_reply", "list_reply": {"id": "1", "title": "One", "description": "d"}}}),
    ];
    for value in plain {
        assert_eq!(read(&value).raw, None, "{value}");
    }
}

#[test]
fn what_does_not_fit_is_kept_as_it_came() {
    let odd = [
        json!({"type": "text", "text": {"body": "hi"}, "sparkle": {"new": true}}),
        json!({"type": "text", "text": {"body": "hi", "tone": "angry"}}),
        json!({"type": "text", "text": "not an object"}),
        json!({"type": "text", "text": {"body": "x".repeat(5_000)}}),
        json!({"type": "hologram", "hologram": {"id": "1"}}),
        json!({"type": "location", "location": {"latitude": "north", "longitude": 7}}),
        json!({"type": "interactive", "interactive": {"type": "telepathy", "telepathy": {}}}),
    ];
    for value in odd {
        let read = read(&value);
        let raw: Value = serde_json::from_str(read.raw.as_ref().expect("nothing was kept").as_str()).unwrap();
        for (name, field) in value.as_object().unwrap() {
            assert_eq!(&raw["message"][name], field);
        }
    }
    assert_eq!(read(&json!({"type": "hologram"})).content.kind(), "unknown");
}

#[test]
fn numbers_may_be_words_and_words_numbers() {
    let value = json!({"type": "order", "timestamp": 1_793_500_000, "from": 919_876_500_001_u64, "order": {"catalog_id": 880_011, "product_items": [
        {"product_retailer_id": 77, "quantity": "2", "item_price": "499.50", "currency": "INR"},
        {"product_retailer_id": "SKU-78", "quantity": 1.0, "item_price": 0.005, "currency": "INR"},
        {"product_retailer_id": "SKU-79", "quantity": "many", "item_price": 1, "currency": "INR"}]}});
    let read = read(&value);
    assert_eq!(read.sender.phone.unwrap().digits(), "919876500001");
    let InboundContent::Order(order) = read.content else { panic!("no order") };
    assert_eq!(order.items[0].total(), Some(Paise::new(99_900)));
    assert!(matches!(&order.items[1].price, Price::AsWritten { amount, .. } if amount.as_str() == "0.005"));
    assert_eq!((order.lines, order.items.len(), order.total()), (3, 2, None));
    assert!(read.raw.is_some(), "a line did not read");
}

#[test]
fn a_form_reads_field_by_field_or_stays_as_written() {
    let form = |response: &str| {
        let reply = json!({"name": "flow", "body": "Sent", "response_json": response});
        let read = read(&json!({"type": "interactive", "interactive": {"type": "nfm_reply", "nfm_reply": reply}}));
        let InboundContent::Form(form) = read.content else { panic!("no form") };
        form
    };
    let read = form(r#"{"flow_token":"lead-42","pincode":"411001","days":["Mon","Tue"],"home":{"floor":3,"lift":true},"note":null}"#);
    assert_eq!((read.kind, read.token.unwrap().as_str().to_owned()), (FormKind::Flow, "lead-42".to_owned()));
    let Answers::Fields(answers) = read.answers else { panic!("no fields") };
    let answers: Vec<_> = answers.iter().map(|a| format!("{}={}", a.field, a.value.as_ref().map_or("-", |value| value.as_str()))).collect();
    assert_eq!(answers, ["days=Mon, Tue", "home.floor=3", "home.lift=true", "note=-", "pincode=411001"]);
    for broken in ["{not json", "[1,2]", "7"] {
        assert!(matches!(form(broken).answers, Answers::AsWritten(written) if written.as_str() == broken));
    }
}

#[test]
fn an_edit_holds_what_is_new_and_never_another_edit() {
    let edit = |content: Value| read(&json!({"type": "edit", "edit": {"original_message_id": "wamid.O", "message": content}})).content;
    let InboundContent::Edit { wamid, content } = edit(json!({"type": "text", "text": {"body": "new"}, "context": {"id": "M0"}})) else {
        panic!("no edit")
    };
    assert_eq!((wamid.as_str(), content.words().as_deref()), ("wamid.O", Some("new")));
    assert_eq!(edit(json!({"type": "revoke", "revoke": {"original_message_id": "wamid.P"}})).kind(), "unknown");
}

#[test]
fn an_emoji_is_taken_back_in_three_ways() {
    for reaction in [json!({"message_id": "w"}), json!({"message_id": "w", "emoji": ""}), json!({"message_id": "w", "emoji": null})] {
        let read = read(&json!({"type": "reaction", "reaction": reaction}));
        assert!(matches!(read.content, InboundContent::Reaction { emoji: None, .. }));
    }
}

#[test]
fn circumstances_are_told() {
    let often = read(&json!({"type": "text", "text": {"body": "x"}, "context": {"frequently_forwarded": true}}));
    assert_eq!(often.circumstances.unwrap().forwarded, Some(Forwarded::Often));
    let asked = read(
        &json!({"type": "text", "text": {"body": "x"}, "group_id": "G", "context": {"id": "w", "referred_product": {"catalog_id": "1", "product_retailer_id": "SKU-77"}}}),
    );
    assert!(asked.in_group());
    assert_eq!(asked.circumstances.unwrap().product.unwrap().sku.as_str(), "SKU-77");
    let moved = read(&json!({"type": "system", "system": {"body": "b", "wa_id": "919876500099", "type": "user_changed_number"}}));
    let InboundContent::System(notice) = moved.content else { panic!("no notice") };
    assert!(matches!(notice.change, Some(SystemChange::Number { phone: Some(phone), .. }) if phone.digits() == "919876500099"));
}

#[test]
fn errors_of_a_value_belong_to_what_has_no_body() {
    let value = |messages: Value| json!({"metadata": {"phone_number_id": "2"}, "messages": messages, "errors": [{"code": 131_000, "title": "Something went wrong"}]});
    let bodiless = json!([{"from": "919876500001", "id": "wamid.X", "timestamp": "1793500000", "type": "interactive"}]);
    let read = message(&body("messages", &value(bodiless)));
    assert_eq!(read.circumstances.unwrap().errors[0].code, 131_000);
    assert_eq!(words(&body("messages", &value(json!([])))), ["errors"]);
}

#[test]
fn statuses_that_are_not_of_messages_are_told_apart() {
    let value = json!({"metadata": {"phone_number_id": "2"}, "statuses": [
        {"id": "a", "status": "captured", "type": "payment", "timestamp": "1793500000", "payment": {"reference_id": "INV-1"}},
        {"id": "wacid.b", "status": "RINGING", "type": "call", "timestamp": "1793500000"},
        {"id": "wamid.c", "status": "levitated", "timestamp": "1793500000"},
        {"id": "wamid.d", "status": "read", "timestamp": 1_793_500_000}]});
    assert_eq!(words(&body("messages", &value)), ["payment", "call", "status", "Read"]);
}

#[test]
fn news_of_numbers_and_accounts_read() {
    let tier = news(
        "phone_number_quality_update",
        &json!({"display_phone_number": "+91 80470-00123", "event": "FLAGGED", "current_limit": "TIER_2K"}),
    );
    let [EventBody::Health { phone: Some(phone), news: told }] = tier.as_slice() else { panic!("{tier:?}") };
    assert_eq!(phone.digits(), "918047000123");
    assert_eq!(told, &[News::Limit(DailyLimit::People(2_000)), News::Flagged(true)]);
    let wish = |value: &str| {
        let wish = json!({"wa_id": "919876500001", "category": "marketing_messages", "value": value, "timestamp": 1_793_500_000});
        news("user_preferences", &json!({"metadata": {"phone_number_id": "2"}, "user_preferences": [wish]}))
    };
    assert!(matches!(wish("stop").as_slice(), [EventBody::Preference(wish)] if wish.change == ConsentChange::OptOut));
    assert!(matches!(wish("resume").as_slice(), [EventBody::Preference(wish)] if wish.change == ConsentChange::OptIn));
    assert!(matches!(wish("dance").as_slice(), [EventBody::Unhandled(other)] if other.kind == UnhandledKind::Preference));
    let new = news("account_update", &json!({"event": "MOON_PHASE", "moon": {"phase": "full"}}));
    assert!(matches!(new.as_slice(), [EventBody::Health { .. }, EventBody::Unhandled(_)]), "what is not read whole is kept: {new:?}");
    assert!(
        matches!(news("weather", &json!({"rain": true})).as_slice(), [EventBody::Unhandled(other)] if other.kind == UnhandledKind::Unknown)
    );
}

#[test]
fn two_accounts_and_a_partner_share_a_webhook() {
    let change = |field: &str, value: Value| json!({"field": field, "value": value});
    let text = |number: &str| json!({"metadata": {"phone_number_id": number}, "messages": [{"from": "919876500001", "id": format!("wamid.{number}"), "timestamp": 1, "type": "text", "text": {"body": "x"}}]});
    let partner = json!({"event": "PARTNER_ADDED", "waba_info": {"waba_id": "30", "owner_business_id": "9"}});
    let body = json!({"object": "whatsapp_business_account", "entry": [
        {"id": 10, "changes": [change("messages", text("1"))]}, {"id": "20", "changes": [change("messages", text("2"))]},
        {"id": "99", "changes": [change("account_update", partner), change("partner_solutions", json!({"event": "SOLUTION_CREATED", "solution_id": "s"}))]}]});
    let body = serde_json::to_vec(&body).unwrap();
    let signature = super::sign(&body);
    let webhook = super::read(super::verify_meta(&body, Some(&signature), super::SECRET).unwrap()).unwrap();
    let accounts: Vec<_> = webhook.parts.iter().map(|part| part.account.as_ref().unwrap().as_str()).collect();
    assert_eq!(accounts, ["10", "20", "30", "99"], "a partner's webhook is about the account in it");
    assert_eq!(webhook.parts.iter().map(|part| part.platform).collect::<Vec<_>>(), [false, false, true, true]);
}

#[test]
fn a_thousand_updates_and_not_one_more() {
    let many = |count: usize| {
        let message = |place: usize| json!({"from": "919876500001", "id": format!("w{place}"), "timestamp": 1, "type": "text", "text": {"body": "x"}});
        body("messages", &json!({"metadata": {"phone_number_id": "2"}, "messages": (0..count).map(message).collect::<Vec<_>>()}))
    };
    assert_eq!(words(&many(1_000)).len(), 1_000);
    let body = many(1_001);
    let signature = super::sign(&body);
    assert!(super::read(super::verify_meta(&body, Some(&signature), super::SECRET).unwrap()).is_err());
}
