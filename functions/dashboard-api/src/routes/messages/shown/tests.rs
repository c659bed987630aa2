use serde_json::{Value, json};
use shared::domain::{
    id,
    messaging::{
        content::{ButtonTitle, List, ListParts, ListRow, ListSection, OutboundContent, RowDescription, RowId, RowTitle, TextBody},
        inbound::InboundContent,
        marks::{Edited, Marks, Quoted},
    },
    text::Text,
};

use super::*;

fn second(at: i64) -> Timestamp {
    Timestamp::from_second(at).unwrap()
}

fn message(content: Content, author: message::Author) -> message::Message {
    message::Message {
        key: MessageKey::received(second(1_793_500_000), "wamid.1"),
        content,
        author,
        lane: None,
        wamid: None,
        stages: status::Stages::default(),
        failure: None,
        possibly_twice: false,
        contract: None,
        marks: Marks::default(),
    }
}

fn shown(message: &message::Message) -> Value {
    serde_json::to_value(Message::of(message, "Asha Verma", Locale::Hindi)).unwrap()
}

fn text(body: &str) -> Content {
    Content::Outbound(OutboundContent::text(body).unwrap())
}

#[test]
fn what_came_in_is_shown_with_its_place_and_person() {
    let content = Content::Inbound(InboundContent::Text { body: Text::new("चीनी का भाव?").unwrap() });
    let mut asked = message(content, message::Author::Contact);
    asked.lane = Some(3);
    let nothing = json!({
        "queued_at": null, "accepted_at": null, "sent_at": null, "delivered_at": null, "read_at": null, "failed_at": null
    });
    let expected = json!({
        "key": asked.key.to_string(),
        "direction": "inbound",
        "at": "2026-11-01T02:26:40Z",
        "lane": 3,
        "kind": "text",
        "text": "चीनी का भाव?",
        "caption": null,
        "options": [],
        "media": [],
        "author": {"kind": "contact", "name": "Asha Verma"},
        "state": "received",
        "stages": nothing,
        "failure": null,
        "possibly_twice": false,
        "contract": null,
    });
    let shown = shown(&asked);
    for (name, value) in expected.as_object().unwrap() {
        assert_eq!(&shown[name], value, "{name}");
    }
}

#[test]
fn what_was_changed_or_deleted_shows_what_it_is_and_keeps_what_it_was() {
    let text = |body: &str| InboundContent::Text { body: Text::new(body).unwrap() };
    let mut changed = message(Content::Inbound(text("two packets")), message::Author::Contact);
    changed.marks.edited = Some(Edited { content: text("three packets"), at: second(1_793_500_060) });
    let now = shown(&changed);
    assert_eq!((&now["text"], &now["circumstances"]["words_before"]), (&json!("three packets"), &json!("two packets")));
    changed.marks.revoked_at = Some(second(1_793_500_090));
    let gone = shown(&changed);
    assert_eq!((&gone["text"], &gone["circumstances"]["words_before"]), (&json!(""), &json!("two packets")));
}

#[test]
fn a_quoted_message_is_shown_as_far_as_it_is_here() {
    let mut answer = message(text("yes, that one"), message::Author::Bot);
    answer.marks.quoted = Some(Quoted { wamid: Text::new("wamid.Q").unwrap(), key: None });
    let asked = message(Content::Inbound(InboundContent::Text { body: Text::new("the red one?").unwrap() }), message::Author::Contact);
    let here = serde_json::to_value(Message::of(&answer, "", Locale::English).quoting(&answer, Some(&asked), Locale::English)).unwrap();
    assert_eq!((&here["quoted"]["text"], &here["quoted"]["direction"]), (&json!("the red one?"), &json!("inbound")));
    let away = serde_json::to_value(Message::of(&answer, "", Locale::English).quoting(&answer, None, Locale::English)).unwrap();
    assert_eq!((&away["quoted"]["text"], &away["quoted"]["kind"]), (&json!(""), &json!(null)));
}

#[test]
fn a_list_shows_its_rows() {
    let row = |id: &str, title: &str, description: Option<&str>| ListRow {
        id: RowId::new(id).unwrap(),
        title: RowTitle::new(title).unwrap(),
        description: description.map(|text| RowDescription::new(text).unwrap()),
    };
    let rows = vec![row("stock", "Stock", Some("How much there is")), row("price", "Price", None)];
    let list = List::new(ListParts {
        header: None,
        body: TextBody::new("What would you like to know?").unwrap(),
        footer: None,
        button: ButtonTitle::new("Menu").unwrap(),
        sections: vec![ListSection { title: None, rows }],
    });
    let menu = shown(&message(Content::Outbound(OutboundContent::List(list.unwrap())), message::Author::Bot));
    assert_eq!(
        (&menu["kind"], &menu["text"], &menu["author"]["kind"]),
        (&json!("list"), &json!("What would you like to know?"), &json!("bot"))
    );
    let options = json!([
        {"id": "stock", "title": "Stock", "description": "How much there is"},
        {"id": "price", "title": "Price", "description": null},
    ]);
    assert_eq!(menu["options"], options);
}

#[test]
fn a_reply_shows_when_it_was_written_and_how_far_it_got() {
    let author = message::Author::User(id::derived(&[b"u"]), Text::new("Priya Nair").unwrap());
    let mut reply = message(text("आता है"), author);
    // The clock is finer than the table: what was just written is shown as it will be read.
    reply.stages.queued = Some(Timestamp::new(1_793_500_060, 500_000).unwrap());
    reply.stages.delivered = Some(second(1_793_500_062));
    reply.stages.played = Some(second(1_793_500_070));
    let reply = shown(&reply);
    assert_eq!(reply["at"], "2026-11-01T02:27:40Z");
    assert_eq!(reply["author"], json!({"kind": "agent", "name": "Priya Nair"}));
    assert_eq!((&reply["state"], &reply["stages"]["read_at"]), (&json!("read"), &json!("2026-11-01T02:27:50Z")));
}

#[test]
fn a_failure_comes_with_details_and_with_advice_in_the_readers_language() {
    let mut reply = message(text("hello"), message::Author::Bot);
    reply.stages.failed = Some(second(1_793_500_003));
    let details = "more than 24 hours have passed";
    let failure = failure::Failure::new(131_047, "Re-engagement message").with_details(details);
    let advice = failure.advice(Locale::Hindi);
    reply.failure = Some(failure);
    let reply = shown(&reply);
    assert_eq!(reply["state"], "failed");
    let expected = json!({"code": "131047", "title": "Re-engagement message", "details": details, "advice": advice, "send_again": false});
    assert_eq!(reply["failure"], expected);
}
