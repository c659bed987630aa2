use serde_json::{Value, json};
use shared::domain::{
    crm::{BusinessScopedId, SenderRole},
    id,
    locale::Locale,
    messaging::{conversation::Standing, inbound::MediaKind},
    tenant::{self, NumberId},
    text::Text,
};

use super::*;

fn listed(recipient: Recipient) -> Listed {
    let second = |at| Timestamp::from_second(at).unwrap();
    Listed {
        conversation: conversation::Conversation {
            id: id::derived(&[b"conversation"]),
            contact: id::derived(&[b"contact"]),
            role: SenderRole::Customer,
            number: NumberId::new("210000000000009").unwrap(),
            recipient,
            contact_name: Some(Text::new("Asha Verma").unwrap()),
            standing: Standing { epoch: 1, status: Status::Pending, marketing_opted_out: true, consent_at: None },
            lane: 7,
            locale: Locale::English,
            assignee: None,
            last_inbound_at: Some(second(1_793_500_000)),
            last_message: Some(Last {
                preview: Some(Text::new("चीनी का भाव?").unwrap()),
                kind: Text::new("text").unwrap(),
                direction: conversation::Direction::Inbound,
                at: second(1_793_500_000),
            }),
            window_opened_at: Some(second(1_793_500_000)),
            free_until: None,
            read_up_to: None,
            phone_app_at: None,
            last_failure: None,
        },
        number: Some(tenant::Number::cloud(
            NumberId::new("210000000000009").unwrap(),
            NumberId::new("310000000000001").unwrap(),
            "918047000123".parse().unwrap(),
        )),
        assignee: None,
    }
}

fn by_phone() -> Listed {
    listed(Recipient::Phone("919876500001".parse().unwrap()))
}

fn shown(listed: Listed) -> Value {
    serde_json::to_value(Conversation::from(listed)).unwrap()
}

#[test]
fn a_conversation_is_shown_whole() {
    let expected = json!({
        "id": id::derived::<id::ConversationKind>(&[b"conversation"]),
        "number": {"id": "210000000000009", "display_phone": "+918047000123"},
        "contact": {"id": id::derived::<id::ContactKind>(&[b"contact"]), "name": "Asha Verma", "phone": "+919876500001"},
        "status": "pending",
        "assignee": null,
        "last_message": {"preview": "चीनी का भाव?", "kind": "text", "direction": "inbound", "at": "2026-11-01T02:26:40Z",
            "failure_code": null},
        "last_inbound_at": "2026-11-01T02:26:40Z",
        "read_up_to": null,
        "unread": true,
        "window_closes_at": "2026-11-02T02:26:40Z",
        "lane": 7,
        "marketing_opted_out": true,
    });
    assert_eq!(shown(by_phone()), expected);
}

#[test]
fn a_person_without_phone_or_name_has_something_to_be_called() {
    let mut hidden = listed(Recipient::User(BusinessScopedId::new("IN.4410293847561").unwrap()));
    hidden.conversation.contact_name = None;
    let shown = shown(hidden);
    assert_eq!(shown["contact"]["phone"], Value::Null);
    assert_eq!(shown["contact"]["name"], NAMELESS);

    let mut nameless = by_phone();
    nameless.conversation.contact_name = None;
    assert_eq!(self::shown(nameless)["contact"]["name"], "+919876500001");
}

#[test]
fn a_number_given_up_goes_by_its_id() {
    let mut gone = by_phone();
    gone.number = None;
    assert_eq!(shown(gone)["number"], json!({"id": "210000000000009", "display_phone": "210000000000009"}));
}

#[test]
fn every_kind_of_media_is_named_alike_here_and_there() {
    use MediaKind::{Audio, Document, Image, Sticker, Video};
    for kind in [Audio, Document, Image, Sticker, Video] {
        assert_eq!(serde_json::to_value(MessageKind::named(kind.name())).unwrap(), kind.name());
    }
    assert_eq!(MessageKind::named("button_reply"), MessageKind::ButtonReply);
    assert_eq!(MessageKind::named("something of next year"), MessageKind::Unknown);
}
