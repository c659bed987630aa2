//! What the route takes, and what it says about what it does not take.

use serde_json::{Value, json};
use shared::{domain::messaging::content::OutboundContent, usecases::reply_to_conversation::Said};

use super::asked::{Asked, NewMessage};
use crate::extract::parse;

fn said(body: &Value) -> Result<Said, String> {
    let asked: Asked = parse(body.to_string().as_bytes()).map_err(|refusal| {
        let told = serde_json::to_value(refusal.told("r")).unwrap();
        told["field"].as_str().unwrap().to_owned()
    })?;
    NewMessage::try_from(asked).and_then(NewMessage::said).map_err(|error| error.field.into_owned())
}

/// One of every kind, as small as it may be.
fn smallest() -> Vec<(Value, &'static str)> {
    let button = json!({ "id": "a", "title": "A" });
    let leads = json!({ "title": "View", "url": "https://example.in" });
    let link = json!({ "link": "https://cdn.example.in/f" });
    let media = json!({ "media": "01890000-0000-7000-8000-000000000001" });
    let body = json!({ "body": "Text" });
    let card = json!({ "image": "https://cdn.example.in/0.jpg", "link": leads });
    let item = json!({ "product_id": "SKU", "name": "Fee", "amount_paise": 100, "quantity": 1 });
    let order = json!({ "body": "Pay", "reference_id": "INV-1", "goods": "digital", "payment": { "upi_configuration": "upi" },
                        "items": [item], "tax": { "amount_paise": 0 } });
    vec![
        (json!({ "text": "Namaste" }), "text"),
        (json!({ "link_preview": { "text": "https://example.in" } }), "text"),
        (json!({ "image": media }), "image"),
        (json!({ "video": link }), "video"),
        (json!({ "document": { "media": media["media"], "filename": "a.pdf", "caption": "A" } }), "document"),
        (json!({ "audio": { "media": media["media"], "voice": true } }), "audio"),
        (json!({ "sticker": media }), "sticker"),
        (json!({ "location": { "latitude": 18.5204, "longitude": -73 } }), "location"),
        (json!({ "contacts": [{ "name": { "formatted_name": "A B", "first_name": "A" } }] }), "contacts"),
        (json!({ "buttons": { "header": { "image": media }, "body": "Text", "buttons": [button] } }), "buttons"),
        (json!({ "list": { "body": "Text", "button": "See", "sections": [{ "rows": [button] }] } }), "list"),
        (json!({ "cta_url": { "body": "Text", "button": leads } }), "cta_url"),
        (json!({ "flow": { "body": "Text", "flow_id": "7", "button": "Go", "screen": "S", "data": { "a": 1 } } }), "flow"),
        (json!({ "location_request": body }), "location_request"),
        (json!({ "contact_info_request": body }), "contact_info_request"),
        (json!({ "call_permission_request": body }), "call_permission_request"),
        (json!({ "voice_call": body }), "voice_call"),
        (json!({ "address": { "body": "Where?", "values": { "in_pin_code": "411001" } } }), "address"),
        (json!({ "product": { "catalog_id": "8", "product_id": "SKU" } }), "product"),
        (
            json!({ "product_list": { "header": "H", "body": "B", "catalog_id": "8", "sections": [{ "product_ids": ["SKU"] }] } }),
            "product_list",
        ),
        (json!({ "catalog": body }), "catalog"),
        (json!({ "media_carousel": { "body": "B", "cards": [card, card] } }), "media_carousel"),
        (json!({ "product_carousel": { "body": "B", "catalog_id": "8", "product_ids": ["A", "B"] } }), "product_carousel"),
        (json!({ "order_details": order }), "order_details"),
        (json!({ "order_status": { "body": "B", "reference_id": "INV-1", "status": "shipped" } }), "order_status"),
    ]
}

#[test]
fn every_kind_is_taken() {
    for (body, kind) in smallest() {
        let Ok(Said::Content(content)) = said(&body) else { panic!("{body} is refused: {:?}", said(&body).err()) };
        assert_eq!(content.kind().name(), kind, "{body}");
        let stored: OutboundContent = serde_json::from_str(&serde_json::to_string(&content).unwrap()).unwrap();
        assert_eq!(stored, *content, "{body}");
    }
    let on = json!({ "reaction": { "message": "M#1793500000000#0123456789abcdef", "emoji": "🙏" } });
    assert!(matches!(said(&on), Ok(Said::Reaction { emoji: Some(_), .. })));
    let off = json!({ "reaction": { "message": "M#1793500000000#0123456789abcdef" } });
    assert!(matches!(said(&off), Ok(Said::Reaction { emoji: None, .. })));
}

#[test]
fn an_error_names_its_place() {
    let buttons = |buttons: Value| json!({ "buttons": { "body": "Text", "buttons": buttons } });
    let cards = |cards: Value| json!({ "media_carousel": { "body": "B", "cards": cards } });
    let leads = json!({ "title": "V", "url": "https://example.in" });
    for (body, field) in [
        (json!({}), "text"),
        (json!({ "text": "a", "sticker": { "link": "https://a.in/s" } }), "body"),
        (json!({ "text": "" }), "text"),
        (json!({ "text": "x".repeat(4_097) }), "text"),
        (json!({ "text": 7 }), "text"),
        (json!({ "poll": {} }), "poll"),
        (json!({ "text": "a", "reply_to": "no key" }), "reply_to"),
        (json!({ "link_preview": { "text": "no link" } }), "link_preview.text"),
        (json!({ "image": {} }), "image.media"),
        (json!({ "image": { "link": "http://a.in/p.jpg" } }), "image.link"),
        (json!({ "image": { "link": "https://a.in/p.jpg", "caption": "x".repeat(1_025) } }), "image.caption"),
        (json!({ "location": { "latitude": 91, "longitude": 0 } }), "location.latitude"),
        (json!({ "contacts": [{ "name": { "formatted_name": "A" } }] }), "contacts[0].name.first_name"),
        (buttons(json!([])), "buttons.buttons"),
        (buttons(json!([{ "id": "a", "title": "x".repeat(21) }])), "buttons.buttons[0].title"),
        (buttons(json!([{ "id": "a" }])), "buttons.buttons[0].title"),
        (buttons(json!([{ "id": "a", "title": "A" }, { "id": "a", "title": "B" }])), "buttons.buttons"),
        (
            json!({ "list": { "body": "B", "button": "See", "sections": [{ "rows": [] }, { "rows": [{ "id": "a", "title": "A" }] }] } }),
            "list.sections[0].rows",
        ),
        (json!({ "cta_url": { "body": "B", "button": { "title": "V", "url": "ftp://a.in" } } }), "cta_url.button.url"),
        (json!({ "flow": { "body": "B", "button": "Go" } }), "flow.flow_id"),
        (json!({ "voice_call": { "body": "B", "ttl_minutes": 0 } }), "voice_call.ttl_minutes"),
        (json!({ "address": { "body": "B", "values": { "in_pin_code": "1" } } }), "address.values.in_pin_code"),
        (cards(json!([{ "image": "https://a.in/0.jpg", "link": leads }, { "link": leads }])), "media_carousel.cards[1].image"),
        (json!({ "order_status": { "body": "B", "reference_id": "a b", "status": "shipped" } }), "order_status.reference_id"),
    ] {
        assert_eq!(said(&body).err().as_deref(), Some(field), "{body}");
    }
    let mut order = smallest().into_iter().find(|(_, kind)| *kind == "order_details").unwrap().0;
    order["order_details"]["discount"] = json!({ "amount_paise": 100 });
    assert_eq!(said(&order).err().as_deref(), Some("order_details.discount.amount_paise"));
}
